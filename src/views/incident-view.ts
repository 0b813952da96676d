import { type Incident, isOpen } from '../domain/incident.ts';
import { isOverdue } from '../domain/promise.ts';
import type { Site } from '../domain/site.ts';
import { local, paths } from './links.ts';
import { postmortemsBySlug } from './lookup.ts';
import { durationInWords, type TimeView, time } from './time.ts';
import { customerDataTones, impactTones, type Tone } from './tone.ts';
import { type StateView, stateViews, type UpdateView, incidentUpdateViews } from './update-view.ts';
import { customerDataWords, impactWords, incidentStatusWords } from './words.ts';

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
  /** From start to end in words; null while open. */
  readonly lasted: string | null;
  readonly components: readonly string[];
  readonly postmortem: string | null;
};

export function incidentSummary(site: Site, incident: Incident): IncidentSummaryView {
  const { settings } = site;
  const { resolvedAt, startedAt } = incident;
  return {
    slug: incident.slug,
    title: incident.title,
    href: local(settings, paths.incident(incident.slug)),
    status: incidentStatusWords[incident.status],
    impact: impactWords[incident.impact],
    tone: impactTones[incident.impact],
    open: isOpen(incident),
    started: time(startedAt, settings),
    resolved: resolvedAt === null ? null : time(resolvedAt, settings),
    lasted: resolvedAt === null ? null : durationInWords(resolvedAt - startedAt),
    components: stateViews(site, incident.worstComponents).map(({ name }) => name),
    postmortem: postmortemsBySlug(site).has(incident.slug) ? local(settings, paths.postmortem(incident.slug)) : null,
  };
}

export type PromiseView = { readonly time: TimeView; readonly overdue: boolean };

/** An incident with everything that customers are told of it. */
export type IncidentDetailView = IncidentSummaryView & {
  readonly customerData: { readonly text: string; readonly tone: Tone } | null;
  readonly remedy: string | null;
  /** Who leads and who writes, in a sentence; null unless the settings show people and the incident names any. */
  readonly people: string | null;
  /** In effect now, or the worst of each once it is over. */
  readonly states: readonly StateView[];
  readonly promise: PromiseView | null;
  /** Newest first. */
  readonly updates: readonly UpdateView[];
  readonly text: string;
};

function peopleOf({ settings }: Site, { lead, comms }: Incident): string | null {
  if (!settings.showPeople || (lead === null && comms === null)) return null;
  const parts = [lead === null ? '' : `${lead} leads`, comms === null ? '' : `${comms} writes the updates`];
  return parts.filter((part) => part !== '').join(', ');
}

export function incidentDetail(site: Site, incident: Incident): IncidentDetailView {
  const { promised, customerData } = incident;
  return {
    ...incidentSummary(site, incident),
    customerData:
      customerData === null ? null : { text: customerDataWords[customerData], tone: customerDataTones[customerData] },
    remedy: incident.remedy,
    people: peopleOf(site, incident),
    states: stateViews(site, isOpen(incident) ? incident.components : incident.worstComponents),
    promise: promised === null ? null : { time: time(promised, site.settings), overdue: isOverdue(promised, site.now) },
    updates: incidentUpdateViews(site, incident),
    text: local(site.settings, paths.incidentText(incident.slug)),
  };
}
