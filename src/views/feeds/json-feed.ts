import { z } from 'zod';
import { isoTime } from '../../domain/instant.ts';
import type { Feed } from './feed.ts';

const item = z.strictObject({
  id: z.url().describe('The permalink of the update; for ever the same'),
  url: z.url().describe('Where it stands on the site'),
  title: z.string().describe('Status, name at that time, time in UTC: no two items share one'),
  content_html: z.string(),
  date_published: z.iso.datetime(),
  date_modified: z.iso.datetime().describe('When its text was last changed; as date_published if never'),
});

/** What of JSON Feed 1.1 (jsonfeed.org) is used here: the type of the code and the published schema. */
export const jsonFeedSchema = z.strictObject({
  version: z.literal('https://jsonfeed.org/version/1.1'),
  title: z.string(),
  home_page_url: z.url(),
  feed_url: z.url(),
  description: z.string(),
  authors: z.array(z.strictObject({ name: z.string() })).min(1),
  language: z.string().describe('BCP 47'),
  hubs: z.array(z.strictObject({ type: z.literal('WebSub'), url: z.url() })).optional(),
  items: z.array(item).describe('Newest first'),
});

export type JsonFeed = z.infer<typeof jsonFeedSchema>;

/** JSON Feed 1.1. The same content gives the same bytes. */
export function jsonFeed(feed: Feed): JsonFeed {
  return {
    version: 'https://jsonfeed.org/version/1.1',
    title: feed.title,
    home_page_url: feed.home,
    feed_url: feed.self,
    description: feed.description,
    authors: [{ name: feed.author }],
    language: feed.language,
    ...(feed.hub === null ? {} : { hubs: [{ type: 'WebSub', url: feed.hub }] }),
    items: feed.items.map(({ id, link, title, html, at, updated }) => ({
      id,
      url: link,
      title,
      content_html: html,
      date_published: isoTime(at),
      date_modified: isoTime(updated),
    })),
  };
}
