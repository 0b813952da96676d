import { type CalendarDay, lastDays } from '../domain/calendar.ts';
import { maintenanceStatus } from '../domain/maintenance.ts';
import type { Site } from '../domain/site.ts';
import { entries, type EntryView } from './entry-view.ts';
import { daysInWords } from './time.ts';

/** A day on which something began, or a run of days on which nothing did. */
export type RecentDaysView = { readonly days: string; readonly entries: readonly EntryView[] };

type Found = { readonly first: CalendarDay; readonly last: CalendarDay; readonly entries: readonly EntryView[] };

export const recentDays = 14;

function entriesOf(site: Site, { from, to }: CalendarDay): EntryView[] {
  const within = (instant: number): boolean => instant >= from && instant < to;
  return entries(
    site,
    site.incidents.filter(({ startedAt }) => within(startedAt)),
    // What is ahead or under way has its own place above.
    site.maintenances.filter(
      (maintenance) => within(maintenance.window.from) && maintenanceStatus(maintenance, site.now) === 'completed',
    ),
  );
}

/** The last fourteen days, newest first; days without anything are told together. */
export function recentDaysViews(site: Site): RecentDaysView[] {
  const found: Found[] = [];
  for (const day of lastDays(site.now, recentDays, site.settings.timeZone)) {
    const inDay = entriesOf(site, day);
    const before = found.at(-1);
    if (inDay.length === 0 && before?.entries.length === 0) found.splice(-1, 1, { ...before, last: day });
    else found.push({ first: day, last: day, entries: inDay });
  }
  return found.toReversed().map(({ first, last, entries: list }) => ({
    days: daysInWords(first.day, last.day, site.settings),
    entries: list,
  }));
}
