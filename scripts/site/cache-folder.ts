import { createHash } from 'node:crypto';
import { join, resolve } from 'node:path';

/**
 * Where what builds leave for the next is kept. Each content folder has its own place, so that building
 * one site neither uses nor spoils the pages of another.
 */
export function cacheFolder(root: string, content: string): string {
  const name = createHash('sha256').update(resolve(content)).digest('hex').slice(0, 12);
  return join(root, 'node_modules', '.astro', name);
}
