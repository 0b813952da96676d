import { type Instant, minute } from '../../src/lib/domain/calendar.ts';
import {
  type ComponentStates,
  type ComponentStatus,
  type IncidentStatus,
  type MaintenanceStatus,
  worstStatus,
} from '../../src/lib/domain/vocabulary.ts';
import { shortUtc } from '../../src/lib/schema/time-fields.ts';
import { label } from '../../src/lib/words/en.ts';
import { extended, type ImportedIncident, type ImportedUpdate, type ImportedWindow, spaced } from './plan-events.ts';
import { absoluteImages, type ComponentIds, nameOf, type Note } from './plan.ts';
import { type DumpIncident, type DumpMaintenance, shownAt } from './statuspage-dump.ts';

type RawEvent = DumpIncident | DumpMaintenance;
type RawUpdate = RawEvent['incident_updates'][number];

/** What incidents and maintenance have in common. */
const common = ({ id, name, created_at: created }: RawEvent) => ({
  id,
  source: `statuspage:${id}`,
  title: nameOf(name),
  created,
});

/** The updates in the order readers saw them, oldest first. */
function inOrder<T extends RawUpdate>(updates: readonly T[]): T[] {
  // Statuspage lists the newest one first, which decides between equal times.
  return updates.toReversed().toSorted((a, b) => shownAt(a) - shownAt(b) || a.created_at - b.created_at);
}

const over = ['resolved', 'postmortem', 'completed'];

/** Whether an update ends its event. */
const ends = ({ status }: RawUpdate): boolean => over.includes(status);

/** Whether an event is ongoing. */
export function isUnfinished({ incident_updates: updates }: RawEvent): boolean {
  const newest = inOrder<RawUpdate>(updates).at(-1);
  return newest !== undefined && !ends(newest);
}

/**
 * The update to add to an event that Statuspage calls over although none of its updates says so. A window ends on its
 * own, so it only gets one if it ended at another time.
 */
export function closing<const S extends 'resolved' | 'completed'>(event: RawEvent, status: S, note: Note) {
  if (!isUnfinished(event) || !over.includes(event.status ?? '')) return [];
  const last = Math.max(...event.incident_updates.map(shownAt));
  const usual: Instant = 'scheduled_until' in event ? event.scheduled_until : last;
  const end = event.resolved_at ?? usual;
  if ('scheduled_until' in event && Math.abs(end - usual) < minute) return [];
  const at = Math.max(end, last + 1);
  const about = `${status === 'resolved' ? 'incident' : 'maintenance'} ${event.id}`;
  note(`${about}: is ${status} without an update that says so; one was added at ${shortUtc(at)}`);
  return [{ id: 'added', status, body: `${label(status)}.`, created_at: at }];
}

/** Halfpast's id for a Statuspage component. All ids are planned before the events. */
function idOf(code: string, ids: ComponentIds): string {
  const id = ids.get(code);
  if (id === undefined) throw new Error(`component ${code} was not planned`);
  return id;
}

/** The component statuses that an update sets. */
const statesOf = (update: RawUpdate, ids: ComponentIds): Record<string, ComponentStatus> =>
  Object.fromEntries(
    (update.affected_components ?? []).map(({ code, new_status: status }) => [idOf(code, ids), status]),
  );

/** What Statuspage has, but Halfpast doesn't. */
function noteTexts(
  { incident_updates: updates, postmortem_body: postmortem }: RawEvent,
  about: string,
  note: Note,
): void {
  const isPublished = updates.some(({ body }) => body?.trim() === postmortem?.trim());
  if (/\S/.test(postmortem ?? '') && !isPublished)
    note(`${about}: postmortem_body isn't in any update, and was not imported. To publish it: npx halfpast postmortem`);
  for (const { id, custom_tweet: tweet } of updates)
    if (/\S/.test(tweet ?? '')) note(`${about}: update ${id ?? ''}: custom_tweet was not imported: ${tweet ?? ''}`);
}

/** The components in an event's own list. Groups have no status. */
const listed = ({ components }: RawEvent) => (components ?? []).filter(({ group }) => group !== true);

/** The components that an event lists, but none of its updates mentions. */
export function onlyListed(event: RawEvent): string[] {
  const updates: readonly RawUpdate[] = event.incident_updates;
  const mentioned = new Set(updates.flatMap((update) => (update.affected_components ?? []).map(({ code }) => code)));
  return listed(event).flatMap(({ id }) => (mentioned.has(id) ? [] : [id]));
}

/**
 * The states that an open incident's list adds to its first and last updates. Statuspage lists the current states of
 * components, so the list is meaningless once an incident is over.
 */
function listedNow(incident: DumpIncident, updates: readonly RawUpdate[], ids: ComponentIds) {
  const states: Record<string, ComponentStatus> = Object.assign({}, ...updates.map((update) => statesOf(update, ids)));
  const first: Record<string, ComponentStatus> = {};
  const last: Record<string, ComponentStatus> = {};
  for (const { id: code, status } of isUnfinished(incident) ? listed(incident) : []) {
    const id = idOf(code, ids);
    const before = states[id];
    // A component that's under maintenance due to another event isn't affected by this one.
    if (status == null || status === 'under_maintenance') continue;
    if (worstStatus([status, before ?? 'operational']) !== (before ?? 'operational'))
      (before === undefined ? first : last)[id] = status;
  }
  return { first, last };
}

/** Incidents without updates aren't imported. */
export function importIncident(incident: DumpIncident, ids: ComponentIds, note: Note): ImportedIncident {
  const about = `incident ${incident.id}`;
  noteTexts(incident, about, note);
  const ordered = inOrder(incident.incident_updates);
  const [first, last] = [ordered[0], ordered.at(-1)];
  if (first === undefined) note(`${about}: not imported: it has no updates`);
  const firstAt = first === undefined ? incident.created_at : shownAt(first);
  const began = incident.started_at ?? firstAt;
  const now = listedNow(incident, ordered, ids);
  return {
    ...common(incident),
    kind: 'incident',
    impact: incident.impact,
    // Statuspage sets the start to milliseconds before the first update. Only a start set by a person counts.
    ...(firstAt - began >= minute ? { started: began } : {}),
    updates: ordered.map((update): ImportedUpdate<IncidentStatus> => {
      const place = `${about}: update ${update.id ?? ''}`;
      const states = statesOf(update, ids);
      if (update.status === 'postmortem') note(`${place}: the status postmortem became resolved`);
      for (const [id, status] of ends(update) ? Object.entries(states) : []) {
        if (status !== 'operational')
          note(`${place}: not imported: ${id} stays in ${status} although the incident is resolved`);
      }
      const listedStates = { ...(update === first ? now.first : {}), ...(update === last ? now.last : {}) };
      return {
        at: shownAt(update),
        body: absoluteImages(update.body ?? '', null, (text) => note(`${place}: ${text}`)),
        place,
        ...(update.status === 'postmortem' || update.status === 'resolved'
          ? { status: 'resolved' }
          : { status: update.status, components: { ...states, ...listedStates } }),
      };
    }),
  };
}

/** Maintenance without updates, or with an impossible window, isn't imported. */
export function importMaintenance(maintenance: DumpMaintenance, ids: ComponentIds, note: Note): ImportedWindow {
  const about = `maintenance ${maintenance.id}`;
  noteTexts(maintenance, about, note);
  const { scheduled_for: from, scheduled_until: until } = maintenance;
  const ordered = until <= from ? [] : inOrder(maintenance.incident_updates);
  if (until <= from) note(`${about}: not imported: its window ends before it begins`);
  else if (ordered.length === 0) note(`${about}: not imported: it has no updates`);
  // Statuspage also lists components as operational before and after the work, which is implied here.
  const duringWork = (update: RawUpdate): ComponentStates =>
    Object.fromEntries(Object.entries(statesOf(update, ids)).filter(([, status]) => status !== 'operational'));
  const named = [
    ...listed(maintenance).map(({ id }) => idOf(id, ids)),
    ...ordered.flatMap((update) => Object.keys(statesOf(update, ids))),
  ];
  /**
   * All components in the event with their worst status. Before the work begins, they're operational.
   */
  const announced = (): ComponentStates =>
    Object.fromEntries(
      named.map((id) => {
        const worst = worstStatus(ordered.flatMap((update) => duringWork(update)[id] ?? []));
        return [id, worst === 'operational' ? 'under_maintenance' : worst];
      }),
    );
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
      body: absoluteImages(update.body ?? '', null, (text) => note(`${about}: update ${update.id ?? ''}: ${text}`)),
      place: `${about}: update ${update.id ?? ''}`,
      components: changes(index === 0 ? announced() : duringWork(update)),
    })),
    note,
  );
  return {
    ...common(maintenance),
    kind: 'maintenance',
    from,
    until,
    updates: extended(updates, until, note),
  };
}
