import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { second } from '../../../src/lib/domain/calendar.ts';
import type { Context } from '../../../scripts/cli/context.ts';
import { runProgram } from '../../../scripts/cli/system.ts';
import { gitIn } from '../../../scripts/github/git.ts';
import { temporaryFolder, write } from '../../support/folders.ts';
import { hostileEnvironment as env } from '../call.ts';

const run = (cwd: string, ...args: string[]): string =>
  execFileSync('git', args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trim();
const sh = (cwd: string, line: string): void => void execFileSync('sh', ['-c', line], { cwd, stdio: 'ignore' });

let template: string | undefined;

/** The repositories to copy: the remote and both clones have the commits `Begin` and `one`. */
function firstClones(): string {
  const base = mkdtempSync(join(tmpdir(), 'halfpast-'));
  process.once('exit', () => rmSync(base, { recursive: true, force: true }));
  sh(base, 'git init --quiet --bare --template= origin.git && git clone --quiet --template= origin.git desk');
  write(base, 'desk/page.md', 'one');
  const commit = 'git commit --quiet --allow-empty --message';
  sh(join(base, 'desk'), `${commit} Begin && git push --quiet origin HEAD:main`);
  sh(base, 'git clone --quiet --template= origin.git server');
  sh(join(base, 'desk'), `git add . && ${commit} one && git push --quiet origin HEAD:main`);
  sh(join(base, 'server'), 'git pull --quiet');
  return base;
}

/** A clone that follows a branch, and one that pushes to it. */
function clones() {
  const from = (template ??= firstClones());
  const base = temporaryFolder();
  cpSync(from, base, { recursive: true });
  for (const name of ['desk', 'server']) {
    const config = join(base, name, '.git/config');
    writeFileSync(config, readFileSync(config, 'utf8').replaceAll(from, base));
  }
  // The index has the times of the original files.
  run(join(base, 'server'), 'update-index', '--refresh');
  const [desk, server] = [join(base, 'desk'), join(base, 'server')];
  return {
    folder: server,
    server: (...args: string[]) => run(server, ...args),
    /** Commits a file that has this text, as the only one after `Begin` if it rewrites the others, and pushes it. */
    push: (text: string, { rewrites = false } = {}): void => {
      if (rewrites) run(desk, 'reset', '--quiet', '--hard', ':/Begin');
      write(desk, 'page.md', text);
      sh(desk, `git add . && git commit --quiet --message ${text} && git push --quiet --force origin HEAD:main`);
    },
    pushed: (): string => run(desk, 'rev-parse', 'HEAD'),
    drop: (): void => {
      sh(desk, 'git reset --quiet --hard HEAD~ && git push --quiet --force origin HEAD:main');
    },
  };
}

describe('an earlier commit', () => {
  it('that a force-push removed from the branch is fetched by its id', async () => {
    const place = clones();
    place.push('two');
    const git = gitIn(place.folder, { env, runProgram });
    const commit = place.pushed();
    place.push('other', { rewrites: true });
    place.server('fetch', '--quiet');
    place.server('reset', '--quiet', '--hard', '@{upstream}');
    const checkout = join(place.folder, '../checkout');
    expect(await git.checkOut(commit, checkout)).toBe(false);
    expect(await git.fetchCommit(commit, 10 * second, null)).toBeNull();
    expect(await git.checkOut(commit, checkout)).toBe(true);
    expect(readFileSync(join(checkout, 'page.md'), 'utf8')).toBe('two');
  });

  it.each([
    ['0'.repeat(40), /not our ref/],
    ['--upload-pack=x', /couldn't find remote ref/],
  ])('that no one has isn’t: %s', async (commit, reason) => {
    const place = clones();
    expect(await gitIn(place.folder, { env, runProgram }).fetchCommit(commit, 10 * second, null)).toMatch(reason);
  });
});

describe('pulling', () => {
  type Clones = ReturnType<typeof clones>;
  const commit = ({ folder }: Clones, text: string): void => {
    write(folder, 'page.md', text);
    sh(folder, `git add . && git commit --quiet --message ${text}`);
  };

  it.each<[string, (place: Clones) => void]>([
    ['newer commits', ({ push }) => push('two')],
    ['a branch that was rewritten', ({ push }) => push('other', { rewrites: true })],
    ['a branch that lost a commit', ({ drop }) => drop()],
    [
      'a branch that was rewritten after its own commit was pushed',
      (place) => {
        commit(place, 'mine');
        place.server('push', '--quiet');
        place.push('other', { rewrites: true });
      },
    ],
    [
      'a branch that was rewritten, with another file changed',
      ({ push, folder }) => {
        write(folder, 'other.md', 'mine');
        push('other', { rewrites: true });
      },
    ],
    [
      'a branch that was rewritten before it was last fetched',
      ({ push, server }) => {
        push('other', { rewrites: true });
        server('fetch', '--quiet');
      },
    ],
  ])('follows %s', async (_, change) => {
    const place = clones();
    const git = gitIn(place.folder, { env, runProgram });
    change(place);
    expect(await git.pull(10 * second, null)).toBeNull();
    expect(place.server('rev-parse', 'HEAD')).toBe(place.server('rev-parse', 'origin/main'));
    expect(place.server('status', '--porcelain', '--untracked-files=no')).toBe('');
  });

  const own = (folder: string): string =>
    `main has commits that origin/main doesn't have. Push them: git -C ${folder} pull --rebase --autostash && git -C ${folder} push. Or discard them: git -C ${folder} reset --keep @{upstream}`;
  it.each<[string, (place: Clones) => void, (folder: string) => string]>([
    [
      'its own commit, beside newer ones',
      (place) => {
        commit(place, 'mine');
        place.push('two');
      },
      own,
    ],
    [
      'its own commit, on a branch that was rewritten',
      (place) => {
        commit(place, 'mine');
        place.push('other', { rewrites: true });
      },
      own,
    ],
    [
      'a changed file, below newer commits',
      ({ folder, push }) => {
        write(folder, 'page.md', 'mine');
        push('two');
      },
      (folder) =>
        `error: Your local changes to the following files would be overwritten by merge: page.md. Fix that in ${folder}, such as by moving the changes away: git -C ${folder} stash`,
    ],
    [
      'a changed file, on a branch that was rewritten',
      ({ folder, push }) => {
        write(folder, 'page.md', 'mine');
        push('other', { rewrites: true });
      },
      (folder) =>
        `error: Entry 'page.md' not uptodate. Cannot merge. Fix that in ${folder}, such as by moving the changes away: git -C ${folder} stash`,
    ],
  ])('keeps %s, and says what to do', async (_, change, message) => {
    const place = clones();
    const git = gitIn(place.folder, { env, runProgram });
    change(place);
    const before = place.server('rev-parse', 'HEAD');
    expect(await git.pull(10 * second, null)).toBe(message(place.folder));
    expect(place.server('rev-parse', 'HEAD')).toBe(before);
    expect(readFileSync(join(place.folder, 'page.md'), 'utf8')).toBe('mine');
  });

  it('gives up on a remote that accepts the connection and never answers', async () => {
    const sockets: Socket[] = [];
    const mute = createServer((socket) => void sockets.push(socket));
    await new Promise<void>((done) => mute.listen(0, '127.0.0.1', done));
    onTestFinished(() => {
      for (const socket of sockets) socket.destroy();
      mute.close();
    });
    const { folder, server } = clones();
    server('remote', 'set-url', 'origin', `http://127.0.0.1:${(mute.address() as AddressInfo).port}/x.git`);
    const pulled = await gitIn(folder, { env, runProgram }).pull(0.5 * second, null);
    expect(pulled).toBe('no answer within 0.5 seconds');
  });

  const quiet = 'ssh -o BatchMode=yes -o ConnectTimeout=10 -o ServerAliveInterval=10';
  it('never asks for a password, and uses the ssh of the environment or of the user’s settings', async () => {
    const { folder, server } = clones();
    /** The environment of the fetch. */
    const fetched = async (more: Record<string, string> = {}): Promise<Context['env'] | undefined> => {
      const calls: Context['env'][] = [];
      const machine = {
        env: { ...env, ...more },
        runProgram: ((...call) => {
          if (call[1].includes('fetch')) calls.push(call[3] ?? {});
          return runProgram(...call);
        }) as Context['runProgram'],
      };
      expect(await gitIn(folder, machine).pull(10 * second, null)).toBeNull();
      expect(calls).toEqual([expect.objectContaining({ GIT_TERMINAL_PROMPT: '0', GIT_HTTP_LOW_SPEED_TIME: '10' })]);
      return calls[0];
    };
    expect((await fetched())?.['GIT_SSH_COMMAND']).toBe(quiet);
    expect((await fetched({ GIT_SSH_COMMAND: 'ssh -i a' }))?.['GIT_SSH_COMMAND']).toBe('ssh -i a');
    server('config', 'core.sshCommand', 'ssh -i b');
    expect((await fetched())?.['GIT_SSH_COMMAND']).toBeUndefined();
  });
});
