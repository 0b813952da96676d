import type { Site } from '../../domain/site.ts';
import { type FrameView, frame, type LinkView } from '../frame.ts';
import { local, paths } from '../links.ts';
import { months, monthSummary } from '../months.ts';
import { monthInWords } from '../time.ts';

export type HistoryYearView = {
  readonly year: string;
  readonly months: readonly (LinkView & { readonly summary: string })[];
};

export type HistoryView = { readonly frame: FrameView; readonly years: readonly HistoryYearView[] };

/** All months in which something happened, by year. */
export function historyPage(site: Site): HistoryView {
  const entries = [...months(site)].map(([month, content]) => ({
    year: month.slice(0, 4),
    label: monthInWords(month, site.settings),
    href: local(site.settings, paths.month(month)),
    summary: monthSummary(content),
  }));
  const years = [...new Set(entries.map(({ year }) => year))];
  return {
    frame: frame(site, {
      title: 'History',
      description: `Every incident of ${site.settings.name}, by month`,
      path: paths.history,
    }),
    years: years.map((year) => ({ year, months: entries.filter((entry) => entry.year === year) })),
  };
}
