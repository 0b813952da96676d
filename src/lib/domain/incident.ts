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

/** A change of roles between two updates. Null for a role that doesn't change. */
type HandOver = { readonly at: Instant; readonly lead: string | null; readonly comms: string | null };

/**
 * What the files of all updates state, of incidents and of maintenance. Null for values that a file doesn't have.
 */
export type UpdateRecord<Status> = Translatable & {
  /** The file name without extension: unique within the incident, and its anchor on the page. */
  readonly id: string;
  readonly at: Instant;
  readonly status: Status;
  readonly title: string | null;
  readonly components: ComponentStates | null;
  /** First update only: where an imported incident is from. */
  readonly source: string | null;
  /** When it was published, if long after the time it's about; null otherwise. */
  readonly posted: Instant | null;
  /** When its text was last changed after publication; null if never. */
  readonly edited: Instant | null;
  /** Markdown. */
  readonly body: string;
  /** The whole file, as typed; null if unknown. May contain notes for the team. */
  readonly written: string | null;
  readonly images: readonly ShownImage[];
};

export type IncidentUpdateRecord = UpdateRecord<IncidentStatus> &
  RemedyTerms & {
    readonly impact: Impact | null;
    readonly customerData: CustomerData | null;
    readonly nextUpdate: NextUpdate | null;
    readonly lead: string | null;
    readonly comms: string | null;
    /** Between this update and the next. Never published. */
    readonly handOvers: readonly HandOver[];
    readonly remedy: string | null;
    /** First update only: when customers were first affected. */
    readonly started: Instant | null;
    /** Resolved updates only: when it was over for customers, if that wasn't when the update was posted. */
    readonly ended: Instant | null;
    /** First update only: the key of the alert that opened it, as its monitor named it. Never published. */
    readonly key: string | null;
  };

/** An update with what was in effect after it. */
export type IncidentUpdate = {
  readonly record: IncidentUpdateRecord;
  /** The incident's title at that time. */
  readonly title: string;
  readonly impact: Impact;
  readonly components: ComponentStates;
  readonly customerData: CustomerData | null;
  /** When the next update was due; null if none was promised. */
  readonly promised: Instant | null;
};

export type Incident = RemedyTerms & {
  /** The folder name, which is part of the URL. */
  readonly slug: string;
  readonly title: string;
  readonly status: IncidentStatus;
  readonly impact: Impact;
  /** When customers were first affected, as far as is known. */
  readonly startedAt: Instant;
  /**
   * When it was last over: the end that an update states, or else the time of the resolving update. Null while open.
   */
  readonly resolvedAt: Instant | null;
  /** Oldest first, never empty. */
  readonly updates: readonly [IncidentUpdate, ...IncidentUpdate[]];
  /** In effect now. Empty once resolved. */
  readonly components: ComponentStates;
  /** The worst status of each component. */
  readonly worstComponents: ComponentStates;
  readonly customerData: CustomerData | null;
  readonly lead: string | null;
  readonly comms: string | null;
  readonly remedy: string | null;
  /** When the next update is due; null if none was promised, and once resolved. */
  readonly promised: Instant | null;
  /** When it was open. Has several periods if it was reopened. */
  readonly openPeriods: readonly Period[];
};

export function isOpen(incident: Incident): boolean {
  return incident.resolvedAt === null;
}

/** Whether an incident needs both roles filled, and a verdict on customer data when it's resolved. */
export function isSerious({ impact }: Pick<Incident, 'impact'>): boolean {
  return impact === 'major' || impact === 'critical';
}

/** Returns the unfilled roles of an open, serious incident. */
export function missingRoles(incident: Incident): ('lead' | 'comms')[] {
  const roles = ['lead', 'comms'] as const;
  return isOpen(incident) && isSerious(incident) ? roles.filter((role) => incident[role] === null) : [];
}

/** Whether the team checks in. While a fix is being monitored, the promises to customers set the pace. */
export function hasCheckIns(incident: Incident): boolean {
  return isOpen(incident) && incident.status !== 'monitoring';
}

/** Returns when check-ins start: not before the incident was written, and not while it was resolved or monitoring. */
export function checksInSince({ updates }: Incident): Instant {
  const quiet = updates.findLastIndex(({ record: { status } }) => status === 'monitoring' || status === 'resolved');
  return publishedAt((updates[quiet + 1] ?? updates[0]).record);
}

/** Returns the newest update of an incident or a maintenance window. */
export function latestUpdate<U>({ updates }: { readonly updates: readonly [U, ...U[]] }): U {
  return updates.at(-1) ?? updates[0];
}

/**
 * Returns what was affected before the incident was last resolved, from its updates (oldest first). Resolving clears
 * it, so an update that reopens the incident has to list it again. Empty if nothing was affected, or if the incident
 * was never resolved.
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

/** Returns the last value of a field that any update states. */
const lastGiven = <K extends keyof IncidentUpdateRecord>(records: Records, field: K): IncidentUpdateRecord[K] | null =>
  records.findLast((record) => record[field] !== null)?.[field] ?? null;

/** Returns who has a role now: the person named last, in an update or a hand-over. */
function holderOf(role: 'lead' | 'comms', records: Records): string | null {
  const named = records.flatMap((record) => [record, ...record.handOvers]).filter((one) => one[role] !== null);
  return named.toSorted((a, b) => a.at - b.at).at(-1)?.[role] ?? null;
}

function foldUpdates(records: Records, cadence: Cadence): [IncidentUpdate, ...IncidentUpdate[]] {
  let title = records[0].title ?? '';
  let components: ComponentStates = {};
  let customerData = records[0].customerData;
  let stated: Impact | null = null;
  let worst: ComponentStatus = 'operational';
  const fold = (record: IncidentUpdateRecord): IncidentUpdate => {
    title = record.title ?? title;
    components = record.status === 'resolved' ? {} : { ...components, ...record.components };
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

/** Returns what a resolved update reports in hindsight: what was affected until the end that it states. */
export function reportedAfterwards({ ended, components }: IncidentUpdateRecord): ComponentStates {
  return ended === null ? {} : (components ?? {});
}

function worstOfEach(updates: readonly IncidentUpdate[]): ComponentStates {
  const worst: Record<string, ComponentStatus> = {};
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
      // A note on a resolved incident corrects its end.
      periods.push({ from: periods.pop()?.from ?? startedAt, to: ended });
    }
  }
  return openedAt === null ? periods : [...periods, { from: openedAt, to: null }];
}

/**
 * Builds an incident from its update files, in any order. Values that an update doesn't have carry over from the one
 * before. An update after a `resolved` one can reopen the incident.
 */
export function foldIncident(slug: string, unordered: Records, cadence: Cadence): Incident {
  const [first, ...rest] = [...unordered].sort((a, b) => a.at - b.at);
  const records: Records = [first ?? unordered[0], ...rest];
  const updates = foldUpdates(records, cadence);
  const latest = latestUpdate({ updates });
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
    worstComponents: worstOfEach(updates),
    customerData: latest.customerData,
    lead: holderOf('lead', records),
    comms: holderOf('comms', records),
    remedy: lastGiven(records, 'remedy'),
    claim: lastGiven(records, 'claim'),
    claimUntil: lastGiven(records, 'claimUntil'),
    remedied: lastGiven(records, 'remedied'),
    promised: latest.promised,
    openPeriods,
  };
}
