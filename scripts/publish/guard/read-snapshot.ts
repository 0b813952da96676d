import { createHash } from 'node:crypto';
import type { z } from 'zod';
import { type PageSizes, pageSizesFile } from '../../../src/views/api/pages-file.ts';
import { type Release, releaseSchema } from '../../../src/views/api/release-file.ts';
import { readItems, readPostmortems } from './compare-feed.ts';
import { NoAnswer, type SiteReader } from './site-reader.ts';
import { pagesSchema, type Snapshot, type ToldUpdate, yearSchema } from './snapshot.ts';

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

export type ReadUpdates = { readonly updates: readonly ToldUpdate[]; readonly notes: readonly string[] };

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
