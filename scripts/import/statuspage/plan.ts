import type { ContentTree } from '../../../src/content/content-tree.ts';
import { existingFolders } from '../existing.ts';
import { folderNames } from '../folder-names.ts';
import { countOf, type Plan } from '../plan.ts';
import { settleComponents } from '../settle-components.ts';
import { settleSite } from '../settle-site.ts';
import type { Dump } from './dump-schema.ts';
import { planComponents } from './plan-components.ts';
import { planIncident } from './plan-incident.ts';
import { planMaintenance } from './plan-maintenance.ts';
import { planSite } from './plan-site.ts';
import { sourceName } from './source-name.ts';
import { timesLeft } from './times-left.ts';
import { troubledComponents } from './troubled-components.ts';

const noComponents =
  'the dump names no component, and there is no components.yml yet. Pass the list with --components FILE';

/** Plans an import into a content folder as it is. `told` are notes from reading the dump. Pure. Throws UserError when it cannot be done. */
export function planImport(dump: Dump, tree: ContentTree, content: string, told: readonly string[] = []): Plan {
  const notes: string[] = [];
  const note = (text: string): void => void notes.push(text);
  const site = settleSite(tree, (tell) => planSite(dump.page, tell), note);
  const { ids, files, edits, added, remarks } = settleComponents(
    planComponents(dump, note),
    dump.components !== null,
    tree,
    content,
    noComponents,
  );
  troubledComponents(dump, ids, note);
  const incidentFolders = folderNames(dump.incidents, existingFolders('incidents', tree), 'incident', sourceName);
  const maintenanceFolders = folderNames(
    dump.maintenances,
    existingFolders('maintenance', tree),
    'maintenance',
    sourceName,
  );
  const incidents = dump.incidents.map((incident) =>
    planIncident(incident, incidentFolders.get(incident.id) ?? '', ids, note),
  );
  const maintenances = dump.maintenances.map((maintenance) =>
    planMaintenance(maintenance, maintenanceFolders.get(maintenance.id) ?? '', ids, note),
  );
  return {
    edits,
    added,
    files: [...site, ...files, ...incidents.flat(), ...maintenances.flat()],
    counts: countOf(incidents, maintenances),
    notes: [...notes, ...told],
    remarks: [...remarks, ...timesLeft(dump)],
  };
}
