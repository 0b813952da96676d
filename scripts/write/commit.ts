import { join, relative, sep } from 'node:path';
import type { NewFile } from '../../src/lib/content/write-content.ts';
import type { ContentFolder } from '../cli/content.ts';
import { Cancelled, oneLine, UserError } from '../cli/errors.ts';
import { shellWord } from '../cli/text.ts';
import { type Ask, type Choice, type Context, during } from '../cli/context.ts';
import { type Git, gitCommand, gitIn, typedGit } from '../github/git.ts';
import { changeFile, mostTries } from '../github/github.ts';
import type { GitHubPort } from '../github/port.ts';
import { notLive } from '../live/live-update.ts';
import type { Sent } from './await-live.ts';
import type { FileDraft } from './draft.ts';
import type { Publishing } from './options.ts';

const publishCommand = 'npx halfpast publish --to DIR';

/** Where commits are published from. Whether a hook publishes what's pushed to another server is unknown. */
async function publishedFrom(git: Git): Promise<'remote' | 'unknown' | 'here'> {
  if ((await git.remotes()).length === 0) return 'here';
  return (await git.publishingRepository()) === null ? 'unknown' : 'remote';
}

/** The commands to commit and publish a file. `along` are paths from the repository's root. */
export async function manualSteps(
  { file, more = [], commitMessage, permalink }: FileDraft,
  along: readonly string[],
  { folder, path }: ContentFolder,
  context: Context,
): Promise<string> {
  const command = await gitCommand(folder, context);
  if (command === null) {
    const missing = 'The folder is not in a git repository.';
    return permalink === null ? missing : `${missing} To publish it: ${publishCommand}`;
  }
  const { git, content } = command;
  const files = [...[file, ...more].map(({ path }) => join(content, path)), ...along.map((path) => `:/${path}`)]
    .map(shellWord)
    .join(' ');
  const message = shellWord(oneLine(commitMessage));
  const purpose = permalink === null ? 'To save it in git' : 'To publish it';
  const from = await publishedFrom(gitIn(path, context));
  const steps = `${purpose}: ${git} add ${files} && ${git} commit -m ${message}${from === 'here' ? '' : ` && ${git} push`}`;
  if (permalink === null || from === 'remote') return steps;
  return `${steps}\n${from === 'here' ? 'Then' : 'If nothing publishes from the remote, then'} run: ${publishCommand}`;
}

/** What was done with a file after writing it. */
export type CommitProgress = { committed: boolean; pushed: boolean; live: boolean };

/**
 * An update that was sent to the remote or GitHub: the sentence to print, and what's known about its publishing.
 */
export type Posted = { readonly note: string } & Pick<Sent, 'commit' | 'sentAt' | 'reply' | 'repository' | 'git'>;

/** Commits a file together with the files in `along`. Throws UserError. */
export async function commitFile(
  draft: FileDraft,
  along: readonly string[],
  content: ContentFolder,
  context: Context,
): Promise<void> {
  const paths = [draft.file, ...(draft.more ?? [])].map(({ path }) => join(content.path, path));
  const howTyped = (): Promise<string> => typedGit(content.folder, context);
  await gitIn(content.path, context).commit(paths, along, draft.commitMessage, howTyped);
}

/** Sentences with the next step for a file that is committed and not pushed. */
export async function stepsAfterCommit(
  { permalink }: FileDraft,
  { folder, path }: ContentFolder,
  context: Context,
): Promise<string[]> {
  const from = await publishedFrom(gitIn(path, context));
  const push = `${await typedGit(folder, context)} push`;
  if (permalink === null) return from === 'here' ? ['Committed.'] : [`Committed, but not pushed. Run: ${push}`];
  if (from === 'remote') return [`Committed, but not live until it is pushed. Run: ${push}`];
  const unpublished = `Committed, but not live until it is published. Run: ${from === 'here' ? publishCommand : push}`;
  return from === 'here'
    ? [unpublished]
    : [unpublished, `If nothing publishes from the remote, run: ${publishCommand}`];
}

/** Pushes the commits. Throws UserError when that fails. */
export async function pushFile(content: ContentFolder, context: Context): Promise<Posted> {
  const git = gitIn(content.path, context);
  const howTyped = (): Promise<string> => typedGit(content.folder, context);
  const sentAt = context.clock();
  try {
    const reply = await during(context.progress, 'Pushing', () =>
      git.push('the update', howTyped, (line) => context.stderr(`${line}\n`)),
    );
    const repository = await git.publishingRepository();
    return { note: 'Committed and pushed.', sentAt, reply, repository, commit: await git.head(), git };
  } catch (error) {
    throw error instanceof UserError ? new UserError(`${notLive}: ${error.message}`) : error;
  }
}

/** What to do with a draft. */
type Decision = 'push' | 'commit' | 'write' | 'rewrite';

/** Whether the folder is in a repository with a remote, and commits are possible. */
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

/** The choices to write a draft. Flags answer in advance; without them, it offers to push if possible. */
async function waysToWrite(
  { push, commit, github }: Publishing,
  folder: string,
  context: Context,
): Promise<Choice<Decision>[]> {
  const pushIt = { value: 'push', label: 'Yes, write, commit and push it' } as const;
  if (push) return [pushIt];
  if (commit) return [{ value: 'commit', label: 'Yes, write and commit it' }];
  if (github !== undefined) return [{ value: 'write', label: 'Yes, write it on GitHub and publish' }];
  if (await canPush(folder, context)) return [pushIt, { value: 'write', label: 'Only write the file' }];
  return [{ value: 'write', label: 'Yes, write the file' }];
}

/** Asks what to do with a draft after showing it. Throws Cancelled before anything is written. */
export async function askToWrite(
  draft: FileDraft,
  flags: Publishing,
  folder: string,
  ask: Ask,
  context: Context,
): Promise<Decision> {
  const answer = await ask.choose<Decision | 'stop'>('Write it?', [
    ...(await waysToWrite(flags, folder, context)),
    ...(draft.redraft === undefined ? [] : [{ value: 'rewrite', label: 'Edit the text first' } as const]),
    { value: 'stop', label: 'No, stop without writing' },
  ]);
  if (answer === 'stop') throw new Cancelled();
  return answer;
}

const otherText = (path: string): UserError =>
  new UserError(`${path} already exists with different text. Post the update again in a minute`);

/**
 * Writes a file, with its path in the repository, to the default branch and returns the commit, or null if the same
 * file already exists, such as after a lost response. Throws UserError if a different file has that name, or the text
 * to replace has changed.
 */
export function writeUpdateFile(
  port: GitHubPort,
  { path, text }: NewFile,
  message: string,
  replaces?: string,
): Promise<string | null> {
  return changeFile(port, { path, message }, (stored) => {
    if (stored === text) return null;
    if (replaces !== undefined && stored !== replaces)
      throw new UserError(`${path} has changed on GitHub. Pull, and edit it again`);
    if (replaces === undefined && stored !== null) throw otherText(path);
    return text;
  });
}

/**
 * Writes new files to the default branch in one commit, so that it gets all of them or none. Returns the commit, or
 * null if all of them already exist. Throws UserError.
 */
async function writeNewFiles(port: GitHubPort, files: readonly NewFile[], message: string): Promise<string | null> {
  for (let attempt = 1; attempt <= mostTries; attempt += 1) {
    const write: NewFile[] = [];
    for (const { path, text } of files) {
      const stored = await port.readFile(path);
      if (stored === null) write.push({ path, text });
      else if (stored.text !== text) throw otherText(path);
    }
    if (write.length === 0) return null;
    const commit = await port.writeFiles({ write, remove: [], message });
    if (commit !== null) return commit;
  }
  throw new UserError('nothing was written: the branch changed during every attempt. Run the command again');
}

/** The path of a content file in the repository, whose root is the working folder. Throws UserError. */
export function pathInRepository(path: string, content: Pick<ContentFolder, 'folder' | 'path'>, cwd: string): string {
  const folder = relative(cwd, content.path).split(sep).join('/');
  if (folder === '..' || folder.startsWith('../'))
    throw new UserError(
      `${content.folder} is outside the working folder. With --github, run it in the root of the repository`,
    );
  return folder === '' ? path : `${folder}/${path}`;
}

/**
 * Writes a draft to GitHub's default branch, and starts publishing, because a commit with a workflow's own token
 * doesn't trigger other workflows. The working folder is the repository's root. Throws UserError.
 */
export async function postToGitHub(
  repository: string,
  port: GitHubPort,
  { file, more, replaces, commitMessage }: FileDraft,
  content: ContentFolder,
  { cwd, clock }: Context,
): Promise<Posted> {
  const sentAt = clock();
  const inRepository = ({ path, text }: NewFile) => ({ path: pathInRepository(path, content, cwd), text });
  const first = inRepository(file);
  const commit =
    more === undefined
      ? await writeUpdateFile(port, first, commitMessage, replaces)
      : await writeNewFiles(port, [first, ...more.map(inRepository)], commitMessage);
  try {
    await port.startWorkflow('publish.yml', {});
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    throw new UserError(
      `${notLive}: the update is on GitHub (${first.path}), but publishing wasn't started: ${error.message}. Start it: Actions, Publish, Run workflow`,
    );
  }
  const written = commit === null ? 'Already on GitHub' : `Committed on GitHub as ${commit.slice(0, 7)}`;
  const note = `${written}, and publishing has started.`;
  return { note, sentAt, reply: [], repository, commit, git: null };
}
