import type { Site } from './lib/domain/site.ts';
import { type Words, wordsFor } from './lib/words/words.ts';

/**
 * Vite gives pages a separate copy of this module, so the integration passes the content through `globalThis`.
 * Content must not become a module: every page would depend on all of it.
 */
const place = Symbol.for('halfpast.site');

type Holder = { [place]?: () => Promise<Site> };

/** Called by the integration before Astro renders anything. `load` runs once per page, so it should cache its result. */
export function provideSite(load: () => Promise<Site>): void {
  (globalThis as Holder)[place] = load;
}

/**
 * Returns the content: settings, components (in `groups`), incidents and `maintenances` (newest first) and published
 * postmortems.
 * Use it in any page or endpoint, including your own:
 *
 * ```astro
 * ---
 * import { getSite } from '../site.ts';
 * const { settings, incidents } = await getSite();
 * ---
 * <p>{settings.name}: {incidents[0]?.title ?? 'no incidents yet'}</p>
 * ```
 *
 * Times are milliseconds since 1970 in UTC (`Instant`); `settings.timeZone` is the zone to show them in.
 * A page with `getStaticPaths` may return a `cacheKey` made from everything it shows; a page without one
 * is rendered by every build. In `astro dev`, rejects with the content's problems while there are any.
 */
export async function getSite(): Promise<Site> {
  const load = (globalThis as Holder)[place];
  if (load === undefined)
    throw new Error('The halfpast integration is missing. Add halfpast() to integrations in astro.config.mjs');
  return load();
}

/** Every word of the page's frame, lists and labels, in the language of the site's locale. */
export async function getWords(): Promise<Words> {
  return wordsFor((await getSite()).settings);
}
