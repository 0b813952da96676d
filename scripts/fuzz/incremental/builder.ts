import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import type { BuildOptions } from '../../site/build-site.ts';

/** After so many builds a new process takes over: Node never lets go of a module, and each build brings its own. */
const mostBuilds = 20;

/** Milliseconds after which a build counts as hung. */
const patience = 180_000;

export type Builder = { readonly build: (options: BuildOptions) => Promise<void>; readonly stop: () => void };

/** Builds sites in a process of its own, one at a time. `build` throws what is wrong. */
export function startBuilder(): Builder {
  let child: ChildProcess | null = null;
  let made = 0;
  const stop = (): void => void child?.kill();
  const worker = (): ChildProcess => {
    if (child === null || child.exitCode !== null || child.signalCode !== null || made >= mostBuilds) {
      stop();
      child = fork(join(import.meta.dirname, 'build-worker.ts'), { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
      made = 0;
    }
    made += 1;
    return child;
  };
  const build = (options: BuildOptions): Promise<void> => {
    const one = worker();
    return new Promise((resolve, reject) => {
      const end = (fault: string | null): void => {
        clearTimeout(timer);
        one.removeAllListeners('message').removeAllListeners('exit');
        if (fault === null) resolve();
        else reject(new Error(`a build failed: ${fault.slice(0, 1500)}`));
      };
      const timer = setTimeout(() => end('no word in time'), patience);
      one.once('message', ({ fault }: { readonly fault: string | null }) => end(fault)).once('exit', (code) => end(`ended with ${code}`));
      one.send(options);
    });
  };
  return { build, stop };
}
