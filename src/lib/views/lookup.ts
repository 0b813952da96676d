import { type Day, day as dayLength, lastDays, type Month } from '../domain/calendar.ts';
import { type DayRange, daysTouched, type Event, isIncident, monthsTouched, touches } from '../domain/event.ts';
import { type Incident, isOpen } from '../domain/incident.ts';
import type { Postmortem } from '../domain/postmortem.ts';
import type { Settings } from '../domain/settings.ts';
import { allComponents, componentStatusesNow, type Site } from '../domain/site.ts';
import { barDays, componentHistories } from '../domain/uptime.ts';
import type { Component, ComponentStatus, ShownImage } from '../domain/vocabulary.ts';
import { escapeHtml, type PublishedImages, updateHtml } from '../markdown.ts';
import { wordsFor } from '../words/words.ts';
import { absolute, pageFolders, inFirstLanguage, local, paths } from './paths.ts';

/** Returns the images in a text for `markdown.ts`, with the absolute URLs that feeds and email need. */
function publishedImages(settings: Settings, images: readonly ShownImage[]): PublishedImages {
  return new Map(
    images.map(({ src, file: { path, width, height } }) => [
      src,
      { address: absolute(settings, paths.image(path)), width, height },
    ]),
  );
}

/** Makes image URLs relative to the host, for pages: they also work in `astro dev` and in previews. */
export function withLocalImages(settings: Settings, html: string): string {
  const [from, to] = [absolute(settings, paths.image('')), local(settings, paths.image(''))].map(escapeHtml);
  return html.replaceAll(`src="${from}`, `src="${to}`);
}

/** Makes links to this site relative to the host, so that they also work in `astro dev` and in previews. */
export function withLocalLinks(settings: Settings, html: string): string {
  const root = inFirstLanguage(settings);
  const [from, to] = [absolute(root, '/'), local(root, '/')].map(escapeHtml);
  return html.replaceAll(`href="${from}`, `href="${to}`);
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

/** For how long after its start an incident has a preview image for links. */
const sharedFor = 90 * dayLength;

/** Returns the path of an incident's preview image; null if it's neither open nor recent. */
export function incidentImage({ now }: Pick<Site, 'now'>, incident: Incident): string | null {
  return isOpen(incident) || incident.startedAt > now - sharedFor ? paths.incidentImage(incident.slug) : null;
}

export const postmortemsBySlug = onceFor(
  (site: Site): ReadonlyMap<string, Postmortem> =>
    new Map(site.postmortems.map((postmortem) => [postmortem.slug, postmortem])),
);

/** Returns an incident's postmortem if it was announced to followers. Postmortems that predate that field weren't. */
export function announcedPostmortem(site: Site, slug: string): Postmortem | null {
  const postmortem = postmortemsBySlug(site).get(slug);
  return postmortem?.notify === true ? postmortem : null;
}

export const histories = onceFor((site: Site) => componentHistories(site.incidents));
const statusesNow = onceFor(componentStatusesNow);
export const barDaysOf = onceFor((site: Site) => lastDays(site.now, barDays, site.settings.timeZone));

/** Returns the status of a component at `now`. */
export function statusNow(site: Site, id: string): ComponentStatus {
  return statusesNow(site).get(id) ?? 'operational';
}

/** Valid content only uses known ids. */
export function componentName(site: Site, id: string): string {
  return componentsById(site).get(id)?.name ?? id;
}

/** An event and the days that it touches. */
export type Placed<E extends Event = Event> = { readonly event: E; readonly days: readonly DayRange[] };

const placed = onceFor((site: Site): readonly Placed[] =>
  [...site.incidents, ...site.maintenances].map((event) => ({
    event,
    days: daysTouched(event, site.now, site.settings.timeZone),
  })),
);

/** Returns everything that touches a day: incidents first, then newest first. */
export function eventsOn(site: Site, day: Day): Placed[] {
  return placed(site).filter(({ days }) => touches(days, day));
}

/** Returns the incidents that list a component, newest first. */
export const incidentsOf = onceFor((site: Site): ReadonlyMap<string, readonly Placed<Incident>[]> => {
  const found = new Map<string, Placed<Incident>[]>();
  for (const one of placed(site)) {
    if (!isIncident(one.event)) continue;
    for (const id of Object.keys(one.event.worstComponents)) {
      const incidents = found.get(id) ?? [];
      incidents.push({ event: one.event, days: one.days });
      found.set(id, incidents);
    }
  }
  return found;
});

/** Returns everything that touches each month: incidents first, then newest first. The newest month is first. */
export const months = onceFor((site: Site): ReadonlyMap<Month, readonly Event[]> => {
  const found = new Map<Month, Event[]>();
  for (const { event, days } of placed(site)) {
    for (const month of monthsTouched(days)) {
      const events = found.get(month) ?? [];
      events.push(event);
      found.set(month, events);
    }
  }
  return new Map([...found].toSorted(([a], [b]) => (a < b ? 1 : -1)));
});

/** Rewrites links to pages of this site to the current language, because authors link to the first one. */
function inThisLanguage({ settings, pages }: Site, html: string): string {
  if (settings.folder === '') return html;
  const root = `href="${escapeHtml(settings.url)}/`;
  const below = [...new Set(pageFolders), ...pages.map(({ slug }) => slug)].join('|');
  const link = new RegExp(`${root.replaceAll(/[$()*+.?[\\\]^{|}]/g, '\\$&')}(?=["#]|(?:${below})[/.])`, 'g');
  return html.replaceAll(link, () => `${root.slice(0, -1)}${settings.folder}/`);
}

// Several pages and feeds of a language use the same HTML.
const rendered = onceFor<Site, WeakMap<object, string>>(() => new WeakMap());

/** Returns the sanitized HTML of a text, with links in the current language. Cached per `text`. */
export function htmlOnce(site: Site, text: object, make: () => string): string {
  const known = rendered(site);
  const html = known.get(text) ?? inThisLanguage(site, make());
  known.set(text, html);
  return html;
}

/** Returns the sanitized HTML of a text, with absolute URLs. `page` is the path of its page. Cached per `text`. */
export function bodyHtml(
  site: Site,
  page: string,
  text: { readonly body: string; readonly images?: readonly ShownImage[] },
  render = updateHtml,
): string {
  const { settings } = site;
  return htmlOnce(site, text, () => {
    const images = publishedImages(settings, text.images ?? []);
    return render(text.body, absolute(settings, page), images, wordsFor(settings).direction);
  });
}
