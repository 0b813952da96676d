import { UserError } from '../cli/errors.ts';
import type { Context } from '../cli/context.ts';
import { type FileChange, type GitHubPort, readRepositoryName } from './port.ts';

type FilePlace = Pick<FileChange, 'path' | 'message' | 'branch'>;

/**
 * Changes one file in one commit, and starts over when someone else changed the branch in the meantime. `edit` gets
 * the current text, null for a missing file, and returns the new text, or null to leave the file alone. Returns the
 * id of the commit, null for none. Throws UserError when the branch changed during all of the `tries`.
 */
export async function changeFile(
  port: GitHubPort,
  { path, message, ...branch }: FilePlace,
  edit: (text: string | null) => string | null,
  tries = 6,
): Promise<string | null> {
  for (let attempt = 1; attempt <= tries; attempt += 1) {
    const stored = await port.readFile(path, branch.branch);
    const text = edit(stored?.text ?? null);
    if (text === null) return null;
    const result = await port.writeFile({ path, message, text, ...branch, replaces: stored?.version ?? null });
    if (result.kind === 'written') return result.commit;
  }
  const where = branch.branch === undefined ? 'the branch' : `the branch ${branch.branch}`;
  throw new UserError(`${path} was not written: ${where} changed during every attempt. Run the command again`);
}

/**
 * Connects to the repository `name`, an `owner/repo` from the flag `flag`. The token and the address of the API come
 * from the environment, as on GitHub's runners. Throws UsageError for a malformed name, UserError for a missing token.
 */
export async function openGitHub(
  name: string,
  context: Context,
  { flag = '--github', needsToken = true } = {},
): Promise<GitHubPort> {
  const repository = readRepositoryName(name, flag);
  const token = context.env['GITHUB_TOKEN'] ?? context.env['GH_TOKEN'] ?? '';
  if (token === '' && needsToken)
    throw new UserError('GITHUB_TOKEN is not set. Set it to a token with access to the repository');
  // Only the commands that need octokit load it.
  const { octokitPort } = await import('./octokit.ts');
  const baseUrl = context.env['GITHUB_API_URL'] ?? 'https://api.github.com';
  return octokitPort({
    ...repository,
    token,
    baseUrl,
    warn: (line) =>
      context.stderr(`${line}
`),
  });
}
