import { join } from 'node:path';
import { isoTime } from '../../../src/domain/instant.ts';
import { quote } from '../../../src/schema/text.ts';
import { UserError } from '../../cli/errors.ts';
import { fileErrorMessage, isDiskFull } from '../../cli/file-errors.ts';
import { shellWord } from '../../cli/shell-word.ts';
import type { Ground } from './ground.ts';
import type { LockTools } from './lock.ts';
import { sourceOf } from './prune.ts';
import { currentRelease, type KeptRelease, keptReleases, switchTo } from './release-folder.ts';
import { type State, withState, writeState } from './state.ts';

export type RolledBack = {
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
export function earlier(kept: readonly KeptRelease[], current: KeptRelease | null, state: State): KeptRelease | null {
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
      `there is no earlier release to go back to. For those that are kept: npx halfpast rollback --to ${shellWord(folder)} --list`,
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
    `${quote(name)} names ${amount} of the releases. Type one of: ${ids.slice(0, shown).join(', ')}${rest}. For what is in each: npx halfpast rollback --to ${shellWord(folder)} --list`,
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
  ground: Ground,
): Promise<string[]> {
  const kept = await keptReleases(folder, ground);
  return kept
    .map(({ id }) => id)
    .filter((id) => current !== null && id > current && bad.some(({ release }) => release === id))
    .reverse();
}

export type Choice =
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
        ? `So it is not noted what was rolled back from, and the next publish may bring it back. To stop that: touch ${shellWord(join(folder, 'STOP'))}`
        : `So ${to.id} may still be noted as what was rolled back from`;
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
    const kept = await keptReleases(folder, tools.ground);
    const id = await currentRelease(folder, tools.ground);
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
    await switchTo(folder, to.id, tools.ground);
    return { from, to, unwritten };
  });
}
