import { updateName } from '../../src/lib/content/update-name.ts';
import { cleanBody, fileText, type NewFile } from '../../src/lib/content/write-content.ts';
import { type Instant, minute } from '../../src/lib/domain/calendar.ts';
import { withoutBlanks } from '../../src/lib/domain/template.ts';
import {
  type ComponentStates,
  type ComponentStatus,
  componentStatuses,
  worstStatus,
} from '../../src/lib/domain/vocabulary.ts';
import { withoutHidden } from '../../src/lib/schema/text.ts';
import { shortUtc } from '../../src/lib/schema/time-fields.ts';
import { label } from '../../src/lib/words/en.ts';
import { type ComponentIds, nameOf } from './plan.ts';
import type { DumpComponent, DumpIncident, DumpMaintenance } from './statuspage-dump.ts';

/** Where an entry of the dump came from, as its first update says it. */
export function sourceName(id: string): string {
  return `statuspage:${id}`;
}

/** The id for a code; every code of a dump is planned before any is asked for. */
function idOf(code: string, ids: ComponentIds): string {
  const id = ids.get(code);
  if (id === undefined) throw new Error(`component ${code} was not planned`);
  return id;
}

/** The ids of the components that an entry names outside of its updates, with their worst status. */
function namedComponents(
  components: readonly DumpComponent[] | null | undefined,
  ids: ComponentIds,
): { readonly id: string; readonly status: DumpComponent['status'] }[] {
  // A group is affected when one of its components is; it has no status of its own.
  return (components ?? [])
    .filter(({ group }) => group !== true)
    .map(({ id, status }) => ({ id: idOf(id, ids), status }));
}

type RawUpdate = {
  readonly id: string;
  readonly status: string;
  readonly body?: string | null | undefined;
  readonly created_at: Instant;
  readonly display_at?: Instant | null | undefined;
};

/** An update with its time, which no other update of its folder has, and its text. */
type Dated<T> = { readonly raw: T; readonly at: Instant; readonly body: string };

const shownAt = ({ display_at: displayAt, created_at: createdAt }: RawUpdate): Instant => displayAt ?? createdAt;

/**
 * Updates in the order in which readers saw them, oldest first. Two at the same millisecond are set one
 * apart, characters that nobody sees are left out, and an update without text gets its status for one; `note`
 * is told of each.
 */
function datedUpdates<T extends RawUpdate>(updates: readonly T[], note: (text: string) => void): Dated<T>[] {
  // Statuspage lists the newest first, which decides where all times are equal.
  const ordered = updates.toReversed().toSorted((a, b) => shownAt(a) - shownAt(b) || a.created_at - b.created_at);
  let latest = -Infinity;
  return ordered.map((raw) => {
    const at = Math.max(shownAt(raw), latest + 1);
    if (at !== shownAt(raw)) note(`update ${raw.id} has the same time as another, and became ${updateName(at)}`);
    latest = at;
    const written = cleanBody((raw.body ?? '').replaceAll('\0', ''));
    const text = withoutHidden(written);
    if (text !== written) note(`update ${raw.id} held characters that nobody sees, which are left out`);
    if (text === '') note(`update ${raw.id} has no text, and got its status for one`);
    return { raw, at, body: text === '' ? `${label(raw.status)}.` : text };
  });
}

type Update = Dated<DumpIncident['incident_updates'][number]>;

const severity = (status: ComponentStatus): number => componentStatuses.indexOf(status);

/** What an update says the components became, by our ids. */
function statesOf({ raw }: Update, ids: ComponentIds): Record<string, ComponentStatus> {
  return Object.fromEntries(
    (raw.affected_components ?? []).map(({ code, new_status: status }) => [idOf(code, ids), status]),
  );
}

const isResolved = ({ raw }: Update): boolean => raw.status === 'resolved' || raw.status === 'postmortem';

/** The worst statuses of the incident as a whole that no update before the end comes up to. */
function unreached(incident: DumpIncident, updates: readonly Update[], ids: ComponentIds): ComponentStates {
  const said = updates.filter((update) => !isResolved(update)).map((update) => statesOf(update, ids));
  const missing = namedComponents(incident.components, ids).filter(({ id, status }) => {
    const reached = worstStatus(said.flatMap((states) => states[id] ?? []));
    return severity(status) > severity(reached);
  });
  return Object.fromEntries(missing.map(({ id, status }) => [id, status]));
}

function noteResolved(update: Update, ids: ComponentIds, note: (text: string) => void): void {
  if (update.raw.status === 'postmortem')
    note(`update ${update.raw.id} has the status postmortem, and became resolved`);
  for (const [id, status] of Object.entries(statesOf(update, ids))) {
    if (status !== 'operational')
      note(`update ${update.raw.id} resolves the incident but leaves ${id} in ${status}, which was not carried over`);
  }
}

/** The files of one incident, oldest first, below its folder. What changes on the way is told to `note`. */
export function planIncident(
  incident: DumpIncident,
  folder: string,
  ids: ComponentIds,
  note: (text: string) => void,
): NewFile[] {
  const tell = (text: string): void => note(`incident ${incident.id}: ${text}`);
  const updates = datedUpdates(incident.incident_updates, tell);
  const [first] = updates;
  if (first === undefined) {
    tell('has no update, and was not carried over');
    return [];
  }
  const began = incident.started_at ?? first.at;
  // Statuspage notes the start some milliseconds before the first update; only a start that a person set counts.
  const started = first.at - began >= minute ? shortUtc(began) : undefined;
  const opening = {
    title: nameOf(incident.name),
    impact: incident.impact,
    started,
    source: sourceName(incident.id),
  };
  return updates.map((update) => {
    const resolved = isResolved(update);
    if (resolved) noteResolved(update, ids, tell);
    const isFirst = update === first;
    const states = resolved ? {} : statesOf(update, ids);
    const fields = {
      ...(isFirst ? opening : {}),
      status: resolved ? 'resolved' : update.raw.status,
      components: isFirst && !resolved ? { ...states, ...unreached(incident, updates, ids) } : states,
      // Nobody promised anything at the time.
      next_update: resolved ? undefined : 'none',
    };
    return {
      path: `incidents/${folder}/${updateName(update.at)}.md`,
      text: fileText(fields, withoutBlanks(update.body)),
    };
  });
}

type PlanMaintenanceUpdate = Dated<DumpMaintenance['incident_updates'][number]>;

/**
 * What an update says of the components while the work runs. Statuspage also lists what they are
 * before and after it, as `operational`; in Halfpast that goes without saying.
 */
function planMaintenanceStatesOf({ raw }: PlanMaintenanceUpdate, ids: ComponentIds): Record<string, ComponentStatus> {
  return Object.fromEntries(
    (raw.affected_components ?? [])
      .filter(({ new_status: status }) => status !== 'operational')
      .map(({ code, new_status: status }) => [idOf(code, ids), status]),
  );
}

/** What the first update announces: all components named anywhere, each with the worst it was said to be. */
function announced(
  maintenance: DumpMaintenance,
  updates: readonly PlanMaintenanceUpdate[],
  ids: ComponentIds,
): ComponentStates {
  const listed = namedComponents(maintenance.components, ids);
  const touched = updates.flatMap(({ raw }) => raw.affected_components ?? []).map(({ code }) => idOf(code, ids));
  const worst = (id: string): ComponentStatus => {
    const said = updates.flatMap((update) => planMaintenanceStatesOf(update, ids)[id] ?? []);
    const status = worstStatus([
      ...said,
      ...listed.filter((component) => component.id === id).map((component) => component.status),
    ]);
    // Named, but operational throughout: the work had not begun when the dump was made.
    return status === 'operational' ? 'under_maintenance' : status;
  };
  return Object.fromEntries([...new Set([...listed.map(({ id }) => id), ...touched])].map((id) => [id, worst(id)]));
}

/** What an update says that is not in effect already. */
function changes(states: ComponentStates, inEffect: Map<string, ComponentStatus>): ComponentStates {
  const changed = Object.entries(states).filter(([id, status]) => inEffect.get(id) !== status);
  for (const [id, status] of changed) inEffect.set(id, status);
  return Object.fromEntries(changed);
}

/** The files of one maintenance, oldest first, below its folder. What changes on the way is told to `note`. */
export function planMaintenance(
  maintenance: DumpMaintenance,
  folder: string,
  ids: ComponentIds,
  note: (text: string) => void,
): NewFile[] {
  const tell = (text: string): void => note(`maintenance ${maintenance.id}: ${text}`);
  const { scheduled_for: from, scheduled_until: until } = maintenance;
  if (until <= from) {
    tell('has a window that does not end after it begins, and was not carried over');
    return [];
  }
  const updates = datedUpdates(maintenance.incident_updates, tell);
  const [first] = updates;
  if (first === undefined) {
    tell('has no update, and was not carried over');
    return [];
  }
  const inEffect = new Map<string, ComponentStatus>();
  let end = until;
  return updates.map((update) => {
    const isFirst = update === first;
    const { status } = update.raw;
    const runsOn = (status === 'in_progress' || status === 'verifying') && update.at >= end;
    if (runsOn) {
      end = updates.find(({ at }) => at > update.at)?.at ?? update.at + minute;
      tell(`update ${update.raw.id} says that work still runs after the window, which was made longer`);
    }
    const fields = {
      title: isFirst ? nameOf(maintenance.name) : undefined,
      status,
      scheduled_for: isFirst ? shortUtc(from) : undefined,
      scheduled_until: isFirst || runsOn ? shortUtc(isFirst && !runsOn ? until : end) : undefined,
      components: changes(
        isFirst ? announced(maintenance, updates, ids) : planMaintenanceStatesOf(update, ids),
        inEffect,
      ),
      source: isFirst ? sourceName(maintenance.id) : undefined,
    };
    return {
      path: `maintenance/${folder}/${updateName(update.at)}.md`,
      text: fileText(fields, withoutBlanks(update.body)),
    };
  });
}
