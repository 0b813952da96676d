import { createHash } from 'node:crypto';
import { z } from 'zod';
import { type Instant, isoTime } from '../domain/calendar.ts';
import { allComponents, type Site } from '../domain/site.ts';
import type { ComponentStatus, Impact, IncidentStatus, MaintenanceStatus } from '../domain/vocabulary.ts';
import { onceFor } from '../views/lookup.ts';

/**
 * Statuspage's words for ours. They are the same today; each table has to name every word of the model,
 * so that a new one does not compile until somebody says what programs written for Statuspage shall read.
 */
export const componentStatusSchema = z.enum([
  'operational',
  'under_maintenance',
  'degraded_performance',
  'partial_outage',
  'major_outage',
]);
type ApiComponentStatus = z.output<typeof componentStatusSchema>;

export const componentStatusCodes: Readonly<Record<ComponentStatus, ApiComponentStatus>> = {
  operational: 'operational',
  under_maintenance: 'under_maintenance',
  degraded_performance: 'degraded_performance',
  partial_outage: 'partial_outage',
  major_outage: 'major_outage',
};

export const incidentStatusSchema = z.enum(['investigating', 'identified', 'monitoring', 'resolved']);

export const incidentStatusCodes: Readonly<Record<IncidentStatus, z.output<typeof incidentStatusSchema>>> = {
  investigating: 'investigating',
  identified: 'identified',
  monitoring: 'monitoring',
  resolved: 'resolved',
};

/** Statuspage: the status of an incident with a published postmortem, and of the update that has its text. */
export const postmortemStatus = 'postmortem' as const;

export const maintenanceStatusSchema = z.enum(['scheduled', 'in_progress', 'verifying', 'completed']);

export const maintenanceStatusCodes: Readonly<Record<MaintenanceStatus, z.output<typeof maintenanceStatusSchema>>> = {
  scheduled: 'scheduled',
  in_progress: 'in_progress',
  verifying: 'verifying',
  completed: 'completed',
};

export const impactSchema = z.enum(['none', 'minor', 'major', 'critical']);

export const impactCodes: Readonly<Record<Impact, z.output<typeof impactSchema>>> = {
  none: 'none',
  minor: 'minor',
  major: 'major',
  critical: 'critical',
};

/** A moment as Statuspage writes it: UTC, with milliseconds. */
export const timeSchema = z.iso.datetime({ precision: 3 });

export const timeOrNull = (instant: Instant | null): string | null => (instant === null ? null : isoTime(instant));

/** The latest of some moments; null when there is none. */
export const latest = (instants: readonly Instant[]): Instant | null =>
  instants.reduce<Instant | null>((found, instant) => (found === null || instant > found ? instant : found), null);

/** The earliest of some moments; null when there is none. */
export const earliest = (instants: readonly Instant[]): Instant | null =>
  instants.reduce<Instant | null>((found, instant) => (found === null || instant < found ? instant : found), null);

const length = 12;

export const idSchema = z.string().regex(/^[a-z0-9]{12}$/);

/**
 * An id of the look of Statuspage's, 12 lower-case letters and digits: the end, to the base of 36, of
 * the first 64 bits of the SHA-256 of the names that the content itself gives. Nothing that is added
 * elsewhere changes it.
 */
function idOf(...names: readonly (string | number)[]): string {
  const hash = createHash('sha256').update(JSON.stringify(names)).digest('hex');
  return BigInt(`0x${hash.slice(0, 16)}`)
    .toString(36)
    .padStart(length, '0')
    .slice(-length);
}

/** The page's, from the host and the folder it is served in. */
export const pageId = onceFor(({ settings }: Site): string => idOf('page', settings.url.replace(/^https?:\/\//, '')));
export const componentId = (id: string): string => idOf('component', id);
/** A group's, from its name; `nth` counts the groups of that name before it. */
export const groupId = (name: string, nth: number): string => idOf('group', name, nth);
export const incidentId = (slug: string): string => idOf('incident', slug);
export const incidentUpdateId = (slug: string, update: string): string => idOf('incident', slug, update);
export const maintenanceId = (slug: string): string => idOf('maintenance', slug);
export const maintenanceUpdateId = (slug: string, update: string): string => idOf('maintenance', slug, update);

/** Throws when two of some ids are the same: programs would take one thing for another. */
export function refuseTwins(ids: Iterable<string>): void {
  const seen = new Set<string>();
  for (const id of ids) {
    if (seen.has(id)) throw new Error(`two things of this site got the id ${id} in the API. Rename one of them`);
    seen.add(id);
  }
}

/** The ids of each group, in order; null for components without one. */
export const groupIds = onceFor(({ groups }: Site): readonly (string | null)[] =>
  groups.map(({ name }, index) =>
    name === null ? null : groupId(name, groups.slice(0, index).filter((before) => before.name === name).length),
  ),
);

/** Throws when two things of a site would have the same id. */
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
