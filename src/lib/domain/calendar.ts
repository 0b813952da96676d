import { tzOffset } from '@date-fns/tz';

/** A point in time: milliseconds since 1970-01-01T00:00Z. Never a local time. */
export type Instant = number;

/** A length of time in milliseconds. */
export type Duration = number;

export const second: Duration = 1000;
export const minute: Duration = 60 * second;
export const hour: Duration = 60 * minute;
export const day: Duration = 24 * hour;

/** The beginning of the second that an instant is in. Dates in feeds are this exact. */
export const secondOf = (instant: Instant): Instant => Math.floor(instant / second) * second;

/** ISO 8601 in UTC with milliseconds, as `2026-11-22T14:05:00.000Z`. */
export function isoTime(instant: Instant): string {
  return new Date(instant).toISOString();
}

/** When an update was published: its time, unless it says that it was posted later. */
export function publishedAt({ at, posted }: { readonly at: Instant; readonly posted: Instant | null }): Instant {
  return posted ?? at;
}

/** The year of UTC, in four digits. */
export function yearOf(instant: Instant): string {
  return isoTime(instant).slice(0, 4);
}

/** A stretch of time, `from` inclusive, `to` exclusive; `to` is null while it has not ended. */
export type Period = { readonly from: Instant; readonly to: Instant | null };

/** A stretch with both ends. */
export type ClosedPeriod = { readonly from: Instant; readonly to: Instant };

/** The part of `period` that lies inside `window`, or null when they do not touch. */
export function clip(period: Period, window: ClosedPeriod): ClosedPeriod | null {
  const from = Math.max(period.from, window.from);
  const to = Math.min(period.to ?? Infinity, window.to);
  return from < to ? { from, to } : null;
}

/** Overlapping and touching stretches joined, earliest first, so that no moment counts twice. */
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

/** How long the stretches last together; overlaps count once. */
export function totalLength(periods: readonly ClosedPeriod[]): Duration {
  return merge(periods).reduce((sum, period) => sum + (period.to - period.from), 0);
}

/** A calendar date in the site's time zone, as `2026-11-22`. */
export type Day = string;

/** A calendar month in the site's time zone, as `2026-11`. */
export type Month = string;

/** How far the clocks of an IANA time zone are ahead of UTC at an instant. */
const offsetAt = (instant: Instant, timeZone: string) => tzOffset(timeZone, new Date(instant)) * minute;

/** The date on which an instant falls in an IANA time zone. */
export function dayOf(instant: Instant, timeZone: string): Day {
  return wallTime(instant, timeZone).slice(0, 10);
}

/** What clocks in an IANA time zone show, such as `2026-11-22T14:05:00`. */
export function wallTime(instant: Instant, timeZone: string): string {
  return isoTime(instant + offsetAt(instant, timeZone)).slice(0, 19);
}

/** The month in which an instant falls in an IANA time zone. */
export function monthOf(instant: Instant, timeZone: string): Month {
  return dayOf(instant, timeZone).slice(0, 7);
}

/**
 * The first instant of a calendar date in an IANA time zone: not always midnight, and not always the
 * only midnight, where clocks change at that hour. (`startOfDay` of date-fns answers that by the
 * machine's own time zone.) A date that a zone left out begins with the one after it.
 */
export function startOf(date: Day, timeZone: string): Instant {
  const asUtc = Date.parse(`${date}T00:00:00Z`);
  const possible = [asUtc - day, asUtc + day].map((around) => asUtc - offsetAt(around, timeZone));
  const onDate = possible.filter((instant) => dayOf(instant, timeZone) === date);
  return onDate.length === 0 ? Math.max(...possible) : Math.min(...onDate);
}

/** A calendar date some days on, or back. */
function addDays(date: Day, count: number): Day {
  return isoTime(Date.parse(`${date}T00:00:00Z`) + count * day).slice(0, 10);
}

/** A day of the site's calendar and the instants it spans: 23, 24 or 25 hours (DST). */
export type CalendarDay = ClosedPeriod & { readonly day: Day };

/** The last `count` days up to the one that holds `now`, oldest first, in the time zone's own calendar. */
export function lastDays(now: Instant, count: number, timeZone: string): CalendarDay[] {
  const today = dayOf(now, timeZone);
  return Array.from({ length: count }, (_, index) => {
    const date = addDays(today, index + 1 - count);
    return { day: date, from: startOf(date, timeZone), to: startOf(addDays(date, 1), timeZone) };
  });
}

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
