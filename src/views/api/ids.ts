import { createHash } from 'node:crypto';
import { z } from 'zod';
import { allComponents, type Site } from '../../domain/site.ts';
import { onceFor } from '../once-for.ts';

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
      ...updates.map(({ record }) => incidentUpdateId(slug, record.id)),
    ]),
    ...site.maintenances.flatMap(({ slug, updates }) => [
      maintenanceId(slug),
      ...updates.map(({ record }) => maintenanceUpdateId(slug, record.id)),
    ]),
  ]),
);
