import { UsageError } from '../cli/errors.ts';
import type { World } from '../cli/world.ts';
import { readRepositoryName } from '../github/repository-name.ts';

/** The repository on GitHub, as `owner/name`, that a remote of this folder's git leads to; null for any other place, and for none. */
export async function gitHubRemote(folder: string, remote: string, run: World['runProgram']): Promise<string | null> {
  const { stdout } = await run('git', ['config', '--get', `remote.${remote}.url`], folder);
  const [, name] =
    /^(?:https:\/\/|ssh:\/\/|)(?:[^@/]+@)?github\.com[:/]([^/]+\/[^/]+?)(?:\.git)?\/?$/.exec(stdout.trim()) ?? [];
  if (name === undefined) return null;
  try {
    readRepositoryName(name, 'remote');
    return name;
  } catch (error) {
    if (error instanceof UsageError) return null;
    throw error;
  }
}
