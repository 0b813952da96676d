import { oneLine } from '../cli/one-line.ts';
import { shellWord } from '../cli/shell-word.ts';
import type { World } from '../cli/world.ts';
import { commitFile, pushBranch } from '../git/commit-file.ts';
import { publishingRepository } from '../git/publishing-host.ts';
import type { Draft } from './draft.ts';
import { whenLive } from './when-live.ts';

/** What to type to send a file on its way by hand; `path` is from the working folder. */
export function byHand({ commitMessage, permalink }: Draft, path: string): string {
  const what = permalink === null ? 'To keep it' : 'To publish it';
  return `${what}: git add ${shellWord(path)} && git commit -m ${shellWord(oneLine(commitMessage))} && git push`;
}

/** How far a written file has come. */
export type Handed = { committed: boolean; pushed: boolean };

/**
 * Commits a written file, and pushes it when asked to; `handed` is told how far it came, also when that
 * was not all the way. Gives a sentence on what is still to come. Throws UserError.
 */
export async function handOver(draft: Draft, path: string, folder: string, push: boolean, handed: Handed, world: World): Promise<string> {
  await commitFile(path, draft.commitMessage, world.runProgram);
  handed.committed = true;
  if (!push) return 'It is committed, and not live until it is pushed. Type: git push';
  const heard = await pushBranch(folder, world.runProgram, (line) => world.stderr(`${line}\n`));
  handed.pushed = true;
  const repository = heard ? null : await publishingRepository(folder, world.runProgram);
  // A hook may publish or refuse to: only what it said itself is sure.
  const told = heard ? 'It is committed and pushed; what the other side said is above.' : 'It is committed and pushed.';
  return `${told} ${whenLive(draft.permalink, repository)}`.trim();
}
