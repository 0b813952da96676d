import type { BuiltSite } from './built-site.ts';

/** What every visitor, reader and script asks for: always checked. */
const always = [
  '/index.html',
  '/rss.xml',
  '/sitemap.xml',
  '/history/index.html',
  '/subscribe/index.html',
  '/postmortems/index.html',
  '/postmortems/rss.xml',
  '/atom.xml',
  '/feed.json',
  '/robots.txt',
  '/history.rss',
  '/history.atom',
  '/maintenance.ics',
  '/api/v2/summary.json',
  '/api/v2/status.json',
  '/api/v2/incidents.json',
  '/api/v2/scheduled-maintenances.json',
];

/** How many files beside those; all files of a small site. */
const others = 60;

/** A number that depends on a text alone: spreads files and releases evenly. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (const character of text) value = Math.imul(value ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  return value;
}

/** The path of the newest update's page below the root, as `/incidents/…/`; null for a site without updates. */
export function newestPage({ release }: BuiltSite): string | null {
  const match = /\/((?:incidents|maintenance)\/[^/#]+\/)#/.exec(release.newestUpdate ?? '');
  return match?.[1] === undefined ? null : `/${match[1]}`;
}

/**
 * The files to be checked: the main ones, the newest update's, and some of the others. Another release
 * has another sample, so that in time all are looked at; the same release has the same.
 */
export function sample(site: BuiltSite): string[] {
  const page = newestPage(site);
  const main = [...always, ...(page === null ? [] : [`${page}index.html`, `${page.replace(/\/$/, '')}.txt`])];
  const there = new Set(site.files);
  const known = main.filter((file) => there.has(file));
  // A host may serve its own page at /404.html, and release.json has a check of its own.
  const rest = site.files.filter((file) => !main.includes(file) && !['/404.html', '/release.json'].includes(file));
  const chosen = rest
    .toSorted((a, b) => hash(site.release.content + a) - hash(site.release.content + b))
    .slice(0, others);
  return [...known, ...chosen.sort()];
}

/** The paths of what a page needs to look and work as built, on its own host; anchors and queries left out. */
export function assetsOf(html: string, base: string, home: string): string[] {
  const tags = html.match(/<(?:link|script|img|source|iframe)\s[^>]*>/g) ?? [];
  const needed = tags.filter(
    (tag) => !tag.startsWith('<link') || /rel="[^"]*(?:stylesheet|icon|preload|manifest)/.test(tag),
  );
  const given = needed.flatMap((tag) => [/\s(?:src|href)="([^"]*)"/.exec(tag)?.[1] ?? []].flat());
  const root = new URL(home.endsWith('/') ? home : `${home}/`);
  return given.flatMap((reference) => {
    const address = URL.parse(reference.replaceAll('&amp;', '&'), new URL(base.slice(1), root));
    if (address === null || address.origin !== root.origin || !address.pathname.startsWith(root.pathname)) return [];
    return [decodeURIComponent(`/${address.pathname.slice(root.pathname.length)}`)];
  });
}
