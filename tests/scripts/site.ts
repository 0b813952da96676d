import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder, write } from '../support/folders.ts';
import { root } from '../support/halfpast.ts';

/** A folder with a small valid site in `content/`: an open incident, a resolved one and upcoming maintenance. */
export function smallSite(): string {
  const folder = temporaryFolder();
  cpSync(join(root, 'tests/fixtures/good/small'), join(folder, 'content'), { recursive: true });
  return folder;
}

/** Writes a file in `content/`. */
export function put(folder: string, path: string, text: string): void {
  write(join(folder, 'content'), path, text);
}
