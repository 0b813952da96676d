import { feedLength } from '../../../src/views/feeds/feed-items.ts';
import { unescape, wordsOf } from '../verify/page-text.ts';
import type { Finding } from './finding.ts';
import type { ToldItem } from './snapshot.ts';

/** The items of a feed that Halfpast made, in their order. */
export function readItems(rss: string): ToldItem[] {
  return [...rss.matchAll(/<item>[\s\S]*?<\/item>/g)].map(([bytes]) => ({
    guid: /<guid[^>]*>([^<]*)<\/guid>/.exec(bytes)?.[1] ?? '',
    at: Date.parse(/<pubDate>([^<]*)<\/pubDate>/.exec(bytes)?.[1] ?? ''),
    bytes,
  }));
}

/** How much each postmortem says, in characters, by the path of its page: from the feed that has them whole. */
export function readPostmortems(rss: string): Record<string, number> {
  return Object.fromEntries(
    readItems(rss).flatMap(({ guid, bytes }) => {
      const path = /\/postmortems\/[^/]+\/$/.exec(guid)?.[0];
      const html = unescape(/<description>([\s\S]*?)<\/description>/.exec(bytes)?.[1] ?? '');
      return path === undefined ? [] : [[path, wordsOf(html).length] as const];
    }),
  );
}

/** The slug in a guid, which is the permalink of an update. */
const slugOf = (guid: string): string => /\/(?:incidents|maintenance)\/([^/]+)\//.exec(guid)?.[1] ?? '';

/**
 * Items that readers already have and that would change under them. `explained` has the slugs whose
 * updates are findings of their own; their items follow from them.
 */
export function compareFeed(
  built: readonly ToldItem[],
  live: readonly ToldItem[],
  explained: ReadonlySet<string>,
): Finding[] {
  const byGuid = new Map(built.map((item) => [item.guid, item]));
  // What is older than the oldest item of a full feed has left it because newer ones came.
  const oldest = built.length < feedLength ? -Infinity : (built.at(-1)?.at ?? -Infinity);
  const others = live.filter(({ guid }) => !explained.has(slugOf(guid)));
  const changed = others.filter(({ guid, bytes }) => byGuid.has(guid) && byGuid.get(guid)?.bytes !== bytes);
  const lost = others.filter(({ guid, at }) => !byGuid.has(guid) && at > oldest);
  const [first] = [...changed, ...lost];
  if (first === undefined) return [];
  const amounts = [
    [changed.length, 'changed'],
    [lost.length, 'gone'],
  ] as const;
  const said = amounts
    .filter(([amount]) => amount > 0)
    .map(([amount, what]) => `${amount} ${what}`)
    .join(' and ');
  return [
    {
      what: `rss.xml has old items that are not as they are live (${said}, the first ${first.guid}), though their updates are the same: readers would show them again`,
      file: null,
      allow: { what: 'feed', id: '' },
      advice: 'It comes from settings or code',
      lacks: null,
    },
  ];
}

/** Another address makes every item new to every reader. */
export function compareAddress(built: string, live: string): Finding[] {
  if (built === live) return [];
  const what = `the site's address was ${live} and is now ${built}: every reader would show every update again`;
  return [
    { what, file: 'site.yml', allow: { what: 'feed', id: '' }, advice: `Put it back: url: ${live}`, lacks: null },
  ];
}
