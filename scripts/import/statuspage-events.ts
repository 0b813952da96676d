import { type Instant, minute } from '../../src/lib/domain/calendar.ts';
import {
  type ComponentStates,
  type ComponentStatus,
  componentStatuses,
  type IncidentStatus,
  type MaintenanceStatus,
  worstStatus,
} from '../../src/lib/domain/vocabulary.ts';
import { type ImportedIncident, type ImportedUpdate, type ImportedWindow, spaced } from './events.ts';
import { type ComponentIds, nameOf, type Note } from './plan.ts';
import type { DumpComponent, DumpIncident, DumpMaintenance } from './statuspage-dump.ts';

/** The `source` that an event of the dump gets. */
export const sourceName = (id: string): string => `statuspage:${id}`;

/** Our id for a component of Statuspage; all of them are planned before the events. */
function idOf(code: string, ids: ComponentIds): string {
  const id = ids.get(code);
  if (id === undefined) throw new Error(`component ${code} was not planned`);
  return id;
}

/** The components that an event lists outside its updates, with their worst status. A group has no status of its own. */
const listedComponents = (components: readonly DumpComponent[] | null | undefined, ids: ComponentIds) =>
  (components ?? []).filter(({ group }) => group !== true).map(({ id, status }) => ({ id: idOf(id, ids), status }));

type RawUpdate = DumpIncident['incident_updates'][number] | DumpMaintenance['incident_updates'][number];

const shownAt = ({ display_at: displayAt, created_at: createdAt }: RawUpdate): Instant => displayAt ?? createdAt;

/** The updates in the order in which readers saw them, oldest first. */
function inOrder<T extends RawUpdate>(updates: readonly T[]): T[] {
  // Statuspage lists the newest first, which decides between equal times.
  return updates.toReversed().toSorted((a, b) => shownAt(a) - shownAt(b) || a.created_at - b.created_at);
}

/** The component statuses that an update sets. */
const statesOf = (update: RawUpdate, ids: ComponentIds): Record<string, ComponentStatus> =>
  Object.fromEntries(
    (update.affected_components ?? []).map(({ code, new_status: status }) => [idOf(code, ids), status]),
  );

const isResolved = ({ status }: RawUpdate): boolean => status === 'resolved' || status === 'postmortem';

/** The statuses that the incident lists and that none of its updates reaches before the end. */
function unreached(incident: DumpIncident, ids: ComponentIds): ComponentStates {
  const severity = (status: ComponentStatus): number => componentStatuses.indexOf(status);
  const states = incident.incident_updates
    .filter((update) => !isResolved(update))
    .map((update) => statesOf(update, ids));
  const missing = listedComponents(incident.components, ids).filter(
    ({ id, status }) => severity(status) > severity(worstStatus(states.flatMap((each) => each[id] ?? []))),
  );
  return Object.fromEntries(missing.map(({ id, status }) => [id, status]));
}

/** An incident without updates has none here either, and is not imported. */
export function importIncident(incident: DumpIncident, ids: ComponentIds, note: Note): ImportedIncident {
  const about = `incident ${incident.id}`;
  const ordered = inOrder(incident.incident_updates);
  const [first] = ordered;
  if (first === undefined) note(`${about}: not imported: it has no updates`);
  const firstAt = first === undefined ? incident.created_at : shownAt(first);
  const began = incident.started_at ?? firstAt;
  return {
    kind: 'incident',
    id: incident.id,
    source: sourceName(incident.id),
    title: nameOf(incident.name),
    created: incident.created_at,
    impact: incident.impact,
    // Statuspage sets the start some milliseconds before the first update. Only a start that a person set counts.
    ...(firstAt - began >= minute ? { started: began } : {}),
    updates: ordered.map((update): ImportedUpdate<IncidentStatus> => {
      const place = `${about}: update ${update.id}`;
      const states = statesOf(update, ids);
      if (update.status === 'postmortem') note(`${place}: the status postmortem became resolved`);
      for (const [id, status] of isResolved(update) ? Object.entries(states) : []) {
        if (status !== 'operational')
          note(`${place}: not imported: ${id} stays in ${status} although the incident is resolved`);
      }
      return {
        at: shownAt(update),
        body: update.body ?? '',
        place,
        ...(update.status === 'postmortem' || update.status === 'resolved'
          ? { status: 'resolved' }
          : {
              status: update.status,
              components: update === first ? { ...states, ...unreached(incident, ids) } : states,
            }),
      };
    }),
  };
}

/** A maintenance without updates or with an impossible window has no updates here, and is not imported. */
export function importMaintenance(maintenance: DumpMaintenance, ids: ComponentIds, note: Note): ImportedWindow {
  const about = `maintenance ${maintenance.id}`;
  const { scheduled_for: from, scheduled_until: until } = maintenance;
  const ordered = until <= from ? [] : inOrder(maintenance.incident_updates);
  if (until <= from) note(`${about}: not imported: its window ends before it begins`);
  else if (ordered.length === 0) note(`${about}: not imported: it has no updates`);
  // Statuspage also lists components as operational before and after the work. Here, that is implied.
  const duringWork = (update: RawUpdate): ComponentStates =>
    Object.fromEntries(Object.entries(statesOf(update, ids)).filter(([, status]) => status !== 'operational'));
  const listed = listedComponents(maintenance.components, ids);
  const worst = (id: string): ComponentStatus => {
    const status = worstStatus([
      ...ordered.flatMap((update) => duringWork(update)[id] ?? []),
      ...listed.filter((component) => component.id === id).map((component) => component.status),
    ]);
    // Always operational: the work had not begun when the dump was made.
    return status === 'operational' ? 'under_maintenance' : status;
  };
  /** All components named anywhere in the event, each with its worst status. */
  const announced = (): ComponentStates => {
    const named = ordered.flatMap((update) => Object.keys(statesOf(update, ids)));
    return Object.fromEntries([...new Set([...listed.map(({ id }) => id), ...named])].map((id) => [id, worst(id)]));
  };
  const inEffect = new Map<string, ComponentStatus>();
  const changes = (states: ComponentStates): ComponentStates => {
    const changed = Object.entries(states).filter(([id, status]) => inEffect.get(id) !== status);
    for (const [id, status] of changed) inEffect.set(id, status);
    return Object.fromEntries(changed);
  };
  const updates = spaced(
    ordered.map((update, index): ImportedUpdate<MaintenanceStatus> => ({
      at: shownAt(update),
      status: update.status,
      body: update.body ?? '',
      place: `${about}: update ${update.id}`,
      components: changes(index === 0 ? announced() : duringWork(update)),
    })),
    note,
  );
  let end = until;
  return {
    kind: 'maintenance',
    id: maintenance.id,
    source: sourceName(maintenance.id),
    title: nameOf(maintenance.name),
    created: maintenance.created_at,
    from,
    until,
    updates: updates.map((update) => {
      if (!['in_progress', 'verifying'].includes(update.status) || update.at < end) return update;
      end = updates.find(({ at }) => at > update.at)?.at ?? update.at + minute;
      note(`${update.place}: the work ran past its window, which was extended`);
      return { ...update, until: end };
    }),
  };
}
