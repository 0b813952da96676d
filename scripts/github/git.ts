import { dirname, resolve } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { type Duration, second } from '../../src/lib/domain/calendar.ts';
import { oneLine, safeLines, UserError } from '../cli/errors.ts';
import { shellWord } from '../cli/text.ts';
import type { Finished, Context } from '../cli/context.ts';
import { isRepositoryName } from './port.ts';

/** What's needed to run git. */
type Machine = Pick<Context, 'env' | 'runProgram'>;

/** How two commits relate. `apart`: neither contains the other. `unknown`: git doesn't have one of them. */
export type Ancestry = 'same' | 'newer' | 'older' | 'apart' | 'unknown';

/** A commit message with the short id of its commit, or null for text that was passed on the command line. */
export type Message = { readonly commit: string | null; readonly text: string };

export type Git = ReturnType<typeof gitIn>;

/** Finds how to type git for a folder. It's only needed for an error. */
type HowTyped = () => Promise<string>;

/** Whether git can't mistake the name of a commit or range for a flag. */
const isSafe = (name: string): boolean => /^[^-\s][^\s]*$/.test(name);

const splitNull = (output: string): string[] => output.split('\0').filter((part) => part !== '');

/** Variables that point git to a different repository. Hooks set them for everything they run. */
const redirecting = ['GIT_DIR', 'GIT_WORK_TREE', 'GIT_INDEX_FILE', 'GIT_COMMON_DIR', 'GIT_PREFIX', 'GIT_NAMESPACE'];
/** Variables that change what a path means. */
const pathspecs = ['GIT_LITERAL_PATHSPECS', 'GIT_GLOB_PATHSPECS', 'GIT_NOGLOB_PATHSPECS', 'GIT_ICASE_PATHSPECS'];
const unset = Object.fromEntries([...redirecting, ...pathspecs].map((name) => [name, undefined]));

/** The remote for new versions of Halfpast, as named in the README. Nothing is pushed there. */
const halfpastRemote = 'halfpast';

/** Settings that users may have changed, and that affect what git commits and prints. */
const settings = [
  'commit.cleanup=whitespace',
  'i18n.commitEncoding=UTF-8',
  'i18n.logOutputEncoding=UTF-8',
  'log.showSignature=false',
];
const flags = settings.flatMap((setting) => ['-c', setting]);

/**
 * Runs git in a folder. We parse the output, so git prints English without colors, whatever the user's settings are.
 */
async function runGit(folder: string, args: readonly string[], { env, runProgram }: Machine): Promise<Finished> {
  const finished = await runProgram('git', [...flags, ...args], folder, { ...env, ...unset, LC_ALL: 'C' });
  return { ...finished, stderr: stripVTControlCharacters(finished.stderr) };
}

/** The repository that contains `folder`; it can be bare. Returns null for anything git can't tell. */
export function gitIn(folder: string, machine: Machine) {
  const { env, runProgram } = machine;
  const call = (...args: string[]): Promise<Finished> => runGit(folder, args, machine);
  const output = async (...args: string[]): Promise<string | null> => {
    const { code, stdout } = await call(...args);
    return code === 0 ? stdout.trim() : null;
  };
  const idOf = (commit: string): Promise<string | null> =>
    isSafe(commit) ? output('rev-parse', '--verify', '--quiet', `${commit}^{commit}`) : Promise.resolve(null);
  const isAncestor = async (a: string, b: string): Promise<boolean> =>
    (await call('merge-base', '--is-ancestor', a, b)).code === 0;
  const remotes = async (): Promise<string[]> =>
    ((await output('remote')) ?? '').split('\n').filter((name) => name !== '' && name !== halfpastRemote);
  const upstream = async (): Promise<string | null> => {
    const name = await output('rev-parse', '--abbrev-ref', '@{upstream}');
    return name?.startsWith(`${halfpastRemote}/`) ? null : name;
  };
  const gitHubRemote = async (remote = 'origin'): Promise<string | null> =>
    nameOnGitHub((await output('config', '--get', `remote.${remote}.url`)) ?? '');
  /** Where to push the branch, as git arguments; empty if it has an upstream, null without a remote. */
  const target = async (): Promise<{ readonly pull: readonly string[]; readonly push: readonly string[] } | null> => {
    if ((await upstream()) !== null) return { pull: [], push: [] };
    const [only, ...more] = await remotes();
    const remote = more.length === 0 ? only : 'origin';
    const branch = await output('symbolic-ref', '--short', 'HEAD');
    if (remote === undefined || branch === null) return null;
    return { pull: [remote, branch], push: ['--set-upstream', remote, 'HEAD'] };
  };

  /** `token` is for GitHub, if the checkout has none. `what` is the remote and a commit; empty for its branches. */
  const fetch = async (
    longest: Duration,
    token: string | null = null,
    what: readonly string[] = [],
  ): Promise<string | null> => {
    if ((await remotes()).length === 0) return null;
    // The environment would win over ssh as the user set it up, such as with a key for this repository.
    const ownSsh = env['GIT_SSH'] ?? (await output('config', '--get', 'core.sshCommand'));
    const limited: Machine = {
      // The programs that git starts go on when it's stopped, so the connection itself has limits, too.
      env: {
        GIT_HTTP_LOW_SPEED_LIMIT: '1',
        GIT_HTTP_LOW_SPEED_TIME: '10',
        ...(ownSsh === null && {
          GIT_SSH_COMMAND: 'ssh -o BatchMode=yes -o ConnectTimeout=10 -o ServerAliveInterval=10',
        }),
        ...env,
        ...(token !== null && credentials(token, env)),
        GIT_TERMINAL_PROMPT: '0',
      },
      runProgram: (...call) => runProgram(call[0], call[1], call[2], call[3], longest),
    };
    const fetched = await runGit(folder, ['fetch', '--quiet', '--no-tags', '--', ...what], limited);
    if (fetched.code === 0) return null;
    return fetched.code === 127 ? `no answer within ${longest / second} seconds` : complaint(fetched);
  };

  /** The files with some status of `git status --short`, as paths from the root. */
  const changedAs = async (status: RegExp): Promise<readonly string[]> =>
    splitNull((await output('status', '--porcelain=v1', '-z')) ?? '').flatMap((line) =>
      status.test(line) ? [line.slice(3)] : [],
    );

  return {
    /**
     * Fetches without changing the branch or asking for a password. Returns null on success or without a remote, else
     * the reason for the failure.
     */
    fetch,
    /** How many commits are only on this branch and only on its upstream; null without an upstream. */
    distance: async (): Promise<{ readonly ahead: number; readonly behind: number } | null> => {
      if ((await upstream()) === null) return null;
      const counts = await output('rev-list', '--left-right', '--count', 'HEAD...@{upstream}');
      const [ahead, behind] = (counts ?? '').split(/\s+/).map(Number);
      return ahead === undefined || behind === undefined ? null : { ahead, behind };
    },
    /** A file on a branch of the upstream's remote, as of the last fetch; null when there isn't one. */
    fileOnRemote: async (branch: string, path: string): Promise<string | null> => {
      const remote = (await upstream())?.split('/')[0];
      return remote === undefined ? null : output('show', `${remote}/${branch}:${path}`);
    },
    isRepository: async (): Promise<boolean> => (await output('rev-parse', '--git-dir')) !== null,
    /** The absolute path of the `.git` folder that all worktrees share. */
    commonFolder: () => output('rev-parse', '--path-format=absolute', '--git-common-dir'),
    /** The path of the folder from the root of the repository, '' for the root itself. */
    prefix: () => output('rev-parse', '--show-prefix'),
    /** The full id of the commit that is checked out. */
    head: () => idOf('HEAD'),
    /** The full id of a commit, from a short id or a name. */
    idOf,
    /** How `commit` relates to `other`: `newer` if it contains it. */
    ancestry: async (commitName: string, otherName: string): Promise<Ancestry> => {
      const [commit, other] = [await idOf(commitName), await idOf(otherName)];
      if (commit === null || other === null) return 'unknown';
      if (commit === other) return 'same';
      if (await isAncestor(other, commit)) return 'newer';
      return (await isAncestor(commit, other)) ? 'older' : 'apart';
    },
    /** The messages of a range such as `A..B`, or of one commit, newest first. */
    messages: async (range: string): Promise<readonly Message[] | null> => {
      if (!isSafe(range)) return null;
      const log = await output('log', '-z', '--format=%h%n%B', ...(range.includes('..') ? [] : ['-1']), range, '--');
      if (log === null) return null;
      return splitNull(log).map((entry) => {
        const [commit = '', ...lines] = entry.split('\n');
        return { commit, text: lines.join('\n') };
      });
    },
    /** The short id of the last commit that changed a file or folder. `path` is relative to the content folder. */
    lastCommitOf: async (path: string, upTo: string | null): Promise<string | null> => {
      // The content folder may be anywhere in the repository.
      const pattern = `:(top,glob)**/${path.replaceAll(/[*?[\]\\]/g, '\\$&')}`;
      const from = upTo === null || !isSafe(upTo) ? 'HEAD' : upTo;
      const found = await output('log', '-1', '--format=%h', from, '--', pattern, `${pattern}/**`);
      return found === '' ? null : found;
    },
    /** Files in `folder` that differ from `commit` or aren't in it, relative to `folder`. Omits ignored files. */
    filesNotIn: async (commit: string): Promise<readonly string[] | null> => {
      const changed = await output('diff', '--name-only', '--relative', '-z', commit, '--', '.');
      const untracked = await output('ls-files', '--others', '-z', '--', '.');
      if (changed === null || untracked === null) return null;
      return [...new Set([...splitNull(changed), ...splitNull(untracked)])].sort();
    },
    /** The text of a committed file, by its path relative to `folder`; null if it isn't committed. */
    committed: (path: string) => output('show', `HEAD:./${path}`),
    /**
     * The files in some subfolders that were added between two commits, and those that were changed or removed (a
     * renamed file counts as both). Relative to `folder`. Null if git doesn't have both commits.
     */
    changedFiles: async (
      from: string,
      to: string,
      subfolders: readonly string[],
    ): Promise<{ readonly added: readonly string[]; readonly changed: readonly string[] } | null> => {
      const [before, after] = [await idOf(from), await idOf(to)];
      if (before === null || after === null) return null;
      const differing = async (filter: string): Promise<string[] | null> => {
        const options = ['-r', '-z', '--name-only', '--no-renames', '--relative', `--diff-filter=${filter}`];
        const found = await output('diff-tree', ...options, before, after, '--', ...subfolders);
        return found === null ? null : splitNull(found);
      };
      const [added, changed] = [await differing('A'), await differing('a')];
      return added === null || changed === null ? null : { added, changed };
    },
    /** Files in a subfolder that were never committed, as paths from the root. The subfolder might not exist. */
    neverCommitted: async (subfolder: string): Promise<readonly string[]> => {
      const flags = ['--porcelain=v1', '-z', '--untracked-files=all', '--no-renames'];
      const { code, stdout } = await call('status', ...flags, '--', `./${subfolder}/`);
      if (code !== 0) return [];
      return splitNull(stdout)
        .filter((line) => /^(?:\?\?|A.) /.test(line))
        .map((line) => line.slice(3));
    },
    /** Checks out a commit in a new folder, as a separate worktree. False when git doesn't have the commit. */
    checkOut: async (commit: string, folder: string): Promise<boolean> =>
      isSafe(commit) && (await call('worktree', 'add', '--force', '--detach', '--quiet', folder, commit)).code === 0,
    /**
     * Fetches a commit by its id, such as one that a force-push removed from its branch: GitHub still has it. Returns
     * null on success or without a remote, else the reason for the failure.
     */
    fetchCommit: async (commit: string, longest: Duration, token: string | null): Promise<string | null> =>
      fetch(longest, token, [(await upstream())?.split('/')[0] ?? 'origin', commit]),
    /** Removes a folder from `checkOut`. */
    dropCheckOut: async (folder: string): Promise<void> => {
      await call('worktree', 'remove', '--force', folder);
    },
    /** The latest commits, newest first, without those that came in through merges. */
    history: async (most: number): Promise<readonly string[]> =>
      ((await output('rev-list', '--first-parent', `--max-count=${most}`, 'HEAD')) ?? '').split('\n').filter(Boolean),
    /**
     * Fetches, and moves the branch to its upstream, even if that was rewritten by a force-push. Keeps commits and
     * changes that are only here. Returns null on success or without a branch to follow, else the reason in one line.
     */
    pull: async (longest: Duration, token: string | null): Promise<string | null> => {
      const followed = await upstream();
      if (followed === null) return null;
      const unfetched = await fetch(longest, token);
      if (unfetched !== null) return unfetched;
      const [head, theirs] = ((await output('rev-parse', 'HEAD', '@{upstream}')) ?? '').split('\n');
      if (head === theirs) return null;
      const git = `git -C ${shellWord(folder)}`;
      const isBehind = await isAncestor('HEAD', '@{upstream}');
      // The upstream was at this commit before.
      const wasPushed = (await output('merge-base', '--fork-point', '@{upstream}')) === head;
      if (!isBehind && !wasPushed && !(await isAncestor('@{upstream}', 'HEAD')))
        return `${(await output('symbolic-ref', '--short', 'HEAD')) ?? 'HEAD'} has commits that ${followed} doesn't have. Push them: ${git} pull --rebase --autostash && ${git} push. Or discard them: ${git} reset --keep @{upstream}`;
      const how = isBehind || !wasPushed ? ['merge', '--ff-only'] : ['reset', '--keep'];
      const moved = await call(...how, '--quiet', '@{upstream}');
      return moved.code === 0
        ? null
        : `${complaint(moved)}. Fix that in ${folder}, such as by moving the changes away: ${git} stash`;
    },
    /** The remotes that can be pushed to. */
    remotes,
    /**
     * The branch that a push goes to, if it's neither `published`, which is null if unknown, nor the default branch of
     * the remote, which only clones know.
     */
    otherBranch: async (published: string | null): Promise<{ readonly to: string; readonly usual: string } | null> => {
      const [remote = '', ...followed] = ((await upstream()) ?? 'origin').split('/');
      const to = followed.length > 0 ? followed.join('/') : await output('symbolic-ref', '--short', 'HEAD');
      const head = await output('symbolic-ref', '--short', `refs/remotes/${remote}/HEAD`);
      const known = [published, head?.slice(remote.length + 1) ?? null].filter((name) => name !== null);
      const [usual] = known;
      return to === null || usual === undefined || known.includes(to) ? null : { to, usual };
    },
    /** The GitHub repository that a remote points to, as `owner/name`. */
    gitHubRemote,
    /**
     * Every address that this repository is fetched from or pushed to, with its name on GitHub; null
     * if it's elsewhere.
     */
    places: async (): Promise<readonly { readonly address: string; readonly name: string | null }[]> => {
      const lines = ((await output('config', '--get-regexp', '^remote\\..*\\.(url|pushurl)$')) ?? '').split('\n');
      return lines.flatMap((line) => {
        const [, remote, address = ''] = /^remote\.(.*)\.(?:url|pushurl) (.*)$/i.exec(line) ?? [];
        return remote === undefined || remote === halfpastRemote
          ? []
          : [{ address: address.replace(/\/\/[^@/]*@/, '//'), name: nameOnGitHub(address) }];
      });
    },
    /** The GitHub repository that publishes pushes from here: the upstream, if it has the workflow. */
    publishingRepository: async (): Promise<string | null> => {
      const workflow = await output('ls-files', '--error-unmatch', ':/.github/workflows/publish.yml');
      return workflow === null ? null : gitHubRemote((await upstream())?.split('/')[0]);
    },
    /**
     * Throws UserError unless `folder` is in a repository with a branch checked out. Called before
     * anything is written.
     */
    requireBranch: async (): Promise<void> => {
      const branch = await call('symbolic-ref', '--quiet', 'HEAD');
      if (branch.code === 127) throw new UserError('git is not installed. Install it, or omit --commit and --push');
      if (branch.code === 1)
        throw new UserError(
          'no git branch is checked out (detached HEAD). Run git switch main, or omit --commit and --push',
        );
      if (branch.code !== 0)
        throw new UserError(
          `${folder} is not in a git repository. Run git init in the project folder, or omit --commit and --push`,
        );
      if ((await output('var', 'GIT_COMMITTER_IDENT')) === null)
        throw new UserError(
          'git has no name and email for your commits. Run: git config user.name "Your Name" && git config user.email you@example.com',
        );
    },
    /**
     * Commits files and those in `along`, no matter what else is staged. `paths` are absolute, `along` is from the
     * root of the repository, and `howTyped` finds how to call git for this folder. Throws UserError with the command
     * to retry.
     */
    commit: async (
      paths: readonly string[],
      along: readonly string[],
      message: string,
      howTyped: HowTyped,
    ): Promise<void> => {
      const files = [...paths, ...along.map((other) => `:/${other}`)];
      let result = await call('add', '--', ...files);
      if (result.code === 0) result = await call('commit', '--quiet', '--message', message, '--only', '--', ...files);
      if (result.code === 0) return;
      const [typed, words] = [await howTyped(), files.map(shellWord).join(' ')];
      const retry = `${typed} add ${words} && ${typed} commit -m ${shellWord(oneLine(message))} --only -- ${words}`;
      throw new UserError(
        `${paths.join(', ')} ${paths.length === 1 ? 'is' : 'are'} written but not committed: ${complaint(result)}. Fix that, then run: ${retry}`,
      );
    },
    /**
     * Pushes the branch, and rebases when someone else pushed first. Passes each line from the remote to `onLine`,
     * even if it rejects the push, and returns them. Also passes a warning to `onLine` if uncommitted changes
     * conflict with what was pulled. Throws UserError; `what` describes the commit in the message, such as
     * "the update".
     */
    push: async (what: string, howTyped: HowTyped, onLine: (line: string) => void): Promise<readonly string[]> => {
      const notPushed = `${what} is committed but not pushed`;
      const to = await target();
      if (to === null)
        throw new UserError(
          `${notPushed}: there is no remote to push to. Add one: git remote add origin ADDRESS. Then run: ${await howTyped()} push --set-upstream origin HEAD`,
        );
      // A branch without another upstream may still track Halfpast's, so both commands name the remote.
      const [pull, push] = [
        ['pull', '--rebase', '--autostash', ...to.pull],
        ['push', ...to.push],
      ];
      let result = await call(...push, '--quiet');
      for (let attempt = 1; attempt < 3 && isBehind(result); attempt += 1) {
        const pulled = await call(...pull, '--quiet');
        if (pulled.code !== 0) {
          const [addedTwice] = await changedAs(/^AA /);
          // If there is nothing to abort, pulling again would fail in the same way.
          const fix = (await call('rebase', '--abort')).code === 0 ? 'Run' : 'Fix that, then run';
          const typed = await howTyped();
          throw new UserError(
            addedTwice === undefined
              ? `${notPushed}: someone pushed before you, and git could not merge it: ${complaint(pulled)}. ${fix}: ${typed} ${pull.join(' ')} && ${typed} ${push.join(' ')}`
              : `${notPushed}: someone else added ${addedTwice} too. ${renameAdvice(addedTwice, typed, pull, push)}`,
          );
        }
        const conflicts = await changedAs(/^(?:U.|.U|AA|DD) /);
        if (conflicts.length > 0) onLine(stashAdvice(conflicts, await howTyped()));
        result = await call(...push, '--quiet');
      }
      const lines = remoteLines(result);
      lines.forEach(onLine);
      if (result.code !== 0)
        throw new UserError(
          `${notPushed}: ${complaint(result)}. Fix that, then run: ${await howTyped()} ${push.join(' ')}`,
        );
      return lines;
    },
  };
}

/** The token as variables for git: other programs on this machine could read it in the arguments. */
function credentials(token: string, env: Machine['env']): Record<string, string> {
  const server = env['GITHUB_SERVER_URL'] ?? 'https://github.com';
  const encoded = Buffer.from(`x-access-token:${token}`).toString('base64');
  return {
    GIT_CONFIG_COUNT: '1',
    GIT_CONFIG_KEY_0: `http.${server}/.extraheader`,
    GIT_CONFIG_VALUE_0: `AUTHORIZATION: basic ${encoded}`,
  };
}

/** The `owner/name` of an address on GitHub. */
function nameOnGitHub(address: string): string | null {
  const [, name = ''] =
    /^(?:https:\/\/|ssh:\/\/|)(?:[^@/]+@)?github\.com[:/]([^/]+\/[^/]+?)(?:\.git)?\/?$/.exec(address) ?? [];
  return isRepositoryName(name) ? name : null;
}

/** The line of git's output that explains the error. */
function complaint({ stderr, stdout }: Finished): string {
  const lines = `${stderr}\n${stdout}`
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  // For a rejected push, git's own error doesn't say why.
  const rejected = lines.findIndex((one) => /\[(?:remote )?rejected\]/.test(one));
  const at = rejected === -1 ? lines.findIndex((one) => /^(fatal|error):/.test(one)) : rejected;
  const line = lines.at(at) ?? 'git gave no reason';
  // A list of files follows.
  const file = at !== -1 && line.endsWith(':') ? ` ${lines[at + 1] ?? ''}` : '';
  return oneLine(`${line}${file}`).replace(/\.$/, '');
}

/** What the remote printed, such as the output of its hooks. */
function remoteLines({ stderr }: Finished): readonly string[] {
  return stderr
    .split(/[\r\n]+/)
    .map((line) => safeLines(line))
    .filter((line) => line.startsWith('remote:'));
}

/** Whether someone else pushed first. If a hook declined, trying again wouldn't help. */
function isBehind({ code, stderr }: Finished): boolean {
  return code !== 0 && /rejected|fetch first|non-fast-forward/.test(stderr) && !stderr.includes('hook declined');
}

/** How to keep both updates of the same minute: rename one to a time with seconds or a fraction. */
function renameAdvice(path: string, typed: string, pull: readonly string[], push: readonly string[]): string {
  const other = /T\d{4}Z\.md$/.test(path)
    ? path.replace(/Z\.md$/, '30Z.md')
    : path.replace(/(?:\.\d+)?Z\.md$/, '.500Z.md');
  return `Rename yours and push again: cd "$(${typed} rev-parse --show-toplevel)" && git mv ${path} ${other} && git commit --amend --no-edit && git ${pull.join(' ')} && git ${push.join(' ')}`;
}

/** How to go on after a pull whose autostash conflicts: git exits with 0, and leaves the conflicts in the files. */
function stashAdvice(paths: readonly string[], typed: string): string {
  const files = paths.map((path) => shellWord(`:/${path}`)).join(' ');
  const them = paths.length === 1 ? 'it' : 'them';
  return `Your uncommitted changes conflict with what others pushed. Both are in ${oneLine(paths.join(', '))}, and yours are also in the stash. Edit ${them}, then run: ${typed} add ${files} && ${typed} stash drop`;
}

/** How to call git for a content folder from the working folder. */
export type GitCommand = {
  /** `git`, or `git -C FOLDER` when the working folder is in another repository. */
  readonly git: string;
  /** The prefix for content paths in that call. */
  readonly content: string;
};

/** How to type git for the content folder in a command we suggest. */
export const typedGit = async (
  content: string,
  context: Pick<Context, 'cwd' | 'env' | 'runProgram'>,
): Promise<string> => (await gitCommand(content, context))?.git ?? 'git';

/**
 * How to call git for the content folder `content`, a path as the user typed it. If the content has its own
 * repository, the commands we suggest must not reach Halfpast's. Null when the content isn't in git.
 */
export async function gitCommand(
  content: string,
  context: Pick<Context, 'cwd' | 'env' | 'runProgram'>,
): Promise<GitCommand | null> {
  const { cwd } = context;
  const there = await topFolder(resolve(cwd, content), context);
  // The repository belongs to another user. Git's message explains how to allow it.
  if (there.stderr.includes('safe.directory')) return { git: 'git', content };
  if (there.code !== 0) return null;
  if ((await topFolder(cwd, context)).stdout === there.stdout) return { git: 'git', content };
  return { git: `git -C ${shellWord(content)}`, content: '' };
}

const topFolder = (folder: string, machine: Machine): Promise<Finished> =>
  runGit(folder, ['rev-parse', '--show-toplevel'], machine);

/** The folder, or its nearest existing parent, if it's in a git repository; else null. */
export async function folderInGit(folder: string, machine: Machine): Promise<string | null> {
  const { code } = await topFolder(folder, machine);
  // The exit code is 127 when the working folder doesn't exist.
  if (code === 127 && folder !== dirname(folder)) return folderInGit(dirname(folder), machine);
  return code === 0 ? folder : null;
}
