import { minute } from '../../../src/lib/domain/calendar.ts';
import { feedLength } from '../../../src/lib/feeds/feed.ts';
import { shortUtc } from '../../../src/lib/schema/time-fields.ts';
import type { Snapshot, LiveFeedItem, LiveUpdate } from '../../live/snapshot.ts';

/** The words that a commit uses to allow what the guard would refuse. */
export const allowances = ['remove', 'edit', 'remove-component', 'shrink', 'feed'] as const;
export type Allowance = (typeof allowances)[number];

/** Something about to go live that would take back or rewrite what is live. */
export type Finding = {
  /** What happened, without the file and without what to type. */
  readonly what: string;
  /** The content file behind it, relative to the content folder; null when there is none. */
  readonly file: string | null;
  /** What in a commit message allows it; null when nothing does. */
  readonly allow: { readonly what: Allowance; readonly id: string } | null;
  /** What to type instead, or as well; null for nothing. */
  readonly advice: string | null;
  /** For an allowed change of an update: what its file still lacks. */
  readonly lacks: string | null;
};

export const trailerName = 'Halfpast-Allow';

/** The line that a commit message needs, as `Halfpast-Allow: edit 2026-11-22-checkout-errors/2026-11-22T1405Z`. */
export function trailer({ what, id }: NonNullable<Finding['allow']>): string {
  return `${trailerName}: ${what}${id === '' ? '' : ` ${id}`}`;
}

const folderOf = ({ kind, slug }: LiveUpdate): string => `${kind === 'incident' ? 'incidents' : 'maintenance'}/${slug}`;
const fileOf = (update: LiveUpdate): string => `${folderOf(update)}/${update.update}.md`;

/** How commits and people name an update. */
const updateId = ({ slug, update }: LiveUpdate): string => `${slug}/${update}`;

type Told = readonly LiveUpdate[];

/** Where customers have read the updates that are compared with, as the first words of what is found. */
type Where = { readonly was: string; readonly wasAndIs: string };

const whereLive: Where = { was: 'is live', wasAndIs: 'is live and' };

/** Updates of a release that is not served any more: what was read stays read. */
export function whereSeen(release: string): Where {
  const was = `was live in the release ${release}, where readers saw it`;
  return { was, wasAndIs: `${was}, and is` };
}

const none = { advice: null, lacks: null } as const;

/**
 * A folder that is gone as a whole; perhaps it has another name now. `fresh` are the built updates
 * that are not live: many incidents say the same words, and what is live is no other folder's new name.
 */
function gone(updates: Told, fresh: Told, { was, wasAndIs }: Where): Finding[] {
  const first = updates.at(-1);
  if (first === undefined) return [];
  const renamed = fresh.find(
    ({ kind, update, hash }) => kind === first.kind && update === first.update && hash === first.hash,
  );
  const what =
    renamed === undefined
      ? `the ${first.kind} "${first.title}" ${wasAndIs} gone from the content`
      : `the ${first.kind} "${first.title}" ${was}, and its folder is now ${renamed.slug}, which breaks its address, and every feed reader shows its updates again`;
  const advice = renamed === undefined ? 'Put the folder back' : `Rename the folder back to ${first.slug}`;
  return [{ ...none, what, file: folderOf(first), allow: { what: 'remove', id: first.slug }, advice }];
}

function missing(live: LiveUpdate, fresh: Told, { was, wasAndIs }: Where): Finding {
  const now = fresh.find(({ kind, slug, hash }) => kind === live.kind && slug === live.slug && hash === live.hash);
  const what = now === undefined ? `${wasAndIs} gone from the content` : `${was}, and its time is now ${now.update}`;
  return {
    ...none,
    what,
    file: fileOf(live),
    allow: { what: 'remove', id: updateId(live) },
    advice: 'Put the file back',
  };
}

/** What an allowed change still lacks: customers must see that, and when, a text was changed. */
function lacksMark(live: LiveUpdate, built: LiveUpdate, now: string): string | null {
  const isMarked = built.edited !== null && (live.edited === null || built.edited > live.edited);
  if (isMarked) return null;
  const mark = `edited: ${shortUtc(Math.floor(Date.parse(now) / minute) * minute)}`;
  const said =
    live.edited === null
      ? `add the line "${mark}" to its front matter`
      : `type the time of this change in its line "edited:", later than ${shortUtc(Date.parse(live.edited))}, as "${mark}"`;
  return `${said}, so that customers see when it changed`;
}

function changed(live: LiveUpdate, built: LiveUpdate, now: string, { was }: Where): Finding | null {
  const rewritten = live.hash !== built.hash || live.at !== built.at || live.status !== built.status;
  const allow = { what: 'edit', id: updateId(live) } as const;
  const finding = { ...none, file: fileOf(live), allow };
  if (rewritten) {
    const what =
      live.status === built.status
        ? `${was} with another text`
        : `${was} as ${live.status}, and is now ${built.status}`;
    const advice = 'Put the old text back and say what is new in a new update';
    return { ...finding, what, advice, lacks: lacksMark(live, built, now) };
  }
  if (live.edited === built.edited) return null;
  if (live.edited !== null && (built.edited === null || built.edited < live.edited)) {
    return {
      ...finding,
      what: `${was} as edited, and the mark is gone`,
      allow: null,
      advice: `Put the line back: edited: ${shortUtc(Date.parse(live.edited))}`,
    };
  }
  return {
    ...finding,
    what: `is now marked as edited, and its text is the one that ${was}`,
    advice: 'Delete the line edited:',
  };
}

/** What became of the updates that are live, or were. Those that are new are no finding, whatever they say. `now` is the moment that was built for. */
export function compareUpdates(built: Told, live: Told, now: string, where: Where): Finding[] {
  const byId = new Map(built.map((update) => [update.id, update]));
  const folders = new Set(built.map(folderOf));
  const isLive = new Set(live.map(({ id }) => id));
  const fresh = built.filter(({ id }) => !isLive.has(id));
  return [...Map.groupBy(live, folderOf)].flatMap(([folder, updates]) => {
    if (!folders.has(folder)) return gone(updates, fresh, where);
    return updates.flatMap((update) => {
      const left = byId.get(update.id);
      return (left === undefined ? missing(update, fresh, where) : changed(update, left, now, where)) ?? [];
    });
  });
}

/** Pages that only grow, apart from a word here and there; the index has a rule of its own. */
const growing = /^\/(?:history\/|(?:incidents|maintenance|postmortems)\/[^/]+\/)$/;

/** Pages that do not go away. Those of incidents and components are findings of their own when they do. */
const lasting = /^\/(?:history\/|subscribe\/|postmortems\/(?:[^/]+\/)?)?$/;

const slugOf = (path: string): string => /^\/(?:incidents|maintenance)\/([^/]+)\/$/.exec(path)?.[1] ?? '';

function comparePagesFileOf(path: string): string | null {
  const postmortem = /^\/postmortems\/([^/]+)\/$/.exec(path)?.[1];
  return postmortem === undefined ? null : `postmortems/${postmortem}.md`;
}

/** Whether each update that the live index shows is still on it: once one left, the index may well be shorter. */
function showsAll(built: Snapshot, live: Snapshot): boolean {
  return live.onIndex !== null && built.onIndex !== null && live.onIndex.every((path) => built.onIndex?.includes(path));
}

/** What a page says, built and live: its bytes, or for a postmortem its own text, since a short one is mostly frame. */
function amounts(
  path: string,
  built: Snapshot,
  live: Snapshot,
): { readonly left: number | undefined; readonly was: number; readonly unit: string } {
  const [now, was] = [built.postmortems?.[path], live.postmortems?.[path]];
  if (built.pages?.[path] !== undefined && now !== undefined && was !== undefined)
    return { left: now, was, unit: 'characters' };
  return { left: built.pages?.[path], was: live.pages?.[path] ?? 0, unit: 'bytes' };
}

/**
 * Pages that are gone, and pages that say less than half of what they say live.
 * `explained` has the slugs whose updates are findings of their own.
 */
function comparePages(built: Snapshot, live: Snapshot, explained: ReadonlySet<string>): Finding[] {
  if (built.pages === null || live.pages === null) return [];
  return Object.keys(live.pages).flatMap((path): Finding[] => {
    const { left, was, unit } = amounts(path, built, live);
    const finding = { file: comparePagesFileOf(path), allow: { what: 'shrink', id: path } as const, lacks: null };
    if (left === undefined) {
      if (!lasting.test(path)) return [];
      return [{ ...finding, what: `the page ${path} is live and gone`, advice: 'Put back what it was made from' }];
    }
    const isExplained = explained.has(slugOf(path)) || (path === '/history/' && explained.size > 0);
    const isCompared = path === '/' ? showsAll(built, live) : growing.test(path) && !isExplained;
    if (!isCompared || left * 2 >= was) return [];
    return [
      {
        ...finding,
        what: `the page ${path} says ${left} ${unit}, and ${was} live`,
        advice: 'Look at what became of it',
      },
    ];
  });
}

/** The slug in a guid, which is the permalink of an update. */
const compareFeedSlugOf = (guid: string): string => /\/(?:incidents|maintenance)\/([^/]+)\//.exec(guid)?.[1] ?? '';

/**
 * Items that readers already have and that would change under them. `explained` has the slugs whose
 * updates are findings of their own; their items follow from them.
 */
function compareFeed(
  built: readonly LiveFeedItem[],
  live: readonly LiveFeedItem[],
  explained: ReadonlySet<string>,
): Finding[] {
  const byGuid = new Map(built.map((item) => [item.guid, item]));
  // What is older than the oldest item of a full feed has left it because newer ones came.
  const oldest = built.length < feedLength ? -Infinity : (built.at(-1)?.at ?? -Infinity);
  const others = live.filter(({ guid }) => !explained.has(compareFeedSlugOf(guid)));
  const changed = others.filter(({ guid, data }) => byGuid.has(guid) && byGuid.get(guid)?.data !== data);
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
function compareAddress(built: string, live: string): Finding[] {
  if (built === live) return [];
  const what = `the site's address was ${live} and is now ${built}: every reader would show every update again`;
  return [
    { what, file: 'site.yml', allow: { what: 'feed', id: '' }, advice: `Put it back: url: ${live}`, lacks: null },
  ];
}

function compareComponents(built: Snapshot, live: Snapshot): Finding[] {
  return (
    live.release.components
      // `retired: true` was typed on purpose, and keeps the history.
      .filter((id) => !built.release.components.includes(id) && !built.release.retired.includes(id))
      .map((id) => ({
        what: `the component ${id} is live and no longer shown`,
        file: 'components.yml',
        allow: { what: 'remove-component', id } as const,
        advice: 'Put it back, with a line "retired: true" if it should not be shown',
        lacks: null,
      }))
  );
}

/** The incidents and maintenances that findings are about. */
function slugsOf(findings: readonly Finding[]): Set<string> {
  return new Set(findings.flatMap(({ file }) => /^(?:incidents|maintenance)\/([^/]+)/.exec(file ?? '')?.[1] ?? []));
}

/** All in which what is about to go live would take back or rewrite what is live, each told once. */
export function compare(built: Snapshot, live: Snapshot): Finding[] {
  const updates = compareUpdates(built.updates, live.updates, built.release.now, whereLive);
  const explained = slugsOf(updates);
  const address = compareAddress(built.release.url, live.release.url);
  const isComparable = address.length === 0 && built.items !== null && live.items !== null;
  return [
    ...updates,
    ...compareComponents(built, live),
    ...address,
    ...(isComparable ? compareFeed(built.items ?? [], live.items ?? [], explained) : []),
    ...comparePages(built, live, explained),
  ];
}
