import { resolve } from 'node:path';
import { NoContentFolder } from '../../src/content/disk.ts';
import type { ContentTree } from '../../src/content/content-tree.ts';
import { count } from '../../src/views/words.ts';
import { command } from '../cli/command.ts';
import { UsageError, UserError } from '../cli/errors.ts';
import { oneLine } from '../cli/one-line.ts';
import type { World } from '../cli/world.ts';
import { type Carried, carryOut } from '../import/statuspage/carry-out.ts';
import type { Dump } from '../import/statuspage/dump-schema.ts';
import { type Plan, planImport } from '../import/statuspage/plan.ts';
import { readDump } from '../import/statuspage/read-dump.ts';
import { isSample } from '../init/sample.ts';
import { readContentTree } from '../writing/desk.ts';

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

async function treeOrNone(content: string, world: World): Promise<ContentTree> {
  try {
    return await readContentTree(content, world);
  } catch (error) {
    if (error instanceof NoContentFolder) return { files: [], folders: [], others: [] };
    throw error;
  }
}

function report({ counts, notes, added }: Plan, { written, unchanged, kept, otherProblems }: Carried, content: string): string {
  const lines = [
    `${count(counts.incidents, 'incident')} with ${count(counts.incident_updates, 'update')}, ${count(counts.maintenances, 'maintenance')} with ${count(counts.maintenance_updates, 'update')}`,
    `${count(written, 'file')} written to ${content}, ${unchanged} unchanged, ${kept.length} kept`,
    ...(added.length === 0 ? [] : [`Added to ${content}/components.yml: ${added.join(', ')}`]),
    ...(kept.length === 0 ? [] : ['Kept, since they say something else than the dump:', ...kept.map((path) => `  ${content}/${path}`)]),
    ...(notes.length === 0 ? [] : ['Not carried over as it was:', ...notes.map((text) => `  ${oneLine(text)}`)]),
    ...(otherProblems === 0 ? [] : [`${count(otherProblems, 'problem')} in other files. See: npx halfpast check --content ${content}`]),
  ];
  return `${lines.join('\n')}\n`;
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
    const tree = await treeOrNone(call.content, world);
    if (isSample(tree)) throw new UserError(`${call.content} holds the included sample, whose incidents are invented. Name a new folder for yours, as --content my-content`);
    const plan = planImport(dump, tree, call.content);
    const carried = await carryOut(plan, tree, call.content, call.now(), world);
    const { counts, notes, added } = plan;
    const said = { ...counts, components_added: added, written: carried.written, unchanged: carried.unchanged, kept: carried.kept, notes };
    world.stdout(call.json ? `${JSON.stringify(said)}\n` : report(plan, carried, call.content));
    return 0;
  },
});
