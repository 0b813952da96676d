import { UserError } from '../cli/errors.ts';
import type { World } from '../cli/world.ts';
import { octokitPort } from './octokit-port.ts';
import type { GitHubPort } from './port.ts';
import { readRepositoryName } from './repository-name.ts';

/**
 * GitHub as the environment has it: GITHUB_TOKEN or GH_TOKEN, and GITHUB_API_URL for a server of one's
 * own. `name` is `owner/repo`, `flag` where it was typed. Throws UsageError and UserError.
 */
export function gitHubFromEnvironment(name: string, flag: string, { env, stderr }: World): GitHubPort {
  const repository = readRepositoryName(name, flag);
  const token = env['GITHUB_TOKEN'] ?? env['GH_TOKEN'] ?? '';
  if (token === '') throw new UserError('GITHUB_TOKEN is not set. In a workflow: env: GITHUB_TOKEN: ${{ github.token }}; by hand: GITHUB_TOKEN="$(gh auth token)" before the command');
  const baseUrl = env['GITHUB_API_URL'] ?? 'https://api.github.com';
  return octokitPort({ ...repository, token, baseUrl, warn: (line) => stderr(`halfpast: ${line}\n`) });
}
