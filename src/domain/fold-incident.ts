import type { ComponentStates } from './component.ts';
import type { Incident, IncidentUpdate, IncidentUpdateRecord } from './incident.ts';
import type { Period } from './period.ts';
import { promisedBy } from './promise.ts';
import type { Cadence } from './settings.ts';
import { impactOf, type Impact, worstStatus } from './vocabulary.ts';

type Records = readonly [IncidentUpdateRecord, ...IncidentUpdateRecord[]];

/** The last non-null value that any update gave. */
function lastSaid<T>(records: Records, pick: (record: IncidentUpdateRecord) => T | null): T | null {
  for (const record of records.toReversed()) {
    const value = pick(record);
    if (value !== null) return value;
  }
  return null;
}

/** Component states are carried forward key by key; `resolved` clears them. */
function statesAfter(before: ComponentStates, record: IncidentUpdateRecord): ComponentStates {
  return record.status === 'resolved' ? {} : { ...before, ...record.components };
}

function foldUpdates(records: Records, cadence: Cadence): [IncidentUpdate, ...IncidentUpdate[]] {
  let title = records[0].title ?? '';
  let components: ComponentStates = {};
  let customerData = records[0].customerData;
  const fold = (record: IncidentUpdateRecord): IncidentUpdate => {
    title = record.title ?? title;
    components = statesAfter(components, record);
    customerData = record.customerData ?? customerData;
    const promised = record.status === 'resolved' ? null : promisedBy(record.at, record.nextUpdate, cadence);
    return { record, title, components, customerData, promised };
  };
  const [first, ...rest] = records;
  return [fold(first), ...rest.map(fold)];
}

function worstOfEach(updates: readonly IncidentUpdate[]): ComponentStates {
  const worst: Record<string, ComponentStates[string]> = {};
  for (const { components } of updates) {
    for (const [id, status] of Object.entries(components)) {
      worst[id] = worstStatus([status, worst[id] ?? 'operational']);
    }
  }
  return worst;
}

function openPeriodsOf(records: Records, startedAt: number): Period[] {
  const periods: Period[] = [];
  let openedAt: number | null = startedAt;
  for (const { status, at } of records) {
    if (status === 'resolved' && openedAt !== null) {
      periods.push({ from: openedAt, to: at });
      openedAt = null;
    } else if (status !== 'resolved') {
      openedAt ??= at;
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
  const derivedImpact: Impact = impactOf(worstStatus(Object.values(worstComponents)));
  return {
    slug,
    title: latest.title,
    status: latest.record.status,
    impact: lastSaid(records, (record) => record.impact) ?? derivedImpact,
    startedAt,
    resolvedAt: openPeriods.at(-1)?.to ?? null,
    updates,
    components: latest.components,
    worstComponents,
    customerData: latest.customerData,
    lead: lastSaid(records, (record) => record.lead),
    comms: lastSaid(records, (record) => record.comms),
    remedy: lastSaid(records, (record) => record.remedy),
    promised: latest.promised,
    openPeriods,
  };
}
