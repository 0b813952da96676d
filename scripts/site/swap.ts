import { rename, rm } from 'node:fs/promises';
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

/** Puts `built` in the place of `out`. Until the last step the old site is whole and where it was. */
export async function swap(built: string, out: string): Promise<void> {
  const old = `${out}.old-${process.pid}`;
  if (existsSync(out)) await rename(out, old);
  await rename(built, out);
  await rm(old, { recursive: true, force: true });
}
