import { createHash } from 'node:crypto';
import type { Release } from '../../../src/views/api/release-file.ts';
import { mainOf } from '../../../src/views/api/pages-file.ts';
import type { SiteReader } from './site-reader.ts';
import type { ToldUpdate } from './snapshot.ts';

const filled = /<title>[^<]*\S[^<]*<\/title>/;

/** What a page lacks that every page has; null for nothing. */
function lacksFrame(html: string): string | null {
  if (!html.trimEnd().endsWith('</html>')) return 'ends in the middle';
  if (!filled.test(html)) return 'has no title';
  const main = mainOf(html);
  if (main === null) return 'has no content';
  return /<h1[\s>][\s\S]*?\S[\s\S]*?<\/h1>/.test(main) ? null : 'has no heading';
}

type Expected = { readonly path: string; readonly marks: readonly (readonly [mark: string, said: string])[] };

/** The pages that must be there, and what must stand in each. */
function expectedPages(release: Release, updates: readonly ToldUpdate[]): Expected[] {
  const folders = Map.groupBy(updates, ({ id }) => id.slice(1).replace(/#.*$/, ''));
  const open = [...folders].filter(
    ([, told]) =>
      told[0]?.kind === 'incident' && told.toSorted((a, b) => (a.at < b.at ? -1 : 1)).at(-1)?.status !== 'resolved',
  );
  const index: Expected = {
    path: 'index.html',
    marks: [
      ...release.components.map((id) => [`/components/${id}/"`, `the component ${id}`] as const),
      ...open.map(([path]) => [`/${path}"`, `the open incident ${path.split('/')[1] ?? ''}`] as const),
    ],
  };
  const pages = [...folders].map(([path, told]) => ({
    path: `${path}index.html`,
    marks: told.map(({ update }) => [`id="${update}"`, `the update ${update}`] as const),
  }));
  return [index, { path: 'history/index.html', marks: [] }, ...pages];
}

/** What is missing from the site itself, whatever is live: each in one line. */
export async function brokenParts(
  site: SiteReader,
  release: Release,
  updates: readonly ToldUpdate[],
): Promise<string[]> {
  const broken: string[] = [];
  for (const { path, marks } of expectedPages(release, updates)) {
    const html = await site.read(path);
    const lacks = html === null ? 'is not there' : lacksFrame(html);
    if (lacks !== null) broken.push(`${path} ${lacks}`);
    else
      broken.push(
        ...marks.filter(([mark]) => !html?.includes(mark)).map(([, said]) => `${path} does not show ${said}`),
      );
  }
  const rss = await site.read('rss.xml');
  if (rss === null || !rss.trimEnd().endsWith('</rss>'))
    broken.push(`rss.xml ${rss === null ? 'is not there' : 'ends in the middle'}`);
  else if (release.newestUpdate !== null && !rss.includes(release.newestUpdate))
    broken.push('rss.xml lacks the newest update');
  for (const [year, hash] of Object.entries(release.updates)) {
    const text = await site.read(`api/updates/${year}.json`);
    if (text === null || createHash('sha256').update(text).digest('hex') !== hash)
      broken.push(`api/updates/${year}.json is not as it was built`);
  }
  return broken;
}
