import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { isStop } from '../../../src/content/stop.ts';
import { UserError } from '../../cli/errors.ts';
import { shellWord } from '../../cli/shell-word.ts';
import type { LockTools } from './lock.ts';
import { currentRelease, places } from './release-folder.ts';
import { stateFile } from './state.ts';

const ours = [stateFile, 'deliveries.json', 'releases', 'staging', 'cache', 'current', 'publish.lock', 'state.lock'];

const refusals: Readonly<Record<string, string>> = {
  EEXIST: 'is a file. Name a folder',
  ENOTDIR: 'is below a file. Name another folder',
  ENOENT: 'cannot be made there. Name another folder',
  ENOSPC: 'cannot be written: the disk is full',
  EROFS: 'cannot be written: the disk is read-only',
  EACCES: 'may not be written by this user. Check who owns it, or name another folder',
  EPERM: 'may not be written by this user. Check who owns it, or name another folder',
};

/**
 * Makes the folder, if need be, in which releases are kept. Throws UserError unless it can be written, is new,
 * empty or has releases, and has no other `current` than a link to one of them: before minutes are spent on a build.
 */
export async function requireReleaseFolder(
  folder: string,
  shown: string,
  { ground }: Pick<LockTools, 'ground'>,
): Promise<void> {
  try {
    await ground.makeFolder(folder);
    const names = await ground.list(folder);
    const isOurs = (name: string): boolean => ours.includes(name) || isStop(name) || name.startsWith('.');
    const strange =
      names.includes(stateFile) || names.includes('releases') ? undefined : names.find((name) => !isOurs(name));
    if (strange !== undefined)
      throw new UserError(
        `${shown} holds something other than releases: ${strange}. Name a new or empty folder with --to DIR`,
      );
    // Named as a lock on its way, which the next run clears away.
    const trial = join(folder, `.publish.lock-${randomUUID()}`);
    await ground.write(trial, '');
    await ground.remove(trial);
  } catch (error) {
    const said = refusals[String((error as NodeJS.ErrnoException).code)];
    throw error instanceof UserError || said === undefined ? error : new UserError(`--to: ${shown} ${said}`);
  }
  const served = await currentRelease(folder, ground);
  const kept = await ground.list(places.releases(folder));
  if (served === null || kept.includes(served)) return;
  // Published as if for the first time, it would go past the guard.
  const way =
    kept.length === 0
      ? `Delete it: rm ${shellWord(places.current(folder))}`
      : `Serve one that is: npx halfpast rollback --to ${shellWord(shown)} ${kept.at(-1) ?? ''}`;
  throw new UserError(`${shown}/current leads to releases/${served}, which is not there. ${way}`);
}
