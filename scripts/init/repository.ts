import { dirname, relative, sep } from 'node:path';
import { repository } from '../../src/schema/repository.ts';
import type { World } from '../cli/world.ts';
import { gitHubRemote } from '../git/github-remote.ts';

/** Where the content is on GitHub, as `repository:` of `site.yml` says it. */
export type Repository = { readonly github: string; readonly content?: string };

/** Where the content will be, by the remote `origin` of the git around `content`, an absolute path that need not be there yet; null when that is not on GitHub. */
export async function repositoryOf(
  content: string,
  { runProgram }: Pick<World, 'runProgram'>,
): Promise<Repository | null> {
  // A program cannot be run in a folder that is not there.
  let folder = content;
  let top = await runProgram('git', ['rev-parse', '--show-toplevel'], folder);
  while (top.code === 127 && folder !== dirname(folder)) {
    folder = dirname(folder);
    top = await runProgram('git', ['rev-parse', '--show-toplevel'], folder);
  }
  const github = top.code === 0 ? await gitHubRemote(folder, 'origin', runProgram) : null;
  if (github === null) return null;
  const prefix = await runProgram('git', ['rev-parse', '--show-prefix'], folder);
  const inside = [...prefix.stdout.trim().split('/'), ...relative(folder, content).split(sep)]
    .filter((part) => part !== '')
    .join('/');
  const said = { github, ...(inside === 'content' ? {} : { content: inside === '' ? '.' : inside }) };
  // A folder with a blank in its name cannot be said.
  return repository.safeParse(said).success ? said : null;
}
