import { relative, sep } from 'node:path';
import { UserError } from '../cli/errors.ts';
import type { GitHubPort } from '../github/port.ts';
import { type NewUpdate, writeUpdateFile } from '../github/write-update-file.ts';
import type { Desk } from './desk.ts';

/** The path of a content file from the root of the repository, which is the working folder. Throws UserError. */
export function repositoryPath(desk: Desk, file: string, cwd: string): string {
  const folder = relative(cwd, desk.path).split(sep).join('/');
  if (folder === '..' || folder.startsWith('../'))
    throw new UserError(
      `${desk.content} is outside of the working folder. With --github, run it in the root of the repository`,
    );
  return folder === '' ? file : `${folder}/${file}`;
}

/**
 * Writes a new file on GitHub's default branch and starts publishing it, since a commit made with a
 * workflow's own token starts no other workflow. Gives a sentence for the person. Throws UserError.
 */
export async function postFile(port: GitHubPort, file: NewUpdate): Promise<string> {
  const commit = await writeUpdateFile(port, file);
  const written = commit === null ? 'It was on GitHub already' : `Committed on GitHub as ${commit.slice(0, 7)}`;
  try {
    await port.startWorkflow('publish.yml', {});
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    throw new UserError(
      `the update is on GitHub (${file.path}), but publishing was not started: ${error.message}. Start it: Actions, Publish, Run workflow`,
    );
  }
  return `${written}, and publishing has started.`;
}
