import { createHash } from 'node:crypto';

/** The key under which Astro keeps a page between builds: a hash of all that the page shows. */
export function cacheKey(shown: unknown): string {
  return createHash('sha256').update(JSON.stringify(shown)).digest('base64url');
}
