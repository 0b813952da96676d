import { type CalendarDay, lastDays } from '../domain/calendar.ts';
import { maintenanceStatus } from '../domain/maintenance.ts';
import { currentComponents, maintenancesAhead, openIncidents, type Site } from '../domain/site.ts';
import { wordsFor } from '../words/words.ts';
import { componentView, type ComponentView } from './component-page.ts';
import { frame, type FrameView } from './frame.ts';
import {
  entries,
  type EntryView,
  incidentDetail,
  type IncidentDetailView,
  maintenanceView,
  type MaintenanceView,
} from './incident-view.ts';
import { local, paths } from './lookup.ts';
import { daysInWords, time, type TimeView } from './time.ts';
import { headline, type Headline } from './tone.ts';

/** A day on which something began, or a run of days on which nothing did. */
type RecentDaysView = { readonly days: string; readonly entries: readonly EntryView[] };

type Found = { readonly first: CalendarDay; readonly last: CalendarDay; readonly entries: readonly EntryView[] };

const recentDays = 14;

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

type IndexView = {
  readonly frame: FrameView;
  readonly banner: Headline;
  readonly asOf: TimeView;
  readonly incidents: readonly IncidentDetailView[];
  /** Running and announced, soonest first. */
  readonly maintenances: readonly MaintenanceView[];
  readonly groups: readonly { readonly name: string | null; readonly components: readonly ComponentView[] }[];
  /** The last fourteen days, newest first; null when nothing has ever happened. */
  readonly days: readonly RecentDaysView[] | null;
  readonly recentDays: number;
  /** Whether any component shows its days. */
  readonly hasBars: boolean;
  /** How many days with incidents a component shows in words; its own page has all. */
  readonly shownDays: number;
  readonly history: string;
  readonly subscribe: string;
};

/** So that the page stays small when everything breaks every week: 14 KiB, as measured in tests/site/weight.test.ts. */
const mostDaysInWords = 96;

/** The status page itself. */
export function indexPage(site: Site): IndexView {
  const { settings, now } = site;
  const words = wordsFor(settings);
  const shown = new Set(currentComponents(site).map(({ id }) => id));
  const banner = headline(site);
  const incidents = openIncidents(site);
  return {
    frame: frame(site, {
      title: null,
      description: words.index.description(settings.name, banner.headline),
      path: paths.home,
    }),
    // They are named right below; how many there are is not.
    banner: {
      ...banner,
      detail:
        incidents.length > 1 && !banner.headline.startsWith(String(incidents.length))
          ? words.headline.openIncidents(incidents.length)
          : null,
    },
    asOf: time(now, settings),
    incidents: incidents.map((incident) => incidentDetail(site, incident)),
    maintenances: maintenancesAhead(site).map((maintenance) => maintenanceView(site, maintenance)),
    groups: site.groups
      .map(({ name, components }) => ({
        name,
        components: components.filter(({ id }) => shown.has(id)).map((component) => componentView(site, component)),
      }))
      .filter(({ components }) => components.length > 0),
    days: site.incidents.length + site.maintenances.length === 0 ? null : recentDaysViews(site),
    recentDays,
    hasBars: currentComponents(site).some(({ showcase }) => showcase),
    shownDays: Math.max(2, Math.floor(mostDaysInWords / Math.max(1, shown.size))),
    history: local(settings, paths.history),
    subscribe: local(settings, paths.subscribe),
  };
}
