import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isoTime } from '../../src/domain/instant.ts';
import { measure } from './measure.ts';
import type { Dump } from '../import/statuspage/dump-schema.ts';
import { repeated } from './history.ts';

/** Another status page generator: shell commands, run in a folder of their own for each size. */
export type Other = {
  /** Makes its content from `incidents.json` and `components.json`, which are as Statuspage's API gives them; not timed. */
  readonly prepare: string | null;
  /** Builds its site anew; timed. */
  readonly build: string;
};

const shell = (command: string): readonly [string, ...string[]] => ['sh', '-c', command];

/** As Statuspage writes it, times included. */
const json = (value: unknown): string =>
  `${JSON.stringify(value, (key, at: unknown) => (key.endsWith('_at') && typeof at === 'number' ? isoTime(at) : at), 1)}\n`;

/** Writes the same incidents for another generator and has it prepare them. Gives the folder and the command that builds. */
export async function placeOther(
  { prepare, build }: Other,
  folder: string,
  dump: Dump,
  size: number,
  clock: () => number,
) {
  await mkdir(folder, { recursive: true });
  const { page, components } = dump;
  await writeFile(join(folder, 'incidents.json'), json({ page, incidents: repeated(dump, size) }));
  await writeFile(join(folder, 'components.json'), json({ page, components }));
  if (prepare !== null) await measure('the line behind --prepare', shell(prepare), folder, clock);
  return { folder, command: shell(build) };
}
