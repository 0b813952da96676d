import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { historyFiles } from '../bench/history.ts';
import { inventedDump } from '../bench/invented.ts';
import type { Dump } from '../import/statuspage/dump-schema.ts';
import { planImport } from '../import/statuspage/plan.ts';
import { readDump } from '../import/statuspage/read-dump.ts';
import { file, partOf, type Tree } from './tree.ts';

/** Sound content that runs take parts of: what every site has, and the files of each incident and maintenance. */
export type Base = {
  readonly site: Tree;
  readonly incidents: readonly Tree[];
  readonly maintenances: readonly Tree[];
};

/** The history in a folder of real data; null when there is none. */
async function realDump(folder: string): Promise<Dump | null> {
  const read = (name: string): Promise<string | null> => readFile(join(folder, name), 'utf8').catch(() => null);
  const incidents = await read('github-incidents-2020-2024.json');
  const maintenances = await read('github-scheduled-maintenances-2020-2024.json');
  const components = await read('github-components.json');
  if (incidents === null || maintenances === null || components === null) return null;
  const { page, incidents: list } = readDump(incidents, 'incidents', folder);
  const windows = readDump(maintenances, 'scheduled_maintenances', folder).scheduled_maintenances;
  return {
    page,
    incidents: list,
    maintenances: windows,
    components: readDump(components, 'components', folder).components,
  };
}

function postmortem(slug: string): string {
  return [
    '---',
    'title: What happened, and what we learned',
    'published: 2024-12-30T10:00Z',
    'authors:',
    '  - Dana',
    'summary: Some requests failed.',
    'customer_data: unaffected',
    'cause: change',
    'remedy: Orders that failed are not charged.',
    'lessons:',
    '  - Rehearse the rollback',
    'actions:',
    '  - what: Rehearse it each month',
    '    owner: Dana',
    '    due: 2025-01-15',
    '---',
    `## What happened in ${slug}`,
    '',
    'A change went out that nobody had tried.',
    '',
  ].join('\n');
}

/** The content to be broken: the real history of `folder` through the importer, or an invented one. */
export async function readBase(folder: string): Promise<Base & { readonly isReal: boolean }> {
  const real = await realDump(folder);
  const dump = real ?? inventedDump(60);
  const files =
    real === null ? historyFiles(dump, 60) : planImport(dump, { files: [], folders: [], others: [] }, 'content').files;
  const parts = new Map<string, Tree>();
  const site: Tree = new Map();
  for (const { path, text } of files) {
    const part = partOf(path);
    if (part === path) site.set(path, file(text));
    else parts.set(part, (parts.get(part) ?? new Map()).set(path, file(text)));
  }
  const within = (top: string): Tree[] =>
    [...parts].filter(([part]) => part.startsWith(`${top}/`)).map(([, tree]) => tree);
  site.set(
    'templates/looking.md',
    file('---\nstatus: investigating\nlabel: We are looking\n---\nSome requests fail. We are looking into it.\n'),
  );
  return { site, incidents: within('incidents'), maintenances: within('maintenance'), isReal: real !== null };
}

/** A small site: two incidents, the first with its postmortem, and one maintenance where there is any. */
export function smallSite({ site, incidents, maintenances }: Base, first: number, second: number): Tree {
  const one = incidents[first % incidents.length] ?? new Map();
  const other = incidents[second % incidents.length] ?? new Map();
  const window = maintenances.length === 0 ? new Map() : (maintenances[second % maintenances.length] ?? new Map());
  const slug = [...one.keys()][0]?.split('/')[1] ?? '';
  return new Map([...site, ...one, ...other, ...window, [`postmortems/${slug}.md`, file(postmortem(slug))]]);
}
