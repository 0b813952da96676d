import { tzOffset } from '@date-fns/tz';

/** A point in time: milliseconds since 1970-01-01T00:00Z. Never a local time. */
export type Instant = number;

/** A duration in milliseconds. */
export type Duration = number;

export const second: Duration = 1000;
export const minute: Duration = 60 * second;
export const hour: Duration = 60 * minute;
export const day: Duration = 24 * hour;

/** Returns the start of the second that contains an instant. Dates in feeds are exact to the second. */
export const secondOf = (instant: Instant): Instant => Math.floor(instant / second) * second;

/** Formats an instant as ISO 8601 in UTC with milliseconds, such as `2026-11-22T14:05:00.000Z`. */
export function isoTime(instant: Instant): string {
  return new Date(instant).toISOString();
}

/** Returns when an update was published: its time, unless it states that it was posted later. */
export function publishedAt({ at, posted }: { readonly at: Instant; readonly posted: Instant | null }): Instant {
  return posted ?? at;
}

/** Returns the UTC year, in four digits. */
export function yearOf(instant: Instant): string {
  return isoTime(instant).slice(0, 4);
}

/** A period of time, from `from` (inclusive) to `to` (exclusive). `to` is null while it hasn't ended. */
export type Period = { readonly from: Instant; readonly to: Instant | null };

/** A period that has ended. */
export type ClosedPeriod = { readonly from: Instant; readonly to: Instant };

/** Returns the part of `period` within `window`; null if they don't overlap. */
export function clip(period: Period, window: ClosedPeriod): ClosedPeriod | null {
  const from = Math.max(period.from, window.from);
  const to = Math.min(period.to ?? Infinity, window.to);
  return from < to ? { from, to } : null;
}

/** Joins overlapping and adjacent periods, earliest first, so that no moment counts twice. */
export function merge(periods: readonly ClosedPeriod[]): ClosedPeriod[] {
  const merged: ClosedPeriod[] = [];
  for (const period of [...periods].sort((a, b) => a.from - b.from)) {
    const last = merged.at(-1);
    if (last !== undefined && period.from <= last.to) {
      merged[merged.length - 1] = { from: last.from, to: Math.max(last.to, period.to) };
    } else {
      merged.push(period);
    }
  }
  return merged;
}

/** Returns the total length of the periods. Overlaps count once. */
export function totalLength(periods: readonly ClosedPeriod[]): Duration {
  return merge(periods).reduce((sum, period) => sum + (period.to - period.from), 0);
}

/** A calendar date in the site's time zone, such as `2026-11-22`. */
export type Day = string;

/** A calendar month in the site's time zone, such as `2026-11`. */
export type Month = string;

/** Returns a time zone's offset from UTC at an instant. */
export const offsetAt = (instant: Instant, timeZone: string): Duration =>
  tzOffset(timeZone, new Date(instant)) * minute;

/** Returns the instants at which clocks in a time zone may show the time that clocks in UTC show at `asUtc`. */
export const possibleInstants = (asUtc: Instant, timeZone: string): Instant[] =>
  [asUtc - day, asUtc + day].map((around) => asUtc - offsetAt(around, timeZone));

/** Returns the date of an instant in an IANA time zone. */
export function dayOf(instant: Instant, timeZone: string): Day {
  return wallTime(instant, timeZone).slice(0, 10);
}

/** Returns the local time in an IANA time zone, such as `2026-11-22T14:05:00`. */
export function wallTime(instant: Instant, timeZone: string): string {
  return isoTime(instant + offsetAt(instant, timeZone)).slice(0, 19);
}

/** Returns the month of an instant in an IANA time zone. */
export function monthOf(instant: Instant, timeZone: string): Month {
  return dayOf(instant, timeZone).slice(0, 7);
}

/**
 * Returns the first instant of a date in an IANA time zone. If clocks change at midnight, that may not be midnight, or
 * midnight may occur twice. (`startOfDay` from date-fns uses the machine's time zone.) A date that the zone skipped
 * starts when the next one does.
 */
export function startOf(date: Day, timeZone: string): Instant {
  const possible = possibleInstants(Date.parse(`${date}T00:00:00Z`), timeZone);
  const onDate = possible.filter((instant) => dayOf(instant, timeZone) === date);
  return onDate.length === 0 ? Math.max(...possible) : Math.min(...onDate);
}

/** Adds days to a date. `count` may be negative. */
function addDays(date: Day, count: number): Day {
  return isoTime(Date.parse(`${date}T00:00:00Z`) + count * day).slice(0, 10);
}

/** A day in the site's calendar and its start and end. It lasts 23, 24 or 25 hours (DST). */
export type CalendarDay = ClosedPeriod & { readonly day: Day };

/** Returns the last `count` days up to and including the day of `now`, oldest first, in the time zone's calendar. */
export function lastDays(now: Instant, count: number, timeZone: string): CalendarDay[] {
  const today = dayOf(now, timeZone);
  return Array.from({ length: count }, (_, index) => {
    const date = addDays(today, index + 1 - count);
    return { day: date, from: startOf(date, timeZone), to: startOf(addDays(date, 1), timeZone) };
  });
}

/**
 * Groups instants by their years in an IANA time zone. Computes the offset once per year rather than once per instant,
 * because there may be fifty thousand.
 */
export function yearsOf(
  instants: readonly Instant[],
  timeZone: string,
): { readonly all: readonly number[]; readonly yearOf: (instant: Instant) => number } {
  let [first, last] = [Infinity, -Infinity];
  for (const instant of instants) [first, last] = [Math.min(first, instant), Math.max(last, instant)];
  if (first > last) return { all: [], yearOf: () => Number.NaN };
  const [from, to] = [first, last].map((instant) => Number(dayOf(instant, timeZone).slice(0, 4))) as [number, number];
  const years = Array.from({ length: to - from + 1 }, (_, index) => ({
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
