import { type Instant, type Month, monthOf } from '../domain/calendar.ts';
import type { Incident } from '../domain/incident.ts';
import type { Maintenance } from '../domain/maintenance.ts';
import type { Postmortem } from '../domain/postmortem.ts';
import type { Settings } from '../domain/settings.ts';
import { allComponents, componentStatusesNow, type Site } from '../domain/site.ts';
import { barWindow, componentHistories } from '../domain/uptime.ts';
import type { Component } from '../domain/vocabulary.ts';
import { wordsFor } from '../words/words.ts';

/** Paths of the site, relative to its root. */
export const paths = {
  home: '/',
  history: '/history/',
  month: (month: Month) => `/history/${month}/`,
  incident: (slug: string) => `/incidents/${slug}/`,
  incidentText: (slug: string) => `/incidents/${slug}.txt`,
  maintenance: (slug: string) => `/maintenance/${slug}/`,
  maintenanceText: (slug: string) => `/maintenance/${slug}.txt`,
  component: (id: string) => `/components/${id}/`,
  componentRss: (id: string) => `/components/${id}/rss.xml`,
  postmortems: '/postmortems/',
  postmortem: (slug: string) => `/postmortems/${slug}/`,
  postmortemsRss: '/postmortems/rss.xml',
  rss: '/rss.xml',
  atom: '/atom.xml',
  jsonFeed: '/feed.json',
  maintenanceRss: '/maintenance/rss.xml',
  historyRss: '/history.rss',
  historyAtom: '/history.atom',
  feedStyle: '/feed.css',
  calendar: '/maintenance.ics',
  subscribe: '/subscribe/',
  badge: '/badge.svg',
  componentBadge: (id: string) => `/components/${id}/badge.svg`,
  compose: '/compose/',
  embed: '/embed/',
  embedScript: '/embed.js',
  summary: '/api/v2/summary.json',
  schemas: '/api/schema/',
  sitemap: '/sitemap.xml',
} as const;

/** The absolute URL of a path, for feeds, permalinks and metadata. */
export function absolute(settings: Settings, path: string): string {
  return `${settings.url}${path}`;
}

/** The path on its host, for links between pages: it includes the folder of a site that isn't at the root. */
export function local(settings: Settings, path: string): string {
  return `${new URL(settings.url).pathname.replace(/\/$/, '')}${path}`;
}

/** Caches a value derived from an object for as long as the object exists. */
export function onceFor<K extends object, V>(derive: (key: K) => V): (key: K) => V {
  const known = new WeakMap<K, { readonly value: V }>();
  return (key) => {
    const found = known.get(key) ?? { value: derive(key) };
    known.set(key, found);
    return found.value;
  };
}

const componentsById = onceFor(
  (site: Site): ReadonlyMap<string, Component> =>
    new Map(allComponents(site).map((component) => [component.id, component])),
);

export const incidentsBySlug = onceFor(
  (site: Site): ReadonlyMap<string, Incident> => new Map(site.incidents.map((incident) => [incident.slug, incident])),
);

export const postmortemsBySlug = onceFor(
  (site: Site): ReadonlyMap<string, Postmortem> =>
    new Map(site.postmortems.map((postmortem) => [postmortem.slug, postmortem])),
);

export const histories = onceFor((site: Site) => componentHistories(site.incidents));
export const statusesNow = onceFor(componentStatusesNow);
export const barDaysOf = onceFor((site: Site) => barWindow(site.now, site.settings.timeZone));

/** Checked content only uses known ids. */
export function componentName(site: Site, id: string): string {
  return componentsById(site).get(id)?.name ?? id;
}

export type MonthContent = { readonly incidents: Incident[]; readonly maintenances: Maintenance[] };

/** What began in each month of the site's time zone, newest month first. */
export const months = onceFor((site: Site): ReadonlyMap<Month, MonthContent> => {
  const found = new Map<Month, MonthContent>();
  const at = (instant: Instant): MonthContent => {
    const month = monthOf(instant, site.settings.timeZone);
    const content = found.get(month) ?? { incidents: [], maintenances: [] };
    found.set(month, content);
    return content;
  };
  for (const incident of site.incidents) at(incident.startedAt).incidents.push(incident);
  for (const maintenance of site.maintenances) at(maintenance.window.from).maintenances.push(maintenance);
  return new Map([...found].toSorted(([a], [b]) => (a < b ? 1 : -1)));
});

/** `2 incidents, 1 maintenance window` */
export function monthSummary({ settings }: Site, { incidents, maintenances }: MonthContent): string {
  return wordsFor(settings).history.monthSummary(incidents.length, maintenances.length);
}
