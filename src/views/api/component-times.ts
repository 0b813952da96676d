import { startOf } from '../../domain/calendar.ts';
import type { Component, ComponentStates } from '../../domain/component.ts';
import type { Instant } from '../../domain/instant.ts';
import type { Site } from '../../domain/site.ts';
import { onceFor } from '../once-for.ts';
import { earliest, latest } from './times.ts';

/** The components of which one of two states says something else than the other. */
export function changedIds(before: ComponentStates, after: ComponentStates): string[] {
  const ids = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...ids].filter((id) => (before[id] ?? 'operational') !== (after[id] ?? 'operational'));
}

/** When updates, and the clock, last changed the status of each component, by `now`. */
const lastChanges = onceFor((site: Site): ReadonlyMap<string, Instant> => {
  const found = new Map<string, Instant>();
  const note = (id: string, at: Instant): void => void found.set(id, Math.max(at, found.get(id) ?? at));
  for (const { updates } of site.incidents) {
    updates.forEach(({ components, record }, index) => {
      for (const id of changedIds(updates[index - 1]?.components ?? {}, components)) note(id, record.at);
    });
  }
  for (const { actual, components } of site.maintenances) {
    if (actual.from === actual.to) continue;
    const passed = [actual.from, actual.to].filter((at) => at <= site.now);
    for (const id of changedIds({}, components)) for (const at of passed) note(id, at);
  }
  return found;
});

const oldestUpdate = onceFor((site: Site): Instant | null =>
  earliest([...site.incidents, ...site.maintenances].map(({ updates }) => updates[0].record.at)),
);

/** When a component was first on the page: as it says, else from the day it counts, else from the oldest update. */
export function createdAt(site: Site, { created, since }: Component): Instant {
  return created ?? (since === null ? (oldestUpdate(site) ?? site.now) : startOf(since, site.settings.timeZone));
}

/** When its status last changed, or it was created. */
export function changedAt(site: Site, component: Component): Instant {
  const created = createdAt(site, component);
  const known = [component.changed, lastChanges(site).get(component.id)].filter((at) => typeof at === 'number');
  return latest([created, ...known]) ?? created;
}
