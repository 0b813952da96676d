import { apiLists, isPage, judgeApi, judgeFile, judgeNewest } from './judge.ts';
import { type Ask, type BuiltSite, type Finding, judgeRelease, note, problem, servedPath } from './served-files.ts';

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
function newestPage({ release }: BuiltSite): string | null {
  const match = /\/((?:incidents|maintenance)\/[^/#]+\/)#/.exec(release.newestUpdate ?? '');
  return match?.[1] === undefined ? null : `/${match[1]}`;
}

/**
 * The files to be checked: the main ones, the newest update's, and some of the others. Another release
 * has another sample, so that in time all are looked at; the same release has the same.
 */
function sample(site: BuiltSite): string[] {
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
function assetsOf(html: string, base: string, home: string): string[] {
  // The text of a script inside the page may look like a tag.
  const markup = html.replaceAll(/(<script[^>]*>)[\s\S]*?<\/script>/g, '$1');
  const tags = markup.match(/<(?:link|script|img|source|iframe)\s[^>]*>/g) ?? [];
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

/** One look at the served site; run again until it finds nothing. */
export type Check = { readonly name: string; readonly run: () => Promise<Finding[]> };

export type Target = {
  readonly site: BuiltSite;
  /** Where it is served, without a slash at the end. */
  readonly url: string;
  readonly ask: Ask;
  /** A query that no cache has seen. */
  readonly fresh: () => string;
};

function releaseChecks({ site, url, ask, fresh }: Target): Check[] {
  const address = `${url}/release.json`;
  return [
    { name: 'release', run: async () => judgeRelease(site.release, await ask(address), 'to everybody') },
    {
      name: 'release past caches',
      run: async () => judgeRelease(site.release, await ask(`${address}?${fresh()}`), 'even past caches'),
    },
  ];
}

function fileCheck({ site, url, ask }: Target, file: string): Check {
  return {
    name: file,
    run: async () => judgeFile(file, await site.read(file), await ask(`${url}${servedPath(file)}`)),
  };
}

async function assetChecks({ site, url, ask }: Target, files: readonly string[]): Promise<Check[]> {
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
        const answer = await ask(`${url}${servedPath(asset)}`);
        if (site.files.includes(asset)) return judgeFile(asset, await site.read(asset), answer);
        return answer.kind === 'answer' && answer.status === 200
          ? []
          : [problem(asset, `is needed by ${servedPath(page)} and is not there`)];
      },
    }));
}

function newestCheck({ site, url, ask }: Target): Check[] {
  const page = newestPage(site);
  const update = site.release.newestUpdate;
  if (page === null || update === null) return [];
  const text = async (path: string): Promise<string | null> => {
    const answer = await ask(`${url}${path}`);
    // What does not answer is told by the check of that file.
    return answer.kind === 'answer' && answer.status === 200 ? new TextDecoder().decode(answer.body) : null;
  };
  const year = /#(\d{4})/.exec(update)?.[1] ?? '';
  const records = `/api/updates/${year}.json`;
  const run = async (): Promise<Finding[]> => {
    const [index, feed, html, plain, sitemap] = await Promise.all(
      ['/', '/rss.xml', page, `${page.replace(/\/$/, '')}.txt`, '/sitemap.xml'].map(text),
    );
    const inJson = site.files.includes(records) ? await text(records) : null;
    return judgeNewest({
      update,
      page,
      index: index ?? null,
      feed: feed ?? null,
      html: html ?? null,
      text: plain ?? null,
      sitemap: sitemap ?? null,
      records: inJson,
    });
  };
  return [{ name: 'newest update', run }];
}

/** A look at each list of updates in the API that was built. */
function apiChecks({ site, url, ask }: Target): Check[] {
  return apiLists
    .filter((file) => site.files.includes(file))
    .map((file) => ({
      name: `updates in ${file}`,
      run: async () => judgeApi(file, await site.read(file), await ask(`${url}${file}`)),
    }));
}

/** No site of Halfpast has it, and the same each time so that no cache fills up with such. */
const nowhere = '/an-address-that-is-not-there/';

/** What the host makes of addresses as such: good to know, and no fault of what is served. */
function addressChecks({ url, ask }: Target): Check[] {
  const where = async (): Promise<Finding[]> => {
    const answer = await ask(`${url}/`);
    return answer.kind === 'none' || answer.redirectedTo === undefined
      ? []
      : [note('/', `redirects to ${answer.redirectedTo}`)];
  };
  const missing = async (): Promise<Finding[]> => {
    const answer = await ask(`${url}${nowhere}`);
    if (answer.kind === 'none' || answer.status === 404 || answer.status === 410) return [];
    const taken = answer.status === 200 ? ': customers and programs take it for a page' : '';
    return [note(nowhere, `answers ${answer.status} for an address that is not there, not 404${taken}`)];
  };
  return [
    { name: 'redirect', run: where },
    { name: 'not found', run: missing },
  ];
}

/** All there is to look at. */
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
