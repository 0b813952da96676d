import { spawn } from 'node:child_process';
import { onTestFinished } from 'vitest';
import { plainEnvironment } from './halfpast.ts';

export type Serving = {
  /** The first address that it printed. */
  readonly address: string;
  readonly printed: () => string;
  /** Stops it like Ctrl-C in a terminal, and waits until it has ended. */
  readonly interrupt: () => Promise<void>;
};

const patience = 90_000;

/**
 * Starts a program that serves until it's stopped. It and everything it starts end with the test: a leftover server
 * would keep the runner's output open, and CI waiting.
 */
export async function serving(
  file: string,
  args: readonly string[],
  cwd: string,
  env: NodeJS.ProcessEnv = plainEnvironment,
): Promise<Serving> {
  const child = spawn(file, [...args], { cwd, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  const kill = (signal: NodeJS.Signals): void => {
    try {
      if (child.pid !== undefined) process.kill(-child.pid, signal);
    } catch {
      // All of them have already ended.
    }
  };
  onTestFinished(() => kill('SIGKILL'));
  let printed = '';
  const ended = new Promise<void>((resolve) => child.on('close', () => resolve()));
  const address = await new Promise<string>((resolve, reject) => {
    const fail = (what: string) => () => reject(new Error(`${file} ${args.join(' ')} ${what}:\n${printed}`));
    const timer = setTimeout(fail('printed no address'), patience);
    onTestFinished(() => clearTimeout(timer));
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => {
        printed += chunk.toString();
        const found = /http:\/\/localhost:\d+\/[\w/-]*/.exec(printed)?.[0];
        if (found !== undefined) resolve(found);
      });
    }
    child.on('close', fail('ended'));
  });
  return {
    address,
    printed: () => printed,
    interrupt: async () => {
      kill('SIGINT');
      await ended;
    },
  };
}
