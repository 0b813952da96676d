import { join, relative, sep } from 'node:path';
import type { ContentFolder } from '../cli/content.ts';
import { Cancelled, oneLine, UserError } from '../cli/errors.ts';
import { shellWord } from '../cli/text.ts';
import type { Ask, Context } from '../cli/context.ts';
import { gitCommand, gitIn } from '../github/git.ts';
import { changeFile } from '../github/github.ts';
import type { GitHubPort } from '../github/port.ts';
import type { Draft } from './draft.ts';
import type { Publishing } from './options.ts';

/** What follows a push: `repository` is the one on GitHub that publishes it, or null. */
function afterPush(permalink: string | null, repository: string | null): string {
  const watch = repository === null ? '' : `To watch: https://github.com/${repository}/actions`;
  if (permalink === null) return watch;
  if (repository === null) return `Once published, it is at ${permalink}`;
  return `GitHub is publishing it, which takes a few minutes. Then it is at ${permalink}. ${watch}`;
}

/** The commands that commit and push a written file; `along` are paths from the top of the repository. */
export async function manualSteps(
  { file, commitMessage, permalink }: Draft,
  along: readonly string[],
  { folder }: ContentFolder,
  context: Context,
): Promise<string> {
  const command = await gitCommand(folder, context);
  const flag = folder === 'content' ? '' : ` --content ${shellWord(folder)}`;
  if (command === null) {
    const missing = 'The folder is not in a git repository.';
    return permalink === null ? missing : `${missing} To publish it: npx halfpast publish --to DIR${flag}`;
  }
  const { git, content } = command;
  const files = [join(content, file.path), ...along.map((path) => `:/${path}`)].map(shellWord).join(' ');
  const message = shellWord(oneLine(commitMessage));
  const purpose = permalink === null ? 'To save it in git' : 'To publish it';
  return `${purpose}: ${git} add ${files} && ${git} commit -m ${message} && ${git} push`;
}

/** What has been done with a written file. */
export type Progress = { committed: boolean; pushed: boolean };

/**
 * Commits a written file together with the files in `along`, and pushes if asked to. Returns a sentence about what is
 * left to do. `progress` is kept up to date, so it also holds after an error. Throws UserError.
 */
export async function commitAndPush(
  draft: Draft,
  along: readonly string[],
  content: ContentFolder,
  push: boolean,
  progress: Progress,
  context: Context,
): Promise<string> {
  const git = gitIn(content.path, context);
  const command = (await gitCommand(content.folder, context))?.git ?? 'git';
  await git.commit(join(content.path, draft.file.path), along, draft.commitMessage, command);
  progress.committed = true;
  if (!push) return `Committed, but not live until it is pushed. Run: ${command} push`;
  const hasReply = await git.push(command, (line) => context.stderr(`${line}\n`));
  progress.pushed = true;
  // A hook on the other side may publish or refuse: its own reply is all that is certain.
  if (hasReply) return `Committed and pushed. The reply is above. ${afterPush(draft.permalink, null)}`.trim();
  return `Committed and pushed. ${afterPush(draft.permalink, await git.publishingRepository())}`.trim();
}

/** What to do with a draft. */
type Decision = 'push' | 'commit' | 'write' | 'rewrite';

/** Whether the folder is in a repository that can be committed to and has a remote. */
async function canPush(folder: string, context: Context): Promise<boolean> {
  const git = gitIn(folder, context);
  try {
    await git.requireBranch();
  } catch (error) {
    if (error instanceof UserError) return false;
    throw error;
  }
  return (await git.remotes()).length > 0;
}

/**
 * Asks what to do with a draft that has been shown. Flags answer in advance; without them, pushing is offered where
 * it is possible. Throws Cancelled; nothing has been written by then.
 */
export async function askToWrite(
  draft: Draft,
  { push, commit, github }: Publishing,
  folder: string,
  ask: Ask,
  context: Context,
): Promise<Decision> {
  const write = github === undefined ? 'Yes, write the file' : 'Yes, write it on GitHub and publish';
  const yes = push
    ? ({ value: 'push', label: 'Yes, write, commit and push it' } as const)
    : commit
      ? ({ value: 'commit', label: 'Yes, write and commit it' } as const)
      : ({ value: 'write', label: write } as const);
  const offersPush = yes.value === 'write' && github === undefined && (await canPush(folder, context));
  const answer = await ask.choose<Decision | 'stop'>('Write it?', [
    ...(offersPush
      ? ([
          { value: 'push', label: 'Yes, write, commit and push it' },
          { value: 'write', label: 'Only write the file' },
        ] as const)
      : [yes]),
    ...(draft.redraft === undefined ? [] : [{ value: 'rewrite', label: 'Edit the text first' } as const]),
    { value: 'stop', label: 'No, stop without writing' },
  ]);
  if (answer === 'stop') throw new Cancelled();
  return answer;
}

/** `path` is from the root of the repository; `message` is the commit's. */
type NewFile = { readonly path: string; readonly text: string; readonly message: string };

/**
 * Writes one new file to the default branch and returns the commit, or null when the same file was already there, such
 * as after an answer that was lost. Throws UserError when another text has that name.
 */
export function writeUpdateFile(port: GitHubPort, { path, text, message }: NewFile): Promise<string | null> {
  return changeFile(port, { path, message }, (stored) => {
    if (stored !== null && stored !== text)
      throw new UserError(`${path} already exists with another text. Post the update again in a minute`);
    return stored === null ? text : null;
  });
}

/**
 * Writes a draft to GitHub's default branch, and starts publishing: a commit made with a workflow's own token starts
 * no other workflow. The root of the repository is the working folder. Returns a sentence to print. Throws UserError.
 */
export async function postToGitHub(
  port: GitHubPort,
  { file, commitMessage }: Draft,
  content: ContentFolder,
  cwd: string,
): Promise<string> {
  const folder = relative(cwd, content.path).split(sep).join('/');
  if (folder === '..' || folder.startsWith('../'))
    throw new UserError(
      `${content.folder} is outside the working folder. With --github, run it in the root of the repository`,
    );
  const path = folder === '' ? file.path : `${folder}/${file.path}`;
  const commit = await writeUpdateFile(port, { path, text: file.text, message: commitMessage });
  try {
    await port.startWorkflow('publish.yml', {});
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    throw new UserError(
      `the update is on GitHub (${path}), but publishing wasn't started: ${error.message}. Start it: Actions, Publish, Run workflow`,
    );
  }
  const written = commit === null ? 'Already on GitHub' : `Committed on GitHub as ${commit.slice(0, 7)}`;
  return `${written}, and publishing has started.`;
}
