import { tz } from '@date-fns/tz';
import { addDays, format, startOfDay } from 'date-fns';
import type { Instant } from './instant.ts';
import type { ClosedPeriod } from './period.ts';

/** A calendar date in the site's time zone, as `2026-11-22`. */
export type Day = string;

/** A calendar month in the site's time zone, as `2026-11`. */
export type Month = string;

/** The date on which an instant falls in an IANA time zone. */
export function dayOf(instant: Instant, timeZone: string): Day {
  return format(instant, 'yyyy-MM-dd', { in: tz(timeZone) });
}

/** The month in which an instant falls in an IANA time zone. */
export function monthOf(instant: Instant, timeZone: string): Month {
  return dayOf(instant, timeZone).slice(0, 7);
}

/** A day of the site's calendar and the instants it spans: 23, 24 or 25 hours (DST). */
export type CalendarDay = ClosedPeriod & { readonly day: Day };

/** The last `count` days up to the one that holds `now`, oldest first, in the time zone's own calendar. */
export function lastDays(now: Instant, count: number, timeZone: string): CalendarDay[] {
  const zone = { in: tz(timeZone) };
  const today = startOfDay(now, zone);
  return Array.from({ length: count }, (_, index) => {
    const start = addDays(today, index - count + 1, zone);
    const end = addDays(today, index - count + 2, zone);
    // A day that begins in a DST gap starts at its first real moment.
    const from = startOfDay(start, zone).getTime();
    const to = startOfDay(end, zone).getTime();
    return { day: format(start, 'yyyy-MM-dd', zone), from, to };
  });
}

/** The first instant of a calendar date in an IANA time zone. */
export function startOf(day: Day, timeZone: string): Instant {
  // Noon UTC is on the wanted date or next to it in every zone; step to the right one.
  const noon = Date.parse(`${day}T12:00:00Z`);
  const zone = { in: tz(timeZone) };
  const guess = startOfDay(noon, zone);
  const off = dayOf(guess.getTime(), timeZone).localeCompare(day);
  return startOfDay(addDays(guess, -off, zone), zone).getTime();
}
