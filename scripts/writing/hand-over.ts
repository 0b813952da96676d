import { oneLine } from '../cli/one-line.ts';
import { shellWord } from '../cli/shell-word.ts';
import type { World } from '../cli/world.ts';
import { commitFile, pushBranch } from '../git/commit-file.ts';
import { publishingRepository } from '../git/publishing-host.ts';
import type { Draft } from './draft.ts';
import { whenLive } from './when-live.ts';

/** What to type to send a file on its way by hand; `path` is from the working folder, `along` from the top of the repository. */
export function byHand({ commitMessage, permalink }: Draft, path: string, along: readonly string[]): string {
  const what = permalink === null ? 'To keep it' : 'To publish it';
  return `${what}: git add ${[path, ...along.map((other) => `:/${other}`)].map(shellWord).join(' ')} && git commit -m ${shellWord(oneLine(commitMessage))} && git push`;
}

/** What is said of earlier updates that would be missing on the page. */
export function alongNotes(along: readonly string[]): string[] {
  return along.length === 0 ? [] : [`Earlier updates of it were never committed, and go with it: ${along.join(', ')}`];
}

/** How far a written file has come. */
export type Handed = { committed: boolean; pushed: boolean };

/**
 * Commits a written file with those that go along, and pushes it when asked to; `handed` is told how far it came, also when that
 * was not all the way. Gives a sentence on what is still to come. Throws UserError.
 */
export async function handOver(draft: Draft, path: string, along: readonly string[], folder: string, push: boolean, handed: Handed, world: World): Promise<string> {
  await commitFile(path, along, draft.commitMessage, world.runProgram);
  handed.committed = true;
  if (!push) return 'It is committed, and not live until it is pushed. Type: git push';
  const heard = await pushBranch(folder, world.runProgram, (line) => world.stderr(`${line}\n`));
  handed.pushed = true;
  const repository = heard ? null : await publishingRepository(folder, world.runProgram);
  // A hook may publish or refuse to: only what it said itself is sure.
  const told = heard ? 'It is committed and pushed; what the other side said is above.' : 'It is committed and pushed.';
  return `${told} ${whenLive(draft.permalink, repository)}`.trim();
}
