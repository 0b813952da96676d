import { createHash } from 'node:crypto';
import { XMLParser } from 'fast-xml-parser';
import { z } from 'zod';
import { type PageSizes, pageSizesFile, type Release, releaseSchema } from '../../src/lib/api/release.ts';
import { languages } from '../../src/lib/words/words.ts';
import { UserError } from '../cli/errors.ts';
import { parseJson } from '../cli/text.ts';
import { type SiteReader, wordsOf } from './site-reader.ts';

export const liveUpdateSchema = z.object({
  id: z.string(),
  kind: z.enum(['incident', 'maintenance']),
  slug: z.string(),
  update: z.string(),
  at: z.string(),
  status: z.string(),
  title: z.string(),
  hash: z.string(),
  /** Releases from older versions don't have it. */
  facts: z.string().optional(),
  edited: z.string().nullable(),
  /** The hash of each translation, by language. */
  translations: z.record(z.string(), z.string()).optional(),
});

export type LiveUpdate = Readonly<z.output<typeof liveUpdateSchema>>;

/** The updates of one year, as written by src/lib/api/history.ts. */
const yearSchema = z.object({ form: z.literal(1), year: z.string(), updates: z.array(liveUpdateSchema) });

/** `api/pages.json`: the size of each page's own content, by path. */
export const livePagesSchema = z.object({ form: z.literal(1), pages: z.record(z.string(), z.number()) });

/** One item of an RSS feed. */
export type LiveFeedItem = {
  readonly guid: string;
  readonly title: string;
  /** NaN when the date is missing or invalid. */
  readonly at: number;
  /** Its description. */
  readonly html: string;
  /** All tags of the item with their text, as JSON. Two items are equal if this is. */
  readonly data: string;
};

/** The parts of a site that the guard compares. A part that's missing is `null` and isn't compared. */
export type Snapshot = {
  readonly release: Pick<Release, 'commit' | 'now' | 'newestAt' | 'url' | 'components' | 'retired'>;
  /** Excludes years that are the same on both sides. */
  readonly updates: readonly LiveUpdate[];
  /** The items of `rss.xml`, newest first. */
  readonly items: readonly LiveFeedItem[] | null;
  /** The size of each page's own content in bytes, by path. */
  readonly pages: Readonly<Record<string, number>> | null;
  /** The length of each postmortem's text in characters, by the path of its page, in all languages. */
  readonly postmortems: Readonly<Record<string, number>> | null;
  /**
   * The hash of each translated announcement and postmortem, by language and the original's file name, such as
   * `announcements/holidays`. Null if the page has only one language.
   */
  readonly translations: Readonly<Record<string, Readonly<Record<string, string>>>> | null;
  /** The incidents, maintenances and updates that the index links to, as paths, with anchors for updates. */
  readonly onIndex: readonly string[] | null;
};

/** The site's release.json; null if it has none that this version can read. */
export async function readRelease(site: SiteReader): Promise<Release | null> {
  return parseJson(releaseSchema, await site.read('release.json'));
}

/** The updates of a year; null if the site has none that this version can read. */
export async function readYear(site: SiteReader, year: string): Promise<readonly LiveUpdate[] | null> {
  return parseJson(yearSchema, await site.read(`api/updates/${year}.json`))?.updates ?? null;
}

/** The release of a built site. Throws UserError when there isn't one. */
export async function requireRelease(site: SiteReader): Promise<Release> {
  const release = await readRelease(site);
  if (release !== null) return release;
  throw new UserError(
    `${site.name} has no site built by this version of Halfpast. Build it: npx halfpast build --out ${site.name}`,
  );
}

/** See Snapshot.onIndex. Removes the host and base folder. */
function linksOnIndex(html: string): string[] {
  const links = html.matchAll(/href="[^"]*?(\/(?:incidents|maintenance)\/[^"/]+\/(?:#[^"]*)?)"/g);
  return [...new Set([...links].map(([, path = '']) => path))].sort();
}

/**
 * Reads everything that the guard compares. Skips years whose hash is also in `same`, because they match the other
 * side. `notes` lists files that are missing, can't be read or don't belong to `release`. Throws NoAnswer: unlike a
 * file that's missing, one that couldn't be read may have anything in it.
 */
export async function readSnapshot(
  site: SiteReader,
  release: Release,
  same: Release['updates'],
): Promise<{ readonly snapshot: Snapshot; readonly notes: readonly string[] }> {
  const notes: string[] = [];
  const tryRead: SiteReader['read'] = async (path) => {
    const text = await site.read(path);
    if (text === null) notes.push(`${site.name} has no ${path}, so it isn't compared`);
    return text;
  };
  const updates: LiveUpdate[] = [];
  for (const [year, hash] of Object.entries(release.updates)) {
    const file = `api/updates/${year}.json`;
    const text = same[year] === hash ? null : await tryRead(file);
    if (text === null) continue;
    if (createHash('sha256').update(text).digest('hex') !== hash)
      notes.push(`${site.name}/${file} belongs to another release than its release.json`);
    const read = parseJson(yearSchema, text);
    if (read === null)
      notes.push(`${site.name}/${file} has a format that this version can't read, so it isn't compared`);
    updates.push(...(read?.updates ?? []));
  }
  const rss = await tryRead('rss.xml');
  const postmortems = await tryRead('postmortems/rss.xml');
  const index = await tryRead('index.html');
  const pages: PageSizes | null = parseJson(livePagesSchema, await tryRead(pageSizesFile))?.pages ?? null;
  const others = Object.keys(pages ?? {}).filter(isLanguageIndex);
  const snapshot = {
    release,
    updates,
    items: rss === null ? null : readItems(rss),
    pages,
    postmortems:
      postmortems === null ? null : { ...readPostmortems(postmortems), ...(await translatedPostmortems(site, others)) },
    translations: others.length === 0 ? null : await readTranslations(site),
    onIndex: index === null ? null : linksOnIndex(index),
  };
  return { snapshot, notes };
}

/** Whether a path is the index in another language. */
export const isLanguageIndex = (path: string): boolean =>
  languages.some((language) => path === `/${language.toLowerCase()}/`);

/** See Snapshot.postmortems, but from the feeds in other languages. `indexes` are the paths of their index pages. */
async function translatedPostmortems(site: SiteReader, indexes: readonly string[]): Promise<Record<string, number>> {
  const found = await Promise.all(
    indexes.map(async (index) => {
      const rss = await site.read(`${index.slice(1)}postmortems/rss.xml`);
      // Guids are the same in every language.
      return rss === null ? [] : Object.entries(readPostmortems(rss, index.slice(0, -1)));
    }),
  );
  return Object.fromEntries(found.flat());
}

const translated = z.array(
  z.looseObject({ id: z.string(), translations: z.record(z.string(), z.string()).default({}) }),
);
const translatedSchemas = {
  announcements: z.looseObject({ announcements: translated }).transform((file) => file.announcements),
  postmortems: z.looseObject({ postmortems: translated }).transform((file) => file.postmortems),
} as const;

/** See Snapshot.translations. */
async function readTranslations(site: SiteReader): Promise<Record<string, Readonly<Record<string, string>>>> {
  const files = await Promise.all(
    (['announcements', 'postmortems'] as const).map(async (kind) => {
      // Other versions may lack this file.
      const read = parseJson(translatedSchemas[kind], await site.read(`api/${kind}.json`)) ?? [];
      return read.map(({ id, translations }) => [`${kind}/${id}`, translations] as const);
    }),
  );
  return Object.fromEntries(files.flat());
}

const feedParser = new XMLParser({
  ignoreAttributes: false,
  parseTagValue: false,
  trimValues: false,
  isArray: (_, path) => path === 'rss.channel.item',
});

const textSchema = z.string().catch('');
const itemSchema = z.looseObject({
  guid: z.union([z.string(), z.object({ '#text': z.string() }).transform((guid) => guid['#text'])]).catch(''),
  title: textSchema,
  pubDate: textSchema,
  description: textSchema,
});
const rssSchema = z.object({
  rss: z.object({ channel: z.object({ item: z.array(z.record(z.string(), z.unknown())).default([]) }) }),
});

/** The items of an RSS feed, in order; empty when it can't be read. */
export function readItems(rss: string): LiveFeedItem[] {
  let parsed: unknown;
  try {
    parsed = feedParser.parse(rss);
  } catch {
    return [];
  }
  return (rssSchema.safeParse(parsed).data?.rss.channel.item ?? []).map((item) => {
    const { guid, title, pubDate, description } = itemSchema.parse(item);
    return { guid, title, at: Date.parse(pubDate), html: description, data: JSON.stringify(item) };
  });
}

/** See Snapshot.postmortems. Reads the feed with their full text. `folder` is the language's folder, such as `/de`. */
export function readPostmortems(rss: string, folder = ''): Record<string, number> {
  return Object.fromEntries(
    readItems(rss).flatMap(({ guid, html }) => {
      const path = /\/postmortems\/[^/]+\/$/.exec(guid)?.[0];
      return path === undefined ? [] : [[`${folder}${path}`, wordsOf(html).length] as const];
    }),
  );
}
