import { beginOf, type Event, isIncident } from '../domain/event.ts';
import { type Incident, isOpen } from '../domain/incident.ts';
import { isCancelled, type Maintenance, maintenanceStatus } from '../domain/maintenance.ts';
import { responseTimes } from '../domain/response.ts';
import { titleLanguage } from '../domain/site-language.ts';
import type { Site } from '../domain/site.ts';
import type { ComponentStates } from '../domain/vocabulary.ts';
import { type Words, wordsFor } from '../words/words.ts';
import { componentName, postmortemsBySlug } from './lookup.ts';
import { local, paths } from './paths.ts';
import { endTime, shortDate, time, type TimeView } from './time.ts';
import { componentTones, incidentTone, type Tone } from './tone.ts';

export type StateView = { readonly name: string; readonly status: string; readonly tone: Tone };

export function stateViews(site: Site, states: ComponentStates): StateView[] {
  return Object.entries(states).map(([id, status]) => ({
    name: componentName(site, id),
    status: wordsFor(site.settings).componentStatus[status],
    tone: componentTones[status],
  }));
}

/** An incident in a list. */
export function incidentSummary(site: Site, incident: Incident) {
  const { settings } = site;
  const { resolvedAt, startedAt } = incident;
  const { toResolve } = responseTimes(incident);
  const words = wordsFor(settings);
  return {
    title: incident.title,
    lang: titleLanguage(incident, settings),
    href: local(settings, paths.incident(incident.slug)),
    status: words.incidentStatus[incident.status],
    impact: words.impact[incident.impact],
    tone: incidentTone(incident),
    open: isOpen(incident),
    started: time(startedAt, settings),
    resolved: resolvedAt === null ? null : time(resolvedAt, settings),
    /** Null while open, and if it was only reported once it was over, without its start. */
    lasted: toResolve === null ? null : words.duration(toResolve),
    components: stateViews(site, incident.worstComponents).map(({ name }) => name),
    postmortem: postmortemsBySlug(site).has(incident.slug) ? local(settings, paths.postmortem(incident.slug)) : null,
  };
}

/** A maintenance window in a list. */
export function maintenanceSummary(site: Site, maintenance: Maintenance) {
  const { settings, now } = site;
  const { slug, title, window, components } = maintenance;
  const status = maintenanceStatus(maintenance, now);
  const words = wordsFor(settings);
  const cancelled = isCancelled(maintenance);
  // Once it's over, the planned times no longer matter.
  const { from, to } = status === 'completed' && !cancelled ? maintenance.actual : window;
  return {
    title,
    lang: titleLanguage(maintenance, settings),
    href: local(settings, paths.maintenance(slug)),
    status: cancelled ? words.cancelled : words.maintenanceStatus[status],
    over: status === 'completed',
    /** Whether its window has started. */
    running: status === 'in_progress' || status === 'verifying',
    from: time(from, settings),
    to: time(to, settings),
    /** `to`, without the date if it's the same as that of `from`. */
    end: endTime(from, to, settings),
    components: Object.keys(components).map((id) => componentName(site, id)),
  };
}

/** An incident or maintenance window in a list. */
export type HistoryItemView = {
  readonly title: string;
  readonly lang: string | null;
  readonly href: string;
  readonly tone: Tone;
  readonly status: string;
  /** `Major impact`, or `Maintenance`. */
  readonly kind: string;
  /** The day when it began. */
  readonly day: TimeView;
  /** The start and end of a window, without the end date if it's the same day; null for incidents. */
  readonly window: { readonly from: TimeView; readonly to: TimeView } | null;
  readonly lasted: string | null;
  readonly components: string;
  readonly postmortem: string | null;
};

/** Longer lists of components are truncated. The incident's page lists all of them. */
const mostNames = 5;

function shortList(names: readonly string[], words: Words): string {
  if (names.length <= mostNames) return words.names(names);
  const shown = mostNames - 1;
  return words.names([...names.slice(0, shown), words.index.more(names.length - shown)]);
}

function incidentItem(site: Site, incident: Incident): HistoryItemView {
  const { title, lang, href, tone, status, impact, lasted, components, postmortem } = incidentSummary(site, incident);
  return {
    ...{ title, lang, href, status, kind: impact, window: null, lasted, postmortem },
    day: shortDate(incident.startedAt, site.settings),
    tone: isOpen(incident) ? tone : 'good',
    components: shortList(components, wordsFor(site.settings)),
  };
}

function maintenanceItem(site: Site, maintenance: Maintenance): HistoryItemView {
  const { title, lang, href, status, over, from, end: to, components } = maintenanceSummary(site, maintenance);
  return {
    ...{
      title,
      lang,
      href,
      status,
      kind: wordsFor(site.settings).listed.maintenance,
      window: { from, to },
      lasted: null,
      postmortem: null,
    },
    day: shortDate(beginOf(maintenance), site.settings),
    tone: over ? 'good' : 'maintenance',
    components: shortList(components, wordsFor(site.settings)),
  };
}

export function historyItem(site: Site, event: Event): HistoryItemView {
  return isIncident(event) ? incidentItem(site, event) : maintenanceItem(site, event);
}

/** Incidents and maintenance together, newest start first. */
export function historyItems(site: Site, events: readonly Event[]): HistoryItemView[] {
  return events.toSorted((a, b) => beginOf(b) - beginOf(a)).map((event) => historyItem(site, event));
}
