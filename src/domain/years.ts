import { dayOf, startOf } from './calendar.ts';
import type { Instant } from './instant.ts';

/** A year of the site's calendar and its first instant. */
type Year = { readonly year: number; readonly from: Instant };

/**
 * Sorts instants into years of an IANA time zone. The zone is asked once for each year, not once for
 * each instant, since there may be fifty thousand of those.
 */
export function yearsOf(
  instants: readonly Instant[],
  timeZone: string,
): { readonly all: readonly number[]; readonly yearOf: (instant: Instant) => number } {
  let [first, last] = [Infinity, -Infinity];
  for (const instant of instants) [first, last] = [Math.min(first, instant), Math.max(last, instant)];
  if (first > last) return { all: [], yearOf: () => Number.NaN };
  const [from, to] = [first, last].map((instant) => Number(dayOf(instant, timeZone).slice(0, 4))) as [number, number];
  const years: Year[] = Array.from({ length: to - from + 1 }, (_, index) => ({
    year: from + index,
    from: startOf(`${String(from + index).padStart(4, '0')}-01-01`, timeZone),
  }));
  const yearOf = (instant: Instant): number => {
    let found = from;
    for (const { year, from: begins } of years) if (begins <= instant) found = year;
    return found;
  };
  return { all: years.map(({ year }) => year), yearOf };
}
