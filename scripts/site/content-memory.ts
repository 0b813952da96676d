import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import { emptyShelves, type Memory, type Shelves } from '../../src/content/memory.ts';
import { readSealed, writeSealed } from './sealed-file.ts';
import { stale } from './stale.ts';

type Kept = { readonly code: string; readonly shelves: Shelves };

const sameKeys = (a: ReadonlyMap<string, unknown>, b: ReadonlyMap<string, unknown>): boolean => a.size === b.size && [...a.keys()].every((key) => b.has(key));

/**
 * What was read of content, kept in the folder `cache` from one build to the next by the same `code`.
 * A file that cannot be read, or is damaged, is as none.
 */
export function contentMemory(cache: string, code: string) {
  const file = join(cache, 'content.bin');
  return {
    read: (): Shelves => {
      try {
        const kept = deserialize(readSealed(file) ?? Buffer.alloc(0)) as Kept;
        return kept.code === code ? kept.shelves : emptyShelves();
      } catch {
        // None, or of a Node that writes it otherwise.
        return emptyShelves();
      }
    },
    /** Keeps what was met, unless that is what was known. */
    write: ({ known, met }: Memory): void => {
      if (sameKeys(known.incidents, met.incidents) && sameKeys(known.maintenances, met.maintenances) && sameKeys(known.warnings, met.warnings)) return;
      writeSealed(file, serialize({ code, shelves: met } satisfies Kept));
      for (const left of stale(cache, /^content\.bin\../)) rmSync(left, { force: true });
    },
  };
}
