import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../support/halfpast.ts';

/** The history of a real page, as files from Statuspage's API. Its README says how it was obtained. */
const folder = join(root, '..', 'shared', 'data');

/** The path of a file or folder of the real history. Throws if it doesn't exist: these tests are never skipped. */
export function historyData(name: string): string {
  const path = join(folder, name);
  if (!existsSync(path))
    throw new Error(`${path} is missing. Put the real history into ${folder}, beside this checkout`);
  return path;
}

/** The flags for `import statuspage` to import all of it. */
export function historyFlags(): readonly string[] {
  return [
    ...['--incidents', historyData('github-incidents-2020-2024.json')],
    ...['--maintenances', historyData('github-scheduled-maintenances-2020-2024.json')],
    ...['--components', historyData('github-components.json')],
  ];
}
