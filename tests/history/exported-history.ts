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

/** An incident or maintenance in Statuspage's format, from either its dump or our history. */
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

/** The combined contents of all files in `/api/history/`. */
export function exportedHistory(site: string): Year {
  const years = filesBelow(site)
    .filter((path) => /^api\/history\/\d{4}\.json$/.test(path))
    .map((path) => JSON.parse(readFileSync(join(site, path), 'utf8')) as Year);
  return {
    incidents: years.flatMap((year) => year.incidents),
    scheduled_maintenances: years.flatMap((year) => year.scheduled_maintenances),
  };
}

/** The current name of each component by Statuspage's id: from the list if it's there, otherwise from the history. */
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

/** The components of a window under their current names. Its own list has statuses from another day. */
export function renamed({ components }: Entry, names: ReadonlyMap<string, string>): string[] {
  return components.map(({ id, name }) => inWords({ name: names.get(id) ?? name, status: 'under_maintenance' }));
}

const inWords = ({ name, status }: { readonly name: string; readonly status: string }): string => `${name}: ${status}`;

/** The values that must survive the import, oldest first, with components sorted by name. */
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
 * The worst status of each component in the updates of an entry, under its current name. The entry's own list has each
 * component's status at the time of the dump, so it says nothing about past events.
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
