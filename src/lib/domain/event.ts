import { type Day, dayOf, type Instant, isoTime, type Month } from './calendar.ts';
import type { Incident } from './incident.ts';
import { isCancelled, isRunning, type Maintenance } from './maintenance.ts';

/*
 * Places events in time. All lists for a day, month or year, all counts, and all "no incidents" messages use this
 * module, so that they never contradict each other.
 */

/** Something that customers notice: an incident or a maintenance window. */
export type Event = Incident | Maintenance;

/** The first and last millisecond of a period, so that periods of zero length are included. */
type Stretch = { readonly first: Instant; readonly last: Instant };

/** Consecutive days in the site's time zone, inclusive. */
export type DayRange = { readonly first: Day; readonly last: Day };

/** A year in the site's calendar, in four digits. */
type Year = string;

export const isIncident = (event: Event): event is Incident => 'openPeriods' in event;

/** Whether the event is ongoing at `now`. */
export function isOngoing(event: Event, now: Instant): boolean {
  return isIncident(event) ? event.resolvedAt === null : isRunning(event, now);
}

/** An event that ends at midnight doesn't touch the next day. */
const stretch = (from: Instant, to: Instant): Stretch => ({ first: from, last: Math.max(from, to - 1) });

/**
 * Returns when an event affected customers, as known at `now`, oldest first: an incident while it's open, maybe
 * more than once; maintenance while the work runs or is planned to. Canceled maintenance only has the time for
 * which it was announced.
 */
export function stretches(event: Event, now: Instant): readonly Stretch[] {
  if (isIncident(event)) {
    return event.openPeriods.map(({ from, to }) =>
      to === null ? { first: from, last: Math.max(from, now) } : stretch(from, to),
    );
  }
  return [stretch(beginOf(event), event.actual.to)];
}

/** When customers first noticed the event, or will notice it. */
export function beginOf(event: Event): Instant {
  if (isIncident(event)) return event.startedAt;
  return isCancelled(event) ? event.window.from : event.actual.from;
}

/** When the event ended or will end; null for open incidents. */
export function endOf(event: Event): Instant | null {
  return isIncident(event) ? (event.openPeriods.at(-1)?.to ?? null) : event.actual.to;
}

/** Returns the days that an event touches in an IANA time zone, oldest first. Stretches may share a day. */
export function daysTouched(event: Event, now: Instant, timeZone: string): DayRange[] {
  return stretches(event, now).map(({ first, last }) => ({
    first: dayOf(first, timeZone),
    last: dayOf(last, timeZone),
  }));
}

/** Whether any of the days is within a day, a month or a year, or within the range from `from` to `to`. */
export function touches(days: readonly DayRange[], from: Day | Month | Year, to = from): boolean {
  return days.some(({ first, last }) => first.slice(0, to.length) <= to && last.slice(0, from.length) >= from);
}

function monthAfter(month: Month): Month {
  const [year = 0, number = 0] = month.split('-').map(Number);
  // `Date.UTC` counts months from 0.
  return isoTime(Date.UTC(year, number)).slice(0, 7);
}

/** Returns the months of some days, without duplicates. */
export function monthsTouched(days: readonly DayRange[]): Month[] {
  const found = new Set<Month>();
  for (const { first, last } of days) {
    for (let month = first.slice(0, 7); month <= last.slice(0, 7); month = monthAfter(month)) found.add(month);
  }
  return [...found];
}
