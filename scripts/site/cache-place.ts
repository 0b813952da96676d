import { readdir } from 'node:fs/promises';
import { resolve } from 'node:path';
import { UserError } from '../cli/errors.ts';
import { isWithin } from './inside.ts';

/** What builds leave for the next; a file of ours is first written beside its place. */
const kept = /^(?:pages|content\.bin(?:\.[0-9a-f-]+)?|old-[0-9a-f-]{36})$/;

/** What Astro left there while it kept pages itself: an upgrade must not hold up publishing. */
const keptBefore = /^(?:dist|incremental-build\.json.*|assets|fonts)$/;

/**
 * Refuses a folder for kept pages that is part of the content, or that holds something else: what is
 * no longer needed there is removed. Throws UserError.
 */
export async function requireCache(cache: string, content: string): Promise<void> {
  const folder = resolve(cache);
  if (isWithin(folder, content)) {
    throw new UserError(`${cache} is inside the content folder, where only content has a place. Name another folder with --cache DIR`);
  }
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    if (error.code === 'ENOTDIR') throw new UserError(`${cache} is a file. Name a folder with --cache DIR`);
    throw error;
  });
  const foreign = names.filter((name) => !kept.test(name) && !keptBefore.test(name));
  if (foreign.length === 0) return;
  throw new UserError(`${cache} also holds ${foreign.slice(0, 3).join(', ')}${foreign.length > 3 ? ' and more' : ''}, which no build has put there. Name an empty or new folder with --cache DIR`);
}
