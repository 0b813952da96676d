import { minute } from '../../../src/lib/domain/calendar.ts';
import { shortUtc } from '../../../src/lib/schema/time-fields.ts';
import type { LiveUpdate } from '../../live/snapshot.ts';
import { type Allow, updateId } from './acknowledgements.ts';

/** A change that would remove or rewrite live content. */
export type Finding = {
  /** What happened, without the file and the advice. */
  readonly what: string;
  /** The content file, relative to the content folder; null when there is none. */
  readonly file: string | null;
  /** The trailer in a commit message that allows it; null when nothing does. */
  readonly allow: Allow | null;
  /** What to do instead; null for nothing. */
  readonly advice: string | null;
  /** For an edit of an update: what its file needs before the edit can be allowed. */
  readonly lacks: string | null;
  /** A correction of words that is marked as edited: nothing has to allow it. */
  readonly marked?: true;
};

/** A release that readers saw, and that was rolled back since. */
export type SeenRelease = {
  readonly id: string;
  /** The updates it added or changed. */
  readonly news: readonly LiveUpdate[];
  readonly rolledBack: {
    readonly at: string;
    /** A person rolls back what it says, a failed verification how it is served. */
    readonly by: 'person' | 'verification';
    readonly reason: string;
  };
};

const folderOf = ({ kind, slug }: LiveUpdate): string => `${kind === 'incident' ? 'incidents' : 'maintenance'}/${slug}`;
const fileOf = (update: LiveUpdate): string => `${folderOf(update)}/${update.update}.md`;

/** Where customers saw an update: the beginning of a finding. */
export const seenLive = 'is live';
const seenIn = (release: string): string => `was live in release ${release}, where readers saw it`;

const none = { advice: null, lacks: null } as const;

/** A missing folder, which may have been renamed. `fresh` are the built updates that aren't live. */
function missingFolder(updates: readonly LiveUpdate[], fresh: readonly LiveUpdate[], seen: string): Finding[] {
  const first = updates.at(-1);
  if (first === undefined) return [];
  const renamed = fresh.find(
    ({ kind, update, hash }) => kind === first.kind && update === first.update && hash === first.hash,
  );
  const what =
    renamed === undefined
      ? `the ${first.kind} "${first.title}" ${seen}, but is missing from the content`
      : `the ${first.kind} "${first.title}" ${seen}, but its folder is now ${renamed.slug}: that breaks its address, and feed readers show its updates again`;
  const advice = renamed === undefined ? 'Restore the folder' : `Rename the folder back to ${first.slug}`;
  return [{ ...none, what, file: folderOf(first), allow: { what: 'remove', id: first.slug }, advice }];
}

function missingUpdate(live: LiveUpdate, fresh: readonly LiveUpdate[], seen: string): Finding {
  const now = fresh.find(({ kind, slug, hash }) => kind === live.kind && slug === live.slug && hash === live.hash);
  const what =
    now === undefined ? `${seen}, but is missing from the content` : `${seen}, but its time is now ${now.update}`;
  return {
    ...none,
    what,
    file: fileOf(live),
    allow: { what: 'remove', id: updateId(live) },
    advice: 'Restore the file',
  };
}

/** Customers must see that a text was edited, and when: what to add for that, or null. */
function missingMark(live: LiveUpdate, built: LiveUpdate, now: string): string | null {
  const isMarked = built.edited !== null && (live.edited === null || built.edited > live.edited);
  if (isMarked) return null;
  const mark = `edited: ${shortUtc(Math.floor(Date.parse(now) / minute) * minute)}`;
  return live.edited === null
    ? `add the line "${mark}" to its front matter`
    : `set its line "edited:" to the time of this edit, later than ${shortUtc(Date.parse(live.edited))}, such as "${mark}"`;
}

/** What changed besides the words; null for nothing. Where the live site doesn't say, something may have. */
function changedFacts(live: LiveUpdate, built: LiveUpdate): string | null {
  if (live.status !== built.status) return `as ${live.status}, but is now ${built.status}`;
  if (live.at !== built.at) return 'with another time';
  if (live.facts === undefined) return 'with other text, times, statuses or impact';
  return live.facts === built.facts ? null : 'with other times, statuses or impact';
}

/** The languages in which a translation was changed or removed. A new one is no change. */
const changedTranslations = (live: LiveUpdate, built: LiveUpdate): string[] =>
  Object.entries(live.translations ?? {})
    .filter(([language, hash]) => built.translations?.[language] !== hash)
    .map(([language]) => language);

function changedUpdate(live: LiveUpdate, built: LiveUpdate, now: string, seen: string): Finding | null {
  const translated = changedTranslations(live, built);
  const isSameText = live.hash === built.hash && translated.length === 0;
  const facts = live.hash === built.hash && live.at === built.at ? null : changedFacts(live, built);
  if (isSameText && facts === null && live.edited === built.edited) return null;
  const finding = { ...none, file: fileOf(live), allow: null };
  const lacks = missingMark(live, built, now);
  if (facts !== null) {
    const what = `${seen} ${facts}`;
    const advice = 'Restore it, and post a new update instead';
    return { ...finding, what, allow: { what: 'edit', id: updateId(live) }, advice, lacks };
  }
  if (lacks === null) return { ...finding, what: `${seen}, and is marked as edited`, marked: true };
  if (isSameText) {
    const advice = `Restore the line: edited: ${shortUtc(Date.parse(live.edited ?? ''))}`;
    return { ...finding, what: `${seen} as edited, but its line "edited:" is gone`, advice };
  }
  const advice = `To correct its text, ${lacks}, so that customers see when it was edited; or restore the old text, and post a new update instead`;
  const where = live.hash === built.hash ? ` in ${translated.join(' and ')}` : '';
  return { ...finding, what: `${seen} with different text${where}`, advice };
}

/**
 * Finds updates that were removed or changed. New updates are never a finding. `builtFor` is the time the site was
 * built for, `seen` where customers saw the live updates.
 */
export function compareUpdates(
  built: readonly LiveUpdate[],
  live: readonly LiveUpdate[],
  builtFor: string,
  seen: string,
): Finding[] {
  const byId = new Map(built.map((update) => [update.id, update]));
  const folders = new Set(built.map(folderOf));
  const isLive = new Set(live.map(({ id }) => id));
  const fresh = built.filter(({ id }) => !isLive.has(id));
  return [...Map.groupBy(live, folderOf)].flatMap(([folder, updates]) => {
    if (!folders.has(folder)) return missingFolder(updates, fresh, seen);
    return updates.flatMap((update) => {
      const now = byId.get(update.id);
      return (
        (now === undefined ? missingUpdate(update, fresh, seen) : changedUpdate(update, now, builtFor, seen)) ?? []
      );
    });
  });
}

/**
 * Compares the built updates with those of a release that readers saw before it was rolled back. After a failed
 * verification the content is innocent: it may come back, and must not be removed or rewritten. What a person rolled
 * back may be removed, and must not come back by mistake. `news` are the built updates that aren't live.
 */
export function compareSeen(
  { id: release, news: seen, rolledBack }: SeenRelease,
  built: readonly LiveUpdate[],
  news: readonly LiveUpdate[],
  builtFor: string,
  again: boolean,
): Finding[] {
  // What is live as it is built was put right.
  const open = seen.filter(
    ({ id }) => news.some((update) => update.id === id) || !built.some((update) => update.id === id),
  );
  if (rolledBack.by === 'verification') return compareUpdates(built, open, builtFor, seenIn(release));
  const byId = new Map(built.map((update) => [update.id, update]));
  return open.flatMap((update): Finding[] => {
    const now = byId.get(update.id);
    if (now === undefined) return [];
    const changed = changedUpdate(update, now, builtFor, seenIn(release));
    // A mark alone corrects nothing.
    if (changed !== null && (changed.marked !== true || update.hash !== now.hash)) return [changed];
    if (again) return [];
    return [
      {
        ...none,
        what: `was rolled back at ${rolledBack.at} (${rolledBack.reason}), but is still in the content`,
        file: fileOf(update),
        allow: { what: 'restore', id: updateId(update) },
        advice: 'Remove the file',
      },
    ];
  });
}
