import type { FileChange, FileWritten, GitHubPort, StoredFile } from './port.ts';
import { type Client, statusOf, step } from './octokit.ts';
import { GitHubError, gitHubError } from './github-error.ts';

async function readFile({ octokit, at }: Client, path: string, branch?: string): Promise<StoredFile | null> {
  try {
    const ref = branch === undefined ? {} : { ref: branch };
    const { data } = await octokit.rest.repos.getContent({ ...at, path, ...ref });
    if (Array.isArray(data) || data.type !== 'file')
      throw new GitHubError(200, `${path} is not a file on GitHub. Name a file`);
    // GitHub leaves the text out of files above a megabyte.
    if (data.encoding !== 'base64')
      throw new GitHubError(200, `${path} is too large to be read through GitHub's API. Make it smaller`);
    return { text: Buffer.from(data.content, 'base64').toString('utf8'), version: data.sha };
  } catch (error) {
    const status = statusOf(error);
    if (status === 404) return null;
    if (status === null) throw error;
    throw gitHubError(`read ${path}`, status, error instanceof Error ? error.message : '');
  }
}

async function hasBranch({ octokit, at }: Client, branch: string): Promise<boolean> {
  try {
    await octokit.rest.git.getRef({ ...at, ref: `heads/${branch}` });
    return true;
  } catch (error) {
    if (statusOf(error) === 404) return false;
    throw error;
  }
}

/** The first commit of a branch that shares no history with any other. */
async function beginBranch(
  { octokit, at }: Client,
  branch: string,
  { path, text, message }: FileChange,
): Promise<FileWritten> {
  const tree = await octokit.rest.git.createTree({
    ...at,
    tree: [{ path, mode: '100644', type: 'blob', content: text }],
  });
  const commit = await octokit.rest.git.createCommit({ ...at, message, tree: tree.data.sha, parents: [] });
  try {
    await octokit.rest.git.createRef({ ...at, ref: `refs/heads/${branch}`, sha: commit.data.sha });
  } catch (error) {
    // Somebody else began it a moment ago.
    if (statusOf(error) === 422) return { kind: 'conflict' };
    throw error;
  }
  const blob = tree.data.tree.find((entry) => entry.path === path)?.sha;
  // Deep paths are not listed in the tree's first level.
  const version = blob ?? (await readFile({ octokit, at }, path, branch))?.version ?? '';
  return { kind: 'written', version, commit: commit.data.sha };
}

async function writeFile(client: Client, change: FileChange): Promise<FileWritten> {
  const { octokit, at } = client;
  const { path, text, message, branch, replaces } = change;
  try {
    const { data } = await octokit.rest.repos.createOrUpdateFileContents({
      ...at,
      path,
      message,
      content: Buffer.from(text, 'utf8').toString('base64'),
      ...(branch === undefined ? {} : { branch }),
      ...(replaces === null ? {} : { sha: replaces }),
    });
    return { kind: 'written', version: data.content?.sha ?? '', commit: data.commit.sha ?? '' };
  } catch (error) {
    const status = statusOf(error);
    // 409: another version, or the branch moved meanwhile. 422 speaks of `sha` when the file is there already or gone.
    if (status === 409) return { kind: 'conflict' };
    if (status === 422 && error instanceof Error && /sha|does not exist/i.test(error.message))
      return { kind: 'conflict' };
    if (status === 404 && branch !== undefined && !(await hasBranch(client, branch)))
      return beginBranch(client, branch, change);
    throw error;
  }
}

export function files(client: Client): Pick<GitHubPort, 'readFile' | 'writeFile'> {
  return {
    readFile: (path, branch) => readFile(client, path, branch),
    writeFile: (change) => step(`write ${change.path}`, () => writeFile(client, change)),
  };
}
