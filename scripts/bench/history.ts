import { day, minute } from '../../src/domain/instant.ts';
import type { NewFile } from '../writing/new-problems.ts';
import type { Dump } from '../import/statuspage/dump-schema.ts';
import { planImport } from '../import/statuspage/plan.ts';

/** How far apart the copies of a history lie, if there is room: no two begin on the same days, and 10,000 incidents fill ten years. */
const usually = 97 * day;
/** Content is of this century. */
const earliest = Date.parse('2000-01-02T00:00Z');

type Incident = Dump['incidents'][number];

function earlier(incident: Incident, by: number, copy: number): Incident {
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

/** The earliest time of an incident. */
const beginOf = ({ created_at: at, started_at: start, incident_updates: updates }: Incident): number =>
  Math.min(at, start ?? at, ...updates.flatMap((update) => [update.created_at, update.display_at ?? at]));

/** `size` incidents: those of a dump, newest first, and again as earlier ones until there are enough. */
export function repeated({ incidents }: Dump, size: number): readonly Incident[] {
  const copies = Math.ceil(size / incidents.length);
  const room = Math.min(...incidents.map(beginOf)) - earliest;
  const apart = Math.min(usually, Math.floor(room / copies / minute) * minute);
  return Array.from({ length: copies }, (_, copy) => incidents.map((incident) => earlier(incident, copy * apart, copy)))
    .flat()
    .slice(0, size);
}

/** The content of a site with `size` incidents. */
export function historyFiles(dump: Dump, size: number): readonly NewFile[] {
  return planImport({ ...dump, incidents: repeated(dump, size) }, { files: [], folders: [], others: [] }, 'content')
    .files;
}
