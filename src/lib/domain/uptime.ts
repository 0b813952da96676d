import {
  type CalendarDay,
  clip,
  type ClosedPeriod,
  type Day,
  type Duration,
  type Instant,
  merge,
  type Period,
  startOf,
  totalLength,
} from './calendar.ts';
import { type Incident, reportedAfterwards } from './incident.ts';
import { type Component, type ComponentStatus, worstStatus } from './vocabulary.ts';

/** A period in which an incident kept a component in one status. */
export type StatusPeriod = Period & { readonly status: ComponentStatus; readonly incident: string };

/** Returns the periods from one incident, by component id. */
export function incidentPeriods({ slug, updates, openPeriods }: Incident): Map<string, StatusPeriod[]> {
  const periods = new Map<string, StatusPeriod[]>();
  let reopenings = 0;
  updates.forEach(({ record, components }, index) => {
    const isResolved = record.status === 'resolved';
    if (!isResolved && updates[index - 1]?.record.status === 'resolved') reopenings += 1;
    const open = openPeriods[reopenings];
    if (open === undefined) return;
    const next = updates[index + 1]?.record;
    // An end that was stated later may be before the last updates or after the resolving one.
    const isLast = isResolved || next === undefined || next.status === 'resolved';
    const from = isResolved || index === 0 ? open.from : record.at;
    const to = isLast ? open.to : Math.min(next.at, open.to ?? Infinity);
    if (to !== null && to <= from) return;
    for (const [id, status] of Object.entries(isResolved ? reportedAfterwards(record) : components)) {
      if (status === 'operational') continue;
      const list = periods.get(id) ?? [];
      list.push({ from, to, status, incident: slug });
      periods.set(id, list);
    }
  });
  return periods;
}

/** Returns the periods from all incidents, by component id, in the order of the incidents. */
export function componentHistories(incidents: readonly Incident[]): Map<string, StatusPeriod[]> {
  const histories = new Map<string, StatusPeriod[]>();
  for (const [id, periods] of incidents.flatMap((incident) => [...incidentPeriods(incident)]))
    histories.set(id, [...(histories.get(id) ?? []), ...periods]);
  return histories;
}

/** Returns the periods that overlap a window, clipped to it. */
function periodsWithin(
  history: readonly StatusPeriod[],
  window: ClosedPeriod,
): (StatusPeriod & { readonly to: Instant })[] {
  return history.flatMap((period) => {
    const part = clip(period, window);
    return part === null ? [] : [{ ...period, ...part }];
  });
}

/** How much a partial outage counts as downtime. 30%, as on Statuspage. */
const partialWeight = 0.3;

type AffectedTime = Readonly<Record<'major' | 'partial' | 'degraded' | 'maintenance', Duration>>;

/** Returns the parts of `periods` that `holes` don't cover. */
function without(periods: readonly ClosedPeriod[], holes: readonly ClosedPeriod[]): ClosedPeriod[] {
  return merge(holes).reduce<ClosedPeriod[]>(
    (rest, hole) =>
      rest.flatMap((period) => {
        const before = clip(period, { from: -Infinity, to: hole.from });
        const after = clip(period, { from: hole.to, to: Infinity });
        return [before, after].filter((part) => part !== null);
      }),
    merge(periods),
  );
}

/** Returns the time in each status within a window. If there are several at once, only the worst counts. */
export function affectedTime(history: readonly StatusPeriod[], window: ClosedPeriod): AffectedTime {
  const inside = periodsWithin(history, window);
  const having = (wanted: ComponentStatus): ClosedPeriod[] => inside.filter(({ status }) => status === wanted);
  const [major, partial, degraded] = [having('major_outage'), having('partial_outage'), having('degraded_performance')];
  return {
    major: totalLength(major),
    partial: totalLength(without(partial, major)),
    degraded: totalLength(without(degraded, [...major, ...partial])),
    maintenance: totalLength(without(having('under_maintenance'), [...major, ...partial, ...degraded])),
  };
}

/**
 * Returns the share of a window in which a component was up, from 0 to 1; null for an empty window. `1 - (major + 0.3
 * × partial) / total`; degraded performance and maintenance count as up (Statuspage).
 */
export function uptime(history: readonly StatusPeriod[], window: ClosedPeriod): number | null {
  const total = window.to - window.from;
  if (total <= 0) return null;
  const { major, partial } = affectedTime(history, window);
  return 1 - (major + partialWeight * partial) / total;
}

/** One day of a component: its worst status, how long it was affected, and the incidents that affected it. */
export type DayBar = AffectedTime & {
  readonly day: Day;
  /** Null for a day before the component existed. */
  readonly worst: ComponentStatus | null;
  /** Slugs, in history order. */
  readonly incidents: readonly string[];
};

/** How many days the bars show. */
export const barDays = 90;

function dayBar(recent: readonly StatusPeriod[], date: CalendarDay, counted: ClosedPeriod): DayBar {
  if (date.to <= counted.from) {
    return { day: date.day, worst: null, incidents: [], major: 0, partial: 0, degraded: 0, maintenance: 0 };
  }
  const inside = periodsWithin(recent, { from: date.from, to: Math.min(date.to, counted.to) });
  return {
    day: date.day,
    worst: worstStatus(inside.map(({ status }) => status)),
    incidents: [...new Set(inside.map(({ incident }) => incident))],
    ...affectedTime(inside, date),
  };
}

/**
 * Returns the window that counts for a component's uptime: the shown days until now, excluding the time
 * before it existed.
 */
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

/** Returns a component's days, oldest first. `counted` is the result of `countedWindow`. */
export function dayBars(
  history: readonly StatusPeriod[],
  days: readonly CalendarDay[],
  counted: ClosedPeriod,
): DayBar[] {
  const recent = periodsWithin(history, counted);
  return days.map((date) => dayBar(recent, date, counted));
}
