import { type Ask, type Finding, note, problem } from './answer.ts';
import { type BuiltSite, servedPath } from './built-site.ts';
import { apiLists, judgeApi } from './judge-api.ts';
import { judgeFile } from './judge-file.ts';
import { judgeNewest } from './judge-newest.ts';
import { judgeRelease } from './judge-release.ts';
import { isPage } from './media-types.ts';
import { assetsOf, newestPage, sample } from './sample.ts';

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
