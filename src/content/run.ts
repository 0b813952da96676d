import type { Site } from '../domain/site.ts';

/**
 * How pages get the site they show. The command that starts a build reads the content and provides
 * it here. For `npm run dev` Astro has a copy of this module, so the hand-over is on `globalThis`.
 */
const place = Symbol.for('halfpast.site');

type Holder = { [place]?: () => Promise<Site> };

/** Called by the command, before Astro runs. `load` is called for every page, so it should remember. */
export function provideSite(load: () => Promise<Site>): void {
  (globalThis as Holder)[place] = load;
}

/** Called by pages. */
export async function currentSite(): Promise<Site> {
  const load = (globalThis as Holder)[place];
  if (load === undefined) {
    throw new Error('Astro was started by itself. Start it with: npm run build, npm run dev or npm start');
  }
  return load();
}
