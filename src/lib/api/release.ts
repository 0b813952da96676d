import { z } from 'zod';
import { isoTime } from '../domain/calendar.ts';
import { allComponents, currentComponents, type Site } from '../domain/site.ts';

/** `api/pages.json`. */
export const pagesSchema = z
  .strictObject({
    form: z.literal(1).describe('Incremented when the meaning of a field changes.'),
    pages: z
      .record(z.string(), z.int().nonnegative())
      .describe('The size in bytes of the content of each page, without the frame that all pages share, by path.'),
  })
  .describe('The pages of this site and their sizes.');

/** The bytes in each page's main content, by path relative to the site's root, in path order. */
export type PageSizes = Readonly<Record<string, number>>;

/** Where a built site lists the sizes of its pages. */
export const pageSizesFile = 'api/pages.json';

/** Returns the path at which a file in the site's folder is served; null if it isn't a page. */
export function pagePath(file: string): string | null {
  const match = /^(.*\/)?index\.html$/.exec(file.replaceAll('\\', '/'));
  return match === null ? null : `/${match[1] ?? ''}`;
}

/** Returns a page's main content, without the frame and styles that all pages share; null if there is none. */
export function mainOf(html: string): string | null {
  return /<main[\s>][\s\S]*<\/main>/.exec(html)?.[0] ?? null;
}

const [begin, end] = ['<main', '</main>'] as const;

/** Returns the size of `mainOf` in bytes, without decoding the text of ten thousand pages. */
export function pageSize(page: Uint8Array): number {
  const html = Buffer.from(page.buffer, page.byteOffset, page.byteLength);
  let from = html.indexOf(begin);
  while (from !== -1 && !/[\s>]/.test(String.fromCharCode(html[from + begin.length] ?? 0)))
    from = html.indexOf(begin, from + 1);
  const to = html.lastIndexOf(end);
  return from === -1 || to < from ? 0 : to + end.length - from;
}

/** Returns the sizes in path order. */
export function pageSizes(sizes: ReadonlyMap<string, number>): PageSizes {
  return Object.fromEntries([...sizes].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Every built site has this file. It says what the site was built from, and marks the folder as safe to replace. */
export const releaseFile = 'release.json';

const sha256 = z.string();

/**
 * Identifies a built site: what it was built from and what it contains. Small enough to fetch often. The same content,
 * code, `now` and `commit` produce the same release.
 */
export const releaseSchema = z
  .object({
    form: z.literal(1).describe('Incremented when the meaning of a field changes.'),
    version: z.string().describe('The version of Halfpast.'),
    content: sha256.describe('SHA-256 over the names and bytes of all content files.'),
    commit: z.string().nullable().describe('The commit it was published from, if known.'),
    now: z.iso.datetime().describe('The time for which the site was built, in UTC.'),
    url: z.string().describe('The address of the site, without a trailing slash.'),
    newestUpdate: z.string().nullable().describe('The permalink of the newest update; null if there are no updates.'),
    newestAt: z.iso.datetime().nullable().describe('Its time, in UTC.'),
    updates: z.record(z.string(), sha256).describe('The SHA-256 of api/updates/<year>.json, by year.'),
    components: z.array(z.string()).describe('The ids of the components that are shown.'),
    retired: z.array(z.string()).describe('The ids of retired components, which are no longer shown.'),
    pages: z
      .object({ count: z.int(), index: z.int(), history: z.int(), incidents: z.int() })
      .describe(
        'How many pages there are, and the size in bytes of the content of the main ones; for incidents, of all of them together.',
      ),
  })
  .describe('What this site was built from, and what it contains.');

export type Release = Readonly<z.output<typeof releaseSchema>>;

/** What a release is made from. */
export type ReleaseFacts = {
  /** The digest of the content folder, from `contentHash`. */
  readonly content: string;
  readonly site: Site;
  readonly version: string;
  /** The commit to record; null for none, so that the same content produces the same bytes. */
  readonly commit: string | null;
  readonly newest: { readonly link: string; readonly at: number } | null;
  /** The SHA-256 of the update files, by year. */
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
    retired: allComponents(site)
      .filter(({ retired }) => retired)
      .map(({ id }) => id),
    pages: {
      count: Object.keys(sizes).length,
      index: sizes['/'] ?? 0,
      history: sizes['/history/'] ?? 0,
      incidents: ofIncidents.reduce((sum, [, bytes]) => sum + bytes, 0),
    },
  };
}
