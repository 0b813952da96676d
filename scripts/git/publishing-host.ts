import type { World } from '../cli/world.ts';
import { gitHubRemote } from './github-remote.ts';

/** Where a push of this folder starts publishing: the repository on GitHub, when it holds the workflow; null when nobody can tell. */
export async function publishingRepository(folder: string, run: World['runProgram']): Promise<string | null> {
  const workflow = await run('git', ['ls-files', '--error-unmatch', ':/.github/workflows/publish.yml'], folder);
  if (workflow.code !== 0) return null;
  const upstream = await run('git', ['rev-parse', '--abbrev-ref', '@{upstream}'], folder);
  return gitHubRemote(folder, upstream.code === 0 ? (upstream.stdout.trim().split('/')[0] ?? 'origin') : 'origin', run);
}
