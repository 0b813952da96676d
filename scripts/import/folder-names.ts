import { freeName, titleSlug, utcDate } from '../writing/slug.ts';
import type { ExistingFolders } from './existing.ts';
import type { Entry } from './planned-components.ts';

/**
 * The folder of each entry, by its id: the one an earlier import gave it, else its date in UTC and its
 * name, with -2, -3… for those of the same day and name, in the order in which they were created.
 * `sourceOf` gives what the first update says as its `source`, by the id.
 */
export function folderNames(
  entries: readonly Entry[],
  existing: ExistingFolders,
  otherwise: string,
  sourceOf: (id: string) => string,
): Map<string, string> {
  const taken = new Set(existing.names);
  const names = new Map<string, string>();
  const byAge = entries.toSorted((a, b) => a.created_at - b.created_at || (a.id < b.id ? -1 : 1));
  for (const { id, name, created_at: createdAt } of byAge) {
    const wanted = `${utcDate(createdAt)}-${titleSlug(name, otherwise)}`;
    const given = existing.bySource.get(sourceOf(id)) ?? freeName(wanted, (candidate) => taken.has(candidate));
    taken.add(given);
    names.set(id, given);
  }
  return names;
}
