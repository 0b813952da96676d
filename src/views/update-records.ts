import { createHash } from 'node:crypto';
import type { ComponentStates } from '../domain/component.ts';
import { type Instant, isoTime, yearOf } from '../domain/instant.ts';
import type { IncidentUpdateRecord } from '../domain/incident.ts';
import type { MaintenanceUpdateRecord } from '../domain/maintenance.ts';
import type { Site } from '../domain/site.ts';
import { paths } from './links.ts';
import { onceFor } from './once-for.ts';
import { yearSource } from './sources.ts';
import { cacheKey, type StaticPath } from './static-paths.ts';

/** What was told to customers, for comparison with what is about to be told. */
export type UpdateRecord = {
  /** The path of its page and its anchor, as `/incidents/2026-11-22-checkout-errors/#2026-11-22T1405Z`. */
  readonly id: string;
  readonly kind: 'incident' | 'maintenance';
  readonly slug: string;
  /** The name of its file without the ending. */
  readonly update: string;
  readonly at: string;
  readonly status: string;
  /** The name of the incident or maintenance at that time. */
  readonly title: string;
  /** SHA-256 of what its own file tells customers. */
  readonly hash: string;
  readonly edited: string | null;
};

/** The updates of one year of UTC, oldest first. */
export type YearOfUpdates = {
  /** Raised when `hash` is made otherwise, so that hashes of two forms are never compared. */
  readonly form: 1;
  readonly year: string;
  readonly updates: readonly UpdateRecord[];
};

/**
 * A hash of what an update's own file says. Of the markdown and not of the page, so that another
 * renderer or design is no edit; missing fields are left out, so that a new field changes no hash.
 */
function hashOf(said: Readonly<Record<string, unknown>>): string {
  const given = Object.entries(said).filter(([, value]) => value !== null);
  return createHash('sha256').update(JSON.stringify(given)).digest('hex');
}

/** In one order, whatever the order in the file. */
function sorted(components: ComponentStates | null): readonly unknown[] | null {
  return components === null ? null : Object.entries(components).sort(([a], [b]) => (a < b ? -1 : 1));
}

function incidentHash(record: IncidentUpdateRecord): string {
  const { body, title, status, impact, components, customerData, nextUpdate, remedy, started } = record;
  return hashOf({
    body: body.trim(),
    title,
    status,
    impact,
    components: sorted(components),
    customerData,
    nextUpdate,
    remedy,
    started,
  });
}

function maintenanceHash({
  body,
  title,
  status,
  components,
  scheduledFor,
  scheduledUntil,
}: MaintenanceUpdateRecord): string {
  return hashOf({ body: body.trim(), title, status, components: sorted(components), scheduledFor, scheduledUntil });
}

type Told = {
  readonly title: string;
  readonly record: {
    readonly id: string;
    readonly at: Instant;
    readonly status: string;
    readonly edited: Instant | null;
  };
};

function recordOf(kind: UpdateRecord['kind'], slug: string, { title, record }: Told, hash: string): UpdateRecord {
  return {
    id: `${paths[kind](slug)}#${record.id}`,
    kind,
    slug,
    update: record.id,
    at: isoTime(record.at),
    status: record.status,
    title,
    hash,
    edited: record.edited === null ? null : isoTime(record.edited),
  };
}

const inOrder = (a: UpdateRecord, b: UpdateRecord): number =>
  a.at === b.at ? (a.id < b.id ? -1 : 1) : a.at < b.at ? -1 : 1;

/** Every update of the site, oldest first. */
export const updateRecords = onceFor((site: Site): readonly UpdateRecord[] =>
  [
    ...site.incidents.flatMap(({ slug, updates }) =>
      updates.map((update) => recordOf('incident', slug, update, incidentHash(update.record))),
    ),
    ...site.maintenances.flatMap(({ slug, updates }) =>
      updates.map((update) => recordOf('maintenance', slug, update, maintenanceHash(update.record))),
    ),
  ].sort(inOrder),
);

const byYear = onceFor((site: Site) => Map.groupBy(updateRecords(site), ({ at }) => at.slice(0, 4)));

/** The years of UTC that have updates. Each has a file, which is final when its year is over. */
export function yearsOfUpdates({ incidents, maintenances }: Site): string[] {
  const told = [...incidents, ...maintenances].flatMap(({ updates }) => updates.map(({ record }) => yearOf(record.at)));
  return [...new Set(told)].sort();
}

/** The updates of one year. */
export function yearOfUpdates(site: Site, year: string): YearOfUpdates {
  return { form: 1, year, updates: byYear(site).get(year) ?? [] };
}

/** The file of each year of UTC. */
export function updatesYearPaths(site: Site): StaticPath<{ year: string }, object>[] {
  return yearsOfUpdates(site).map((year) => ({
    params: { year },
    props: {},
    cacheKey: cacheKey(yearSource(site, year)),
  }));
}
