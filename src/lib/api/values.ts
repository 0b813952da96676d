import { createHash } from 'node:crypto';
import { z } from 'zod';
import { type Instant, isoTime } from '../domain/calendar.ts';
import { allComponents, type Site } from '../domain/site.ts';
import { onceFor } from '../views/lookup.ts';

// Statuspage's terms. Ours are currently identical, so values need no conversion. Another term in the model doesn't
// compile until someone decides what programs written for Statuspage should get.

export const componentStatusSchema = z.enum([
  'operational',
  'under_maintenance',
  'degraded_performance',
  'partial_outage',
  'major_outage',
]);

export const incidentStatusSchema = z.enum(['investigating', 'identified', 'monitoring', 'resolved']);

/** Statuspage's status for an incident with a published postmortem, and for the update that contains its text. */
export const postmortemStatus = 'postmortem' as const;

export const maintenanceStatusSchema = z.enum(['scheduled', 'in_progress', 'verifying', 'completed']);

export const impactSchema = z.enum(['none', 'minor', 'major', 'critical']);

/** A time in Statuspage's format: UTC with milliseconds. */
export const timeSchema = z.iso.datetime({ precision: 3 });

export const timeOrNull = (instant: Instant | null): string | null => (instant === null ? null : isoTime(instant));

/** Returns the latest instant; null for an empty list. */
export const latest = (instants: readonly Instant[]): Instant | null =>
  instants.reduce<Instant | null>((found, instant) => (found === null || instant > found ? instant : found), null);

/** Returns the earliest instant; null for an empty list. */
export const earliest = (instants: readonly Instant[]): Instant | null =>
  instants.reduce<Instant | null>((found, instant) => (found === null || instant < found ? instant : found), null);

const length = 12;

export const idSchema = z.string().regex(/^[a-z0-9]{12}$/);

/**
 * Returns an id that looks like Statuspage's: 12 lowercase letters and digits. It's the end, in base 36, of the first
 * 64 bits of the SHA-256 of names in the content, so adding anything else doesn't change it.
 */
function idOf(...names: readonly (string | number)[]): string {
  const hash = createHash('sha256').update(JSON.stringify(names)).digest('hex');
  return BigInt(`0x${hash.slice(0, 16)}`)
    .toString(36)
    .padStart(length, '0')
    .slice(-length);
}

/** The page's id, from its host and the folder in which it's served. */
export const pageId = onceFor(({ settings }: Site): string => idOf('page', settings.url.replace(/^https?:\/\//, '')));
export const componentId = (id: string): string => idOf('component', id);
/** A group's id, from its name. `nth` is how many earlier groups have the same name. */
export const groupId = (name: string, nth: number): string => idOf('group', name, nth);
export const incidentId = (slug: string): string => idOf('incident', slug);
export const incidentUpdateId = (slug: string, update: string): string => idOf('incident', slug, update);
export const maintenanceId = (slug: string): string => idOf('maintenance', slug);
export const maintenanceUpdateId = (slug: string, update: string): string => idOf('maintenance', slug, update);

/** Throws if two ids are the same, because programs would mix up what they identify. */
export function refuseTwins(ids: Iterable<string>): void {
  const seen = new Set<string>();
  for (const id of ids) {
    if (seen.has(id)) throw new Error(`two things of this site got the id ${id} in the API. Rename one of them`);
    seen.add(id);
  }
}

/** The ids of the groups, in order; null for ungrouped components. */
export const groupIds = onceFor(({ groups }: Site): readonly (string | null)[] =>
  groups.map(({ name }, index) =>
    name === null ? null : groupId(name, groups.slice(0, index).filter((before) => before.name === name).length),
  ),
);

/** Throws if two items of a site would have the same id. */
export const requireUniqueIds = onceFor((site: Site): void =>
  refuseTwins([
    pageId(site),
    ...allComponents(site).map(({ id }) => componentId(id)),
    ...groupIds(site).filter((id) => id !== null),
    ...site.incidents.flatMap(({ slug, updates }) => [
      incidentId(slug),
      incidentUpdateId(slug, postmortemStatus),
      ...updates.map(({ record }) => incidentUpdateId(slug, record.id)),
    ]),
    ...site.maintenances.flatMap(({ slug, updates }) => [
      maintenanceId(slug),
      ...updates.map(({ record }) => maintenanceUpdateId(slug, record.id)),
    ]),
  ]),
);
