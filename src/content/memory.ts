import { createHash } from 'node:crypto';
import type { Incident } from '../domain/incident.ts';
import type { Instant } from '../domain/instant.ts';
import type { Maintenance } from '../domain/maintenance.ts';
import type { Problem } from './problem.ts';
import type { SourceFile } from './source-file.ts';
import { clockSkew } from './update-folder.ts';

/** Results by a digest of all that they were made from. */
type Shelf<T> = Map<string, T>;

/** What reading a folder gave, and the latest moment it speaks of: before that, its files would be of the future. */
type Read<T> = { readonly value: T; readonly latest: Instant };

export type Shelves = {
  readonly incidents: Shelf<Read<Incident>>;
  readonly maintenances: Shelf<Read<Maintenance>>;
  /** What is better looked at before it is public, of folders that hold no credential. */
  readonly warnings: Shelf<readonly Problem[]>;
};

/**
 * What was read by content hash, so that one new update does not have ten thousand incidents read
 * again: what an earlier run knew, and what this one met. Only what had no problem is kept.
 */
export type Memory = { readonly known: Shelves; readonly met: Shelves };

export const emptyShelves = (): Shelves => ({ incidents: new Map(), maintenances: new Map(), warnings: new Map() });

/** A digest of files, and of whatever else is looked at when they are read. */
export function digestOf(files: readonly SourceFile[], context: unknown): string {
  const hash = createHash('sha256').update(`${JSON.stringify(context)}\n`);
  for (const { path, bytes } of files) hash.update(`${path}\0${bytes.length}\0`).update(bytes);
  return hash.digest('base64url');
}

type Event = Incident | Maintenance;

function latestOf({ updates }: Event): Instant {
  return Math.max(...updates.map(({ record }) => Math.max(record.at, record.edited ?? record.at)));
}

/** Takes a folder from memory, or reads it; without a memory it is read. `context` is all but the clock that reading looks at. */
export function recall<T extends Event>(
  shelves: { readonly known: Shelf<Read<T>>; readonly met: Shelf<Read<T>> } | null,
  files: readonly SourceFile[],
  context: unknown,
  now: Instant,
  read: () => { readonly value: T | null; readonly problems: readonly Problem[] },
): { readonly value: T | null; readonly problems: readonly Problem[] } {
  if (shelves === null) return read();
  const { known, met } = shelves;
  const key = digestOf(files, context);
  const found = known.get(key);
  if (found !== undefined && found.latest <= now + clockSkew) {
    met.set(key, found);
    return { value: found.value, problems: [] };
  }
  const fresh = read();
  if (fresh.value !== null && fresh.problems.length === 0) met.set(key, { value: fresh.value, latest: latestOf(fresh.value) });
  return fresh;
}
