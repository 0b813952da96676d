import { cp, rename, rm } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../cli/errors.ts';

/** Every built site has this file: what it was made from, and the sign that its folder may be replaced. */
export const releaseFile = 'release.json';

/** Refuses to replace a folder that is not a site built by Halfpast. */
export function mayReplace(folder: string, isEmpty: boolean): void {
  if (isEmpty || existsSync(join(folder, releaseFile))) return;
  throw new UserError(`${folder} holds something other than a site built by Halfpast. Name an empty or new folder with --out DIR`);
}

/** Moves a folder, also to another file system: then it is copied beside its place first. */
async function move(from: string, to: string): Promise<void> {
  try {
    await rename(from, to);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EXDEV') throw error;
    await cp(from, to, { recursive: true });
    await rm(from, { recursive: true });
  }
}

/** Puts `built` in the place of `out`. Until the last step the old site is whole and where it was. */
export async function swap(built: string, out: string): Promise<void> {
  const [fresh, old] = [`${out}.new-${process.pid}`, `${out}.old-${process.pid}`];
  await move(built, fresh);
  const replaces = existsSync(out);
  if (replaces) await rename(out, old);
  try {
    await rename(fresh, out);
  } catch (error) {
    if (replaces) await rename(old, out);
    await rm(fresh, { recursive: true, force: true });
    throw error;
  }
  await rm(old, { recursive: true, force: true });
}
