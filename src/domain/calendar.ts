import { tzOffset } from '@date-fns/tz';
import { day as oneDay, type Instant, isoTime, minute } from './instant.ts';
import type { ClosedPeriod } from './period.ts';

/** A calendar date in the site's time zone, as `2026-11-22`. */
export type Day = string;

/** A calendar month in the site's time zone, as `2026-11`. */
export type Month = string;

/** How far the clocks of an IANA time zone are ahead of UTC at an instant. */
const offsetAt = (instant: Instant, timeZone: string) => tzOffset(timeZone, new Date(instant)) * minute;

/** The date on which an instant falls in an IANA time zone. */
export function dayOf(instant: Instant, timeZone: string): Day {
  return isoTime(instant + offsetAt(instant, timeZone)).slice(0, 10);
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
  const possible = [asUtc - oneDay, asUtc + oneDay].map((around) => asUtc - offsetAt(around, timeZone));
  const onDate = possible.filter((instant) => dayOf(instant, timeZone) === date);
  return onDate.length === 0 ? Math.max(...possible) : Math.min(...onDate);
}

/** A calendar date some days on, or back. */
function addDays(date: Day, count: number): Day {
  return isoTime(Date.parse(`${date}T00:00:00Z`) + count * oneDay).slice(0, 10);
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
