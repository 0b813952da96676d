import type { Incident } from './incident.ts';
import type { Duration, Instant } from './instant.ts';
import { settledPromises } from './kept-promises.ts';
import { median } from './median.ts';
import { responseTimes } from './response-times.ts';
import { yearsOf } from './years.ts';

/** A median and how many values it is of. */
export type Median = { readonly median: Duration; readonly of: number };

/** How the incidents of a year went for customers. */
export type ResponseYear = {
  readonly year: number;
  /** Those that began in the year. */
  readonly incidents: number;
  readonly toFirstUpdate: Median | null;
  readonly toResolve: Median | null;
  /** Promised updates that were due in the year. */
  readonly promises: { readonly kept: number; readonly late: number };
};

function medianOf(values: readonly Duration[]): Median | null {
  const middle = median(values);
  return middle === null ? null : { median: middle, of: values.length };
}

/** What is gathered of a year, in one pass over all incidents. */
const emptyYear = () => ({ incidents: 0, firsts: [] as Duration[], ends: [] as Duration[], kept: 0, late: 0 });

/** Every year from the first incident to the last, those without any included, in an IANA time zone. Oldest first. */
export function responseYears(incidents: readonly Incident[], now: Instant, timeZone: string): ResponseYear[] {
  const promises = incidents.flatMap((incident) => settledPromises(incident, now));
  const { all, yearOf } = yearsOf(
    [...incidents.map(({ startedAt }) => startedAt), ...promises.map(({ promised }) => promised)],
    timeZone,
  );
  const years = new Map(all.map((year) => [year, emptyYear()]));
  for (const incident of incidents) {
    const year = years.get(yearOf(incident.startedAt));
    const { toFirstUpdate, toResolve } = responseTimes(incident);
    if (year !== undefined) year.incidents += 1;
    if (toFirstUpdate !== null) year?.firsts.push(toFirstUpdate);
    if (toResolve !== null) year?.ends.push(toResolve);
  }
  for (const { promised, kept } of promises) {
    const year = years.get(yearOf(promised));
    if (year !== undefined) year[kept ? 'kept' : 'late'] += 1;
  }
  return [...years].map(([year, { incidents, firsts, ends, kept, late }]) => ({
    year,
    incidents,
    toFirstUpdate: medianOf(firsts),
    toResolve: medianOf(ends),
    promises: { kept, late },
  }));
}
