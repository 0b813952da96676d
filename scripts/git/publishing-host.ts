import { readRepositoryName } from '../github/repository-name.ts';
import { UsageError } from '../cli/errors.ts';
import type { World } from '../cli/world.ts';

/** Where a push of this folder starts publishing: the repository on GitHub, when it holds the workflow; null when nobody can tell. */
export async function publishingRepository(folder: string, run: World['runProgram']): Promise<string | null> {
  const workflow = await run('git', ['ls-files', '--error-unmatch', ':/.github/workflows/publish.yml'], folder);
  if (workflow.code !== 0) return null;
  const upstream = await run('git', ['rev-parse', '--abbrev-ref', '@{upstream}'], folder);
  const remote = upstream.code === 0 ? (upstream.stdout.trim().split('/')[0] ?? 'origin') : 'origin';
  const { stdout } = await run('git', ['config', '--get', `remote.${remote}.url`], folder);
  const [, name] = /^(?:https:\/\/|ssh:\/\/|)(?:[^@/]+@)?github\.com[:/]([^/]+\/[^/]+?)(?:\.git)?\/?$/.exec(stdout.trim()) ?? [];
  if (name === undefined) return null;
  try {
    readRepositoryName(name, 'remote');
    return name;
  } catch (error) {
    if (error instanceof UsageError) return null;
    throw error;
  }
}
