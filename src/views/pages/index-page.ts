import { lastDays } from '../../domain/calendar.ts';
import { maintenanceStatus } from '../../domain/maintenance.ts';
import { currentComponents, openIncidents, type Site, siteState } from '../../domain/site.ts';
import { type ComponentView, componentView } from '../component-view.ts';
import { type FrameView, frame } from '../frame.ts';
import { type IncidentDetailView, incidentDetail, type IncidentSummaryView, incidentSummary } from '../incident-view.ts';
import { dayAnchor, local, paths } from '../links.ts';
import { type MaintenanceView, maintenanceView } from '../maintenance-view.ts';
import { dayInWords, type TimeView, time } from '../time.ts';
import { impactTones, indicatorTones, type Tone } from '../tone.ts';
import { count } from '../words.ts';

/** The one sentence that a worried person came for. */
export type BannerView = { readonly tone: Tone; readonly headline: string; readonly detail: string | null };

export type DayView = {
  readonly anchor: string;
  readonly day: TimeView;
  readonly incidents: readonly IncidentSummaryView[];
};

export type IndexView = {
  readonly frame: FrameView;
  readonly banner: BannerView;
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

/** From calm to grave. */
const tones: readonly Tone[] = ['good', 'maintenance', 'unknown', 'degraded', 'partial', 'major'];

/** The rule table's words, but never that all is well while an incident is open. */
function banner(site: Site): BannerView {
  const state = siteState(site);
  const open = openIncidents(site);
  if (open.length === 0) {
    return { tone: indicatorTones[state.indicator], headline: state.description, detail: null };
  }
  const titles = open.map(({ title }) => title).join(' · ');
  if (state.indicator === 'none' || state.indicator === 'maintenance') {
    const worst = open.map(({ impact }) => impactTones[impact]).toSorted((a, b) => tones.indexOf(b) - tones.indexOf(a))[0];
    return { tone: worst ?? 'unknown', headline: count(open.length, 'active incident'), detail: titles };
  }
  return { tone: indicatorTones[state.indicator], headline: state.description, detail: titles };
}

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
  const headline = banner(site);
  return {
    frame: frame(site, { title: null, description: `${settings.name}: ${headline.headline}`, path: paths.home }),
    banner: headline,
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
