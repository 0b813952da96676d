import { UserError } from '../cli/errors.ts';
import type { World } from '../cli/world.ts';
import type { GitHubPort } from './port.ts';
import { readRepositoryName } from './repository-name.ts';

/**
 * The repository `given` as `owner/repo` on the flag `flag`, with the token and the address of the
 * API from the environment, as GitHub's own runners set them. Throws UsageError for a wrong name,
 * UserError without a token where one is needed.
 */
export async function gitHubOf(given: string, world: World, flag = '--github', needsToken = true): Promise<GitHubPort> {
  const name = readRepositoryName(given, flag);
  const token = world.env['GITHUB_TOKEN'] ?? world.env['GH_TOKEN'] ?? '';
  if (token === '' && needsToken)
    throw new UserError('GITHUB_TOKEN is not set. Set it to a token that may work with the repository');
  // Octokit is loaded only by the commands that need it.
  const { octokitPort } = await import('./octokit-port.ts');
  const baseUrl = world.env['GITHUB_API_URL'] ?? 'https://api.github.com';
  return octokitPort({ ...name, token, baseUrl, warn: (line) => world.stderr(`${line}\n`) });
}
