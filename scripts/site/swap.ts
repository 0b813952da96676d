import { existsSync } from 'node:fs';
import { lstat, readdir, rename } from 'node:fs/promises';
import { UserError } from '../cli/errors.ts';
import type { Attic } from './attic.ts';

/** Every built site has this file: what it was made from, and the sign that its folder may be replaced. */
export const releaseFile = 'release.json';

/** Folders that a site has only if there is something to show in them. */
const optional = ['api', 'components', 'compose', 'history', 'incidents', 'maintenance', 'postmortems'];

/** Refuses a place where a site cannot go: one that is a link, or that holds something else. Throws UserError. */
export async function requirePlace(out: string): Promise<void> {
  const place = await lstat(out).catch(() => null);
  if (place === null) return;
  if (place.isSymbolicLink()) {
    throw new UserError(`${out} is a link, and a build would take its place. Name the folder itself with --out DIR, or use publish --to DIR, which switches links`);
  }
  if (!place.isDirectory()) throw new UserError(`${out} is a file. Name a folder with --out DIR`);
  const names = await readdir(out);
  if (names.length === 0 || names.includes(releaseFile)) return;
  throw new UserError(`${out} holds something other than a site built by Halfpast. Name an empty or new folder with --out DIR`);
}

/** Refuses to remove what no build has put there, such as a `.git` or a `CNAME`. Throws UserError. */
async function requireOwn(built: string, out: string): Promise<void> {
  const own = new Set([...(await readdir(built)), ...optional]);
  const foreign = (await readdir(out)).filter((name) => !own.has(name));
  if (foreign.length === 0) return;
  const more = foreign.length > 3 ? ' and more' : '';
  throw new UserError(`${out} also holds ${foreign.slice(0, 3).join(', ')}${more}, which a build would remove. Move it away, or name another folder with --out DIR`);
}

/**
 * Puts `built`, which is beside it, in the place of `out`, and what was there into the folder `attic`.
 * Until the last step the old site is whole and where it was. Throws UserError.
 */
export async function swap(built: string, out: string, attic: Attic): Promise<void> {
  const old = `${out}.old-${process.pid}`;
  const replaces = existsSync(out);
  if (replaces) {
    await requireOwn(built, out);
    await rename(out, old);
  }
  try {
    await rename(built, out);
  } catch (error) {
    if (replaces) await rename(old, out);
    throw error;
  }
  if (replaces) attic.take(old);
}
