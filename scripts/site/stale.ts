import { closeSync, mkdtempSync, openSync, readdirSync, rmdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** In milliseconds: longer than any build takes. */
const hour = 3_600_000;

/** In a folder that is not written to, tells when it was last used. */
export const usedFile = 'used';

function lastTouched(path: string): number {
  const times = [path, join(path, usedFile)].map((place) => statSync(place, { throwIfNoEntry: false })?.mtimeMs ?? 0);
  return Math.max(...times);
}

/** What it is now where `folder` is; another machine may keep its clock. */
function clockOf(folder: string): number {
  const probe = mkdtempSync(join(folder, 'halfpast-clock-'));
  const now = statSync(probe).mtimeMs;
  rmdirSync(probe);
  return now;
}

/** Notes that `folder` is in use. Where nothing can be written, nothing is removed either. */
export function touch(folder: string): void {
  try {
    closeSync(openSync(join(folder, usedFile), 'w'));
  } catch {
    // Only a note.
  }
}

/** What stands in `folder` under a name like `pattern` and was not touched for an hour: who made it has died. */
export function stale(folder: string, pattern: RegExp): string[] {
  const paths = readdirSync(folder).filter((name) => pattern.test(name)).map((name) => join(folder, name));
  if (paths.length === 0) return [];
  const now = clockOf(folder);
  return paths.filter((path) => now - lastTouched(path) > hour);
}
