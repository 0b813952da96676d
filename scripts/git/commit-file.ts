import { dirname } from 'node:path';
import { UserError } from '../cli/errors.ts';
import { oneLine, safeLines } from '../cli/one-line.ts';
import { shellWord } from '../cli/shell-word.ts';
import type { Finished, World } from '../cli/world.ts';

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
