import XMLBuilder from 'fast-xml-builder';
import { type Instant, isoTime } from '../../domain/instant.ts';
import { xmlSafe } from '../escape.ts';
import { type Feed, type FeedItem, lastChange } from './feed.ts';

const builder = new XMLBuilder({
  ignoreAttributes: false,
  suppressBooleanAttributes: false,
  suppressEmptyNode: true,
  format: true,
  tagValueProcessor: (_, text) => xmlSafe(String(text)),
  attributeValueProcessor: (_, text) => xmlSafe(String(text)),
});

type Link = { readonly rel: string; readonly href: string; readonly type?: string };

/** An element of nothing but attributes. */
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
 * Atom 1.0, RFC 4287. Its times come from the items, so that the same content gives the same bytes;
 * only an empty feed, which must have a time too, is as new as `now`.
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
      entry: feed.items.map(entry),
    },
  });
}
