import { day } from '../../src/domain/instant.ts';
import type { NewFile } from '../writing/new-problems.ts';
import type { Dump } from '../import/statuspage/dump-schema.ts';
import { planImport } from '../import/statuspage/plan.ts';

/** How far apart the copies of a history lie: no two begin on the same days, and 10,000 incidents fill ten years. */
const apart = 97 * day;

type Incident = Dump['incidents'][number];

function earlier(incident: Incident, copy: number): Incident {
  const by = copy * apart;
  return {
    ...incident,
    id: `${incident.id}-${copy}`,
    created_at: incident.created_at - by,
    started_at: incident.started_at == null ? null : incident.started_at - by,
    incident_updates: incident.incident_updates.map((update) => ({
      ...update,
      id: `${update.id}-${copy}`,
      created_at: update.created_at - by,
      display_at: update.display_at == null ? null : update.display_at - by,
    })),
  };
}

/** `size` incidents: those of a dump, newest first, and again as earlier ones until there are enough. */
export function repeated({ incidents }: Dump, size: number): readonly Incident[] {
  const copies = Math.ceil(size / incidents.length);
  return Array.from({ length: copies }, (_, copy) => incidents.map((incident) => earlier(incident, copy))).flat().slice(0, size);
}

/** The content of a site with `size` incidents. */
export function historyFiles(dump: Dump, size: number): readonly NewFile[] {
  return planImport({ ...dump, incidents: repeated(dump, size) }, { files: [], folders: [], others: [] }, 'content').files;
}
