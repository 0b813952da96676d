import { getRssString } from '@astrojs/rss';
import XMLBuilder from 'fast-xml-builder';
import { z } from 'zod';
import { type Instant, isoTime } from '../domain/calendar.ts';
import { escapeHtml, xmlSafe } from '../markdown.ts';
import { type Feed, type FeedItem, lastChange } from './feed-items.ts';

/** XHTML elements in feeds are for browsers. They could be replaced by XSLT, but browsers are about to drop it. */
const xhtml = 'http://www.w3.org/1999/xhtml';

/** The library uses the link as the guid. In all languages except the first, they differ. */
const guidElement = (address: string): string => `<guid isPermaLink="true">${escapeHtml(address)}</guid>`;

/** RSS 2.0 with `content:encoded`. Dates come from the items, so the same content produces the same bytes. */
export async function rssXml(feed: Feed): Promise<string> {
  const changed = lastChange(feed);
  const built = changed === null ? '' : `<lastBuildDate>${new Date(changed).toUTCString()}</lastBuildDate>`;
  const hub = feed.hub === null ? '' : `<atom:link href="${escapeHtml(feed.hub)}" rel="hub"/>`;
  const rss = await getRssString({
    title: xmlSafe(feed.title),
    description: xmlSafe(feed.description),
    site: feed.home,
    xmlns: { atom: 'http://www.w3.org/2005/Atom' },
    customData: `<language>${feed.language}</language>${built}<atom:link href="${escapeHtml(feed.self)}" rel="self" type="application/rss+xml"/>${hub}<script xmlns="${xhtml}" src="${escapeHtml(feed.script)}"></script>`,
    items: feed.items.map((item) => ({
      title: xmlSafe(item.title),
      link: item.link,
      pubDate: new Date(item.at),
      description: xmlSafe(item.html),
      content: xmlSafe(item.html),
    })),
  });
  // The library omits the stylesheet's type, which the specification requires.
  const style = `?><?xml-stylesheet type="text/css" href="${escapeHtml(feed.style)}"?>`;
  return feed.items
    .filter(({ guid, link }) => guid !== link)
    .reduce(
      (whole, { guid, link }) => whole.replace(guidElement(link), () => guidElement(guid)),
      rss.replace('?>', () => style),
    );
}

const builder = new XMLBuilder({
  ignoreAttributes: false,
  suppressBooleanAttributes: false,
  suppressEmptyNode: true,
  format: true,
  tagValueProcessor: (_, text) => xmlSafe(String(text)),
  attributeValueProcessor: (_, text) => xmlSafe(String(text)),
});

type Link = { readonly rel: string; readonly href: string; readonly type?: string };

/** An element that only has attributes. */
function attributes(given: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(given).map(([name, value]) => [`@_${name}`, value]));
}

function entry({ id, link, title, at, updated, html }: FeedItem): object {
  return {
    id,
    title,
    link: attributes({ rel: 'alternate', type: 'text/html', href: link }),
    published: isoTime(at),
    updated: isoTime(updated),
    content: { ...attributes({ type: 'html' }), '#text': html },
  };
}

/**
 * Atom 1.0, RFC 4287. Dates come from the items, so the same content produces the same bytes. Only an empty feed uses
 * `now`, because a feed must have a date.
 */
export function atomXml(feed: Feed, now: Instant): string {
  const links: readonly Link[] = [
    { rel: 'self', type: 'application/atom+xml', href: feed.self },
    { rel: 'alternate', type: 'text/html', href: feed.home },
    ...(feed.hub === null ? [] : [{ rel: 'hub', href: feed.hub }]),
  ];
  return builder.build({
    '?xml': attributes({ version: '1.0', encoding: 'UTF-8' }),
    '?xml-stylesheet': attributes({ type: 'text/css', href: feed.style }),
    feed: {
      ...attributes({ xmlns: 'http://www.w3.org/2005/Atom', 'xml:lang': feed.language }),
      id: feed.self,
      title: feed.title,
      subtitle: feed.description,
      link: links.map(attributes),
      author: { name: feed.author },
      updated: isoTime(lastChange(feed) ?? now),
      script: attributes({ xmlns: xhtml, src: feed.script }),
      entry: feed.items.map(entry),
    },
  });
}

const item = z.strictObject({
  id: z.url().describe('The permalink of the update or postmortem, which never changes'),
  url: z.url().describe('Its address on the site'),
  title: z.string().describe('The status, the name at that time and the time in UTC: no two items have the same title'),
  content_html: z.string(),
  date_published: z.iso.datetime(),
  date_modified: z.iso.datetime().describe('When its text was last edited; otherwise the same as date_published'),
});

/** The subset of JSON Feed 1.1 (jsonfeed.org) used here, for both the code's type and the published schema. */
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

type JsonFeed = z.infer<typeof jsonFeedSchema>;

/** JSON Feed 1.1. The same content produces the same bytes. */
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
