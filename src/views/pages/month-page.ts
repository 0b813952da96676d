import type { Month } from '../../domain/calendar.ts';
import type { Site } from '../../domain/site.ts';
import { entries, type EntryView } from '../entry-view.ts';
import { type FrameView, frame, type LinkView } from '../frame.ts';
import { local, paths } from '../links.ts';
import { months, monthSummary } from '../months.ts';
import { monthInWords, monthName } from '../time.ts';
import { monthSource } from '../sources.ts';
import { cacheKey, type StaticPath } from '../static-paths.ts';

export type MonthView = {
  readonly frame: FrameView;
  readonly heading: string;
  readonly summary: string;
  /** Incidents and maintenance together, newest first. */
  readonly entries: readonly EntryView[];
  readonly earlier: LinkView | null;
  readonly later: LinkView | null;
  /** The months of the same year in which something happened, oldest first. */
  readonly year: readonly (LinkView & { readonly current: boolean })[];
  /** The other years, newest first. */
  readonly years: readonly LinkView[];
  readonly all: string;
};

/** One month: everything that began in it. */
export function monthPage(site: Site, month: Month): MonthView {
  const { settings } = site;
  const known = [...months(site).keys()];
  const index = known.indexOf(month);
  const href = (at: Month): string => local(settings, paths.month(at));
  const link = (neighbour: Month | undefined): LinkView | null =>
    neighbour === undefined ? null : { label: monthInWords(neighbour, settings), href: href(neighbour) };
  const content = months(site).get(month) ?? { incidents: [], maintenances: [] };
  const heading = monthInWords(month, settings);
  const summary = monthSummary(content);
  const year = month.slice(0, 4);
  const all = local(settings, paths.history);
  return {
    frame: frame(site, {
      title: heading,
      description: `Incidents of ${settings.name} in ${heading}: ${summary}`,
      path: paths.month(month),
    }),
    heading,
    summary,
    entries: entries(site, content.incidents, content.maintenances),
    earlier: link(known[index + 1]),
    later: index > 0 ? link(known[index - 1]) : null,
    year: known
      .filter((other) => other.startsWith(year))
      .map((other) => ({ label: monthName(other, 'short', settings), href: href(other), current: other === month }))
      .toReversed(),
    years: [...new Set(known.map((other) => other.slice(0, 4)))]
      .filter((other) => other !== year)
      .map((other) => ({ label: other, href: `${all}#y${other}` })),
    all,
  };
}

/** The page of each month in which something began. */
export function monthPaths(site: Site): StaticPath<{ month: Month }, object>[] {
  return [...months(site).keys()].map((month) => ({
    params: { month },
    props: {},
    cacheKey: cacheKey(monthSource(site, month)),
  }));
}
