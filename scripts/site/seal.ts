import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { usedFile } from './stale.ts';

const sealFile = 'sealed';

/** A digest of every file below `folder`, but for the seal itself and the note of its use. */
function digestOf(folder: string): string {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .filter((name) => name !== sealFile && name !== usedFile);
  const hash = createHash('sha256');
  for (const name of names.sort()) {
    const bytes = readFileSync(join(folder, name));
    hash.update(`${name}\0${bytes.length}\0`).update(bytes);
  }
  return hash.digest('hex');
}

/** Writes into `folder` what its files are like now. */
export function seal(folder: string): void {
  writeFileSync(join(folder, sealFile), digestOf(folder));
}

/** Whether the files of `folder` are those that were sealed: a machine that lost power, or a cache, may have lost or damaged some. */
export function isAsSealed(folder: string): boolean {
  try {
    return readFileSync(join(folder, sealFile), 'utf8') === digestOf(folder);
  } catch {
    return false;
  }
}
