import { join, relative, sep } from 'node:path';
import type { ContentFolder } from '../cli/content.ts';
import { Cancelled, oneLine, UserError } from '../cli/errors.ts';
import { shellWord } from '../cli/text.ts';
import type { Ask, Context } from '../cli/context.ts';
import { gitCommand, type GitCommand, gitIn } from '../github/git.ts';
import { changeFile } from '../github/github.ts';
import type { GitHubPort } from '../github/port.ts';
import type { Draft } from './draft.ts';
import type { Publishing } from './options.ts';

/** What is known of what happens after a push: `repository` on GitHub publishes it, or null for a way of one's own. */
function whenLive(permalink: string | null, repository: string | null): string {
  const watch = repository === null ? '' : ` To watch: https://github.com/${repository}/actions`;
  if (permalink === null) return watch.trim();
  if (repository === null) return `Once it is published, customers read it at ${permalink}`;
  return `GitHub publishes it now, which takes some minutes; then customers read it at ${permalink}.${watch}`;
}

/** What to type to send a file on its way by hand; `along` is from the top of the repository, `from` null without one. */
export function byHand(
  { file, commitMessage, permalink }: Draft,
  along: readonly string[],
  from: GitCommand | null,
  content: string,
): string {
  if (from === null)
    return permalink === null
      ? 'No git keeps it.'
      : `No git keeps it. To publish it: npx halfpast publish --to DIR${content === 'content' ? '' : ` --content ${shellWord(content)}`}`;
  const what = permalink === null ? 'To keep it' : 'To publish it';
  const files = [join(from.content, file.path), ...along.map((other) => `:/${other}`)];
  return `${what}: ${from.git} add ${files.map(shellWord).join(' ')} && ${from.git} commit -m ${shellWord(oneLine(commitMessage))} && ${from.git} push`;
}

/** What is said of earlier updates that would be missing on the page. */
export function alongNotes(along: readonly string[]): string[] {
  return along.length === 0 ? [] : [`Earlier updates of it were never committed, and go with it: ${along.join(', ')}`];
}

/** How far a written file has come. */
export type Handed = { committed: boolean; pushed: boolean };

/**
 * Commits a written file with those that go along, and pushes it when asked to; `handed` is told how far it came, also when that
 * was not all the way. Gives a sentence on what is still to come. Throws UserError.
 */
export async function handOver(
  draft: Draft,
  path: string,
  along: readonly string[],
  content: ContentFolder,
  push: boolean,
  handed: Handed,
  context: Context,
): Promise<string> {
  const git = gitIn(content.path, context.runProgram);
  const typed = (await gitCommand(content.folder, context))?.git ?? 'git';
  await git.commit(path, along, draft.commitMessage, typed);
  handed.committed = true;
  if (!push) return `It is committed, and not live until it is pushed. Type: ${typed} push`;
  const heard = await git.push(typed, (line) => context.stderr(`${line}\n`));
  handed.pushed = true;
  const repository = heard ? null : await git.publishingRepository();
  // A hook may publish or refuse to: only what it said itself is sure.
  const told = heard ? 'It is committed and pushed; what the other side said is above.' : 'It is committed and pushed.';
  return `${told} ${whenLive(draft.permalink, repository)}`.trim();
}

/** What becomes of a draft: how far it goes, or that its text is to be written anew. */
type Decision = 'push' | 'commit' | 'write' | 'rewrite';

/** Whether there is a repository that may be committed to, and one place or more to push to. */
async function canPush(folder: string, { runProgram }: Context): Promise<boolean> {
  const git = gitIn(folder, runProgram);
  try {
    await git.requireBranch();
  } catch (error) {
    if (error instanceof UserError) return false;
    throw error;
  }
  return (await git.remotes()).length > 0;
}

const yes: Readonly<Record<'push' | 'commit' | 'write' | 'github', string>> = {
  push: 'Yes: write, commit and push it',
  commit: 'Yes: write and commit it',
  write: 'Yes: write the file',
  github: 'Yes: write it on GitHub, and publish',
};

/**
 * Asks what becomes of a draft that has been shown. What the flags say is not asked again; without
 * them, pushing is offered where it can be done. Throws Cancelled: nothing has been written by then.
 */
export async function askToWrite(
  draft: Draft,
  flags: Publishing,
  folder: string,
  ask: Ask,
  context: Context,
): Promise<Decision> {
  const isSaid = flags.push || flags.commit || flags.github !== undefined;
  const far = flags.push ? 'push' : flags.commit ? 'commit' : 'write';
  const offers = !isSaid && (await canPush(folder, context));
  const answer = await ask.choose<Decision | 'stop'>('Write it?', [
    ...(offers ? [{ value: 'push', label: yes.push } as const] : []),
    {
      value: far,
      label: offers ? 'Only write the file, and commit it by hand' : yes[flags.github === undefined ? far : 'github'],
    },
    ...(draft.rewritten === undefined ? [] : [{ value: 'rewrite', label: 'Change the text first' } as const]),
    { value: 'stop', label: 'No: stop, and write nothing' },
  ]);
  if (answer === 'stop') throw new Cancelled();
  return answer;
}

type NewUpdate = {
  /** From the root of the repository, as `content/incidents/…/2026-11-22T1405Z.md`. */
  readonly path: string;
  readonly text: string;
  /** The commit message. */
  readonly message: string;
};

/**
 * Writes one new file to the default branch and returns the commit, or null when the same file was already there, such
 * as after an answer that was lost. Throws UserError when another text has that name.
 */
export function writeUpdateFile(port: GitHubPort, { path, text, message }: NewUpdate): Promise<string | null> {
  return changeFile(port, { path, message }, (stored) => {
    if (stored !== null && stored !== text)
      throw new UserError(`${path} already exists with another text. Post the update again in a minute`);
    return stored === null ? text : null;
  });
}

/** The path of a content file from the root of the repository, which is the working folder. Throws UserError. */
export function repositoryPath(content: ContentFolder, file: string, cwd: string): string {
  const folder = relative(cwd, content.path).split(sep).join('/');
  if (folder === '..' || folder.startsWith('../'))
    throw new UserError(
      `${content.folder} is outside of the working folder. With --github, run it in the root of the repository`,
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
