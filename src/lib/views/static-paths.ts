import { createHash } from 'node:crypto';
import { type Month, yearOf } from '../domain/calendar.ts';
import { type Incident, isOpen } from '../domain/incident.ts';
import { isCancelled, type Maintenance, maintenanceStatus } from '../domain/maintenance.ts';
import type { Site } from '../domain/site.ts';
import { type MonthContent, months, onceFor, postmortemsBySlug } from './lookup.ts';

/** One page of a route with a parameter, as Astro's `getStaticPaths` returns it. */
export type StaticPath<P extends Readonly<Record<string, string>>, V> = {
  readonly params: P;
  readonly props: V;
  /** With an equal key, Astro takes the file from the previous build. */
  readonly cacheKey: string;
};

/** A key made from `shown`, which must hold everything the page shows, settings included. */
export function cacheKey(shown: unknown): string {
  return createHash('sha256').update(JSON.stringify(shown)).digest('base64url');
}

/** A page whose view is cheap to make: the view is its own key. */
export function viewedPath<P extends Readonly<Record<string, string>>, V>(
  params: P,
  view: V,
): StaticPath<P, { readonly view: V }> {
  return { params, props: { view }, cacheKey: cacheKey(view) };
}

/*
 * What the pages of which there are many are made from. With an equal source a page need not be made
 * again, so a source must hold all that the page's view takes; that an open incident looks at the
 * clock, and one that is over never does, is held by the tests of incremental builds.
 */

/** Stands for an object in a source, short and worked out once. */
export const digest = onceFor((part: object): string =>
  createHash('sha256').update(JSON.stringify(part)).digest('base64url'),
);

/** What every page takes from the site: its settings and the names of components. */
export const frameSource = ({ settings, groups }: Site): readonly unknown[] => [digest(settings), digest(groups)];

const entrySource = (site: Site, incident: Incident): readonly unknown[] => [
  digest(incident),
  postmortemsBySlug(site).has(incident.slug),
];

/** Of an incident's own page and text. */
export function incidentSource(site: Site, incident: Incident): readonly unknown[] {
  return [...frameSource(site), ...entrySource(site, incident), isOpen(incident) ? site.now : null];
}

/** What views/entry-view.ts takes: less than all, so that a further update leaves the lists as they are. */
const listedIncident = (
  site: Site,
  { slug, title, status, impact, startedAt, resolvedAt, worstComponents }: Incident,
): readonly unknown[] => [
  slug,
  title,
  status,
  impact,
  startedAt,
  resolvedAt,
  worstComponents,
  postmortemsBySlug(site).has(slug),
];

const listedMaintenance = (site: Site, maintenance: Maintenance): readonly unknown[] => {
  const { slug, title, window, components } = maintenance;
  return [slug, title, window, components, maintenanceStatus(maintenance, site.now), isCancelled(maintenance)];
};

/** Of the page of a month, which also leads to its neighbours. */
export function monthSource(site: Site, month: Month): readonly unknown[] {
  const { incidents = [], maintenances = [] }: Partial<MonthContent> = months(site).get(month) ?? {};
  return [
    ...frameSource(site),
    month,
    [...months(site).keys()],
    incidents.map((incident) => listedIncident(site, incident)),
    maintenances.map((maintenance) => listedMaintenance(site, maintenance)),
  ];
}

/** Of a whole incident or maintenance, of which the clock may have ended the work. */
const wholeSource = (site: Site, entry: Incident | Maintenance): readonly unknown[] => [
  digest(entry),
  'window' in entry ? maintenanceStatus(entry, site.now) : null,
];

type Told = Incident | Maintenance;

/** What has an update in each year of UTC. */
const toldIn = onceFor((site: Site): ReadonlyMap<string, readonly Told[]> => {
  const found = new Map<string, Set<Told>>();
  for (const entry of [...site.incidents, ...site.maintenances]) {
    for (const { record } of entry.updates) {
      const year = yearOf(record.at);
      found.set(year, (found.get(year) ?? new Set()).add(entry));
    }
  }
  return new Map([...found].map(([year, entries]) => [year, [...entries]]));
});

/** Of the files of one year of UTC: every incident and maintenance that has an update in it. */
export function yearSource(site: Site, year: string): readonly unknown[] {
  return [...frameSource(site), year, (toldIn(site).get(year) ?? []).map((entry) => wholeSource(site, entry))];
}
