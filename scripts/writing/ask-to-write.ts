import { Cancelled, UserError } from '../cli/errors.ts';
import type { Ask, World } from '../cli/world.ts';
import { requireRepository } from '../git/commit-file.ts';
import type { Draft } from './draft.ts';
import type { Publishing } from './publishing-options.ts';

/** What becomes of a draft: how far it goes, or that its text is to be written anew. */
type Decision = 'push' | 'commit' | 'write' | 'rewrite';

/** Whether there is a repository that may be committed to, and one place or more to push to. */
async function canPush(folder: string, { runProgram }: World): Promise<boolean> {
  try {
    await requireRepository(folder, runProgram);
  } catch (error) {
    if (error instanceof UserError) return false;
    throw error;
  }
  return (await runProgram('git', ['remote'], folder)).stdout.trim() !== '';
}

const yes: Readonly<Record<'push' | 'commit' | 'write' | 'github', string>> = {
  push: 'Yes: write, commit and push it',
  commit: 'Yes: write and commit it',
  write: 'Yes: write the file',
  github: 'Yes: write it on GitHub, and publish',
};

/**
 * Asks what becomes of a draft that has been shown. What the flags say is not asked again; without
 * them, pushing is offered where it can be done. Throws Cancelled: nothing has been written by then.
 */
export async function askToWrite(
  draft: Draft,
  flags: Publishing,
  folder: string,
  ask: Ask,
  world: World,
): Promise<Decision> {
  const isSaid = flags.push || flags.commit || flags.github !== undefined;
  const far = flags.push ? 'push' : flags.commit ? 'commit' : 'write';
  const offers = !isSaid && (await canPush(folder, world));
  const answer = await ask.choose<Decision | 'stop'>('Write it?', [
    ...(offers ? [{ value: 'push', label: yes.push } as const] : []),
    {
      value: far,
      label: offers ? 'Only write the file, and commit it by hand' : yes[flags.github === undefined ? far : 'github'],
    },
    ...(draft.rewritten === undefined ? [] : [{ value: 'rewrite', label: 'Change the text first' } as const]),
    { value: 'stop', label: 'No: stop, and write nothing' },
  ]);
  if (answer === 'stop') throw new Cancelled();
  return answer;
}
