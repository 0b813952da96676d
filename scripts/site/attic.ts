import { randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';

/** Where a replaced site waits until it is removed. */
export type Attic = {
  /** Takes in a folder, also from another file system; there it is removed at once. */
  readonly take: (folder: string) => void;
  /** When enough is removed for the build to end: all of it, if more than one site was waiting. */
  readonly cleared: Promise<void>;
};

const begins = 'old-';

/** The new site is live by now: what cannot be removed waits for the next build. */
function removeHere(folder: string): void {
  try {
    rmSync(folder, { recursive: true, force: true });
  } catch {
    // See leftovers.ts.
  }
}

/** Removes folders in a thread, which ends with the build. */
function removeBeside(folders: readonly string[]): Promise<void> {
  if (folders.length === 0) return Promise.resolve();
  const worker = new Worker(new URL('attic-worker.ts', import.meta.url), { workerData: folders });
  // What could not be removed waits for the next build.
  worker.on('error', () => undefined);
  if (folders.length > 1) return new Promise((resolve) => void worker.on('exit', () => resolve()));
  worker.unref();
  return Promise.resolve();
}

/**
 * To remove twenty thousand files takes a disk seconds in which nothing else is done. So what a build
 * replaces is put into the folder `cache`, and removed while the next build has other work.
 */
export function openAttic(cache: string): Attic {
  mkdirSync(cache, { recursive: true });
  const waiting = readdirSync(cache).filter((name) => name.startsWith(begins));
  return {
    take: (folder) => {
      try {
        renameSync(folder, join(cache, `${begins}${randomUUID()}`));
      } catch {
        removeHere(folder);
      }
    },
    cleared: removeBeside(waiting.map((name) => join(cache, name))),
  };
}
