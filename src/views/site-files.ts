import { allComponents, currentComponents, type Site } from '../domain/site.ts';
import { historyYear, historyYears } from './api/history.ts';
import { publishedSchemas } from './api/schemas.ts';
import { v2Files } from './api/v2-files.ts';
import { componentBadge } from './badge.ts';
import { componentFeed } from './feeds/site-feeds.ts';
import { months } from './months.ts';
import { once, onceFor } from './once-for.ts';
import { componentPage } from './pages/component-page.ts';
import { composePage } from './pages/compose-page.ts';
import { incidentPage } from './pages/incident-page.ts';
import { maintenancePage } from './pages/maintenance-page.ts';
import { monthPage } from './pages/month-page.ts';
import { postmortemPage } from './pages/postmortem-page.ts';
import { incidentText, maintenanceText } from './plain-text.ts';
import { componentFeedSource, incidentSource, monthSource, yearSource } from './sources.ts';
import { yearOfUpdates, yearsOfUpdates } from './update-records.ts';

/** One of several files of a kind. With an equal source it need not be made again, since it would show the same. */
export type Shown<V> = { readonly source: () => unknown; readonly view: () => V };

type Kind<V> = (site: Site) => ReadonlyMap<string, Shown<V>>;

/**
 * A kind of which there may be ten thousand: a view is made only when its file is. `sourceOf` gives all
 * that the view is made from.
 */
function many<T, V>(items: (site: Site) => Iterable<T>, nameOf: (item: T) => string, sourceOf: (site: Site, item: T) => unknown, viewOf: (site: Site, item: T) => V): Kind<V> {
  return onceFor((site: Site) => new Map([...items(site)].map((item) => [nameOf(item), { source: () => sourceOf(site, item), view: () => viewOf(site, item) }])));
}

/** A kind of which there are few: the view itself is the source. */
function few<T, V>(items: (site: Site) => Iterable<T>, nameOf: (item: T) => string, viewOf: (site: Site, item: T) => V): Kind<V> {
  return onceFor((site: Site) => new Map([...items(site)].map((item) => {
    const view = once(() => viewOf(site, item));
    return [nameOf(item), { source: view, view }];
  })));
}

const self = (name: string): string => name;
const ofSlug = ({ slug }: { readonly slug: string }): string => slug;
const ofId = ({ id }: { readonly id: string }): string => id;

/** The files of which there are several, by where they go; what stands between brackets is their name. */
export const kinds = {
  'incidents/[slug]/index.html': many(({ incidents }) => incidents, ofSlug, incidentSource, incidentPage),
  'incidents/[slug].txt': many(({ incidents }) => incidents, ofSlug, incidentSource, incidentText),
  'history/[month]/index.html': many((site) => months(site).keys(), self, monthSource, monthPage),
  'api/history/[year].json': many(historyYears, self, yearSource, historyYear),
  'api/updates/[year].json': many(yearsOfUpdates, self, yearSource, yearOfUpdates),
  // Those that are retired keep their feed: who follows it must not find it gone.
  'components/[id]/rss.xml': many(allComponents, ofId, componentFeedSource, componentFeed),
  'components/[id]/index.html': few(currentComponents, ofId, componentPage),
  'components/[id]/badge.svg': few(currentComponents, ofId, componentBadge),
  'maintenance/[slug]/index.html': few(({ maintenances }) => maintenances, ofSlug, maintenancePage),
  'maintenance/[slug].txt': few(({ maintenances }) => maintenances, ofSlug, maintenanceText),
  'postmortems/[slug]/index.html': few(({ postmortems }) => postmortems, ofSlug, postmortemPage),
  'api/schema/[name].json': few(({ settings }) => publishedSchemas(settings), ({ name }) => name, (_, { json }) => json),
  'api/v2/[...file].json': few((site) => Object.entries(v2Files(site)), ([name]) => name, (_, [, said]): unknown => said),
} as const;

export type KindOfFile = keyof typeof kinds;

export type ViewOf<K extends KindOfFile> = (typeof kinds)[K] extends Kind<infer V> ? V : never;

/** The files of which there is one, made anew by every build. */
const singles = [
  'index.html', '404.html', 'history/index.html', 'postmortems/index.html', 'subscribe/index.html', 'embed/index.html',
  'rss.xml', 'atom.xml', 'feed.json', 'history.rss', 'history.atom', 'maintenance/rss.xml', 'postmortems/rss.xml', 'feed.css',
  'maintenance.ics', 'badge.svg', 'api/schema/index.json', 'sitemap.xml', 'robots.txt',
] as const;

/** A file of the site, below its folder; the source is null for what every build makes anew. */
export type SiteFile = { readonly file: string; readonly source: (() => unknown) | null };

/** All that a site consists of, but for the files that are the same for every site. */
export function siteFiles(site: Site): SiteFile[] {
  const several = Object.entries<Kind<unknown>>(kinds).flatMap(([kind, shownOf]) => {
    const [place = ''] = /\[[^\]]+\]/.exec(kind) ?? [];
    return [...shownOf(site)].map(([name, { source }]): SiteFile => ({ file: kind.replace(place, name), source }));
  });
  const compose = composePage(site) === null ? [] : ['compose/index.html'];
  return [...[...singles, ...compose].map((file): SiteFile => ({ file, source: null })), ...several];
}
