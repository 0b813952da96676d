import { type Instant, type Period, publishedAt } from './calendar.ts';
import { type NextUpdate, promisedBy } from './promise.ts';
import { type Cadence, updateCadence } from './settings.ts';
import type { Translatable } from './translation.ts';
import {
  type ComponentStates,
  type ComponentStatus,
  type CustomerData,
  type Impact,
  impactOf,
  type IncidentStatus,
  type RemedyTerms,
  worstStatus,
  type ShownImage,
} from './vocabulary.ts';

/** A change of roles between two updates; null for a role that stays with who has it. */
type HandOver = { readonly at: Instant; readonly lead: string | null; readonly comms: string | null };

/** One update as its file says it; null where the file says nothing. */
export type IncidentUpdateRecord = RemedyTerms &
  Translatable & {
    /** The file name without its ending: unique in the incident, and its anchor on the page. */
    readonly id: string;
    readonly at: Instant;
    readonly status: IncidentStatus;
    readonly title: string | null;
    readonly impact: Impact | null;
    readonly components: ComponentStates | null;
    readonly customerData: CustomerData | null;
    readonly nextUpdate: NextUpdate | null;
    readonly lead: string | null;
    readonly comms: string | null;
    /** After this update, and before the next one. Never published. */
    readonly handOvers: readonly HandOver[];
    readonly remedy: string | null;
    /** First update only: when customers began to be affected. */
    readonly started: Instant | null;
    /** On a resolved update only: when it was over for customers, if not when the update was posted. */
    readonly ended: Instant | null;
    /** First update only: where an imported incident came from. */
    readonly source: string | null;
    /** First update only: the alert for which it was opened, by the name its monitor gives it. Never published. */
    readonly key: string | null;
    /** When it was published, if that was long after the time it is about; null if at that time. */
    readonly posted: Instant | null;
    /** When its text was last changed after it had been published; null if never. */
    readonly edited: Instant | null;
    /** Markdown. */
    readonly body: string;
    /** The whole file, as it was typed; null where it isn't known. It may have notes of the team. */
    readonly written: string | null;
    readonly images: readonly ShownImage[];
  };

/** One update with what was in effect after it. */
export type IncidentUpdate = {
  readonly record: IncidentUpdateRecord;
  /** The incident's name at that time. */
  readonly title: string;
  readonly impact: Impact;
  readonly components: ComponentStates;
  readonly customerData: CustomerData | null;
  /** By when it promised the next update; null for none. */
  readonly promised: Instant | null;
};

export type Incident = RemedyTerms & {
  /** The folder name; part of the address. */
  readonly slug: string;
  readonly title: string;
  readonly status: IncidentStatus;
  readonly impact: Impact;
  /** When customers began to be affected, as far as is known. */
  readonly startedAt: Instant;
  /**
   * When it was last over: the end that an update states, else the time of the update that resolved it. Null while
   * open.
   */
  readonly resolvedAt: Instant | null;
  /** Oldest first, never empty. */
  readonly updates: readonly [IncidentUpdate, ...IncidentUpdate[]];
  /** In effect now: empty once resolved. */
  readonly components: ComponentStates;
  /** The worst each named component had. */
  readonly worstComponents: ComponentStates;
  readonly customerData: CustomerData | null;
  readonly lead: string | null;
  readonly comms: string | null;
  readonly remedy: string | null;
  /** By when the next update is promised; null for none and once resolved. */
  readonly promised: Instant | null;
  /** When it was open; more than one stretch if it was reopened. */
  readonly openPeriods: readonly Period[];
};

export function isOpen(incident: Incident): boolean {
  return incident.resolvedAt === null;
}

/** Whether an incident needs both roles filled, and a verdict on customer data before it's resolved. */
export function isSerious({ impact }: Pick<Incident, 'impact'>): boolean {
  return impact === 'major' || impact === 'critical';
}

/** Roles that nobody has in an open, serious incident. */
export function missingRoles(incident: Incident): ('lead' | 'comms')[] {
  const roles = ['lead', 'comms'] as const;
  return isOpen(incident) && isSerious(incident) ? roles.filter((role) => incident[role] === null) : [];
}

/** Whether the team checks in. Once a fix is being watched, the promises to customers set the pace. */
export function hasCheckIns(incident: Incident): boolean {
  return isOpen(incident) && incident.status !== 'monitoring';
}

/** From when on the team checks in: not before the incident was written, nor while it was resolved or watched. */
export function checksInSince({ updates }: Incident): Instant {
  const quiet = updates.findLastIndex(({ record: { status } }) => status === 'monitoring' || status === 'resolved');
  return publishedAt((updates[quiet + 1] ?? updates[0]).record);
}

/** The newest update. */
export function latestUpdate(incident: Incident): IncidentUpdate {
  return incident.updates.at(-1) ?? incident.updates[0];
}

/**
 * What was affected before the incident was last resolved, from its updates (oldest first). Resolving clears it, so an
 * update that reopens the incident has to name it again. Empty if nothing was affected, or it was never resolved.
 */
export function affectedBefore(updates: readonly IncidentUpdate[]): ComponentStates {
  const isResolved = ({ record }: IncidentUpdate): boolean => record.status === 'resolved';
  const before = updates.slice(0, updates.findLastIndex(isResolved) + 1);
  const open = before.findLastIndex((update) => !isResolved(update));
  const states = [
    before[open]?.components ?? {},
    ...before.slice(open + 1).map((one) => reportedAfterwards(one.record)),
  ];
  const affected = states.flatMap((one) => Object.entries(one)).filter(([, status]) => status !== 'operational');
  return before.length === 0 ? {} : Object.fromEntries(affected);
}

type Records = readonly [IncidentUpdateRecord, ...IncidentUpdateRecord[]];

/** The last non-null value that any update gave. */
function lastGiven<T>(records: Records, pick: (record: IncidentUpdateRecord) => T | null): T | null {
  for (const record of records.toReversed()) {
    const value = pick(record);
    if (value !== null) return value;
  }
  return null;
}

/** Who has a role now: the one named last, by an update or a hand-over. */
function holderOf(role: 'lead' | 'comms', records: Records): string | null {
  const named = records.flatMap((record) => [record, ...record.handOvers]).filter((one) => one[role] !== null);
  return named.toSorted((a, b) => a.at - b.at).at(-1)?.[role] ?? null;
}

/** Component states are carried forward key by key; `resolved` clears them. */
function statesAfter(before: ComponentStates, record: IncidentUpdateRecord): ComponentStates {
  return record.status === 'resolved' ? {} : { ...before, ...record.components };
}

function foldUpdates(records: Records, cadence: Cadence): [IncidentUpdate, ...IncidentUpdate[]] {
  let title = records[0].title ?? '';
  let components: ComponentStates = {};
  let customerData = records[0].customerData;
  let stated: Impact | null = null;
  let worst: ComponentStatus = 'operational';
  const fold = (record: IncidentUpdateRecord): IncidentUpdate => {
    title = record.title ?? title;
    components = statesAfter(components, record);
    customerData = record.customerData ?? customerData;
    stated = record.impact ?? stated;
    worst = worstStatus([worst, ...Object.values(components), ...Object.values(reportedAfterwards(record))]);
    const impact = stated ?? impactOf(worst);
    const promised =
      record.status === 'resolved'
        ? null
        : promisedBy(publishedAt(record), record.nextUpdate, updateCadence(cadence, impact));
    return { record, title, impact, components, customerData, promised };
  };
  const [first, ...rest] = records;
  return [fold(first), ...rest.map(fold)];
}

/** What a resolved update reports afterwards: what was affected until the end it states. */
export function reportedAfterwards({ ended, components }: IncidentUpdateRecord): ComponentStates {
  return ended === null ? {} : (components ?? {});
}

function worstOfEach(updates: readonly IncidentUpdate[]): ComponentStates {
  const worst: Record<string, ComponentStates[string]> = {};
  for (const { components, record } of updates) {
    for (const [id, status] of [...Object.entries(components), ...Object.entries(reportedAfterwards(record))]) {
      worst[id] = worstStatus([status, worst[id] ?? 'operational']);
    }
  }
  return worst;
}

function openPeriodsOf(records: Records, startedAt: number): Period[] {
  const periods: Period[] = [];
  let openedAt: number | null = startedAt;
  for (const { status, at, ended } of records) {
    if (status !== 'resolved') {
      openedAt ??= at;
    } else if (openedAt !== null) {
      periods.push({ from: openedAt, to: ended ?? at });
      openedAt = null;
    } else if (ended !== null) {
      // A note to a resolved incident corrects its end.
      periods.push({ from: periods.pop()?.from ?? startedAt, to: ended });
    }
  }
  return openedAt === null ? periods : [...periods, { from: openedAt, to: null }];
}

/**
 * An incident from its update files, in any order.
 * What no update says is carried forward from the one before; a later `resolved` can be followed by
 * an update that reopens the incident.
 */
export function foldIncident(slug: string, unordered: Records, cadence: Cadence): Incident {
  const [first, ...rest] = [...unordered].sort((a, b) => a.at - b.at);
  const records: Records = [first ?? unordered[0], ...rest];
  const updates = foldUpdates(records, cadence);
  const latest = updates.at(-1) ?? updates[0];
  const worstComponents = worstOfEach(updates);
  const startedAt = records[0].started ?? records[0].at;
  const openPeriods = openPeriodsOf(records, startedAt);
  return {
    slug,
    title: latest.title,
    status: latest.record.status,
    impact: latest.impact,
    startedAt,
    resolvedAt: openPeriods.at(-1)?.to ?? null,
    updates,
    components: latest.components,
    worstComponents,
    customerData: latest.customerData,
    lead: holderOf('lead', records),
    comms: holderOf('comms', records),
    remedy: lastGiven(records, (record) => record.remedy),
    claim: lastGiven(records, (record) => record.claim),
    claimUntil: lastGiven(records, (record) => record.claimUntil),
    remedied: lastGiven(records, (record) => record.remedied),
    promised: latest.promised,
    openPeriods,
  };
}
