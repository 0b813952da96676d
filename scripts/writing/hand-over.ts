import { join } from 'node:path';
import { oneLine } from '../cli/one-line.ts';
import { shellWord } from '../cli/shell-word.ts';
import type { World } from '../cli/world.ts';
import { commitFile, pushBranch } from '../git/commit-file.ts';
import { gitFrom, type GitFrom } from '../git/git-from.ts';
import { publishingRepository } from '../git/publishing-host.ts';
import type { Desk } from './desk.ts';
import type { Draft } from './draft.ts';
import { whenLive } from './when-live.ts';

/** What to type to send a file on its way by hand; `along` is from the top of the repository, `from` null without one. */
export function byHand(
  { file, commitMessage, permalink }: Draft,
  along: readonly string[],
  from: GitFrom | null,
  content: string,
): string {
  if (from === null)
    return permalink === null
      ? 'No git keeps it.'
      : `No git keeps it. To publish it: npx halfpast publish --to DIR${content === 'content' ? '' : ` --content ${shellWord(content)}`}`;
  const what = permalink === null ? 'To keep it' : 'To publish it';
  const files = [join(from.content, file.path), ...along.map((other) => `:/${other}`)];
  return `${what}: ${from.git} add ${files.map(shellWord).join(' ')} && ${from.git} commit -m ${shellWord(oneLine(commitMessage))} && ${from.git} push`;
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
export async function handOver(
  draft: Draft,
  path: string,
  along: readonly string[],
  desk: Desk,
  push: boolean,
  handed: Handed,
  world: World,
): Promise<string> {
  const { path: folder } = desk;
  const git = (await gitFrom(desk.content, world))?.git ?? 'git';
  await commitFile(path, along, draft.commitMessage, git, world.runProgram);
  handed.committed = true;
  if (!push) return `It is committed, and not live until it is pushed. Type: ${git} push`;
  const heard = await pushBranch(folder, git, world.runProgram, (line) => world.stderr(`${line}\n`));
  handed.pushed = true;
  const repository = heard ? null : await publishingRepository(folder, world.runProgram);
  // A hook may publish or refuse to: only what it said itself is sure.
  const told = heard ? 'It is committed and pushed; what the other side said is above.' : 'It is committed and pushed.';
  return `${told} ${whenLive(draft.permalink, repository)}`.trim();
}
