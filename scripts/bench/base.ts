import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '../cli/errors.ts';
import type { Dump } from '../import/statuspage/dump-schema.ts';
import { readDump } from '../import/statuspage/read-dump.ts';
import { inventedDump } from './invented.ts';

/** As many as there are in the real history. */
const invented = 450;

/** Null when there is no such file. */
async function textOf(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

/** The real history in a folder, or an invented one where there is none. Throws UserError for one that cannot be read. */
export async function baseOf(folder: string): Promise<{ readonly dump: Dump; readonly isReal: boolean }> {
  const paths = {
    incidents: join(folder, 'github-incidents-2020-2024.json'),
    components: join(folder, 'github-components.json'),
  };
  const [text, list] = [await textOf(paths.incidents), await textOf(paths.components)];
  if (text === null || list === null) return { dump: inventedDump(invented), isReal: false };
  const { page, incidents } = readDump(text, 'incidents', paths.incidents);
  if (incidents.length === 0)
    throw new UserError(
      `${paths.incidents} has no incidents to repeat. Save Statuspage's answer again, or leave --data out`,
    );
  return {
    dump: { page, incidents, maintenances: [], components: readDump(list, 'components', paths.components).components },
    isReal: true,
  };
}
