import { type CalendarDay, lastDays } from '../domain/calendar.ts';
import { maintenanceStatus } from '../domain/maintenance.ts';
import { currentComponents, maintenancesAhead, openIncidents, type Site } from '../domain/site.ts';
import { wordsFor } from '../words/words.ts';
import { componentView, type ComponentView } from './component-page.ts';
import { frame, type FrameView } from './frame.ts';
import {
  historyItems,
  type HistoryItemView,
  incidentDetail,
  type IncidentDetailView,
  maintenanceView,
  type MaintenanceView,
} from './incident-view.ts';
import { local, paths } from './lookup.ts';
import { daysInWords, time, type TimeView } from './time.ts';
import { headline, type Headline } from './tone.ts';

/** A day on which something began, or several days in a row on which nothing did. */
type RecentDaysView = { readonly days: string; readonly items: readonly HistoryItemView[] };

type DayRange = { readonly first: CalendarDay; readonly last: CalendarDay; readonly items: readonly HistoryItemView[] };

const recentDays = 14;

function itemsOf(site: Site, { from, to }: CalendarDay): HistoryItemView[] {
  const within = (instant: number): boolean => instant >= from && instant < to;
  return historyItems(
    site,
    site.incidents.filter(({ startedAt }) => within(startedAt)),
    // Running and scheduled maintenance has its own section.
    site.maintenances.filter(
      (maintenance) => within(maintenance.window.from) && maintenanceStatus(maintenance, site.now) === 'completed',
    ),
  );
}

/** The last 14 days, newest first; consecutive days without anything are joined. */
export function recentDaysViews(site: Site): RecentDaysView[] {
  const ranges: DayRange[] = [];
  for (const day of lastDays(site.now, recentDays, site.settings.timeZone)) {
    const items = itemsOf(site, day);
    const before = ranges.at(-1);
    if (items.length === 0 && before?.items.length === 0) ranges.splice(-1, 1, { ...before, last: day });
    else ranges.push({ first: day, last: day, items });
  }
  return ranges.toReversed().map(({ first, last, items }) => ({
    days: daysInWords(first.day, last.day, site.settings),
    items,
  }));
}

export type IndexView = {
  readonly frame: FrameView;
  readonly banner: Headline & { readonly detail: string | null };
  readonly asOf: TimeView;
  readonly incidents: readonly IncidentDetailView[];
  /** Running and scheduled, soonest first. */
  readonly maintenances: readonly MaintenanceView[];
  readonly groups: readonly { readonly name: string | null; readonly components: readonly ComponentView[] }[];
  /** The last 14 days, newest first; null if nothing has ever been recorded. */
  readonly days: readonly RecentDaysView[] | null;
  readonly recentDays: number;
  readonly hasBars: boolean;
  /** How many days with incidents to list per component; the component's page lists all. */
  readonly shownDays: number;
  readonly history: string;
  readonly subscribe: string;
};

/** Keeps the page below 14 KiB when everything breaks every week: see tests/support/weight.ts. */
const mostTroubledDays = 96;

export function indexPage(site: Site): IndexView {
  const { settings, now } = site;
  const words = wordsFor(settings);
  const shown = new Set(currentComponents(site).map(({ id }) => id));
  const banner = headline(site);
  const incidents = openIncidents(site);
  const amount = words.headline.openIncidents(incidents.length);
  return {
    frame: frame(site, {
      title: null,
      description: words.index.description(settings.name, banner.headline),
      path: paths.home,
    }),
    // The incidents are listed right below, so the banner only counts them.
    banner: { ...banner, detail: incidents.length > 1 && banner.headline !== amount ? amount : null },
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
    shownDays: Math.max(2, Math.floor(mostTroubledDays / Math.max(1, shown.size))),
    history: local(settings, paths.history),
    subscribe: local(settings, paths.subscribe),
  };
}
