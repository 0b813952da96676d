import { type CalendarDay, type Day, lastDays, startOf } from './calendar.ts';
import type { Component } from './component.ts';
import { type Downtime, downtime } from './uptime.ts';
import { periodsWithin, type StatusPeriod } from './component-history.ts';
import type { Instant } from './instant.ts';
import type { ClosedPeriod } from './period.ts';
import { type ComponentStatus, worstStatus } from './vocabulary.ts';

/** One day of a component: its worst status, how long it was down, and the incidents behind it. */
export type DayBar = Downtime & {
  readonly day: Day;
  /** Null for a day before the component existed. */
  readonly worst: ComponentStatus | null;
  /** Slugs, in the order of the history. */
  readonly incidents: readonly string[];
};

export const barDays = 90;

function dayBar(recent: readonly StatusPeriod[], date: CalendarDay, counted: ClosedPeriod): DayBar {
  if (date.to <= counted.from) {
    return { day: date.day, worst: null, incidents: [], major: 0, partial: 0 };
  }
  const inside = periodsWithin(recent, { from: date.from, to: Math.min(date.to, counted.to) });
  return {
    day: date.day,
    worst: worstStatus(inside.map(({ status }) => status)),
    incidents: [...new Set(inside.map(({ incident }) => incident))],
    ...downtime(inside, date),
  };
}

/** The calendar days behind the bars, oldest first. */
export function barWindow(now: Instant, timeZone: string): CalendarDay[] {
  return lastDays(now, barDays, timeZone);
}

/** The window that counts for a component's uptime: the days shown, not before it existed, until now. */
export function countedWindow(
  component: Component,
  days: readonly CalendarDay[],
  now: Instant,
  timeZone: string,
): ClosedPeriod {
  const first = days[0]?.from ?? now;
  const since = component.since === null ? first : startOf(component.since, timeZone);
  return { from: Math.max(first, since), to: now };
}

/** A component's days, oldest first; `counted` as `countedWindow` gives it. */
export function dayBars(
  history: readonly StatusPeriod[],
  days: readonly CalendarDay[],
  counted: ClosedPeriod,
): DayBar[] {
  const recent = periodsWithin(history, counted);
  return days.map((date) => dayBar(recent, date, counted));
}
