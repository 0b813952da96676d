import { createHash } from 'node:crypto';
import { z } from 'zod';
import { isoTime } from '../../src/domain/instant.ts';
import type { ContentTree } from '../../src/content/content-tree.ts';
import { allComponents, currentComponents, type Site } from '../../src/domain/site.ts';
import type { PageSizes } from './page-sizes.ts';

/**
 * What a built site was made from and holds: its own name for itself, small enough to be asked for
 * often. The same content, code, `now` and `commit` give the same.
 */
export const releaseSchema = z.object({
  /** Raised when the meaning of a field changes. */
  form: z.literal(1),
  /** The version of Halfpast. */
  version: z.string(),
  /** SHA-256 over the names and bytes of all content files. */
  content: z.string(),
  /** The commit it was published from, if that was told. */
  commit: z.string().nullable(),
  /** The moment the site was looked at, in UTC. */
  now: z.iso.datetime(),
  /** The address of the site, without a slash at the end. */
  url: z.string(),
  /** The permalink of the newest update; null for a site without any. */
  newestUpdate: z.string().nullable(),
  /** Its time, in UTC. */
  newestAt: z.iso.datetime().nullable(),
  /** The SHA-256 of `api/updates/<year>.json`, by year. */
  updates: z.record(z.string(), z.string()),
  /** The ids of the components that are shown. */
  components: z.array(z.string()),
  /** Those that components.yml says are no longer shown. */
  retired: z.array(z.string()),
  /** How many pages there are, and the bytes of what the main ones say: of all incidents together. */
  pages: z.object({ count: z.int(), index: z.int(), history: z.int(), incidents: z.int() }),
});

export type Release = Readonly<z.output<typeof releaseSchema>>;

/** SHA-256 over the names and bytes of all content files. */
export function contentHash({ files }: ContentTree): string {
  const hash = createHash('sha256');
  for (const { path, bytes } of files) hash.update(`${path}\0${bytes.length}\0`).update(bytes);
  return hash.digest('hex');
}

export type ReleaseFacts = {
  readonly tree: ContentTree;
  readonly site: Site;
  readonly version: string;
  readonly commit: string | null;
  readonly newest: { readonly link: string; readonly at: number } | null;
  /** The bytes of the files with the updates, by year. */
  readonly years: ReadonlyMap<string, Uint8Array>;
  readonly sizes: PageSizes;
};

export function release({ tree, site, version, commit, newest, years, sizes }: ReleaseFacts): Release {
  const ofIncidents = Object.entries(sizes).filter(([path]) => path.startsWith('/incidents/'));
  const byYear = [...years].sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    form: 1,
    version,
    content: contentHash(tree),
    commit,
    now: isoTime(site.now),
    url: site.settings.url,
    newestUpdate: newest?.link ?? null,
    newestAt: newest === null ? null : isoTime(newest.at),
    updates: Object.fromEntries(byYear.map(([year, bytes]) => [year, createHash('sha256').update(bytes).digest('hex')])),
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
