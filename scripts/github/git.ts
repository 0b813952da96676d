import { dirname, resolve } from 'node:path';
import { oneLine, safeLines, UsageError, UserError } from '../cli/errors.ts';
import { shellWord } from '../cli/text.ts';
import type { Finished, World } from '../cli/world.ts';
import { type GitHubPort, readRepositoryName } from './port.ts';

/** How a person calls git for a content folder from where they are. */
export type GitFrom = {
  /** `git`, or `git -C FOLDER` where another repository is around them. */
  readonly git: string;
  /** What stands before a path of the content, for that call. */
  readonly content: string;
};

/**
 * How to call git for the content folder `content`, named as the person did: lines that are to be typed
 * must not reach the repository of Halfpast when the content has one of its own. Null when no git keeps it.
 */
export async function gitFrom(
  content: string,
  { cwd, runProgram }: Pick<World, 'cwd' | 'runProgram'>,
): Promise<GitFrom | null> {
  const top = (folder: string) => runProgram('git', ['rev-parse', '--show-toplevel'], folder);
  const [here, there] = [await top(cwd), await top(resolve(cwd, content))];
  // A repository of somebody else, which git tells how to allow.
  const isForeign = there.stderr.includes('safe.directory');
  if (there.code !== 0 && !isForeign) return null;
  if (isForeign || here.stdout === there.stdout) return { git: 'git', content };
  return { git: `git -C ${shellWord(content)}`, content: '' };
}

/** The repository on GitHub, as `owner/name`, that a remote of this folder's git leads to; null for any other place, and for none. */
export async function gitHubRemote(folder: string, remote: string, run: World['runProgram']): Promise<string | null> {
  const { stdout } = await run('git', ['config', '--get', `remote.${remote}.url`], folder);
  const [, name] =
    /^(?:https:\/\/|ssh:\/\/|)(?:[^@/]+@)?github\.com[:/]([^/]+\/[^/]+?)(?:\.git)?\/?$/.exec(stdout.trim()) ?? [];
  if (name === undefined) return null;
  try {
    readRepositoryName(name, 'remote');
    return name;
  } catch (error) {
    if (error instanceof UsageError) return null;
    throw error;
  }
}

/** Where a push of this folder starts publishing: the repository on GitHub, when it holds the workflow; null when nobody can tell. */
export async function publishingRepository(folder: string, run: World['runProgram']): Promise<string | null> {
  const workflow = await run('git', ['ls-files', '--error-unmatch', ':/.github/workflows/publish.yml'], folder);
  if (workflow.code !== 0) return null;
  const upstream = await run('git', ['rev-parse', '--abbrev-ref', '@{upstream}'], folder);
  return gitHubRemote(folder, upstream.code === 0 ? (upstream.stdout.trim().split('/')[0] ?? 'origin') : 'origin', run);
}

/**
 * The new files of a folder that were never committed, as paths from the top of the repository; none
 * outside of one. `folder` is below `place`, and need not be there yet.
 */
export async function uncommittedBeside(
  place: string,
  folder: string,
  run: World['runProgram'],
): Promise<readonly string[]> {
  const { code, stdout } = await run(
    'git',
    ['status', '--porcelain=v1', '-z', '--untracked-files=all', '--no-renames', '--', `./${folder}/`],
    place,
  );
  if (code !== 0) return [];
  return stdout
    .split('\0')
    .filter((line) => /^(?:\?\?|A.) /.test(line))
    .map((line) => line.slice(3));
}

type Run = World['runProgram'];

/** What git complained about: its first line that says so, else its last. */
function complaint({ stderr, stdout }: Finished): string {
  const lines = `${stderr}\n${stdout}`
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const told =
    lines.find((line) => /^(fatal|error):/.test(line)) ??
    lines.find((line) => line.includes('rejected')) ??
    lines.at(-1) ??
    'it said nothing';
  return oneLine(told).replace(/\.$/, '');
}

/** Throws UserError unless `folder` can be committed to, on a branch. Called before anything is written. */
export async function requireRepository(folder: string, run: Run): Promise<void> {
  const inside = await run('git', ['rev-parse', '--is-inside-work-tree'], folder);
  if (inside.code === 127) throw new UserError('git is not installed. Install it, or leave out --commit and --push');
  if (inside.code !== 0)
    throw new UserError(
      `${folder} is not in a git repository. Run git init in the project's folder, or leave out --commit and --push`,
    );
  const branch = await run('git', ['symbolic-ref', '--quiet', 'HEAD'], folder);
  if (branch.code !== 0)
    throw new UserError(
      'git has no branch checked out here (detached HEAD), so a commit would reach nobody. Type git switch main, or leave out --commit and --push',
    );
  const identity = await run('git', ['var', 'GIT_COMMITTER_IDENT'], folder);
  if (identity.code !== 0)
    throw new UserError(
      'git does not know who you are. Type: git config user.name "Your Name" && git config user.email you@example.com',
    );
}

/**
 * Commits one file, those that must go with it, and nothing else, whatever is staged. `path` is
 * absolute, `along` from the top of the repository; `git` is how the person calls git for it. Throws
 * UserError with the line to type once what git complains of is put right.
 */
export async function commitFile(
  path: string,
  along: readonly string[],
  message: string,
  git: string,
  run: Run,
): Promise<void> {
  const folder = dirname(path);
  const files = [path, ...along.map((other) => `:/${other}`)];
  const added = await run('git', ['add', '--', ...files], folder);
  const result =
    added.code === 0
      ? await run('git', ['commit', '--quiet', '--message', message, '--only', '--', ...files], folder)
      : added;
  if (result.code === 0) return;
  const words = files.map(shellWord).join(' ');
  throw new UserError(
    `${path} is written, but git did not commit it: ${complaint(result)}. When that is put right, type: ${git} add ${words} && ${git} commit -m ${shellWord(oneLine(message))} --only -- ${words}`,
  );
}

/** What the other side said, such as its hooks: as git passes it on, a line each. */
function remoteLines({ stderr }: Finished): readonly string[] {
  return stderr
    .split(/[\r\n]+/)
    .map((line) => safeLines(line))
    .filter((line) => line.startsWith('remote:'));
}

/**
 * Pushes the current branch; when somebody was faster, takes theirs in and tries again. `hear` gets the
 * lines of the other side, also when it refuses; `git` is how the person calls git for the folder. Gives
 * whether there were any lines. Throws UserError.
 */
export async function pushBranch(
  folder: string,
  git: string,
  run: Run,
  hear: (line: string) => void,
): Promise<boolean> {
  const attempts = 3;
  let result = await push(folder, run);
  for (let attempt = 1; attempt < attempts && wasLate(result); attempt += 1) {
    const pulled = await run('git', ['pull', '--quiet', '--rebase'], folder);
    if (pulled.code !== 0) {
      const twin = await sameName(folder, run);
      await run('git', ['rebase', '--abort'], folder);
      if (twin !== null)
        throw new UserError(
          `the update is committed but not pushed: somebody else wrote ${twin} as well. ${givesOtherName(twin, git)}`,
        );
      throw new UserError(
        `the update is committed but not pushed: somebody pushed before you, and git could not take that in: ${complaint(pulled)}. Type: ${git} pull --rebase && ${git} push`,
      );
    }
    result = await push(folder, run);
  }
  const said = remoteLines(result);
  said.forEach(hear);
  if (result.code !== 0)
    throw new UserError(
      `the update is committed but not pushed: ${complaint(result)}. When that is put right, type: ${git} push`,
    );
  return said.length > 0;
}

/** The file that both sides added, while git stands at their conflict; null for another one. */
async function sameName(folder: string, run: Run): Promise<string | null> {
  const { stdout } = await run('git', ['status', '--porcelain'], folder);
  return /^AA (.+)$/m.exec(stdout)?.[1] ?? null;
}

/** What to type so that two updates of one minute stand beside each other: a name with seconds, or with a fraction. */
function givesOtherName(path: string, git: string): string {
  const other = /T\d{4}Z\.md$/.test(path)
    ? path.replace(/Z\.md$/, '30Z.md')
    : path.replace(/(?:\.\d+)?Z\.md$/, '.500Z.md');
  return `Give yours another time, and push again: cd "$(${git} rev-parse --show-toplevel)" && git mv ${path} ${other} && git commit --amend --no-edit && git pull --rebase && git push`;
}

/** Whether somebody pushed before us. A hook that declines would do so again. */
function wasLate({ code, stderr }: Finished): boolean {
  return code !== 0 && /rejected|fetch first|non-fast-forward/.test(stderr) && !stderr.includes('hook declined');
}

async function push(folder: string, run: Run): Promise<Finished> {
  const upstream = await run('git', ['rev-parse', '--abbrev-ref', '@{upstream}'], folder);
  if (upstream.code === 0) return run('git', ['push', '--quiet'], folder);
  const remotes = await run('git', ['remote'], folder);
  const [only, ...more] = remotes.stdout.split('\n').filter((name) => name !== '');
  const remote = more.length === 0 ? only : 'origin';
  if (remote === undefined)
    return {
      code: 1,
      stdout: '',
      stderr: 'fatal: there is no remote to push to. Add one with: git remote add origin ADDRESS',
    };
  return run('git', ['push', '--quiet', '--set-upstream', remote, 'HEAD'], folder);
}

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
  const { octokitPort } = await import('./octokit.ts');
  const baseUrl = world.env['GITHUB_API_URL'] ?? 'https://api.github.com';
  return octokitPort({ ...name, token, baseUrl, warn: (line) => world.stderr(`${line}\n`) });
}
