import { currentComponents, maintenancesAhead, openIncidents, type Site } from '../../domain/site.ts';
import { type ComponentView, componentView } from '../component-view.ts';
import { type FrameView, frame } from '../frame.ts';
import { type Headline, headline } from '../headline.ts';
import { type IncidentDetailView, incidentDetail } from '../incident-view.ts';
import { local, paths } from '../links.ts';
import { type MaintenanceView, maintenanceView } from '../maintenance-view.ts';
import { recentDays, type RecentDaysView, recentDaysViews } from '../recent-days.ts';
import { type TimeView, time } from '../time.ts';
import { count } from '../words.ts';

export type IndexView = {
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
  const shown = new Set(currentComponents(site).map(({ id }) => id));
  const banner = headline(site);
  const incidents = openIncidents(site);
  return {
    frame: frame(site, { title: null, description: `${settings.name}: ${banner.headline}`, path: paths.home }),
    // They are named right below; how many there are is not.
    banner: {
      ...banner,
      detail:
        incidents.length > 1 && !banner.headline.startsWith(String(incidents.length))
          ? count(incidents.length, 'active incident')
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
