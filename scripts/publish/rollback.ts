import { join } from 'node:path';
import { isoTime } from '../../src/lib/domain/calendar.ts';
import { quote } from '../../src/lib/schema/text.ts';
import { shortUtc } from '../../src/lib/schema/time-fields.ts';
import { fileErrorMessage, isDiskFull, UserError } from '../cli/errors.ts';
import type { ReleaseStorage } from '../cli/system.ts';
import { shellWord } from '../cli/text.ts';
import {
  currentRelease,
  type KeptRelease,
  keptReleases,
  readState,
  sourceOf,
  type State,
  switchTo,
  withState,
  writeState,
} from './hosts/release-folder.ts';
import type { LockTools } from './lock.ts';

type RolledBack = {
  readonly from: KeptRelease | null;
  readonly to: KeptRelease;
  /** What could not be written down since the disk is full, as a line for the person; else null. */
  readonly unwritten: string | null;
};

/** Whether customers see the same: another commit alone changes nothing for them. */
const looksSame = (a: KeptRelease, b: KeptRelease): boolean =>
  a.release.content === b.release.content && a.release.version === b.release.version;

const isBad = (one: KeptRelease, { bad }: State): boolean => bad.some(({ release }) => release === one.id);

/** The newest release before the current one that looks different and was not rolled back from. */
function earlier(kept: readonly KeptRelease[], current: KeptRelease | null, state: State): KeptRelease | null {
  return (
    kept.findLast(
      (one) => !isBad(one, state) && (current === null || (one.id < current.id && !looksSame(one, current))),
    ) ?? null
  );
}

function previous(
  kept: readonly KeptRelease[],
  current: KeptRelease | null,
  state: State,
  folder: string,
): KeptRelease {
  const found = earlier(kept, current, state);
  if (found === null)
    throw new UserError(
      `there is no earlier release to go back to. To list all releases: npx halfpast rollback --to ${shellWord(folder)} --list`,
    );
  return found;
}

/** So many names fit in one line. */
const shown = 10;

function named(kept: readonly KeptRelease[], name: string, folder: string): KeptRelease {
  const [found, ...more] = kept.filter(({ id }) => id.startsWith(name));
  if (found !== undefined && more.length === 0) return found;
  const amount = found === undefined ? 'none' : 'more than one';
  const ids = (more.length === 0 ? kept : kept.filter(({ id }) => id.startsWith(name)))
    .map(({ id }) => id)
    .toReversed();
  const rest = ids.length > shown ? ` and ${ids.length - shown} more` : '';
  throw new UserError(
    `${quote(name)} matches ${amount} of the releases. Use one of: ${ids.slice(0, shown).join(', ')}${rest}. For details: npx halfpast rollback --to ${shellWord(folder)} --list`,
  );
}

/** Marks what is left as bad when going back, and what is gone to as good, since a person chose it. */
function marked(state: State, from: KeptRelease | null, to: KeptRelease, now: number): State {
  const others = state.bad.filter(
    ({ content, commit, version }) =>
      sourceOf({ release: { ...to.release, content, commit, version } }) !== sourceOf(to),
  );
  if (from === null || from.id <= to.id) return { ...state, bad: others };
  const { content, commit, version } = from.release;
  const entry = { release: from.id, content, commit, version, at: isoTime(now) };
  return {
    ...state,
    bad: [...others.filter(({ release }) => release !== from.id), entry],
    verified: state.verified.filter((id) => id !== from.id),
  };
}

/**
 * The releases that were served after `current` and rolled back from, newest first, as far as they are kept.
 * Older ones do not count: what is served now was compared with them.
 */
export async function seenSince(
  folder: string,
  current: string | null,
  { bad }: State,
  storage: ReleaseStorage,
): Promise<string[]> {
  const kept = await keptReleases(folder, storage);
  return kept
    .map(({ id }) => id)
    .filter((id) => current !== null && id > current && bad.some(({ release }) => release === id))
    .reverse();
}

type Choice =
  | { readonly kind: 'previous' }
  | { readonly kind: 'named'; readonly name: string }
  /** From this release, if it is still served, to the last one that was verified; for a publish that failed. */
  | { readonly kind: 'verified'; readonly from: string };

/** Writes the state if there is room for it: customers must not go on seeing what is wrong because the disk is full. */
async function noteDown(
  folder: string,
  state: State,
  { from, to }: Omit<RolledBack, 'unwritten'>,
  tools: LockTools,
): Promise<string | null> {
  try {
    await writeState(folder, marked(state, from, to, tools.clock()), tools);
    return null;
  } catch (error) {
    if (!isDiskFull(error)) throw error;
    const lacks =
      from !== null && from.id > to.id
        ? `The rollback couldn't be recorded, so the next publish may undo it. To prevent that: touch ${shellWord(join(folder, 'STOP'))}`
        : `${to.id} may still be recorded as rolled back`;
    return `${fileErrorMessage(error) ?? ''}. ${lacks}`;
  }
}

/**
 * Serves an earlier release, or the named one. What it leaves is not published again by itself.
 * Null when there is nothing to do: no release was verified, or another is served by now.
 * Throws UserError when there is no such release.
 */
export function rollBack(folder: string, choice: Choice, tools: LockTools): Promise<RolledBack | null> {
  return withState(folder, tools, async (state) => {
    const kept = await keptReleases(folder, tools.storage);
    const id = await currentRelease(folder, tools.storage);
    const from = kept.find((one) => one.id === id) ?? null;
    if (choice.kind === 'verified' && from?.id !== choice.from) return null;
    const verified =
      kept.findLast((one) => state.verified.includes(one.id) && one.id !== id && !isBad(one, state)) ?? null;
    const to =
      choice.kind === 'verified'
        ? verified
        : choice.kind === 'named'
          ? named(kept, choice.name, folder)
          : previous(kept, from, state, folder);
    if (to === null) return null;
    // First what must not come back, then the way back: killed in between, it is only done again.
    const unwritten = await noteDown(folder, state, { from, to }, tools);
    await switchTo(folder, to.id, tools.storage);
    return { from, to, unwritten };
  });
}

type ListedRelease = {
  readonly id: string;
  readonly current: boolean;
  readonly verified: boolean;
  /** Whether it was rolled back from. */
  readonly bad: boolean;
  /** Whether `rollback` without a name goes to it. */
  readonly next: boolean;
  readonly commit: string | null;
  readonly newestUpdate: string | null;
  readonly now: string;
};

/** The releases that are kept, newest first. */
export async function listReleases(folder: string, tools: LockTools): Promise<ListedRelease[]> {
  const state = await readState(folder, tools);
  const current = await currentRelease(folder, tools.storage);
  const kept = await keptReleases(folder, tools.storage);
  const next = earlier(kept, kept.find(({ id }) => id === current) ?? null, state);
  return kept.toReversed().map(({ id, release: { commit, newestUpdate, now } }) => ({
    id,
    current: id === current,
    verified: state.verified.includes(id),
    bad: state.bad.some(({ release }) => release === id),
    next: id === next?.id,
    commit,
    newestUpdate,
    now,
  }));
}

/** One release as a line for a person. */
export function releaseLine({ id, current, verified, bad, next, commit, newestUpdate, now }: ListedRelease): string {
  const marks = [
    current ? 'served' : '',
    verified ? 'verified' : '',
    bad ? 'rolled back' : '',
    next ? 'rollback goes here' : '',
  ].filter((mark) => mark !== '');
  const from = commit === null ? '' : `, commit ${commit.slice(0, 9)}`;
  return `${id}  of ${shortUtc(Date.parse(now))}${from}, newest update ${newestUpdate?.replace(/^.*\/(?=[^/]+\/#)/, '').replace('/#', '/') ?? 'none'}${marks.length === 0 ? '' : `  (${marks.join(', ')})`}`;
}
