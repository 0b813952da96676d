import { type Month, monthOf } from '../domain/calendar.ts';
import { type Event, isIncident } from '../domain/event.ts';
import { firstKnownDay, type Site } from '../domain/site.ts';
import { wordsFor } from '../words/words.ts';
import { frame, type LinkView } from './frame.ts';
import { historyItems } from './event-list.ts';
import { months } from './lookup.ts';
import { local, paths } from './paths.ts';
import { viewedPath } from './static-paths.ts';
import { monthInWords, monthName } from './time.ts';

/** `2 incidents, 1 maintenance window` */
function monthSummary({ settings }: Site, events: readonly Event[]): string {
  const incidents = events.filter(isIncident).length;
  return wordsFor(settings).history.monthSummary(incidents, events.length - incidents);
}

/** Keeps the page small: months older than the newest 150 incidents and windows are only counted. */
const mostItems = 150;

/** Returns the oldest month whose incidents and maintenance are listed. */
function firstListed(known: ReadonlyMap<Month, readonly Event[]>): Month {
  let first = '9999-12';
  let items = 0;
  for (const [month, events] of known) {
    items += events.length;
    if (items > mostItems && first !== '9999-12') break;
    first = month;
  }
  return first;
}

function monthView(site: Site, month: Month, listed: Month) {
  const { settings } = site;
  const events = months(site).get(month) ?? [];
  return {
    label: monthName(month, 'long', settings),
    summary: monthSummary(site, events),
    /** Null if nothing happened. */
    href: events.length === 0 ? null : local(settings, paths.month(month)),
    /** Newest first; null for months that are only counted. */
    items: month < listed ? null : historyItems(site, events),
  };
}

/** Returns the months of a year between `first` and `last`. */
function monthsOf(year: string, first: Month, last: Month): Month[] {
  const all = Array.from({ length: 12 }, (_, index) => `${year}-${String(index + 1).padStart(2, '0')}`);
  return all.filter((month) => month >= first && month <= last);
}

/** Returns all months by year, including past ones known to be without incidents. The newest are listed in full. */
export function historyPage(site: Site) {
  const words = wordsFor(site.settings).history;
  const known = months(site);
  const [newest] = known.keys();
  const listed = firstListed(known);
  const today = monthOf(site.now, site.settings.timeZone);
  const first = [...known.keys()].at(-1) ?? today;
  const firstQuiet = firstKnownDay(site)?.slice(0, 7) ?? first;
  const last = newest !== undefined && newest > today ? newest : today;
  const count = known.size === 0 ? 0 : Number(last.slice(0, 4)) - Number(first.slice(0, 4)) + 1;
  const years = Array.from({ length: count }, (_, index) => String(Number(last.slice(0, 4)) - index).padStart(4, '0'));
  return {
    frame: frame(site, {
      title: words.title,
      description: words.description(site.settings.name),
      path: paths.history,
    }),
    years: years
      .map((year) => ({
        year,
        months: monthsOf(year, first, last)
          // Future months can't be called free of incidents yet.
          .filter((month) => known.has(month) || (month >= firstQuiet && month <= today))
          .map((month) => monthView(site, month, listed)),
      }))
      .filter(({ months }) => months.length > 0),
  };
}

/** Returns everything that touched a month. */
export function monthPage(site: Site, month: Month) {
  const { settings } = site;
  const known = [...months(site).keys()];
  const index = known.indexOf(month);
  const href = (at: Month): string => local(settings, paths.month(at));
  const link = (neighbour: Month | undefined): LinkView | null =>
    neighbour === undefined ? null : { label: monthInWords(neighbour, settings), href: href(neighbour) };
  const events = months(site).get(month) ?? [];
  const heading = monthInWords(month, settings);
  const summary = monthSummary(site, events);
  const year = month.slice(0, 4);
  const all = local(settings, paths.history);
  return {
    frame: frame(site, {
      title: heading,
      description: wordsFor(settings).history.monthDescription(settings.name, heading, summary),
      path: paths.month(month),
    }),
    heading,
    summary,
    items: historyItems(site, events),
    earlier: link(known[index + 1]),
    later: link(known[index - 1]),
    /** The months of the same year with incidents or maintenance, oldest first. */
    year: known
      .filter((other) => other.startsWith(year))
      .map((other) => ({ label: monthName(other, 'short', settings), href: href(other), current: other === month }))
      .toReversed(),
    /** The other years, newest first. */
    years: [...new Set(known.map((other) => other.slice(0, 4)))]
      .filter((other) => other !== year)
      .map((other) => ({ label: other, href: `${all}#y${other}` })),
    all,
  };
}

/** The pages of all months with incidents or maintenance. */
export function monthPaths(site: Site) {
  return [...months(site).keys()].map((month) => viewedPath({ month }, monthPage(site, month)));
}
