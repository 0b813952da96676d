import { join } from 'node:path';
import type { LockTools } from './lock.ts';
import { currentRelease, places } from './release-folder.ts';
import { type StepName, withState, writeState } from './state.ts';

/** Temporary names. Another process that loses one, because it is about to take a lock, makes it anew. */
const leftOver = /^\.current-|^\.?(?:publish|state)\.lock-|\.part$/;

/**
 * Clears away what a killed run left: half-built sites, a release that was never served, temporary
 * files. Only while the publish is locked. Gives the step at which that run ended; null for none.
 */
export async function tidy(folder: string, tools: LockTools): Promise<StepName | null> {
  const { ground } = tools;
  await ground.remove(places.staging(folder));
  return withState(folder, tools, async (state) => {
    for (const name of await ground.list(folder)) {
      if (leftOver.test(name)) await ground.remove(join(folder, name));
    }
    const { run } = state;
    if (run === null) return null;
    // What a killed build left for the next one cannot be trusted.
    if (run.step === 'build') await ground.remove(places.cache(folder));
    const isUnserved =
      (run.step === 'place' || run.step === 'switch') && run.release !== (await currentRelease(folder, ground));
    if (isUnserved && run.release !== null) await discard(folder, run.release, tools);
    await writeState(folder, { ...state, run: null }, tools);
    return run.step;
  });
}

/** Takes a release away in one step, so that every folder among the releases is whole. */
export async function discard(folder: string, id: string, { ground }: LockTools): Promise<void> {
  if (!(await ground.list(places.releases(folder))).includes(id)) return;
  await ground.makeFolder(places.staging(folder));
  await ground.rename(places.release(folder, id), join(places.staging(folder), `old-${id}`));
}
