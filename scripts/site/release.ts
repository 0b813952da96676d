import { createHash } from 'node:crypto';
import { isoTime } from '../../src/domain/instant.ts';
import type { ContentTree } from '../../src/content/content-tree.ts';
import type { Site } from '../../src/domain/site.ts';

/** What a built site was made from: its own name for itself. The same content and `now` give the same. */
export type Release = {
  /** SHA-256 over the names and bytes of all content files. */
  readonly content: string;
  /** The moment the site was looked at, in UTC. */
  readonly now: string;
  /** The permalink of the newest update; null for a site without any. */
  readonly newestUpdate: string | null;
};

function contentHash({ files }: ContentTree): string {
  const hash = createHash('sha256');
  for (const { path, bytes } of files) hash.update(`${path}\0${bytes.length}\0`).update(bytes);
  return hash.digest('hex');
}

export function release(tree: ContentTree, site: Site, newestUpdate: string | null): Release {
  return { content: contentHash(tree), now: isoTime(site.now), newestUpdate };
}
