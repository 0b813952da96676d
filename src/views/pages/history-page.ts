import { type Month, monthOf } from '../../domain/calendar.ts';
import type { Site } from '../../domain/site.ts';
import { type FrameView, frame } from '../frame.ts';
import { local, paths } from '../links.ts';
import { type MonthContent, months, monthSummary } from '../months.ts';
import { monthName } from '../time.ts';

export type HistoryMonthView = {
  /** `November` */
  readonly label: string;
  readonly summary: string;
  /** Null for a month without anything. */
  readonly href: string | null;
};

export type HistoryYearView = { readonly year: string; readonly months: readonly HistoryMonthView[] };

export type HistoryView = { readonly frame: FrameView; readonly years: readonly HistoryYearView[] };

function monthView(site: Site, month: Month, content: MonthContent | undefined): HistoryMonthView {
  const { settings } = site;
  return {
    label: monthName(month, 'long', settings),
    summary: content === undefined ? 'no incidents' : monthSummary(content),
    href: content === undefined ? null : local(settings, paths.month(month)),
  };
}

/** The months of a year from the first of the history to the last, or to that of `now`. */
function monthsOf(year: string, first: Month, last: Month): Month[] {
  const all = Array.from({ length: 12 }, (_, index) => `${year}-${String(index + 1).padStart(2, '0')}`);
  return all.filter((month) => month >= first && month <= last);
}

/** All months, by year; those in which nothing happened are told as well. */
export function historyPage(site: Site): HistoryView {
  const known = months(site);
  const [newest] = known.keys();
  const today = monthOf(site.now, site.settings.timeZone);
  const first = [...known.keys()].at(-1) ?? today;
  const last = newest !== undefined && newest > today ? newest : today;
  const count = known.size === 0 ? 0 : Number(last.slice(0, 4)) - Number(first.slice(0, 4)) + 1;
  const years = Array.from({ length: count }, (_, index) => String(Number(last.slice(0, 4)) - index).padStart(4, '0'));
  return {
    frame: frame(site, {
      title: 'History',
      description: `Every incident of ${site.settings.name}, by month`,
      path: paths.history,
    }),
    years: years.map((year) => ({
      year,
      months: monthsOf(year, first, last).map((month) => monthView(site, month, known.get(month))),
    })),
  };
}
