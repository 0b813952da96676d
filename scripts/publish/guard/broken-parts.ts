import { createHash } from 'node:crypto';
import { mainOf, type Release } from '../../../src/lib/api/release.ts';
import type { SiteReader } from '../../live/site-reader.ts';
import type { LiveUpdate } from '../../live/snapshot.ts';

const filled = /<title>[^<]*\S[^<]*<\/title>/;

/** What's wrong with the structure of a page; null if nothing is. */
function structureProblem(html: string): string | null {
  if (!html.trimEnd().endsWith('</html>')) return 'is truncated';
  if (!filled.test(html)) return 'has no title';
  const main = mainOf(html);
  if (main === null) return 'has no content';
  return /<h1\b[^>]*>(?!\s*<\/h1>)/.test(main) ? null : 'has no heading';
}

type Expected = { readonly path: string; readonly marks: readonly (readonly [mark: string, name: string])[] };

/** The pages that must exist, and what each must contain. */
function expectedPages(release: Release, updates: readonly LiveUpdate[]): Expected[] {
  const folders = Map.groupBy(updates, ({ id }) => id.slice(1).replace(/#.*$/, ''));
  // A build lists its updates oldest first.
  const open = [...folders].filter(([, group]) => group[0]?.kind === 'incident' && group.at(-1)?.status !== 'resolved');
  const index: Expected = {
    path: 'index.html',
    marks: [
      ...release.components.map((id) => [`/components/${id}/"`, `the component ${id}`] as const),
      ...open.map(([path]) => [`/${path}"`, `the open incident ${path.split('/')[1] ?? ''}`] as const),
    ],
  };
  const pages = [...folders].map(([path, group]) => ({
    path: `${path}index.html`,
    marks: group.map(({ update }) => [`id="${update}"`, `the update ${update}`] as const),
  }));
  return [index, { path: 'history/index.html', marks: [] }, ...pages];
}

/** What's missing from the built site, one line each. */
export async function brokenParts(
  site: SiteReader,
  release: Release,
  updates: readonly LiveUpdate[],
): Promise<string[]> {
  const broken: string[] = [];
  for (const { path, marks } of expectedPages(release, updates)) {
    const html = await site.read(path);
    const wrong = html === null ? 'is missing' : structureProblem(html);
    if (wrong !== null) broken.push(`${path} ${wrong}`);
    else
      broken.push(...marks.filter(([mark]) => !html?.includes(mark)).map(([, name]) => `${path} doesn't show ${name}`));
  }
  const rss = await site.read('rss.xml');
  if (rss === null || !rss.trimEnd().endsWith('</rss>'))
    broken.push(`rss.xml ${rss === null ? 'is missing' : 'is truncated'}`);
  else if (release.newestUpdate !== null && !rss.includes(release.newestUpdate))
    broken.push('rss.xml has no item for the newest update');
  for (const [year, hash] of Object.entries(release.updates)) {
    const text = await site.read(`api/updates/${year}.json`);
    if (text === null || createHash('sha256').update(text).digest('hex') !== hash)
      broken.push(`api/updates/${year}.json doesn't match release.json`);
  }
  return broken;
}
