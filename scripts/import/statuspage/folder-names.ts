import type { Instant } from '../../../src/domain/instant.ts';
import { freeName, titleSlug, utcDate } from '../../writing/slug.ts';
import type { ExistingFolders } from './existing.ts';

/** Where an entry of the dump came from, as its first update says it. */
export function sourceName(id: string): string {
  return `statuspage:${id}`;
}

type Named = { readonly id: string; readonly name: string; readonly created_at: Instant };

/**
 * The folder of each entry, by its id: the one an earlier import gave it, else its date in UTC and its
 * name, with -2, -3… for those of the same day and name, in the order in which they were created.
 */
export function folderNames(entries: readonly Named[], existing: ExistingFolders, otherwise: string): Map<string, string> {
  const taken = new Set(existing.names);
  const names = new Map<string, string>();
  const byAge = entries.toSorted((a, b) => a.created_at - b.created_at || (a.id < b.id ? -1 : 1));
  for (const { id, name, created_at: createdAt } of byAge) {
    const wanted = `${utcDate(createdAt)}-${titleSlug(name, otherwise)}`;
    const given = existing.bySource.get(sourceName(id)) ?? freeName(wanted, (candidate) => taken.has(candidate));
    taken.add(given);
    names.set(id, given);
  }
  return names;
}
