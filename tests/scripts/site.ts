import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect } from 'vitest';
import { hashes, temporaryFolder, write } from '../support/folders.ts';
import { root } from '../support/halfpast.ts';

/** A folder with a small valid site in `content/`: an open incident, a resolved one and upcoming maintenance. */
export function smallSite(): string {
  const folder = temporaryFolder();
  cpSync(join(root, 'tests/fixtures/good/small'), join(folder, 'content'), { recursive: true });
  return folder;
}

/** A small site that the tests of a file share, because none of them may change it. */
export function unchangedSite(): string {
  const folder = mkdtempSync(join(tmpdir(), 'halfpast-'));
  cpSync(join(root, 'tests/fixtures/good/small'), join(folder, 'content'), { recursive: true });
  const before = hashes(folder);
  afterAll(() => {
    const after = hashes(folder);
    rmSync(folder, { recursive: true, force: true });
    expect(after).toEqual(before);
  });
  return folder;
}

/** Writes a file in `content/`. */
export function put(folder: string, path: string, text: string): void {
  write(join(folder, 'content'), path, text);
}
