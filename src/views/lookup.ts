import { barWindow } from '../domain/day-bars.ts';
import { componentHistories } from '../domain/component-history.ts';
import type { Component } from '../domain/component.ts';
import type { Incident } from '../domain/incident.ts';
import type { Postmortem } from '../domain/postmortem.ts';
import { allComponents, componentStatusesNow, type Site } from '../domain/site.ts';
import { onceFor } from './once-for.ts';

/** What many pages ask of the same site, worked out once. */
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

/** A component's name; content was checked, so every id that is used is known. */
export function componentName(site: Site, id: string): string {
  return componentsById(site).get(id)?.name ?? id;
}
