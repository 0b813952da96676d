import { type Duration, type Instant, publishedAt, yearsOf } from './calendar.ts';
import { stretches } from './event.ts';
import type { Incident, IncidentUpdate } from './incident.ts';
import { isOverdue } from './promise.ts';

/** Returns the newest update that isn't about a later time: what applied then, even if it was only posted later. */
export function updateAt({ updates }: Incident, time: Instant): IncidentUpdate {
  return updates.findLast(({ record }) => record.at <= time) ?? updates[0];
}

/**
 * Returns how long customers waited for the first update and for the end. Measures from when customers were first
 * affected, as far as is known, excluding the time between resolving and reopening. If the first update says that the
 * incident is already over, the length is unknown, even if it's reopened.
 */
export function responseTimes({ updates, resolvedAt, openPeriods }: Incident) {
  const { started, status } = updates[0].record;
  const isToldAfterwards = status === 'resolved' && started === null;
  return {
    /** Null if the first update doesn't say when customers were first affected. */
    toFirstUpdate: started === null ? null : Math.min(...updates.map(({ record }) => publishedAt(record))) - started,
    /** Null while open, and for incidents that were only reported when they were over. */
    toResolve:
      resolvedAt === null || isToldAfterwards
        ? null
        : openPeriods.reduce((sum, { from, to }) => sum + (to ?? from) - from, 0),
  };
}

/** A promised update whose outcome is known. `promised` is when it was due. */
type SettledPromise = {
  readonly promised: Instant;
  readonly kept: boolean;
  /** The next update that customers could read; null if there's none yet. */
  readonly answer: IncidentUpdate | null;
};

/**
 * Returns when an update promised the next one; null for none. Incidents imported from another page weren't subject to
 * our cadence, so only their explicit promises count. An update that was old news when it was posted promises nothing.
 */
function promiseOf(incident: Incident, update: IncidentUpdate): Instant | null {
  const { record, promised } = update;
  const isImported = incident.updates[0].record.source !== null;
  const isOldNews = record.posted !== null && updateAt(incident, record.posted) !== update;
  return isOldNews || (isImported && record.nextUpdate === null) ? null : promised;
}

/**
 * Returns the outcome of each promise in an incident: kept by the next update, or late. An unanswered promise is late
 * once its minute has passed, and not settled before that.
 */
export function settledPromises(incident: Incident, now: Instant): SettledPromise[] {
  const settled: SettledPromise[] = [];
  let promised: Instant | null = null;
  for (const update of incident.updates.toSorted((a, b) => publishedAt(a.record) - publishedAt(b.record))) {
    const kept = !isOverdue(promised, publishedAt(update.record));
    if (promised !== null) settled.push({ promised, kept, answer: update });
    promised = promiseOf(incident, update);
  }
  if (promised !== null && isOverdue(promised, now)) settled.push({ promised, kept: false, answer: null });
  return settled;
}

/** Returns the median, which is the mean of the two middle values for an even number of values; null for none. */
export function median(values: readonly number[]): number | null {
  const sorted = values.toSorted((a, b) => a - b);
  const [lower, upper] = [sorted[Math.ceil(sorted.length / 2) - 1], sorted[Math.floor(sorted.length / 2)]];
  return lower === undefined || upper === undefined ? null : (lower + upper) / 2;
}

/** A median, and the number of values it's based on. */
export type Median = { readonly median: Duration; readonly of: number };

/** Response times in a year. */
export type ResponseYear = {
  readonly year: number;
  /** Incidents that began in the year. */
  readonly incidents: number;
  /** Incidents that began in an earlier year and continued in this one. */
  readonly continued: number;
  readonly toFirstUpdate: Median | null;
  readonly toResolve: Median | null;
  /** Promised updates that were due in the year. */
  readonly promises: { readonly kept: number; readonly late: number };
};

function medianOf(values: readonly Duration[]): Median | null {
  const middle = median(values);
  return middle === null ? null : { median: middle, of: values.length };
}

/** Collects a year's data, in one pass over all incidents. */
const emptyYear = () => ({
  incidents: 0,
  continued: 0,
  firsts: [] as Duration[],
  ends: [] as Duration[],
  kept: 0,
  late: 0,
});

/** Returns all years that incidents touch, and the years between them, in an IANA time zone. Oldest first. */
export function responseYears(incidents: readonly Incident[], now: Instant, timeZone: string): ResponseYear[] {
  const promises = incidents.flatMap((incident) => settledPromises(incident, now));
  const when = incidents.map((incident) => ({ incident, stretches: stretches(incident, now) }));
  const { all, yearOf } = yearsOf(
    [
      ...when.flatMap(({ stretches }) => stretches.flatMap(({ first, last }) => [first, last])),
      ...promises.map(({ promised }) => promised),
    ],
    timeZone,
  );
  const years = new Map(all.map((year) => [year, emptyYear()]));
  for (const { incident, stretches } of when) {
    const began = yearOf(incident.startedAt);
    const year = years.get(began);
    const { toFirstUpdate, toResolve } = responseTimes(incident);
    if (year !== undefined) year.incidents += 1;
    const later = new Set<number>();
    for (const { first, last } of stretches) {
      const end = yearOf(last);
      for (let number = Math.max(yearOf(first), began + 1); number <= end; number += 1) later.add(number);
    }
    for (const number of later) {
      const other = years.get(number);
      if (other !== undefined) other.continued += 1;
    }
    if (toFirstUpdate !== null) year?.firsts.push(toFirstUpdate);
    if (toResolve !== null) year?.ends.push(toResolve);
  }
  for (const { promised, kept } of promises) {
    const year = years.get(yearOf(promised));
    if (year !== undefined) year[kept ? 'kept' : 'late'] += 1;
  }
  return [...years].map(([year, { incidents, continued, firsts, ends, kept, late }]) => ({
    year,
    incidents,
    continued,
    toFirstUpdate: medianOf(firsts),
    toResolve: medianOf(ends),
    promises: { kept, late },
  }));
}
