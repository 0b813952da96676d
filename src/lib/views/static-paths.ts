import { createHash } from 'node:crypto';
import { yearOf } from '../domain/calendar.ts';
import { type Event, isIncident } from '../domain/event.ts';
import { type Incident, isOpen } from '../domain/incident.ts';
import { maintenanceStatus } from '../domain/maintenance.ts';
import { owedPostmortem, remedyOf } from '../domain/owed.ts';
import type { Site } from '../domain/site.ts';
import { announcedPostmortem, incidentImage, onceFor, postmortemsBySlug } from './lookup.ts';

/** A page as Astro's `getStaticPaths` returns it. */
export type StaticPath<P extends Readonly<Record<string, string>>, V> = {
  readonly params: P;
  readonly props: V;
  /** If the key is unchanged, Astro reuses the file from the previous build. */
  readonly cacheKey: string;
};

/** `shown` must include everything that the page shows, including settings. */
export function cacheKey(shown: unknown): string {
  return createHash('sha256').update(JSON.stringify(shown)).digest('base64url');
}

/** For pages with a view that's cheap to create: derives the key from the view. */
export function viewedPath<P extends Readonly<Record<string, string>>, V>(
  params: P,
  view: V,
): StaticPath<P, { readonly view: V }> {
  return { params, props: { view }, cacheKey: cacheKey(view) };
}

const imageTypes: Readonly<Record<string, string>> = { jpg: 'image/jpeg', svg: 'image/svg+xml' };

/** The images in texts, served from `/images/` at their paths in the content folder. */
export function imagePaths({ images }: Site): StaticPath<{ path: string }, { bytes: Uint8Array; type: string }>[] {
  return images.map(({ path, hash, bytes }) => {
    const ending = path.slice(path.lastIndexOf('.') + 1);
    return { params: { path }, props: { bytes, type: imageTypes[ending] ?? `image/${ending}` }, cacheKey: hash };
  });
}

/*
 * Sources: the data behind pages that exist many times. If a page's source is unchanged, the page isn't rendered
 * again, so a source must include everything that its view uses. The incremental build tests check that open incidents
 * depend on the clock and resolved ones don't.
 */

/** A short digest of an object, for use in sources. */
export const digest = onceFor<object, string>(cacheKey);

const digestOf = (part: object | null): string | null => (part === null ? null : digest(part));

/** What all pages use: settings, component names and the navigation. */
export const frameSource = ({ settings, groups, pages }: Site): readonly unknown[] => [
  digest(settings),
  digest(groups),
  pages.flatMap(({ slug, title, navigation }) => (navigation === null ? [] : [[slug, title]])),
];

function incidentParts(site: Site, incident: Incident): readonly unknown[] {
  const postmortem = postmortemsBySlug(site).get(incident.slug);
  return [
    digest(incident),
    incidentImage(site, incident),
    postmortem !== undefined,
    remedyOf(incident, postmortem),
    owedPostmortem(site, incident),
    // Whether the navigation includes postmortems.
    site.postmortems.length > 0,
  ];
}

/** For an incident's page and plain text. */
export function incidentSource(site: Site, incident: Incident): readonly unknown[] {
  return [...frameSource(site), ...incidentParts(site, incident), isOpen(incident) ? site.now : null];
}

/** A complete incident or maintenance window, with its postmortem. Windows can end by the clock alone. */
const eventSource = (site: Site, event: Event): readonly unknown[] => [
  digest(event),
  isIncident(event) ? digestOf(announcedPostmortem(site, event.slug)) : maintenanceStatus(event, site.now),
];

/** Incidents and maintenance windows, by the years (UTC) of their updates. */
const eventsByYear = onceFor((site: Site): ReadonlyMap<string, readonly Event[]> => {
  const found = new Map<string, Set<Event>>();
  for (const event of [...site.incidents, ...site.maintenances]) {
    for (const { record } of event.updates) {
      const year = yearOf(record.at);
      found.set(year, (found.get(year) ?? new Set()).add(event));
    }
  }
  return new Map([...found].map(([year, events]) => [year, [...events]]));
});

/** For the files of a year (UTC): everything that has an update in that year. */
export function yearSource(site: Site, year: string): readonly unknown[] {
  return [...frameSource(site), year, (eventsByYear(site).get(year) ?? []).map((event) => eventSource(site, event))];
}
