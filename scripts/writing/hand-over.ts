import { Cancelled, UserError } from '../cli/errors.ts';
import { oneLine } from '../cli/one-line.ts';
import { shellWord } from '../cli/shell-word.ts';
import type { World } from '../cli/world.ts';
import { commitFile, pushBranch, requireRepository } from '../git/commit-file.ts';
import type { Draft } from './draft.ts';

/** What to type to send a file on its way by hand; `path` is from the working folder. */
export function byHand({ commitMessage, permalink }: Draft, path: string): string {
  const what = permalink === null ? 'To keep it' : 'To publish it';
  return `${what}: git add ${shellWord(path)} && git commit -m ${shellWord(oneLine(commitMessage))} && git push`;
}

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

/** Offers to a person who was asked for the rest to send it as well. By then the file is written: leaving is a no. */
export async function offerToPush(draft: Draft, folder: string, world: World): Promise<boolean> {
  if (world.ask === null || !draft.asked || !(await canPush(folder, world))) return false;
  try {
    return await world.ask.confirm('Commit and push it now?');
  } catch (error) {
    if (error instanceof Cancelled) return false;
    throw error;
  }
}

/** Commits and pushes a written file as wished, and gives a sentence on what is still to come. Throws UserError. */
export async function handOver(draft: Draft, path: string, folder: string, push: boolean, world: World): Promise<string> {
  await commitFile(path, draft.commitMessage, world.runProgram);
  if (!push) return 'It is committed, and not live until it is pushed. Type: git push';
  const heard = await pushBranch(folder, world.runProgram, (line) => world.stderr(`${line}\n`));
  const at = draft.permalink === null ? '' : ` Once published, it is at ${draft.permalink}`;
  // A hook may publish or refuse to: only what it said itself is sure.
  if (heard) return `It is committed and pushed; what the other side said is above.${at}`;
  return draft.permalink === null ? 'It is committed and pushed.' : `It is committed, pushed and on its way.${at}`;
}
