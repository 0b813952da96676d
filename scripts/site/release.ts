import { createHash } from 'node:crypto';
import { isoTime } from '../../src/domain/instant.ts';
import type { ContentTree } from '../../src/content/content-tree.ts';
import { allComponents, currentComponents, type Site } from '../../src/domain/site.ts';
import { type Release, releaseSchema } from '../../src/views/api/release-file.ts';
import type { PageSizes } from './page-sizes.ts';

export { type Release, releaseSchema };

/** SHA-256 over the names and bytes of all content files. */
export function contentHash({ files }: ContentTree): string {
  const hash = createHash('sha256');
  for (const { path, bytes } of files) hash.update(`${path}\0${bytes.length}\0`).update(bytes);
  return hash.digest('hex');
}

export type ReleaseFacts = {
  /** The digest of the content folder, from `contentHash`. */
  readonly content: string;
  readonly site: Site;
  readonly version: string;
  readonly commit: string | null;
  readonly newest: { readonly link: string; readonly at: number } | null;
  /** The SHA-256 of the files with the updates, by year. */
  readonly years: ReadonlyMap<string, string>;
  readonly sizes: PageSizes;
};

export function release({ content, site, version, commit, newest, years, sizes }: ReleaseFacts): Release {
  const ofIncidents = Object.entries(sizes).filter(([path]) => path.startsWith('/incidents/'));
  const byYear = [...years].sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    form: 1,
    version,
    content,
    commit,
    now: isoTime(site.now),
    url: site.settings.url,
    newestUpdate: newest?.link ?? null,
    newestAt: newest === null ? null : isoTime(newest.at),
    updates: Object.fromEntries(byYear),
    components: currentComponents(site).map(({ id }) => id),
    retired: allComponents(site).filter(({ retired }) => retired).map(({ id }) => id),
    pages: {
      count: Object.keys(sizes).length,
      index: sizes['/'] ?? 0,
      history: sizes['/history/'] ?? 0,
      incidents: ofIncidents.reduce((sum, [, bytes]) => sum + bytes, 0),
    },
  };
}
