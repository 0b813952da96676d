import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder, write } from '../support/folders.ts';
import { root } from '../support/halfpast.ts';

/** A folder with a small faultless site in `content/`: one incident open, one resolved, a maintenance to come. */
export function smallSite(): string {
  const folder = temporaryFolder();
  cpSync(join(root, 'tests/fixtures/good/small'), join(folder, 'content'), { recursive: true });
  return folder;
}

/** A file of `content/`. */
export function put(folder: string, path: string, text: string): void {
  write(join(folder, 'content'), path, text);
}
