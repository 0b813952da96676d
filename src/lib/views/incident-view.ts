import { beginOf, type Event, isIncident } from '../domain/event.ts';
import { type Incident, isOpen } from '../domain/incident.ts';
import { isCancelled, type Maintenance, maintenanceStatus } from '../domain/maintenance.ts';
import { isOverdue } from '../domain/promise.ts';
import type { Site } from '../domain/site.ts';
import { wordsFor } from '../words/words.ts';
import { componentName, local, paths, postmortemsBySlug } from './lookup.ts';
import { endTime, time, type TimeView } from './time.ts';
import { customerDataTones, impactTones, type Tone } from './tone.ts';
import {
  incidentUpdateViews,
  maintenanceUpdateViews,
  type StateView,
  stateViews,
  type UpdateView,
} from './update-view.ts';

/** An incident in a list. */
export type IncidentSummaryView = {
  readonly slug: string;
  readonly title: string;
  readonly href: string;
  readonly status: string;
  readonly impact: string;
  readonly tone: Tone;
  readonly open: boolean;
  readonly started: TimeView;
  readonly resolved: TimeView | null;
  /** Null while open. */
  readonly lasted: string | null;
  readonly components: readonly string[];
  readonly postmortem: string | null;
};

export function incidentSummary(site: Site, incident: Incident): IncidentSummaryView {
  const { settings } = site;
  const { resolvedAt, startedAt } = incident;
  const words = wordsFor(settings);
  return {
    slug: incident.slug,
    title: incident.title,
    href: local(settings, paths.incident(incident.slug)),
    status: words.incidentStatus[incident.status],
    impact: words.impact[incident.impact],
    tone: impactTones[incident.impact],
    open: isOpen(incident),
    started: time(startedAt, settings),
    resolved: resolvedAt === null ? null : time(resolvedAt, settings),
    lasted: resolvedAt === null ? null : words.duration(resolvedAt - startedAt),
    components: stateViews(site, incident.worstComponents).map(({ name }) => name),
    postmortem: postmortemsBySlug(site).has(incident.slug) ? local(settings, paths.postmortem(incident.slug)) : null,
  };
}

type PromiseView = { readonly time: TimeView; readonly overdue: boolean };

/** An incident in full. */
export type IncidentDetailView = IncidentSummaryView & {
  readonly customerData: { readonly text: string; readonly tone: Tone } | null;
  readonly remedy: string | null;
  /** Who leads and who writes the updates; null unless the settings show people and the incident names any. */
  readonly people: string | null;
  /** The current status of each component, or the worst one once the incident is resolved. */
  readonly states: readonly StateView[];
  readonly promise: PromiseView | null;
  /** Newest first. */
  readonly updates: readonly UpdateView[];
  readonly text: string;
};

function peopleOf({ settings }: Site, { lead, comms }: Incident): string | null {
  if (!settings.showPeople || (lead === null && comms === null)) return null;
  return wordsFor(settings).incident.people(lead, comms);
}

export function incidentDetail(site: Site, incident: Incident): IncidentDetailView {
  const { promised, customerData } = incident;
  return {
    ...incidentSummary(site, incident),
    customerData:
      customerData === null
        ? null
        : { text: wordsFor(site.settings).customerData[customerData], tone: customerDataTones[customerData] },
    remedy: incident.remedy,
    people: peopleOf(site, incident),
    states: stateViews(site, isOpen(incident) ? incident.components : incident.worstComponents),
    promise: promised === null ? null : { time: time(promised, site.settings), overdue: isOverdue(promised, site.now) },
    updates: incidentUpdateViews(site, incident),
    text: local(site.settings, paths.incidentText(incident.slug)),
  };
}

/** A maintenance window in a list. */
type MaintenanceSummaryView = {
  readonly slug: string;
  readonly title: string;
  readonly href: string;
  readonly status: string;
  readonly over: boolean;
  readonly from: TimeView;
  readonly to: TimeView;
  /** `to`, without its date if that's the date of `from`. */
  readonly end: TimeView;
  readonly components: readonly string[];
};

function maintenanceSummary(site: Site, maintenance: Maintenance): MaintenanceSummaryView {
  const { settings, now } = site;
  const { slug, title, window, components } = maintenance;
  const status = maintenanceStatus(maintenance, now);
  const words = wordsFor(settings);
  return {
    slug,
    title,
    href: local(settings, paths.maintenance(slug)),
    status: isCancelled(maintenance) ? words.cancelled : words.maintenanceStatus[status],
    over: status === 'completed',
    from: time(window.from, settings),
    to: time(window.to, settings),
    end: endTime(window.from, window.to, settings),
    components: Object.keys(components).map((id) => componentName(site, id)),
  };
}

/** A maintenance window in full. */
export type MaintenanceView = MaintenanceSummaryView & {
  /** Newest first. */
  readonly updates: readonly UpdateView[];
  readonly text: string;
};

export function maintenanceView(site: Site, maintenance: Maintenance): MaintenanceView {
  return {
    ...maintenanceSummary(site, maintenance),
    updates: maintenanceUpdateViews(site, maintenance),
    text: local(site.settings, paths.maintenanceText(maintenance.slug)),
  };
}

/** An incident or maintenance window in a list. */
export type HistoryItemView = {
  readonly title: string;
  readonly href: string;
  readonly tone: Tone;
  readonly status: string;
  /** `Major impact`, or `Maintenance`. */
  readonly kind: string;
  readonly from: TimeView;
  /** The end of a window, without its date if it begins on the same day; null for an incident. */
  readonly to: TimeView | null;
  readonly lasted: string | null;
  readonly components: string;
  readonly postmortem: string | null;
};

function incidentItem(site: Site, incident: Incident): HistoryItemView {
  const { title, href, tone, status, impact, started, lasted, components, postmortem } = incidentSummary(
    site,
    incident,
  );
  return {
    ...{ title, href, status, kind: impact, from: started, to: null, lasted, postmortem },
    tone: isOpen(incident) ? tone : 'good',
    components: wordsFor(site.settings).names(components),
  };
}

function maintenanceItem(site: Site, maintenance: Maintenance): HistoryItemView {
  const { title, href, status, over, from, end: to, components } = maintenanceSummary(site, maintenance);
  return {
    ...{
      title,
      href,
      status,
      kind: wordsFor(site.settings).listed.maintenance,
      from,
      to,
      lasted: null,
      postmortem: null,
    },
    tone: over ? 'good' : 'maintenance',
    components: wordsFor(site.settings).names(components),
  };
}

export function historyItem(site: Site, event: Event): HistoryItemView {
  return isIncident(event) ? incidentItem(site, event) : maintenanceItem(site, event);
}

/** Incidents and maintenance together, newest start first. */
export function historyItems(site: Site, events: readonly Event[]): HistoryItemView[] {
  return events.toSorted((a, b) => beginOf(b) - beginOf(a)).map((event) => historyItem(site, event));
}
