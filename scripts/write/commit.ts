import { join, relative, sep } from 'node:path';
import type { ContentFolder } from '../cli/content.ts';
import { Cancelled, oneLine, UserError } from '../cli/errors.ts';
import { shellWord } from '../cli/text.ts';
import { type Ask, type Context, during } from '../cli/context.ts';
import { gitCommand, gitIn } from '../github/git.ts';
import { changeFile } from '../github/github.ts';
import type { GitHubPort } from '../github/port.ts';
import { notLive } from '../live/live-update.ts';
import type { Sent } from './await-live.ts';
import type { Draft } from './draft.ts';
import type { Publishing } from './options.ts';

/** The commands that commit and push a written file; `along` are paths from the top of the repository. */
export async function manualSteps(
  { file, more = [], commitMessage, permalink }: Draft,
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
  const files = [...[file, ...more].map(({ path }) => join(content, path)), ...along.map((path) => `:/${path}`)]
    .map(shellWord)
    .join(' ');
  const message = shellWord(oneLine(commitMessage));
  const purpose = permalink === null ? 'To save it in git' : 'To publish it';
  return `${purpose}: ${git} add ${files} && ${git} commit -m ${message} && ${git} push`;
}

/** What has been done with a written file. */
export type Progress = { committed: boolean; pushed: boolean; live: boolean };

/**
 * An update that was sent to the remote or to GitHub: the sentence to print, and what is known about its publishing.
 */
export type Posted = { readonly note: string } & Pick<Sent, 'commit' | 'sentAt' | 'reply' | 'repository' | 'git'>;

/**
 * Commits a written file together with the files in `along`. Returns a sentence about what is left. Throws UserError.
 */
export async function commitFile(
  draft: Draft,
  along: readonly string[],
  content: ContentFolder,
  context: Context,
): Promise<string> {
  const command = (await gitCommand(content.folder, context))?.git ?? 'git';
  const paths = [draft.file, ...(draft.more ?? [])].map(({ path }) => join(content.path, path));
  await gitIn(content.path, context).commit(paths, along, draft.commitMessage, command);
  return `Committed, but not live until it is pushed. Run: ${command} push`;
}

/** Pushes what has been committed. Throws UserError when that fails. */
export async function pushFile(content: ContentFolder, context: Context): Promise<Posted> {
  const git = gitIn(content.path, context);
  const command = (await gitCommand(content.folder, context))?.git ?? 'git';
  const sentAt = context.clock();
  try {
    const reply = await during(context.progress, 'Pushing', () =>
      git.push('the update', command, (line) => context.stderr(`${line}\n`)),
    );
    const repository = await git.publishingRepository();
    return { note: 'Committed and pushed.', sentAt, reply, repository, commit: await git.head(), git };
  } catch (error) {
    throw error instanceof UserError ? new UserError(`${notLive}: ${error.message}`) : error;
  }
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

/** `path` is from the root of the repository; `message` is the commit's; `replaces` as in Draft. */
type NewFile = { readonly path: string; readonly text: string; readonly message: string; readonly replaces?: string };

/**
 * Writes one file to the default branch and returns the commit, or null when the same file was already there, such as
 * after an answer that was lost. Throws UserError when another text has that name, or the text to replace has changed.
 */
export function writeUpdateFile(port: GitHubPort, { path, text, message, replaces }: NewFile): Promise<string | null> {
  return changeFile(port, { path, message }, (stored) => {
    if (stored === text) return null;
    if (replaces !== undefined && stored !== replaces)
      throw new UserError(`${path} has changed on GitHub. Pull, and edit it again`);
    if (replaces === undefined && stored !== null)
      throw new UserError(`${path} already exists with another text. Post the update again in a minute`);
    return text;
  });
}

/** Where a file of the content is in the repository, whose root is the working folder. Throws UserError. */
export function pathInRepository(path: string, content: Pick<ContentFolder, 'folder' | 'path'>, cwd: string): string {
  const folder = relative(cwd, content.path).split(sep).join('/');
  if (folder === '..' || folder.startsWith('../'))
    throw new UserError(
      `${content.folder} is outside the working folder. With --github, run it in the root of the repository`,
    );
  return folder === '' ? path : `${folder}/${path}`;
}

/**
 * Writes a draft to GitHub's default branch, and starts publishing: a commit made with a workflow's own token starts
 * no other workflow. The root of the repository is the working folder. Throws UserError.
 */
export async function postToGitHub(
  repository: string,
  port: GitHubPort,
  { file, commitMessage, ...draft }: Draft,
  content: ContentFolder,
  { cwd, clock }: Context,
): Promise<Posted> {
  const sentAt = clock();
  const path = pathInRepository(file.path, content, cwd);
  const replaces = draft.replaces === undefined ? {} : { replaces: draft.replaces };
  let commit = await writeUpdateFile(port, { path, text: file.text, message: commitMessage, ...replaces });
  for (const other of draft.more ?? []) {
    const place = pathInRepository(other.path, content, cwd);
    commit = (await writeUpdateFile(port, { path: place, text: other.text, message: commitMessage })) ?? commit;
  }
  try {
    await port.startWorkflow('publish.yml', {});
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    throw new UserError(
      `${notLive}: the update is on GitHub (${path}), but publishing wasn't started: ${error.message}. Start it: Actions, Publish, Run workflow`,
    );
  }
  const written = commit === null ? 'Already on GitHub' : `Committed on GitHub as ${commit.slice(0, 7)}`;
  const note = `${written}, and publishing has started.`;
  return { note, sentAt, reply: [], repository, commit, git: null };
}
