import { componentsPath, readComponents } from '../../../src/content/components.ts';
import type { ContentTree } from '../../../src/content/content-tree.ts';
import { problemLine } from '../../../src/content/problem.ts';
import { settingsPath } from '../../../src/content/settings.ts';
import { UserError } from '../../cli/errors.ts';
import type { NewFile } from '../../writing/new-problems.ts';
import { toYaml } from '../../writing/update-file.ts';
import type { ComponentIds } from './component-ids.ts';
import type { Dump } from './dump-schema.ts';
import { existingFolders } from './existing.ts';
import { folderNames } from './folder-names.ts';
import { matchComponents } from './match-components.ts';
import { planComponents, type PlannedComponents } from './plan-components.ts';
import { planIncident } from './plan-incident.ts';
import { planMaintenance } from './plan-maintenance.ts';
import { planSite } from './plan-site.ts';

/** What an import would write, and what it could not carry over as it was. */
export type Plan = {
  /** In the order in which to write them: the first update of a folder, which names its source, comes first. */
  readonly files: readonly NewFile[];
  readonly counts: { readonly incidents: number; readonly incident_updates: number; readonly maintenances: number; readonly maintenance_updates: number };
  readonly notes: readonly string[];
};

function isFilled(value: unknown): boolean {
  return Array.isArray(value) && value.length > 0;
}

/** Our ids for the components, and `components.yml` when there is none or it is the same. */
function settleComponents(planned: PlannedComponents, tree: ContentTree, content: string): { readonly ids: ComponentIds; readonly files: NewFile[] } {
  const text = toYaml(Object.fromEntries(Object.entries(planned.file).filter(([, value]) => isFilled(value))));
  const there = tree.files.find(({ path }) => path === componentsPath);
  if (there === undefined) {
    const isEmpty = !isFilled(planned.file.components) && !isFilled(planned.file.groups);
    if (isEmpty) throw new UserError('the dump names no component, and there is no components.yml yet. Pass the list with --components FILE');
    return { ids: planned.ids, files: [{ path: componentsPath, text }] };
  }
  if (new TextDecoder().decode(there.bytes) === text) return { ids: planned.ids, files: [{ path: componentsPath, text }] };
  const { groups, problems } = readComponents(there);
  const [problem] = problems;
  if (groups === null) throw new UserError(problem === undefined ? `${content}/${componentsPath} cannot be read` : problemLine(problem, content));
  const known = groups.flatMap(({ components }) => components);
  return { ids: matchComponents(planned, known, `${content}/${componentsPath}`), files: [] };
}

/** Plans an import into a content folder as it is. Pure. Throws UserError when it cannot be done. */
export function planImport(dump: Dump, tree: ContentTree, content: string): Plan {
  const notes: string[] = [];
  const note = (text: string): void => void notes.push(text);
  const hasSite = tree.files.some(({ path }) => path === settingsPath);
  const site = hasSite ? [] : [{ path: settingsPath, text: planSite(dump.page, note) }];
  const { ids, files } = settleComponents(planComponents(dump, note), tree, content);
  const incidentFolders = folderNames(dump.incidents, existingFolders('incidents', tree), 'incident');
  const maintenanceFolders = folderNames(dump.maintenances, existingFolders('maintenance', tree), 'maintenance');
  const incidents = dump.incidents.map((incident) => planIncident(incident, incidentFolders.get(incident.id) ?? '', ids, note));
  const maintenances = dump.maintenances.map((maintenance) => planMaintenance(maintenance, maintenanceFolders.get(maintenance.id) ?? '', ids, note));
  const folders = (planned: readonly NewFile[][]): number => planned.filter((updates) => updates.length > 0).length;
  return {
    files: [...site, ...files, ...incidents.flat(), ...maintenances.flat()],
    counts: {
      incidents: folders(incidents),
      incident_updates: incidents.flat().length,
      maintenances: folders(maintenances),
      maintenance_updates: maintenances.flat().length,
    },
    notes,
  };
}
