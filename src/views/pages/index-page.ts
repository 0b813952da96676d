import { lastDays } from '../../domain/calendar.ts';
import { maintenanceStatus } from '../../domain/maintenance.ts';
import { currentComponents, openIncidents, type Site } from '../../domain/site.ts';
import { type ComponentView, componentView } from '../component-view.ts';
import { type FrameView, frame } from '../frame.ts';
import { type Headline, headline } from '../headline.ts';
import { type IncidentDetailView, incidentDetail, type IncidentSummaryView, incidentSummary } from '../incident-view.ts';
import { dayAnchor, local, paths } from '../links.ts';
import { type MaintenanceView, maintenanceView } from '../maintenance-view.ts';
import { dayInWords, type TimeView, time } from '../time.ts';

export type DayView = {
  readonly anchor: string;
  readonly day: TimeView;
  readonly incidents: readonly IncidentSummaryView[];
};

export type IndexView = {
  readonly frame: FrameView;
  readonly banner: Headline;
  readonly asOf: TimeView;
  readonly incidents: readonly IncidentDetailView[];
  /** Running and announced, soonest first. */
  readonly maintenances: readonly MaintenanceView[];
  readonly groups: readonly { readonly name: string | null; readonly components: readonly ComponentView[] }[];
  /** The last fourteen days, newest first. */
  readonly days: readonly DayView[];
  readonly history: string;
  readonly subscribe: string;
};

const recentDays = 14;

function days(site: Site): DayView[] {
  const { timeZone } = site.settings;
  return lastDays(site.now, recentDays, timeZone)
    .map(({ day, from, to }) => ({
      anchor: dayAnchor(day),
      day: dayInWords(day, site.settings),
      incidents: site.incidents
        .filter(({ startedAt }) => startedAt >= from && startedAt < to)
        .map((incident) => incidentSummary(site, incident)),
    }))
    .toReversed();
}

/** The status page itself. */
export function indexPage(site: Site): IndexView {
  const { settings, now } = site;
  const shown = new Set(currentComponents(site).map(({ id }) => id));
  const banner = headline(site);
  return {
    frame: frame(site, { title: null, description: `${settings.name}: ${banner.headline}`, path: paths.home }),
    banner,
    asOf: time(now, settings),
    incidents: openIncidents(site).map((incident) => incidentDetail(site, incident)),
    maintenances: site.maintenances
      .filter((maintenance) => maintenanceStatus(maintenance, now) !== 'completed')
      .toReversed()
      .map((maintenance) => maintenanceView(site, maintenance)),
    groups: site.groups
      .map(({ name, components }) => ({
        name,
        components: components.filter(({ id }) => shown.has(id)).map((component) => componentView(site, component)),
      }))
      .filter(({ components }) => components.length > 0),
    days: days(site),
    history: local(settings, paths.history),
    subscribe: local(settings, paths.subscribe),
  };
}
