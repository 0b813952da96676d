import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ComponentStatus, worstStatus } from '../../src/lib/domain/vocabulary.ts';
import { filesBelow } from '../support/folders.ts';

type Named = { readonly id: string; readonly name: string; readonly status: ComponentStatus };
type Affected = { readonly code: string; readonly name: string; readonly new_status: ComponentStatus };
type Update = {
  readonly status: string;
  readonly body: string;
  readonly display_at: string;
  readonly affected_components: readonly Affected[] | null;
};

/** An incident or a maintenance, in Statuspage's form: a dump of theirs and our history alike. */
export type Entry = {
  readonly name: string;
  readonly status: string;
  readonly impact: string;
  readonly components: readonly Named[];
  readonly scheduled_for?: string;
  readonly scheduled_until?: string;
  readonly incident_updates: readonly Update[];
};

type Year = { readonly incidents: readonly Entry[]; readonly scheduled_maintenances: readonly Entry[] };

/** What all files of `/api/history/` hold together. */
export function exportedHistory(site: string): Year {
  const years = filesBelow(site)
    .filter((path) => /^api\/history\/\d{4}\.json$/.test(path))
    .map((path) => JSON.parse(readFileSync(join(site, path), 'utf8')) as Year);
  return {
    incidents: years.flatMap((year) => year.incidents),
    scheduled_maintenances: years.flatMap((year) => year.scheduled_maintenances),
  };
}

/** The name that each component has today, by Statuspage's id: as the list has it, else as the history does. */
export function namesOfToday(
  list: readonly Pick<Named, 'id' | 'name'>[],
  entries: readonly Entry[],
): ReadonlyMap<string, string> {
  const inUpdates = entries.flatMap(({ incident_updates: updates }) =>
    updates.flatMap(({ affected_components: affected }) => affected ?? []),
  );
  const known = [
    ...inUpdates.map(({ code: id, name }) => ({ id, name })),
    ...entries.flatMap(({ components }) => components),
    ...list,
  ];
  return new Map(known.map(({ id, name }) => [id, name]));
}

/** The components of a window under the names that they have today. Its list has the status of another day. */
export function renamed({ components }: Entry, names: ReadonlyMap<string, string>): string[] {
  return components.map(({ id, name }) => inWords({ name: names.get(id) ?? name, status: 'under_maintenance' }));
}

const inWords = ({ name, status }: { readonly name: string; readonly status: string }): string => `${name}: ${status}`;

/** What has to come out as it went in, with the components in the order of their names; the oldest first. */
export function told(
  entries: readonly Entry[],
  componentsOf = (entry: Entry): readonly string[] => entry.components.map(inWords),
) {
  return entries
    .map((entry) => ({
      name: entry.name,
      status: entry.status,
      impact: entry.impact,
      window: [entry.scheduled_for, entry.scheduled_until],
      updates: entry.incident_updates.map(({ display_at: at, status, body }) => [at, status, body]),
      components: componentsOf(entry).toSorted(),
    }))
    .sort((a, b) => ((a.updates.at(-1)?.[0] ?? '') < (b.updates.at(-1)?.[0] ?? '') ? -1 : 1));
}

/**
 * The worst that the updates of an entry say of each component, under the names of today. The entry's own list has the
 * status of each component at the time of the dump, so it says nothing about what is over.
 */
export function worstSaid({ incident_updates: updates }: Entry, names: ReadonlyMap<string, string>): string[] {
  const said = updates.flatMap(({ affected_components: affected }) =>
    (affected ?? []).map(({ code: id, new_status: status }) => ({ id, status })),
  );
  const ids = [...new Set(said.map(({ id }) => id))];
  return ids.map((id) =>
    inWords({
      name: names.get(id) ?? id,
      status: worstStatus(said.filter((one) => one.id === id).map(({ status }) => status)),
    }),
  );
}
