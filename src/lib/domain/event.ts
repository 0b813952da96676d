import { type Day, dayOf, type Instant, type Month } from './calendar.ts';
import type { Incident } from './incident.ts';
import { isCancelled, isRunning, type Maintenance } from './maintenance.ts';

/*
 * Where events are placed in time. Every list of a day, a month or a year, every count, and every "no incidents" asks
 * this module, so that an event is never listed in one place and denied in another.
 */

/** Whatever customers notice: an incident or a maintenance window. */
export type Event = Incident | Maintenance;

/** A stretch of time by its first and its last millisecond, so that one without length has a place too. */
type Stretch = { readonly first: Instant; readonly last: Instant };

/** Days in a row in the site's time zone, both ends included. */
export type DayRange = { readonly first: Day; readonly last: Day };

/** A year of the site's calendar in four digits. */
type Year = string;

export const isIncident = (event: Event): event is Incident => 'openPeriods' in event;

/** Whether it goes on at `now`. */
export function isOngoing(event: Event, now: Instant): boolean {
  return isIncident(event) ? event.resolvedAt === null : isRunning(event, now);
}

/** What ends at midnight doesn't reach the next day. */
const stretch = (from: Instant, to: Instant): Stretch => ({ first: from, last: Math.max(from, to - 1) });

/**
 * When an event affected customers, as far as is known at `now`, oldest first: an incident while it is open, which
 * can be more than once; maintenance while the work runs or is planned to. Canceled maintenance has the moment for
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

/** When customers first noticed it, or will. */
export function beginOf(event: Event): Instant {
  if (isIncident(event)) return event.startedAt;
  return isCancelled(event) ? event.window.from : event.actual.from;
}

/** When it ended, or will; null for an open incident. */
export function endOf(event: Event): Instant | null {
  return isIncident(event) ? (event.openPeriods.at(-1)?.to ?? null) : event.actual.to;
}

/** The days that an event touches in an IANA time zone, oldest first. Stretches can share a day. */
export function daysTouched(event: Event, now: Instant, timeZone: string): DayRange[] {
  return stretches(event, now).map(({ first, last }) => ({
    first: dayOf(first, timeZone),
    last: dayOf(last, timeZone),
  }));
}

/** Whether any of the days is in a span: a day, a month or a year, or all from `from` to `to`. */
export function touches(days: readonly DayRange[], from: Day | Month | Year, to = from): boolean {
  return days.some(({ first, last }) => first.slice(0, to.length) <= to && last.slice(0, from.length) >= from);
}

function monthAfter(month: Month): Month {
  const [year = 0, number = 0] = month.split('-').map(Number);
  const next = number === 12 ? [year + 1, 1] : [year, number + 1];
  return `${String(next[0]).padStart(4, '0')}-${String(next[1]).padStart(2, '0')}`;
}

/** The months of some days, each once. */
export function monthsTouched(days: readonly DayRange[]): Month[] {
  const found = new Set<Month>();
  for (const { first, last } of days) {
    for (let month = first.slice(0, 7); month <= last.slice(0, 7); month = monthAfter(month)) found.add(month);
  }
  return [...found];
}
