import { resolve } from 'node:path';
import { shellWord } from '../cli/shell-word.ts';
import type { World } from '../cli/world.ts';

/** How a person calls git for a content folder from where they are. */
export type GitFrom = {
  /** `git`, or `git -C FOLDER` where another repository is around them. */
  readonly git: string;
  /** What stands before a path of the content, for that call. */
  readonly content: string;
};

/**
 * How to call git for the content folder `content`, named as the person did: lines that are to be typed
 * must not reach the repository of Halfpast when the content has one of its own. Null when no git keeps it.
 */
export async function gitFrom(
  content: string,
  { cwd, runProgram }: Pick<World, 'cwd' | 'runProgram'>,
): Promise<GitFrom | null> {
  const top = (folder: string) => runProgram('git', ['rev-parse', '--show-toplevel'], folder);
  const [here, there] = [await top(cwd), await top(resolve(cwd, content))];
  // A repository of somebody else, which git tells how to allow.
  const isForeign = there.stderr.includes('safe.directory');
  if (there.code !== 0 && !isForeign) return null;
  if (isForeign || here.stdout === there.stdout) return { git: 'git', content };
  return { git: `git -C ${shellWord(content)}`, content: '' };
}
