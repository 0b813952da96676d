import { shortUtc } from '../../../src/lib/schema/time-fields.ts';
import { feedLength } from '../../../src/lib/feeds/feed-items.ts';
import { isLanguageIndex, type LiveFeedItem, type LiveUpdate, type Snapshot } from '../../live/snapshot.ts';
import { compareUpdates, type GuardFinding, seenLive } from './compare-updates.ts';

/** Pages that rarely shrink. The index has its own rule. */
const growing = /^\/(?:history\/|(?:incidents|maintenance|postmortems)\/[^/]+\/)$/;

/** Pages that never disappear. Incidents and components have their own findings. */
const permanent = /^\/(?:history\/|subscribe\/|postmortems\/(?:[^/]+\/)?)?$/;

/** The slug in the path of a page, or in the permalink of an update. */
const slugOf = (path: string): string => /\/(?:incidents|maintenance)\/([^/]+)\//.exec(path)?.[1] ?? '';

/** The postmortem or announcement at a path or guid, such as `postmortems/2026-11-22-checkout-errors`. */
const articleId = (path: string): string | null =>
  /\/((?:postmortems|announcements)\/[^/]+)\/$/.exec(path)?.[1] ?? null;

/** Whether the index still has every link of the live one. If not, it may be shorter. */
function showsAll(built: Snapshot, live: Snapshot): boolean {
  return live.onIndex !== null && built.onIndex !== null && live.onIndex.every((path) => built.onIndex?.includes(path));
}

/** The sizes of a page in bytes; of a postmortem's text in characters, because a short page is mostly layout. */
function sizesOf(
  path: string,
  built: Snapshot,
  live: Snapshot,
): { readonly left: number | undefined; readonly was: number; readonly unit: string } {
  const [now, was] = [built.postmortems?.[path], live.postmortems?.[path]];
  if (built.pages?.[path] !== undefined && now !== undefined && was !== undefined)
    return { left: now, was, unit: 'characters' };
  return { left: built.pages?.[path], was: live.pages?.[path] ?? 0, unit: 'bytes' };
}

/** Whether a page is a postmortem's translation that the live site has. */
function wasTranslated(path: string, { translations }: Snapshot): boolean {
  const [, folder = '', file = ''] = /^\/([^/]+)\/(postmortems\/[^/]+)\/$/.exec(path) ?? [];
  return Object.keys(translations?.[file] ?? {}).some((language) => language.toLowerCase() === folder);
}

/** Pages that are missing or shrank by more than half. `explained` are the slugs that already have findings. */
function comparePages(built: Snapshot, live: Snapshot, explained: ReadonlySet<string>): GuardFinding[] {
  if (built.pages === null || live.pages === null) return [];
  return Object.keys(live.pages).flatMap((path): GuardFinding[] => {
    const { left, was, unit } = sizesOf(path, built, live);
    const article = articleId(path);
    const finding = {
      file: article === null ? null : `${article}.md`,
      allow: { what: 'shrink', id: path },
    } as const;
    if (left === undefined) {
      if (isLanguageIndex(path)) {
        const what = `${path} is live, but the language is missing from locales: in site.yml`;
        return [{ ...finding, what, file: 'site.yml', advice: 'Add it again' }];
      }
      if (!permanent.test(path)) return [];
      return [
        { ...finding, what: `the page ${path} is live, but missing from the build`, advice: 'Restore its source' },
      ];
    }
    const isExplained = explained.has(slugOf(path)) || (path === '/history/' && explained.size > 0);
    const isCompared =
      path === '/' ? showsAll(built, live) : (growing.test(path) || wasTranslated(path, live)) && !isExplained;
    if (!isCompared || left * 2 >= was) return [];
    return [
      {
        ...finding,
        what: `the page ${path} has ${left} ${unit}, down from ${was} on the live site`,
        advice: 'Check what was lost',
        ...(unit === 'bytes' ? { shrunkPage: path } : {}),
      },
    ];
  });
}

/**
 * Feed items that readers already have and that would change. `explained` are the slugs that already have findings.
 */
function compareFeed(
  built: readonly LiveFeedItem[],
  live: readonly LiveFeedItem[],
  explained: ReadonlySet<string>,
  pages: Snapshot['pages'],
): GuardFinding[] {
  const byGuid = new Map(built.map((item) => [item.guid, item]));
  // In a full feed, newer items push out anything older than this. Items of open incidents can come after it.
  const oldest = built[feedLength - 1]?.at ?? -Infinity;
  const others = live.filter(({ guid }) => !explained.has(slugOf(guid)));
  const changed = others.filter(({ guid, data }) => byGuid.has(guid) && byGuid.get(guid)?.data !== data);
  const lost = others.filter(({ guid, at }) => !byGuid.has(guid) && at > oldest);
  const isOther = ({ guid }: LiveFeedItem): boolean => articleId(guid) === null;
  return [
    ...['postmortems/', 'announcements/'].flatMap((folder) =>
      [...changed, ...lost].flatMap(({ guid }) => {
        const id = articleId(guid);
        return id?.startsWith(folder) ? changedArticle(id, byGuid.has(guid), pages) : [];
      }),
    ),
    ...changedItems(changed.filter(isOther), lost.filter(isOther)),
  ];
}

/** Says which new postmortems and announcements aren't later than what readers already have: Slack drops them. */
export function lateNotes(built: Snapshot, live: Snapshot): string[] {
  const known = new Set(live.items?.map(({ guid }) => guid));
  const newest = Math.max(...(live.items ?? []).map(({ at }) => at));
  return (built.items ?? []).flatMap(({ guid, at }) => {
    const id = articleId(guid);
    if (id === null || known.has(guid) || !(at <= newest)) return [];
    return `${id}.md is dated ${shortUtc(at)}, but readers already have an item from ${shortUtc(newest)}: Slack, which only shows feed items that are later than the last one, leaves it out`;
  });
}

/** A postmortem or announcement that readers have as a feed item, and that would change in the feed or leave it. */
function changedArticle(id: string, isThere: boolean, pages: Snapshot['pages']): GuardFinding[] {
  const file = `${id}.md`;
  const isPostmortem = id.startsWith('postmortems/');
  if (isThere) {
    const advice = isPostmortem
      ? 'Restore its title, summary, remedy, customer_data and published. Its text can change at any time'
      : 'Restore its title, text and from. Its until and pinned can change at any time';
    const what = 'is live, and its item in the feeds would change: feed readers would show it again';
    return [{ what, file, allow: { what: 'edit', id }, advice }];
  }
  const allow = { what: 'remove', id } as const;
  if (!isPostmortem) {
    const advice = 'Restore the file. To end it early, change its until';
    return [{ what: 'is live, but is missing from the content', file, allow, advice }];
  }
  // A missing page has its own finding.
  if (pages !== null && !(`/${id}/` in pages)) return [];
  const what = 'is an item in the live feeds, but not in the built ones';
  return [{ what, file, allow, advice: 'Restore the line: notify: true' }];
}

/**
 * Changed or removed translations of announcements and postmortems whose original is a feed item: the item in that
 * language would change. A new translation isn't a change. `isBuilt`: whether the built site has a language.
 */
function compareTranslations(built: Snapshot, live: Snapshot, isBuilt: (language: string) => boolean): GuardFinding[] {
  return Object.entries(live.translations ?? {}).flatMap(([id, hashes]): GuardFinding[] => {
    const now = built.translations?.[id];
    const isItem = live.items?.some(({ guid }) => guid.endsWith(`/${id}/`)) === true;
    // A missing original has its own finding.
    if (now === undefined || !isItem) return [];
    return Object.entries(hashes)
      .filter(([language, hash]) => isBuilt(language) && now[language] !== hash)
      .map(([language]) => ({
        what: `is live with different text in ${language}: feed readers in that language would show it again`,
        file: `${id}.${language}.md`,
        allow: { what: 'edit', id } as const,
        advice: id.startsWith('announcements/')
          ? 'Restore its title and text'
          : 'Restore its title, summary and remedy. Its text can change at any time',
      }));
  });
}

/** Updates whose feed items would change or disappear, although the updates themselves haven't changed. */
function changedItems(changed: readonly LiveFeedItem[], lost: readonly LiveFeedItem[]): GuardFinding[] {
  const [first] = [...changed, ...lost];
  if (first === undefined) return [];
  const amounts = [
    [changed.length, 'changed'],
    [lost.length, 'gone'],
  ] as const;
  const changes = amounts
    .filter(([amount]) => amount > 0)
    .map(([amount, what]) => `${amount} ${what}`)
    .join(' and ');
  return [
    {
      what: `old items of rss.xml differ from the live ones (${changes}, the first ${first.guid}), although their updates are unchanged: feed readers would show them again`,
      file: null,
      allow: { what: 'feed', id: '' },
      advice: 'Look for the cause in settings or code',
    },
  ];
}

/** With a new address, every item is new to feed readers. */
function compareAddress(built: string, live: string): GuardFinding[] {
  if (built === live) return [];
  const what = `the site's address changes from ${live} to ${built}: feed readers would show every update again`;
  return [{ what, file: 'site.yml', allow: { what: 'feed', id: '' }, advice: `Restore it: url: ${live}` }];
}

function compareComponents({ release: built }: Snapshot, { release: live }: Snapshot): GuardFinding[] {
  // `retired: true` is deliberate, and keeps the history and the feed.
  const isGone = (id: string): boolean => !built.components.includes(id) && !built.retired.includes(id);
  const finding = (id: string, what: string): GuardFinding => ({
    what: `the component ${id} ${what}`,
    file: 'components.yml',
    allow: { what: 'remove-component', id },
    advice: 'Restore it, with "retired: true" to hide it',
  });
  return [
    ...live.components.filter(isGone).map((id) => finding(id, 'is live, but no longer shown')),
    ...live.retired
      .filter(isGone)
      .map((id) => finding(id, 'is retired, but missing from the content: the address of its feed would disappear')),
  ];
}

/** The slugs of the incidents and maintenances in the findings. */
function slugsOf(findings: readonly GuardFinding[]): Set<string> {
  return new Set(findings.flatMap(({ file }) => /^(?:incidents|maintenance)\/([^/]+)/.exec(file ?? '')?.[1] ?? []));
}

/** Whether a site has a language besides its first. A language that the built site has lost is a single finding. */
const hasLanguage =
  ({ pages }: Snapshot) =>
  (language: string): boolean =>
    pages === null || `/${language.toLowerCase()}/` in pages;

/** The live updates, without translations into languages that the built site doesn't have. */
function inLanguages({ updates }: Snapshot, isBuilt: (language: string) => boolean): LiveUpdate[] {
  return updates.map(({ translations = {}, ...update }) => ({
    ...update,
    translations: Object.fromEntries(Object.entries(translations).filter(([language]) => isBuilt(language))),
  }));
}

/** Everything in the built site that would remove or rewrite live content. */
export function compare(built: Snapshot, live: Snapshot): GuardFinding[] {
  const isBuilt = hasLanguage(built);
  const updates = compareUpdates(built.updates, inLanguages(live, isBuilt), built.release.now, seenLive);
  const explained = slugsOf(updates);
  const address = compareAddress(built.release.url, live.release.url);
  const isComparable = address.length === 0 && built.items !== null;
  return [
    ...updates,
    ...compareComponents(built, live),
    ...address,
    ...(isComparable ? compareFeed(built.items ?? [], live.items ?? [], explained, built.pages) : []),
    ...(isComparable ? compareTranslations(built, live, isBuilt) : []),
    ...comparePages(built, live, explained),
  ];
}
