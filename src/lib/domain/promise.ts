import { day, type Duration, hour, type Instant, minute } from './calendar.ts';
import type { Cadence, UpdateCadence } from './settings.ts';

/** What an update says about the next one. */
export type NextUpdate =
  | { readonly kind: 'in'; readonly duration: Duration }
  | { readonly kind: 'at'; readonly instant: Instant }
  /** A time of day in UTC: its next occurrence after the update. */
  | { readonly kind: 'clock'; readonly minuteOfDay: number }
  | { readonly kind: 'none' };

/** An update this close before the promised minute is itself the one that was promised. */
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
 * By when an update posted at `at` promises the next one; null when it promises none.
 * What the update says goes before the cadence of its impact. Minutes of the hour are minutes in UTC.
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

/** From when on a promise made for `promised` is broken. */
export function overdueFrom(promised: Instant): Instant {
  return promised + grace;
}

/** Whether a promise made for `promised` is broken at `now`. */
export function isOverdue(promised: Instant | null, now: Instant): boolean {
  return promised !== null && now >= overdueFrom(promised);
}

/**
 * When the team next checks in, after `now`: by the clock, at each quarter hour, where the cadence
 * divides an hour or a day into equal parts; else at the next multiple of it from the start.
 */
export function nextCheckIn(startedAt: Instant, now: Instant, { checkIn }: Cadence): Instant {
  const isByClock = hour % checkIn === 0 || (checkIn % hour === 0 && day % checkIn === 0);
  const from = isByClock ? 0 : startedAt;
  const passed = Math.max(0, Math.floor((now - from) / checkIn));
  return from + (passed + 1) * checkIn;
}

/** When the team was last due to check in, at `now`, by the same clock; null before the first time. */
export function lastCheckIn(startedAt: Instant, now: Instant, cadence: Cadence): Instant | null {
  const due = nextCheckIn(startedAt, now, cadence) - cadence.checkIn;
  return due > startedAt ? due : null;
}

/** How long before a promised update its author is reminded. */
const headStart: Duration = 10 * minute;

/** When a missed promise is reported again, from the minute it was missed. */
const repeats: readonly Duration[] = [5 * minute, 15 * minute, 30 * minute];

/** A moment at which someone should hear about a promise. `late` is null before it is missed. */
type PromiseAlarm = { readonly at: Instant; readonly late: Duration | null };

/** The moments at which someone should hear about a promise, oldest first. */
export function promiseAlarms(promised: Instant): readonly PromiseAlarm[] {
  const missed = overdueFrom(promised);
  return [{ at: promised - headStart, late: null }, ...[0, ...repeats].map((late) => ({ at: missed + late, late }))];
}
