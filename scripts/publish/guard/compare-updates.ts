import { minute } from '../../../src/lib/domain/calendar.ts';
import { shortUtc } from '../../../src/lib/schema/time-fields.ts';
import type { LiveUpdate } from '../../live/snapshot.ts';
import type { SeenRelease } from '../hosts/release-log.ts';
import { type Allow, updateId } from './acknowledgements.ts';

/** A change that would remove or rewrite live content. */
export type GuardFinding = {
  /** What happened, without the file and the advice. */
  readonly what: string;
  /** The content file, relative to the content folder; null when there is none. */
  readonly file: string | null;
  /** The trailer in a commit message that allows it; null when nothing does. */
  readonly allow: Allow | null;
  /** What to do instead; null if there's nothing. */
  readonly advice: string | null;
  /** If an update was edited: what its file needs before the edit can be allowed. */
  readonly lacks?: string | null;
  /** A correction of the text that's marked as edited. It doesn't have to be allowed. */
  readonly marked?: true;
  /** The page whose HTML shrank: only counts if its text did, too. */
  readonly shrunkPage?: string;
};

const folderOf = ({ kind, slug }: LiveUpdate): string => `${kind === 'incident' ? 'incidents' : 'maintenance'}/${slug}`;

/** The file of an update, relative to the content folder. */
export const fileOf = (update: LiveUpdate): string => `${folderOf(update)}/${update.update}.md`;

/** Where customers saw an update. A finding begins with it. */
export const seenLive = 'is live';
const seenIn = (release: string): string => `was live in release ${release}, where readers saw it`;

/** A missing folder, which may have been renamed. `fresh` are the built updates that aren't live yet. */
function missingFolder(updates: readonly LiveUpdate[], fresh: readonly LiveUpdate[], seen: string): GuardFinding[] {
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
  return [{ what, file: folderOf(first), allow: { what: 'remove', id: first.slug }, advice }];
}

function missingUpdate(live: LiveUpdate, fresh: readonly LiveUpdate[], seen: string): GuardFinding {
  const now = fresh.find(({ kind, slug, hash }) => kind === live.kind && slug === live.slug && hash === live.hash);
  const what =
    now === undefined ? `${seen}, but is missing from the content` : `${seen}, but its time is now ${now.update}`;
  return {
    what,
    file: fileOf(live),
    allow: { what: 'remove', id: updateId(live) },
    advice: 'Restore the file',
  };
}

/** What to add so that customers see that and when a text was edited; null if nothing is missing. */
function missingMark(live: LiveUpdate, built: LiveUpdate, now: string): string | null {
  const isMarked = built.edited !== null && (live.edited === null || built.edited > live.edited);
  if (isMarked) return null;
  const mark = `edited: ${shortUtc(Math.floor(Date.parse(now) / minute) * minute)}`;
  return live.edited === null
    ? `add the line "${mark}" to its front matter`
    : `set its line "edited:" to the time of this edit, later than ${shortUtc(Date.parse(live.edited))}, such as "${mark}"`;
}

/**
 * What changed besides the text; null for nothing. If the live site doesn't have a hash, something may have changed.
 */
function changedFacts(live: LiveUpdate, built: LiveUpdate): string | null {
  if (live.status !== built.status) return `as ${live.status}, but is now ${built.status}`;
  if (live.at !== built.at) return 'with another time';
  if (live.facts === undefined) return 'with other text, times, statuses or impact';
  return live.facts === built.facts ? null : 'with other times, statuses or impact';
}

/** The languages in which a translation was changed or removed. A new one isn't a change. */
const changedTranslations = (live: LiveUpdate, built: LiveUpdate): string[] =>
  Object.entries(live.translations ?? {})
    .filter(([language, hash]) => built.translations?.[language] !== hash)
    .map(([language]) => language);

function changedUpdate(live: LiveUpdate, built: LiveUpdate, now: string, seen: string): GuardFinding | null {
  const translated = changedTranslations(live, built);
  const isSameText = live.hash === built.hash && translated.length === 0;
  const facts = live.hash === built.hash && live.at === built.at ? null : changedFacts(live, built);
  if (isSameText && facts === null && live.edited === built.edited) return null;
  const finding = { file: fileOf(live), allow: null, advice: null };
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
 * built for, and `seen` is where customers saw the live updates.
 */
export function compareUpdates(
  built: readonly LiveUpdate[],
  live: readonly LiveUpdate[],
  builtFor: string,
  seen: string,
): GuardFinding[] {
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
 * verification, nothing is wrong with the content: it can come back, and must not be removed or rewritten. Content that
 * a person rolled back can be removed, and must not come back by mistake. `news` are the built updates that aren't
 * live.
 */
export function compareSeen(
  { id: release, news: seen, rolledBack }: SeenRelease,
  built: readonly LiveUpdate[],
  news: readonly LiveUpdate[],
  builtFor: string,
  again: boolean,
): GuardFinding[] {
  // Updates that are live as built have already been corrected.
  const open = seen.filter(
    ({ id }) => news.some((update) => update.id === id) || !built.some((update) => update.id === id),
  );
  if (rolledBack.by === 'verification') return compareUpdates(built, open, builtFor, seenIn(release));
  const byId = new Map(built.map((update) => [update.id, update]));
  return open.flatMap((update): GuardFinding[] => {
    const now = byId.get(update.id);
    if (now === undefined) return [];
    const changed = changedUpdate(update, now, builtFor, seenIn(release));
    // Only marking an update as edited corrects nothing.
    if (changed !== null && (changed.marked !== true || update.hash !== now.hash)) return [changed];
    if (again) return [];
    return [
      {
        what: `was rolled back at ${rolledBack.at} (${rolledBack.reason}), but is still in the content`,
        file: fileOf(update),
        allow: { what: 'restore', id: updateId(update) },
        advice: 'Remove the file',
      },
    ];
  });
}
