import { componentsPath, readComponents } from '../../../src/content/components.ts';
import type { ContentTree } from '../../../src/content/content-tree.ts';
import { problemLine } from '../../../src/content/problem.ts';
import { settingsPath } from '../../../src/content/settings.ts';
import { UserError } from '../../cli/errors.ts';
import type { NewFile } from '../../writing/new-problems.ts';
import { toYaml } from '../../writing/update-file.ts';
import type { SourceFile } from '../../../src/content/source-file.ts';
import { addComponents } from './add-components.ts';
import type { ComponentIds } from './component-ids.ts';
import type { Dump } from './dump-schema.ts';
import { existingFolders, namesComponents } from './existing.ts';
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
  /** Files that are there and are to say more. */
  readonly edits: readonly NewFile[];
  /** The components that `components.yml` is to have more. */
  readonly added: readonly string[];
  readonly counts: { readonly incidents: number; readonly incident_updates: number; readonly maintenances: number; readonly maintenance_updates: number };
  readonly notes: readonly string[];
};

function isFilled(value: unknown): boolean {
  return Array.isArray(value) && value.length > 0;
}

type Settled = { readonly ids: ComponentIds; readonly files: readonly NewFile[]; readonly edits: readonly NewFile[]; readonly added: readonly string[] };

/** Our ids by a `components.yml` that is there, with what it lacks as an edit of it, as long as nothing in use can be confused. */
function joinComponents(planned: PlannedComponents, isList: boolean, file: SourceFile, tree: ContentTree, content: string): Settled {
  const { groups, problems } = readComponents(file);
  const [problem] = problems;
  if (groups === null) throw new UserError(problem === undefined ? `${content}/${componentsPath} cannot be read` : problemLine(problem, content));
  const known = groups.flatMap(({ components }) => components);
  if (isList && !namesComponents(tree)) {
    const { ids, lacking } = matchComponents(planned.all, known);
    const added = lacking.map((component) => component.planned.id);
    const text = addComponents(new TextDecoder().decode(file.bytes), planned.file, new Set(added));
    const all = new Map([...ids, ...lacking.map(({ code, planned: { id } }) => [code, id] as const)]);
    return { ids: all, files: [], edits: added.length === 0 ? [] : [{ path: componentsPath, text }], added };
  }
  const { ids, lacking } = matchComponents(planned.used, known);
  if (lacking.length === 0) return { ids, files: [], edits: [], added: [] };
  const lines = toYaml(lacking.map((component) => component.planned)).trimEnd().split('\n');
  throw new UserError([`${content}/${componentsPath} lacks components that the history names. Add these below "components:", and import again`, ...lines].join('\n'));
}

/** Our ids for the components, and `components.yml` when there is none or it is the same. */
function settleComponents(planned: PlannedComponents, isList: boolean, tree: ContentTree, content: string): Settled {
  const text = toYaml(Object.fromEntries(Object.entries(planned.file).filter(([, value]) => isFilled(value))));
  const file = { path: componentsPath, text };
  const there = tree.files.find(({ path }) => path === componentsPath);
  if (there === undefined && !isFilled(planned.file.components) && !isFilled(planned.file.groups)) {
    throw new UserError('the dump names no component, and there is no components.yml yet. Pass the list with --components FILE');
  }
  const isSame = there === undefined || new TextDecoder().decode(there.bytes) === text;
  return isSame ? { ids: planned.ids, files: [file], edits: [], added: [] } : joinComponents(planned, isList, there, tree, content);
}

/** `site.yml`, when there is none or it is the same. */
function settleSite(dump: Dump, tree: ContentTree, note: (text: string) => void): NewFile[] {
  const there = tree.files.find(({ path }) => path === settingsPath);
  if (there === undefined) return [{ path: settingsPath, text: planSite(dump.page, note) }];
  try {
    const text = planSite(dump.page, () => undefined);
    return new TextDecoder().decode(there.bytes) === text ? [{ path: settingsPath, text }] : [];
  } catch (error) {
    // The settings that are there hold, whatever the dump lacks.
    if (error instanceof UserError) return [];
    throw error;
  }
}

/** Plans an import into a content folder as it is. Pure. Throws UserError when it cannot be done. */
export function planImport(dump: Dump, tree: ContentTree, content: string): Plan {
  const notes: string[] = [];
  const note = (text: string): void => void notes.push(text);
  const site = settleSite(dump, tree, note);
  const { ids, files, edits, added } = settleComponents(planComponents(dump, note), dump.components !== null, tree, content);
  const incidentFolders = folderNames(dump.incidents, existingFolders('incidents', tree), 'incident');
  const maintenanceFolders = folderNames(dump.maintenances, existingFolders('maintenance', tree), 'maintenance');
  const incidents = dump.incidents.map((incident) => planIncident(incident, incidentFolders.get(incident.id) ?? '', ids, note));
  const maintenances = dump.maintenances.map((maintenance) => planMaintenance(maintenance, maintenanceFolders.get(maintenance.id) ?? '', ids, note));
  const folders = (planned: readonly NewFile[][]): number => planned.filter((updates) => updates.length > 0).length;
  return {
    edits,
    added,
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
