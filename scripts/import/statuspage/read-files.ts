import { resolve } from 'node:path';
import { UserError } from '../../cli/errors.ts';
import type { World } from '../../cli/world.ts';
import type { Note } from '../note.ts';
import type { Dump } from './dump-schema.ts';
import { parseObject } from './live-history.ts';
import { notCarried } from './not-carried.ts';
import { readDump } from './read-dump.ts';

export const fileFlags = ['incidents', 'maintenances', 'components', 'summary'] as const;
export type Files = { readonly [K in (typeof fileFlags)[number]]: string | undefined };

async function readText(path: string, flag: string, world: World): Promise<string> {
  const text = await world.disk.read(resolve(world.cwd, path));
  if (text === null) throw new UserError(`--${flag}: there is no file ${path}. Check the path`);
  return text;
}

/** Reads saved files; of what two of them say, that of the own file counts. Throws UserError. */
export async function readFiles(files: Files, world: World, note: Note): Promise<Dump> {
  const texts = await Promise.all(
    fileFlags.map(async (flag) => {
      const path = files[flag];
      return path === undefined ? null : { path, text: await readText(path, flag, world) };
    }),
  );
  const [incidents, maintenances, components, summary] = texts;
  const [ofIncidents, ofMaintenances, ofComponents] = [
    incidents ?? summary,
    maintenances ?? summary,
    components ?? summary,
  ];
  const dump = {
    incidents: ofIncidents && readDump(ofIncidents.text, 'incidents', ofIncidents.path),
    maintenances: ofMaintenances && readDump(ofMaintenances.text, 'scheduled_maintenances', ofMaintenances.path),
    components: ofComponents && readDump(ofComponents.text, 'components', ofComponents.path),
  };
  for (const file of texts) if (file !== null) notCarried(parseObject(file.text), file.path, note);
  if (summary !== null && summary !== undefined)
    note(
      `${summary.path}: a summary lists only what is open; the rest of the history is in incidents.json, or have it all with --url`,
    );
  return {
    page: dump.components?.page ?? dump.incidents?.page ?? dump.maintenances?.page,
    incidents: dump.incidents?.incidents ?? [],
    maintenances: dump.maintenances?.scheduled_maintenances ?? [],
    components: dump.components?.components ?? null,
  };
}
