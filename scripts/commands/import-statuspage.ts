import { resolve } from 'node:path';
import { command } from '../cli/command.ts';
import { UsageError, UserError } from '../cli/errors.ts';
import type { World } from '../cli/world.ts';
import { importTree, runImport } from '../import/run-import.ts';
import type { Dump } from '../import/statuspage/dump-schema.ts';
import { planImport } from '../import/statuspage/plan.ts';
import { readDump } from '../import/statuspage/read-dump.ts';

type Given = { readonly incidents: string | undefined; readonly maintenances: string | undefined; readonly components: string | undefined };

async function readText(path: string, flag: string, world: World): Promise<string> {
  const text = await world.disk.read(resolve(world.cwd, path));
  if (text === null) throw new UserError(`--${flag}: there is no file ${path}. Check the path`);
  return text;
}

async function readAll(given: Given, world: World): Promise<Dump> {
  const { incidents, maintenances, components } = given;
  const [ofIncidents, ofMaintenances, ofComponents] = await Promise.all([
    incidents === undefined ? null : readText(incidents, 'incidents', world).then((text) => readDump(text, 'incidents', incidents)),
    maintenances === undefined ? null : readText(maintenances, 'maintenances', world).then((text) => readDump(text, 'scheduled_maintenances', maintenances)),
    components === undefined ? null : readText(components, 'components', world).then((text) => readDump(text, 'components', components)),
  ]);
  return {
    page: ofComponents?.page ?? ofIncidents?.page ?? ofMaintenances?.page,
    incidents: ofIncidents?.incidents ?? [],
    maintenances: ofMaintenances?.scheduled_maintenances ?? [],
    components: ofComponents?.components ?? null,
  };
}

export const importStatuspage = command({
  name: 'import statuspage',
  summary: 'Take over the history of a page on Atlassian Statuspage',
  details:
    'Reads the JSON of its public API: https://YOUR-PAGE/api/v2/incidents.json, scheduled-maintenances.json and components.json. At least one is needed. Run again with a later dump, it adds what is new; updates that are there are never changed. With --components, a components.yml that nothing uses yet gets what it lacks.',
  args: [],
  options: {
    incidents: { kind: 'text', value: 'FILE', help: 'incidents.json' },
    maintenances: { kind: 'text', value: 'FILE', help: 'scheduled-maintenances.json' },
    components: { kind: 'text', value: 'FILE', help: 'components.json' },
  },
  examples: [
    { line: 'npx halfpast import statuspage --incidents incidents.json --maintenances scheduled-maintenances.json --components components.json --content my-content', says: 'everything, into a folder of its own' },
    { line: 'npx halfpast check --content my-content', says: 'then look at it' },
  ],
  run: async (call, world) => {
    const { incidents, maintenances, components } = call.options;
    if ((incidents ?? maintenances ?? components) === undefined) throw new UsageError('no file is named. Type at least one of --incidents FILE, --maintenances FILE and --components FILE');
    const dump = await readAll({ incidents, maintenances, components }, world);
    const tree = await importTree(call.content, world);
    return runImport(call, world, 'the dump', tree, planImport(dump, tree, call.content));
  },
});
