import type { Month } from '../domain/calendar.ts';
import type { Settings } from '../domain/settings.ts';
import type { Site } from '../domain/site.ts';

/** Paths on the site, relative to its root. */
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
  announcement: (slug: string) => `/announcements/${slug}/`,
  rss: '/rss.xml',
  atom: '/atom.xml',
  jsonFeed: '/feed.json',
  maintenanceRss: '/maintenance/rss.xml',
  historyRss: '/history.rss',
  historyAtom: '/history.atom',
  feedStyle: '/feed.css',
  feedScript: '/feed.js',
  calendar: '/maintenance.ics',
  subscribe: '/subscribe/',
  developers: '/developers/',
  stateImage: (condition: string) => `/share/${condition.replaceAll('_', '-')}.png`,
  incidentImage: (slug: string) => `/share/incidents/${slug}.png`,
  postmortemImage: (slug: string) => `/share/postmortems/${slug}.png`,
  ownPage: (slug: string) => `/${slug}/`,
  image: (path: string) => `/images/${path}`,
  badge: '/badge.svg',
  icon: (name: string) => `/icons/${name}.svg`,
  componentBadge: (id: string) => `/components/${id}/badge.svg`,
  compose: '/compose/',
  embed: '/embed/',
  embedScript: '/embed.js',
  summary: '/api/v2/summary.json',
  schemas: '/api/schema/',
  sitemap: '/sitemap.xml',
} as const;

/** Matches paths that all languages share, because they contain no words, or always the same ones. */
const shared = /^\/(?:(?:api|compose|icons|images)\/|(?:embed|feed)\.js$|sitemap\.xml$|404\.html$)/;

/** Whether a path exists once per language. */
export const isPerLanguage = (path: string): boolean => !shared.test(path);

/** Returns a path relative to the site's root, in the folder of the current language. */
const inFolder = ({ folder }: Settings, path: string): string => (isPerLanguage(path) ? `${folder}${path}` : path);

/** Returns the absolute URL of a path, for feeds, permalinks and metadata. */
export function absolute(settings: Settings, path: string): string {
  return `${settings.url}${inFolder(settings, path)}`;
}

/** Returns a path on the host, for links between pages. Includes the site's folder if it isn't at the root. */
export function local(settings: Settings, path: string): string {
  return `${new URL(settings.url).pathname.replace(/\/$/, '')}${inFolder(settings, path)}`;
}

/** Returns settings for URLs in the first language and for files in `public/`. */
export const inFirstLanguage = (settings: Settings): Settings => ({ ...settings, folder: '' });

/**
 * Returns the URL that identifies something in feeds: its page in the first language. That way, readers who follow two
 * languages or switch between them get each item once.
 */
export const identity = (settings: Settings, path: string): string => absolute(inFirstLanguage(settings), path);

export function updatePermalink({ settings }: Pick<Site, 'settings'>, page: string, id: string): string {
  return `${absolute(settings, page)}#${id}`;
}

/** The top-level folders of pages that exist once per language. */
export const pageFolders = Object.values(paths)
  .map((path) => (typeof path === 'string' ? path : path('' as never)))
  .filter((path) => path.endsWith('/') && isPerLanguage(path))
  .flatMap((path) => path.split('/')[1] || []);
