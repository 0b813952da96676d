import { day, type Duration, hour, type Instant, minute } from './calendar.ts';
import type { Cadence, UpdateCadence } from './settings.ts';

/** What an update says about the next one. */
export type NextUpdate =
  | { readonly kind: 'in'; readonly duration: Duration }
  | { readonly kind: 'at'; readonly instant: Instant }
  /** A time of day in UTC. Refers to its next occurrence after the update. */
  | { readonly kind: 'clock'; readonly minuteOfDay: number }
  | { readonly kind: 'none' };

/** An update this close before the promised minute counts as the promised one. */
const closeEnough: Duration = 10 * minute;

/** A promise is kept if the update comes within the promised minute. */
const grace: Duration = minute;

function nextByCadence(at: Instant, cadence: UpdateCadence): Instant {
  if (cadence.kind === 'every') return at + cadence.duration;
  const earliest = at + closeEnough;
  const sameHour = Math.floor(earliest / hour) * hour + cadence.minute * minute;
  return sameHour >= earliest ? sameHour : sameHour + hour;
}

function nextTimeOfDay(at: Instant, minuteOfDay: number): Instant {
  const midnight = new Date(at).setUTCHours(0, 0, 0, 0);
  const today = midnight + minuteOfDay * minute;
  return today > at ? today : today + 24 * hour;
}

/**
 * Returns when the next update is due after one that was posted at `at`; null if none is promised. The time that the
 * update states takes precedence over the cadence for its impact. Minutes of the hour are in UTC.
 */
export function promisedBy(at: Instant, stated: NextUpdate | null, cadence: UpdateCadence): Instant | null {
  if (stated === null) return nextByCadence(at, cadence);
  switch (stated.kind) {
    case 'none':
      return null;
    case 'in':
      return at + stated.duration;
    case 'at':
      return stated.instant;
    case 'clock':
      return nextTimeOfDay(at, stated.minuteOfDay);
  }
}

/** Returns when a promise for `promised` becomes broken. */
export function overdueFrom(promised: Instant): Instant {
  return promised + grace;
}

/** Whether a promise for `promised` is broken at `now`. */
export function isOverdue(promised: Instant | null, now: Instant): boolean {
  return promised !== null && now >= overdueFrom(promised);
}

/**
 * Returns the next check-in after `now`. If the cadence divides an hour or a day evenly, check-ins follow the clock,
 * such as every quarter hour; otherwise, they count from the start.
 */
export function nextCheckIn(startedAt: Instant, now: Instant, { checkIn }: Cadence): Instant {
  const isByClock = hour % checkIn === 0 || (checkIn % hour === 0 && day % checkIn === 0);
  const from = isByClock ? 0 : startedAt;
  const passed = Math.max(0, Math.floor((now - from) / checkIn));
  return from + (passed + 1) * checkIn;
}

/** Returns the latest check-in that was due at `now`, on the same schedule; null before the first. */
export function lastCheckIn(startedAt: Instant, now: Instant, cadence: Cadence): Instant | null {
  const due = nextCheckIn(startedAt, now, cadence) - cadence.checkIn;
  return due > startedAt ? due : null;
}

/** How long before a promised update to remind its author. */
const headStart: Duration = 10 * minute;

/** When to report a missed promise again, counted from the minute when it was missed. */
const repeats: readonly Duration[] = [5 * minute, 15 * minute, 30 * minute];

/** A time to alert someone to a promise. `late` is null before the promise is missed. */
type PromiseAlarm = { readonly at: Instant; readonly late: Duration | null };

/** Returns the times to alert someone to a promise, oldest first. */
export function promiseAlarms(promised: Instant): readonly PromiseAlarm[] {
  const missed = overdueFrom(promised);
  return [{ at: promised - headStart, late: null }, ...[0, ...repeats].map((late) => ({ at: missed + late, late }))];
}
