import type { Site } from './lib/domain/site.ts';

/**
 * Vite gives pages their own copy of this module, so the integration hands the content over on
 * `globalThis`. Content must not become a module: every page would depend on all of it.
 */
const place = Symbol.for('halfpast.site');

type Holder = { [place]?: () => Promise<Site> };

/** Called by the integration before Astro renders anything. `load` is called for every page, so it should remember. */
export function provideSite(load: () => Promise<Site>): void {
  (globalThis as Holder)[place] = load;
}

/**
 * What the content folder says: settings, components, incidents (newest first), maintenance windows and
 * published postmortems. For every page and endpoint, including your own:
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
