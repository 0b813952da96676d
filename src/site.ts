import { siteIn } from './lib/domain/site-language.ts';
import type { Site } from './lib/domain/site.ts';
import { type Words, wordsFor } from './lib/words/words.ts';

/**
 * Vite gives pages a separate copy of this module, so the integration passes the content through `globalThis`. Content
 * must not be a module, or every page would depend on all of it.
 */
const place = Symbol.for('halfpast.site');

/**
 * A page's route in Astro's format: `Astro`, the context of an endpoint, and the options of `getStaticPaths`
 * all have it.
 */
export type Route = { readonly routePattern: string };

type Holder = { [place]?: () => Promise<Site> };

/**
 * Called by the integration before Astro renders anything. `load` runs once per page, so it should cache its result.
 */
export function provideSite(load: () => Promise<Site>): void {
  (globalThis as Holder)[place] = load;
}

/**
 * Returns the content: settings, components (in `groups`), incidents and `maintenances` (newest first), and published
 * postmortems. Use it in any page or endpoint, including your own:
 *
 * ```astro
 * ---
 * import { getSite } from '../site.ts';
 * const { settings, incidents } = await getSite();
 * ---
 * <p>{settings.name}: {incidents[0]?.title ?? 'no incidents yet'}</p>
 * ```
 *
 * A page that passes its route, as in `getSite(Astro)`, is published in every language of the site and gets its
 * content in that language. Without a route, the content is in the first language.
 *
 * Times are milliseconds since 1970 in UTC (`Instant`). Show them in `settings.timeZone`. A page with `getStaticPaths`
 * can return a `cacheKey` based on everything it shows. Without one, every build renders the page. In `astro dev`, the
 * promise rejects with the content's problems while there are any.
 */
export async function getSite(route?: Route): Promise<Site> {
  const load = (globalThis as Holder)[place];
  if (load === undefined)
    throw new Error('The halfpast integration is missing. Add halfpast() to integrations in astro.config.mjs');
  const site = await load();
  const language = site.settings.languages.find(
    ({ folder }) => folder !== '' && `${route?.routePattern ?? ''}/`.startsWith(`${folder}/`),
  );
  return language === undefined ? site : siteIn(site, language);
}

/** Returns all words of the page's frame, lists and labels, in the language of the page. */
export async function getWords(route: Route): Promise<Words> {
  return wordsFor((await getSite(route)).settings);
}
