import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Code } from './code-digest.ts';
import { isAsSealed, seal } from './seal.ts';
import { stale, touch } from './stale.ts';

/** Makes any file of the site that is provided. */
export type SiteProgram = {
  readonly render: (file: string) => Promise<Uint8Array>;
  /** The folder with the files that are the same for every site. */
  readonly common: string;
};

/** Where bundles are kept, below the root of Halfpast; a machine that forgets all between builds is to carry this along. */
export const programs = 'node_modules/.astro';

/** Where in its folder a bundle of Astro's begins, and where it has the files that are the same for every site. */
const [bundleEntry, bundlePublic] = ['server/entry.mjs', 'client'] as const;

/** How often this process has loaded a bundle: Node would run what it knows of an earlier one in the same place. */
let loads = 0;

/** The address, below the root of the site, at which Astro makes a file. */
const addressOf = (file: string): string => `/${file.replace(/(^|\/)index\.html$/, '$1').replace(/\.html$/, '')}`;

/** A new folder to bundle into. Its name was used before: for each new one, Node would keep anew what it compiled. */
function emptySlot(places: string): string {
  mkdirSync(places, { recursive: true });
  for (let slot = 0; ; slot += 1) {
    const folder = join(places, `building-${slot}`);
    try {
      mkdirSync(folder);
      return folder;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
}

/** Puts a new bundle in its place, unless there is a whole one: another build may be running it. */
function settle(bundled: string, place: string): boolean {
  if (isAsSealed(place)) return false;
  rmSync(place, { recursive: true, force: true });
  try {
    renameSync(bundled, place);
    return true;
  } catch (error) {
    if (existsSync(place)) return false;
    throw error;
  }
}

/**
 * Gives `use` what Astro has bundled of the pages: once for the same `code`, unless `anew`. It is kept in
 * the `node_modules` of Halfpast's own folder, `root`, since it runs there and holds nothing of any content.
 */
export async function withSiteProgram<T>(root: string, code: Code, anew: boolean, use: (program: SiteProgram) => Promise<T>): Promise<T> {
  const places = join(root, programs);
  const place = join(places, `program-${code.digest}`);
  if (!anew && isAsSealed(place)) {
    touch(place);
    return use(await load(place));
  }
  // Only now: to load Astro takes longer than to build a small site with what it once bundled.
  const { bundleSite } = await import('./bundle-site.ts');
  const building = emptySlot(places);
  try {
    await bundleSite(root, building);
    seal(building);
    for (const left of stale(places, /^(?:program-[0-9a-f]+|building-\d+)$/)) rmSync(left, { recursive: true, force: true });
    const isSettled = code.isStill() && settle(building, place);
    return await use(await load(isSettled ? place : building));
  } finally {
    rmSync(building, { recursive: true, force: true });
  }
}

async function load(folder: string): Promise<SiteProgram> {
  loads += 1;
  const { render } = (await import(`${pathToFileURL(join(folder, bundleEntry)).href}?${loads}`)) as { render: (request: Request) => Promise<Response> };
  return {
    common: join(folder, bundlePublic),
    render: async (file) => {
      const response = await render(new Request(new URL(addressOf(file), 'http://localhost')));
      if (response.status !== 200 && file !== '404.html') throw new Error(`${file} could not be made: Astro answered with ${response.status}`);
      return new Uint8Array(await response.arrayBuffer());
    },
  };
}
