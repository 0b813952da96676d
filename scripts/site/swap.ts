import { existsSync } from 'node:fs';
import { lstat, readdir, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { UserError } from '../cli/errors.ts';
import type { Attic } from './attic.ts';
import type { Beside } from './leftovers.ts';

/** Every built site has this file: what it was made from, and the sign that its folder may be replaced. */
export const releaseFile = 'release.json';

/** Folders that a site has only if there is something to show in them. */
const optional = ['api', 'components', 'compose', 'history', 'incidents', 'maintenance', 'postmortems'];

/** Refuses a place where a site cannot go: one that is a link or a disk of its own, or that holds something else. Throws UserError. */
export async function requirePlace(out: string): Promise<void> {
  const place = await lstat(out).catch(() => null);
  if (place === null) return;
  if (place.isSymbolicLink()) {
    throw new UserError(`${out} is a link, and a build would take its place. Name the folder itself with --out DIR, or use publish --to DIR, which switches links`);
  }
  if (place.isDirectory() && place.dev !== (await lstat(dirname(out))).dev) {
    throw new UserError(`${out} is a disk of its own (a mount), and a build takes the place of a whole folder. Name a folder inside it with --out DIR`);
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

/** Another build has put its site there in the meantime, or has just taken it away. */
const isCrossed = (error: unknown): boolean => ['ENOTEMPTY', 'EEXIST', 'ENOENT'].includes((error as NodeJS.ErrnoException).code ?? '');

/** How often to try again when other builds put theirs there: each of them does it once. */
const most = 20;

/**
 * Puts `built` in the place of `out`, and what was there into the folder `attic`, by way of `old`; all
 * three are beside each other. Between two steps there is nothing at `out`; a build that dies then has
 * left the old site in `old`, from where the next one gives it back. Throws UserError.
 */
export async function swap({ built, old }: Beside, out: string, attic: Attic): Promise<void> {
  for (let times = 1; ; times += 1) {
    let replaces = false;
    try {
      if (existsSync(out)) {
        await requireOwn(built, out);
        await rename(out, old);
        replaces = true;
      }
      await rename(built, out);
      if (replaces) attic.take(old);
      return;
    } catch (error) {
      const isOurs = replaces && !existsSync(out);
      if (isOurs) await rename(old, out);
      else if (replaces) attic.take(old);
      if (!isCrossed(error) || times === most) throw error;
    }
  }
}
