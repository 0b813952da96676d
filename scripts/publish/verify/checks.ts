import { languages } from '../../../src/lib/words/words.ts';
import { responseText } from '../../live/http.ts';
import { apiLists, checkApi, checkFile, checkNewest, isPage } from './responses.ts';
import {
  type BuiltSite,
  checkRelease,
  type Get,
  note,
  problem,
  servedPath,
  type VerifyFinding,
} from './served-files.ts';

/** The files that every visitor, feed reader and script requests: always checked. */
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

/** How many other files are checked. */
const others = 60;

/** FNV-1a: spreads files evenly, and differently for each release. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (const character of text) value = Math.imul(value ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  return value;
}

/** The path of the newest update's page below the root, such as `/incidents/…/`; null for a site without updates. */
function newestPage({ release }: BuiltSite): string | null {
  const match = /\/((?:incidents|maintenance)\/[^/#]+\/)#/.exec(release.newestUpdate ?? '');
  return match?.[1] === undefined ? null : `/${match[1]}`;
}

/**
 * The files to check: the main ones, the newest update's, and some of the others. Each release has its own sample,
 * so that every file is checked sooner or later.
 */
function sample(site: BuiltSite): string[] {
  const page = newestPage(site);
  const first = [...always, ...(page === null ? [] : [`${page}index.html`, `${page.replace(/\/$/, '')}.txt`])];
  const main = ['', ...languages.map((language) => `/${language.toLowerCase()}`)].flatMap((folder) =>
    first.map((file) => folder + file),
  );
  const built = new Set(site.files);
  const known = main.filter((file) => built.has(file));
  // A host may serve its own page at /404.html, and release.json has its own checks.
  const rest = site.files.filter((file) => !main.includes(file) && !['/404.html', '/release.json'].includes(file));
  const chosen = rest
    .toSorted((a, b) => hash(site.release.content + a) - hash(site.release.content + b))
    .slice(0, others);
  return [...known, ...chosen.sort()];
}

/** The paths of the assets that a page loads from its own site, without anchors and queries. */
function assetsOf(html: string, base: string, home: string): string[] {
  // The text of a script inside the page may look like a tag.
  const markup = html.replaceAll(/(<script[^>]*>)[\s\S]*?<\/script>/g, '$1');
  const tags = markup.match(/<(?:link|script|img|source|iframe)\s[^>]*>/g) ?? [];
  const needed = tags.filter(
    (tag) => !tag.startsWith('<link') || /rel="[^"]*(?:stylesheet|icon|preload|manifest)/.test(tag),
  );
  const given = needed.flatMap((tag) => /\s(?:src|href)="([^"]*)"/.exec(tag)?.[1] ?? []);
  const root = new URL(home.endsWith('/') ? home : `${home}/`);
  return given.flatMap((reference) => {
    const address = URL.parse(reference.replaceAll('&amp;', '&'), new URL(base.slice(1), root));
    if (address === null || address.origin !== root.origin || !address.pathname.startsWith(root.pathname)) return [];
    return [decodeURIComponent(`/${address.pathname.slice(root.pathname.length)}`)];
  });
}

/** One check of the served site, repeated until it finds no problem. */
export type Check = { readonly name: string; readonly run: () => Promise<VerifyFinding[]> };

export type Target = {
  readonly site: BuiltSite;
  /** Where it is served, without a trailing slash. */
  readonly url: string;
  readonly get: Get;
  /** A new query, to bypass caches. */
  readonly fresh: () => string;
};

function releaseChecks({ site, url, get, fresh }: Target): Check[] {
  const address = `${url}/release.json`;
  return [
    { name: 'release', run: async () => checkRelease(site.release, await get(address), '') },
    {
      name: 'release with caches bypassed',
      run: async () => checkRelease(site.release, await get(`${address}?${fresh()}`), ' with caches bypassed'),
    },
  ];
}

function fileCheck({ site, url, get }: Target, file: string): Check {
  return {
    name: file,
    run: async () => checkFile(file, await site.read(file), await get(`${url}${servedPath(file)}`)),
  };
}

async function assetChecks({ site, url, get }: Target, files: readonly string[]): Promise<Check[]> {
  const home = site.release.url ?? url;
  const referenced = new Map<string, string>();
  for (const file of files.filter(isPage)) {
    const html = new TextDecoder().decode(await site.read(file));
    for (const asset of assetsOf(html, servedPath(file), home)) referenced.set(asset, file);
  }
  return [...referenced]
    .filter(([asset]) => !files.includes(asset))
    .map(([asset, page]) => ({
      name: asset,
      run: async () => {
        const answer = await get(`${url}${servedPath(asset)}`);
        if (site.files.includes(asset)) return checkFile(asset, await site.read(asset), answer);
        return answer.kind === 'answer' && answer.status === 200
          ? []
          : [problem('asset', asset, `is missing, and ${servedPath(page)} needs it`)];
      },
    }));
}

function newestCheck({ site, url, get }: Target): Check[] {
  const page = newestPage(site);
  const update = site.release.newestUpdate;
  if (page === null || update === null) return [];
  // checkFile reports a file that isn't there.
  const text = async (path: string): Promise<string | null> => responseText(await get(`${url}${path}`));
  const year = /#(\d{4})/.exec(update)?.[1] ?? '';
  const records = `/api/updates/${year}.json`;
  const run = async (): Promise<VerifyFinding[]> => {
    const [index, feed, html, sitemap, json] = await Promise.all([
      text('/'),
      text('/rss.xml'),
      text(page),
      text('/sitemap.xml'),
      site.files.includes(records) ? text(records) : null,
    ]);
    return checkNewest({ update, page, index, feed, html, sitemap, records: json });
  };
  return [{ name: 'newest update', run }];
}

/** A check for each built API file with updates. */
function apiChecks({ site, url, get }: Target): Check[] {
  return apiLists
    .filter((file) => site.files.includes(file))
    .map((file) => ({
      name: `updates in ${file}`,
      run: async () => checkApi(file, await site.read(file), await get(`${url}${file}`)),
    }));
}

/** An address that no site has. It's always the same, so that caches don't fill up. */
const nowhere = '/an-address-that-is-not-there/';

/** How the host handles addresses: worth knowing, but not a problem with the site. */
function addressChecks({ url, get }: Target): Check[] {
  const where = async (): Promise<VerifyFinding[]> => {
    const answer = await get(`${url}/`);
    return answer.kind === 'none' || answer.redirectedTo === undefined
      ? []
      : [note('redirect', '/', `redirects to ${answer.redirectedTo}`)];
  };
  const missing = async (): Promise<VerifyFinding[]> => {
    const answer = await get(`${url}${nowhere}`);
    if (answer.kind === 'none' || answer.status === 404 || answer.status === 410) return [];
    const consequence = answer.status === 200 ? ', so customers and programs take it for a page' : '';
    return [note('not-found', nowhere, `returns status ${answer.status} for a missing page, not 404${consequence}`)];
  };
  return [
    { name: 'redirect', run: where },
    { name: 'not found', run: missing },
  ];
}

/** All checks of a site. */
export async function checksOf(target: Target): Promise<Check[]> {
  const files = sample(target.site);
  return [
    ...releaseChecks(target),
    ...newestCheck(target),
    ...apiChecks(target),
    ...files.map((file) => fileCheck(target, file)),
    ...(await assetChecks(target, files)),
    ...addressChecks(target),
  ];
}
