import { execFileSync } from 'node:child_process';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { second } from '../../../src/lib/domain/calendar.ts';
import type { Context } from '../../../scripts/cli/context.ts';
import { runProgram } from '../../../scripts/cli/system.ts';
import { gitIn } from '../../../scripts/github/git.ts';
import { temporaryFolder } from '../../support/folders.ts';
import { hostileEnvironment as env } from '../call.ts';

/** A clone that follows a branch, and one that pushes to it. */
function clones() {
  const base = temporaryFolder();
  const run = (cwd: string, ...args: string[]): string =>
    execFileSync('git', args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trim();
  run(base, 'init', '--quiet', '--bare', 'origin.git');
  for (const name of ['desk', 'server']) {
    run(base, 'clone', '--quiet', 'origin.git', name);
    if (name === 'desk') {
      run(join(base, name), 'commit', '--quiet', '--allow-empty', '--message', 'Begin');
      run(join(base, name), 'push', '--quiet', 'origin', 'HEAD:main');
    }
  }
  const server = join(base, 'server');
  return { folder: server, server: (...args: string[]) => run(server, ...args) };
}

describe('pulling', () => {
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
    const pulled = await gitIn(folder, { env, runProgram }).pull(2 * second, null);
    expect(pulled).toBe('no answer within 2 seconds');
  });

  const quiet = 'ssh -o BatchMode=yes -o ConnectTimeout=10 -o ServerAliveInterval=10';
  it.each<[string, string, Record<string, string>, string | undefined]>([
    ['never asks for a password', '', {}, quiet],
    ['uses the ssh of the environment', '', { GIT_SSH_COMMAND: 'ssh -i a' }, 'ssh -i a'],
    ["uses the ssh of the user's settings", 'ssh -i b', {}, undefined],
  ])('%s', async (_, setting, more, ssh) => {
    const { folder, server } = clones();
    if (setting !== '') server('config', 'core.sshCommand', setting);
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
    expect(calls[0]?.['GIT_SSH_COMMAND']).toBe(ssh);
  });
});
