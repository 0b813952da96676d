import { randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';

/** Where a replaced site waits until it is removed. */
export type Attic = {
  /** Takes in a folder, also from another file system; there it is removed at once. */
  readonly take: (folder: string) => void;
  /** When all that was there at the start is removed. */
  readonly cleared: Promise<void>;
};

const begins = 'old-';

/**
 * To remove twenty thousand files takes a disk seconds in which nothing else is done. So what a build
 * replaces is put into the folder `cache`, and removed while the next build has other work.
 */
export function openAttic(cache: string): Attic {
  mkdirSync(cache, { recursive: true });
  const waiting = readdirSync(cache).filter((name) => name.startsWith(begins));
  // What cannot be removed now waits for the next build.
  const removed = waiting.map((name) => rm(join(cache, name), { recursive: true, force: true }).catch(() => undefined));
  return {
    take: (folder) => {
      try {
        renameSync(folder, join(cache, `${begins}${randomUUID()}`));
      } catch {
        rmSync(folder, { recursive: true, force: true });
      }
    },
    cleared: Promise.all(removed).then(() => undefined),
  };
}
