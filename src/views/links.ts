import type { Month } from '../domain/calendar.ts';
import type { Settings } from '../domain/settings.ts';

/** Addresses of the site below its root, all beginning with `/`. */
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

/** The absolute address of a path: for feeds, permalinks and metadata. */
export function absolute(settings: Settings, path: string): string {
  return `${settings.url}${path}`;
}

/** The address of a path on its own host, for links between pages: holds when the site is in a folder of its host. */
export function local(settings: Settings, path: string): string {
  return `${new URL(settings.url).pathname.replace(/\/$/, '')}${path}`;
}
