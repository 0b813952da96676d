import { shortUtc } from '../../../src/schema/instant.ts';
import type { LockTools } from './lock.ts';
import { currentRelease, keptReleases } from './release-folder.ts';
import { earlier } from './rollback.ts';
import { readState } from './state.ts';

export type ListedRelease = {
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
  const current = await currentRelease(folder, tools.ground);
  const kept = await keptReleases(folder, tools.ground);
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
    bad ? 'rolled back from' : '',
    next ? 'where rollback goes' : '',
  ].filter((mark) => mark !== '');
  const from = commit === null ? '' : `, commit ${commit.slice(0, 9)}`;
  return `${id}  of ${shortUtc(Date.parse(now))}${from}, newest update ${newestUpdate?.replace(/^.*\/(?=[^/]+\/#)/, '').replace('/#', '/') ?? 'none'}${marks.length === 0 ? '' : `  (${marks.join(', ')})`}`;
}
