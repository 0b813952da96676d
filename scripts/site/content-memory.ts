import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import { crc32 } from 'node:zlib';
import { emptyShelves, type Memory, type Shelves } from '../../src/content/memory.ts';

type Kept = { readonly code: string; readonly shelves: Shelves };

const sameKeys = (a: ReadonlyMap<string, unknown>, b: ReadonlyMap<string, unknown>): boolean => a.size === b.size && [...a.keys()].every((key) => b.has(key));

/** The bytes behind their checksum: a text that the disk has damaged would be read without complaint. */
function sealed(bytes: Buffer): Buffer {
  const sum = Buffer.alloc(4);
  sum.writeUInt32LE(crc32(bytes));
  return Buffer.concat([sum, bytes]);
}

/** What was sealed. Throws when it is not as it was. */
function unsealed(bytes: Buffer): Buffer {
  const inner = bytes.subarray(4);
  if (bytes.readUInt32LE() !== crc32(inner)) throw new Error('damaged');
  return inner;
}

/**
 * What was read of content, kept in the folder `cache` from one build to the next by the same `code`.
 * A file that cannot be read, or is damaged, is as none.
 */
export function contentMemory(cache: string, code: string) {
  const file = join(cache, 'content.bin');
  return {
    read: async (): Promise<Shelves> => {
      try {
        const kept = deserialize(unsealed(await readFile(file))) as Kept;
        return kept.code === code ? kept.shelves : emptyShelves();
      } catch {
        return emptyShelves();
      }
    },
    /** Keeps what was met, unless that is what was known. */
    write: async ({ known, met }: Memory): Promise<void> => {
      if (sameKeys(known.incidents, met.incidents) && sameKeys(known.maintenances, met.maintenances) && sameKeys(known.warnings, met.warnings)) return;
      await mkdir(cache, { recursive: true });
      const beside = `${file}.${process.pid}`;
      await writeFile(beside, sealed(serialize({ code, shelves: met } satisfies Kept)));
      await rename(beside, file);
    },
  };
}
