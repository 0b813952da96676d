import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import { emptyShelves, type Memory, type Shelves } from '../../src/content/memory.ts';

const readers = ['src/content', 'src/schema', 'src/domain'] as const;

/** A digest of all that decides what content means: Halfpast's own code below `root`, and the libraries it reads with. */
function codeDigest(root: string): string {
  const sources = readers.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name)),
  );
  const hash = createHash('sha256').update(process.version);
  for (const file of [...sources.sort(), join(root, 'package.json')]) hash.update(readFileSync(file));
  // An installed package has none; its package.json then changes with each version.
  try {
    hash.update(readFileSync(join(root, 'package-lock.json')));
  } catch {
    hash.update('none');
  }
  return hash.digest('base64url');
}

type Kept = { readonly code: string; readonly shelves: Shelves };

const sameKeys = (a: ReadonlyMap<string, unknown>, b: ReadonlyMap<string, unknown>): boolean => a.size === b.size && [...a.keys()].every((key) => b.has(key));

/** What was read of content, kept in the folder `cache` from one build to the next. A file that cannot be read is as none. */
export function contentMemory(cache: string, root: string) {
  const file = join(cache, 'content.bin');
  const code = codeDigest(root);
  return {
    read: async (): Promise<Shelves> => {
      try {
        const kept = deserialize(await readFile(file)) as Kept;
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
      await writeFile(beside, serialize({ code, shelves: met } satisfies Kept));
      await rename(beside, file);
    },
  };
}
