import type { Incident, IncidentUpdate } from '../domain/incident.ts';
import type { Maintenance, MaintenanceUpdate } from '../domain/maintenance.ts';
import { isOverdue } from '../domain/promise.ts';
import { promiseOf } from '../domain/response.ts';
import type { Site } from '../domain/site.ts';
import type { ComponentStates } from '../domain/vocabulary.ts';
import { updateHtml } from '../markdown.ts';
import { maintenanceUpdateStatus, type Words, wordsFor } from '../words/words.ts';
import { absolute, componentName, paths } from './lookup.ts';
import { distinctTimes, time, type TimeView } from './time.ts';
import { componentTones, type Tone } from './tone.ts';

export type StateView = { readonly name: string; readonly status: string; readonly tone: Tone };

/** When an update was due. `late` is how much later it came; null if it was on time. */
type PromiseOutcomeView = { readonly promised: TimeView; readonly late: string | null };

/** One update on a timeline. */
export type UpdateView = {
  /** Its anchor. */
  readonly id: string;
  readonly permalink: string;
  readonly status: string;
  readonly time: TimeView;
  /** Resolved or completed. */
  readonly closes: boolean;
  /** When the incident was over, if the update states it. */
  readonly ended: TimeView | null;
  /** When it was posted, if long after its time. */
  readonly posted: TimeView | null;
  /** When it was last edited; null if never. */
  readonly edited: TimeView | null;
  readonly html: string;
  /** That it renamed or reopened the incident; null if it did neither. */
  readonly note: string | null;
  /** What the update before it promised; null if that promised nothing. */
  readonly promise: PromiseOutcomeView | null;
  /** The components whose status it changed. */
  readonly changes: readonly StateView[];
};

/** Also the guid of the update in every feed. */
export function updatePermalink(site: Site, page: string, id: string): string {
  return `${absolute(site.settings, page)}#${id}`;
}

// Several pages and feeds use the same HTML.
const rendered = new WeakMap<object, string>();

/** The sanitized HTML of an update. `page` is the path of its incident or maintenance window. */
export function bodyHtml(site: Site, page: string, record: { readonly body: string }): string {
  const html = rendered.get(record) ?? updateHtml(record.body, absolute(site.settings, page));
  rendered.set(record, html);
  return html;
}

export function stateViews(site: Site, states: ComponentStates): StateView[] {
  return Object.entries(states).map(([id, status]) => ({
    name: componentName(site, id),
    status: wordsFor(site.settings).componentStatus[status],
    tone: componentTones[status],
  }));
}

function changes(before: ComponentStates, update: IncidentUpdate): ComponentStates {
  const after = update.components;
  const cleared = Object.keys(before)
    .filter((id) => before[id] !== 'operational' && after[id] === undefined)
    .map((id) => [id, 'operational'] as const);
  const changed = Object.entries(after).filter(([id, status]) => status !== (before[id] ?? 'operational'));
  return Object.fromEntries([...changed, ...cleared]);
}

function noteOf(before: IncidentUpdate | undefined, update: IncidentUpdate, { update: words }: Words): string | null {
  if (before === undefined) return null;
  const isReopened = before.record.status === 'resolved' && update.record.status !== 'resolved';
  if (before.title === update.title) return isReopened ? words.reopened : null;
  return isReopened ? words.reopenedAndRenamed(before.title) : words.renamed(before.title);
}

function promiseOutcome(
  site: Site,
  incident: Incident,
  before: IncidentUpdate | undefined,
  { record }: IncidentUpdate,
): PromiseOutcomeView | null {
  const promised = before === undefined ? null : promiseOf(incident, before);
  if (promised === null) return null;
  return {
    promised: time(promised, site.settings),
    late: isOverdue(promised, record.at) ? wordsFor(site.settings).duration(record.at - promised) : null,
  };
}

/** The updates of an incident, newest first. */
export function incidentUpdateViews(site: Site, incident: Incident): UpdateView[] {
  const page = paths.incident(incident.slug);
  const words = wordsFor(site.settings);
  const times = distinctTimes(
    incident.updates.map(({ record }) => record.at),
    site.settings,
  );
  return incident.updates
    .map((update, index) => {
      const { record } = update;
      return {
        id: record.id,
        permalink: updatePermalink(site, page, record.id),
        status: words.incidentStatus[record.status],
        closes: record.status === 'resolved',
        time: times[index] ?? time(record.at, site.settings),
        ended: record.ended === null ? null : time(record.ended, site.settings),
        posted: record.posted === null ? null : time(record.posted, site.settings),
        edited: record.edited === null ? null : time(record.edited, site.settings),
        html: bodyHtml(site, page, record),
        note: noteOf(incident.updates[index - 1], update, words),
        promise: promiseOutcome(site, incident, incident.updates[index - 1], update),
        changes: stateViews(site, changes(incident.updates[index - 1]?.components ?? {}, update)),
      };
    })
    .toReversed();
}

function maintenanceUpdateView(
  site: Site,
  page: string,
  update: MaintenanceUpdate,
  before: MaintenanceUpdate | undefined,
  at: TimeView | undefined,
): UpdateView {
  const { record, title } = update;
  const words = wordsFor(site.settings);
  return {
    id: record.id,
    permalink: updatePermalink(site, page, record.id),
    status: maintenanceUpdateStatus(words, update),
    closes: record.status === 'completed',
    time: at ?? time(record.at, site.settings),
    ended: null,
    posted: record.posted === null ? null : time(record.posted, site.settings),
    edited: record.edited === null ? null : time(record.edited, site.settings),
    html: bodyHtml(site, page, record),
    note: before === undefined || before.title === title ? null : words.update.renamed(before.title),
    promise: null,
    changes: [],
  };
}

/** The updates of a maintenance window, newest first. */
export function maintenanceUpdateViews(site: Site, maintenance: Maintenance): UpdateView[] {
  const page = paths.maintenance(maintenance.slug);
  const times = distinctTimes(
    maintenance.updates.map(({ record }) => record.at),
    site.settings,
  );
  return maintenance.updates
    .map((update, index) => maintenanceUpdateView(site, page, update, maintenance.updates[index - 1], times[index]))
    .toReversed();
}
