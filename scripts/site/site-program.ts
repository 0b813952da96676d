import { existsSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { isAsSealed, seal } from './seal.ts';

/** Makes any file of the site that is provided. */
export type SiteProgram = {
  readonly render: (file: string) => Promise<Uint8Array>;
  /** The folder with the files that are the same for every site. */
  readonly common: string;
};

/** Where bundles are kept, below the root of Halfpast; a machine that forgets all between builds is to carry this along. */
export const programs = 'node_modules/.astro';

const begins = 'program-';

/** Where in its folder a bundle of Astro's begins, and where it has the files that are the same for every site. */
const [bundleEntry, bundlePublic] = ['server/entry.mjs', 'client'] as const;

/** How often this process has bundled: Node would run what it knows of an earlier bundle in the same place. */
let bundles = 0;

/** The address, below the root of the site, at which Astro makes a file. */
const addressOf = (file: string): string => `/${file.replace(/(^|\/)index\.html$/, '$1').replace(/\.html$/, '')}`;

/** Removes the bundles of other code: nothing asks for them again. */
function clear(places: string, name: string): void {
  for (const other of readdirSync(places)) {
    if (other.startsWith(begins) && other !== name) rmSync(join(places, other), { recursive: true, force: true });
  }
}

/** Puts a new bundle in its place, unless there is one: another build may be running it. */
function settle(bundled: string, place: string): boolean {
  if (existsSync(place)) return false;
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
export async function withSiteProgram<T>(root: string, code: string, anew: boolean, use: (program: SiteProgram) => Promise<T>): Promise<T> {
  const places = join(root, programs);
  const place = join(places, `${begins}${code}`);
  if (!anew && isAsSealed(place)) return use(await load(place));
  if (!anew) rmSync(place, { recursive: true, force: true });
  // Only now: to load Astro takes longer than to build a small site with what it once bundled.
  const { bundleSite } = await import('./bundle-site.ts');
  bundles += 1;
  const building = join(places, `building-${process.pid}.${bundles}`);
  try {
    await bundleSite(root, building);
    seal(building);
    clear(places, `${begins}${code}`);
    return await use(await load(settle(building, place) ? place : building));
  } finally {
    rmSync(building, { recursive: true, force: true });
  }
}

async function load(folder: string): Promise<SiteProgram> {
  const { render } = (await import(pathToFileURL(join(folder, bundleEntry)).href)) as { render: (request: Request) => Promise<Response> };
  return {
    common: join(folder, bundlePublic),
    render: async (file) => {
      const response = await render(new Request(new URL(addressOf(file), 'http://localhost')));
      if (response.status !== 200 && file !== '404.html') throw new Error(`${file} could not be made: Astro answered with ${response.status}`);
      return new Uint8Array(await response.arrayBuffer());
    },
  };
}
