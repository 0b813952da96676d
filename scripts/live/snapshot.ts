import { createHash } from 'node:crypto';
import { z } from 'zod';
import { type PageSizes, pageSizesFile, type Release, releaseSchema } from '../../src/lib/api/release.ts';
import { NoAnswer, type SiteReader, unescape, wordsOf } from './site-reader.ts';

/** The updates of one year as a site tells them: see src/lib/api/history.ts, which makes them. */
const yearSchema = z.object({
  form: z.literal(1),
  year: z.string(),
  updates: z.array(
    z.object({
      id: z.string(),
      kind: z.enum(['incident', 'maintenance']),
      slug: z.string(),
      update: z.string(),
      at: z.string(),
      status: z.string(),
      title: z.string(),
      hash: z.string(),
      edited: z.string().nullable(),
    }),
  ),
});

export type ToldUpdate = Readonly<z.output<typeof yearSchema>['updates'][number]>;

const pagesSchema = z.object({ form: z.literal(1), pages: z.record(z.string(), z.number()) });

/** One item of a feed: its bytes as they stand in the file, and its time. */
export type ToldItem = { readonly guid: string; readonly at: number; readonly bytes: string };

/** What of a site the guard looks at. `null` is what could not be read, and is not compared. */
export type Snapshot = {
  readonly release: Pick<Release, 'commit' | 'now' | 'newestAt' | 'url' | 'components' | 'retired'>;
  /** Without the years that are the same on both sides. */
  readonly updates: readonly ToldUpdate[];
  /** The items of `rss.xml`, newest first. */
  readonly items: readonly ToldItem[] | null;
  /** The bytes of what each page says, by path. */
  readonly pages: Readonly<Record<string, number>> | null;
  /** How much each postmortem says, in characters of its own text, by the path of its page. */
  readonly postmortems: Readonly<Record<string, number>> | null;
  /** What the index links to of incidents and maintenances: pages, and updates by their anchors. */
  readonly onIndex: readonly string[] | null;
};

/** JSON of a known form, or null. */
function parse<T extends z.ZodType>(schema: T, text: string | null): z.output<T> | null {
  if (text === null) return null;
  try {
    return schema.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}

/** What a site says it is; null when it was not published by Halfpast, or by one that wrote another form. */
export async function readRelease(site: SiteReader): Promise<Release | null> {
  return parse(releaseSchema, await site.read('release.json'));
}

/** What the index links to of incidents and maintenances, without host and folder. */
function linksOnIndex(html: string): string[] {
  const links = html.matchAll(/href="[^"]*?(\/(?:incidents|maintenance)\/[^"/]+\/(?:#[^"]*)?)"/g);
  return [...new Set([...links].map(([, path = '']) => path))].sort();
}

export type ReadSnapshot = { readonly snapshot: Snapshot; readonly notes: readonly string[] };

/** Reads files of a site; what cannot be read is null and told in `notes`. */
function tryReading(site: SiteReader, notes: string[]): SiteReader['read'] {
  return async (path) => {
    try {
      const text = await site.read(path);
      if (text === null) notes.push(`${site.name} has no ${path}, so that is not compared`);
      return text;
    } catch (error) {
      if (!(error instanceof NoAnswer)) throw error;
      notes.push(`${site.name}/${path} ${error.message}, so that is not compared`);
      return null;
    }
  };
}

type ReadUpdates = { readonly updates: readonly ToldUpdate[]; readonly notes: readonly string[] };

/**
 * Reads the updates that a site tells. Years whose hash is the one in `same` are not read: they are the
 * same on the other side. What cannot be read, or is not what `release` says, is told in `notes`.
 */
export async function readUpdates(site: SiteReader, release: Release, same: Release['updates']): Promise<ReadUpdates> {
  const notes: string[] = [];
  const tryRead = tryReading(site, notes);
  const updates: ToldUpdate[] = [];
  for (const [year, hash] of Object.entries(release.updates)) {
    if (same[year] === hash) continue;
    const text = await tryRead(`api/updates/${year}.json`);
    if (text === null) continue;
    if (createHash('sha256').update(text).digest('hex') !== hash)
      notes.push(`${site.name}/api/updates/${year}.json is of another release than its release.json`);
    const read = parse(yearSchema, text);
    if (read === null)
      notes.push(
        `${site.name}/api/updates/${year}.json is of a form that this version does not know, so it is not compared`,
      );
    updates.push(...(read?.updates ?? []));
  }
  return { updates, notes };
}

/** Reads all that the guard compares, as `readUpdates` does. */
export async function readSnapshot(
  site: SiteReader,
  release: Release,
  same: Release['updates'],
): Promise<ReadSnapshot> {
  const { updates, notes: ofUpdates } = await readUpdates(site, release, same);
  const notes = [...ofUpdates];
  const tryRead = tryReading(site, notes);
  const rss = await tryRead('rss.xml');
  const postmortems = await tryRead('postmortems/rss.xml');
  const index = await tryRead('index.html');
  const pages: PageSizes | null = parse(pagesSchema, await tryRead(pageSizesFile))?.pages ?? null;
  const snapshot = {
    release,
    updates,
    items: rss === null ? null : readItems(rss),
    pages,
    postmortems: postmortems === null ? null : readPostmortems(postmortems),
    onIndex: index === null ? null : linksOnIndex(index),
  };
  return { snapshot, notes };
}

/** The items of a feed that Halfpast made, in their order. */
export function readItems(rss: string): ToldItem[] {
  return [...rss.matchAll(/<item>[\s\S]*?<\/item>/g)].map(([bytes]) => ({
    guid: /<guid[^>]*>([^<]*)<\/guid>/.exec(bytes)?.[1] ?? '',
    at: Date.parse(/<pubDate>([^<]*)<\/pubDate>/.exec(bytes)?.[1] ?? ''),
    bytes,
  }));
}

/** How much each postmortem says, in characters, by the path of its page: from the feed that has them whole. */
export function readPostmortems(rss: string): Record<string, number> {
  return Object.fromEntries(
    readItems(rss).flatMap(({ guid, bytes }) => {
      const path = /\/postmortems\/[^/]+\/$/.exec(guid)?.[0];
      const html = unescape(/<description>([\s\S]*?)<\/description>/.exec(bytes)?.[1] ?? '');
      return path === undefined ? [] : [[path, wordsOf(html).length] as const];
    }),
  );
}
