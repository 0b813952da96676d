import { getRssString } from '@astrojs/rss';
import { escapeHtml, xmlSafe } from '../escape.ts';
import { type Feed, lastChange } from './feed.ts';

/** RSS 2.0 with `content:encoded`. Dates come from the items, so that the same content gives the same bytes. */
export async function rssXml(feed: Feed): Promise<string> {
  const changed = lastChange(feed);
  const built = changed === null ? '' : `<lastBuildDate>${new Date(changed).toUTCString()}</lastBuildDate>`;
  const hub = feed.hub === null ? '' : `<atom:link href="${escapeHtml(feed.hub)}" rel="hub"/>`;
  const rss = await getRssString({
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
  // The library names a style without its type, which the recommendation wants.
  const style = `?><?xml-stylesheet type="text/css" href="${escapeHtml(feed.style)}"?>`;
  return rss.replace('?>', () => style);
}
