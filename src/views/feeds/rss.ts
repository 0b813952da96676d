import { getRssString } from '@astrojs/rss';
import type { FeedItem } from './feed-items.ts';
import { escapeHtml, xmlSafe } from '../escape.ts';

/** A feed, whatever its format. */
export type Feed = {
  readonly title: string;
  readonly description: string;
  /** The page it belongs to. */
  readonly home: string;
  /** Its own address. */
  readonly self: string;
  readonly language: string;
  /** The WebSub hub that is told of each update; null for none. */
  readonly hub: string | null;
  /** Newest first. */
  readonly items: readonly FeedItem[];
};

/** RSS 2.0 with `content:encoded`. Dates come from the items, so that the same content gives the same bytes. */
export function rssXml(feed: Feed): Promise<string> {
  const newest = feed.items[0];
  const built = newest === undefined ? '' : `<lastBuildDate>${new Date(newest.at).toUTCString()}</lastBuildDate>`;
  const hub = feed.hub === null ? '' : `<atom:link href="${escapeHtml(feed.hub)}" rel="hub"/>`;
  return getRssString({
    title: xmlSafe(feed.title),
    description: xmlSafe(feed.description),
    site: feed.home,
    xmlns: { atom: 'http://www.w3.org/2005/Atom' },
    customData: `<language>${feed.language}</language>${built}<atom:link href="${escapeHtml(feed.self)}" rel="self" type="application/rss+xml"/>${hub}`,
    items: feed.items.map((item) => ({
      title: xmlSafe(item.title),
      link: item.link,
      pubDate: new Date(item.at),
      description: xmlSafe(item.html),
      content: xmlSafe(item.html),
    })),
  });
}
