import { publishedAt } from '../domain/calendar.ts';
import { type Incident, type IncidentUpdate, isOpen, type UpdateRecord } from '../domain/incident.ts';
import { owedPostmortem, remedyOf } from '../domain/owed.ts';
import { isOverdue } from '../domain/promise.ts';
import { settledPromises } from '../domain/response.ts';
import { textLanguage } from '../domain/translation.ts';
import type { Site } from '../domain/site.ts';
import type { ComponentStates } from '../domain/vocabulary.ts';
import { excerpt, plainText } from '../plain-text.ts';
import { type Words, wordsFor } from '../words/words.ts';
import { incidentSummary, type StateView, stateViews } from './event-list.ts';
import { frame } from './frame.ts';
import { bodyHtml, incidentImage, postmortemsBySlug, withLocalImages } from './lookup.ts';
import { local, paths, updatePermalink } from './paths.ts';
import { remedyLine, remedyView } from './remedy.ts';
import { cacheKey, incidentSource, type StaticPath } from './static-paths.ts';
import { dayInWords, distinctTimes, time, type TimeView } from './time.ts';
import { customerDataTones } from './tone.ts';

/** When an update was due. `late` is how late it was posted; null if it was on time. */
type PromiseOutcomeView = { readonly promised: TimeView; readonly late: string | null };

/** An update on a timeline. */
export type UpdateView = {
  /** Its anchor. */
  readonly id: string;
  readonly permalink: string;
  readonly status: string;
  readonly time: TimeView;
  /** Whether it's resolved or completed. */
  readonly closes: boolean;
  /** When the incident was over, if the update states it. */
  readonly ended: TimeView | null;
  /** When it was posted, if long after its time. */
  readonly posted: TimeView | null;
  /** When it was last edited; null if never. */
  readonly edited: TimeView | null;
  readonly html: string;
  /** The language of the text, as returned by `textLanguage`. */
  readonly lang: string | null;
  /** States that it renamed or reopened the incident; null if it did neither. */
  readonly note: string | null;
  /** The outcome of the previous update's promise; null if that promised nothing. */
  readonly promise: PromiseOutcomeView | null;
  /** The components whose status it changed. */
  readonly changes: readonly StateView[];
};

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

/** Returns the promises that updates answered, by update. */
function promiseOutcomes({ now, settings }: Site, incident: Incident): Map<IncidentUpdate, PromiseOutcomeView> {
  const { duration } = wordsFor(settings);
  return new Map(
    settledPromises(incident, now).flatMap(({ promised, kept, answer }) => {
      if (answer === null) return [];
      const late = kept ? null : duration(publishedAt(answer.record) - promised);
      return [[answer, { promised: time(promised, settings), late }]];
    }),
  );
}

/**
 * Returns the updates of an incident or a maintenance window, newest first. `page` is its path, and `special` returns
 * what differs between the two.
 */
export function updateViews<U extends { readonly record: UpdateRecord<string> }>(
  site: Site,
  page: string,
  updates: readonly U[],
  special: (
    update: U,
    before: U | undefined,
  ) => Pick<UpdateView, 'status' | 'closes' | 'ended' | 'note' | 'promise' | 'changes'>,
): UpdateView[] {
  const { settings } = site;
  const times = distinctTimes(
    updates.map(({ record }) => record.at),
    settings,
  );
  return updates
    .map((update, index) => {
      const { record } = update;
      return {
        id: record.id,
        permalink: updatePermalink(site, page, record.id),
        time: times[index] ?? time(record.at, settings),
        posted: record.posted === null ? null : time(record.posted, settings),
        edited: record.edited === null ? null : time(record.edited, settings),
        html: withLocalImages(settings, bodyHtml(site, page, record)),
        lang: textLanguage(record, settings),
        ...special(update, updates[index - 1]),
      };
    })
    .toReversed();
}

/** The updates of an incident, newest first. */
export function incidentUpdateViews(site: Site, incident: Incident): UpdateView[] {
  const words = wordsFor(site.settings);
  const outcomes = promiseOutcomes(site, incident);
  return updateViews(site, paths.incident(incident.slug), incident.updates, (update, before) => ({
    status: words.incidentStatus[update.record.status],
    closes: update.record.status === 'resolved',
    ended: update.record.ended === null ? null : time(update.record.ended, site.settings),
    note: noteOf(before, update, words),
    promise: outcomes.get(update) ?? null,
    changes: stateViews(site, changes(before?.components ?? {}, update)),
  }));
}

/** Returns who leads and who writes updates; null unless the settings show people and the incident names them. */
function peopleOf({ settings }: Site, { lead, comms }: Incident): string | null {
  if (!settings.showPeople || (lead === null && comms === null)) return null;
  return wordsFor(settings).incident.people(lead, comms);
}

/** Returns the day by which a postmortem is promised; null for none, and once it's published. */
function owedView(site: Site, incident: Incident) {
  const owed = owedPostmortem(site, incident);
  if (owed === null || owed.state === 'old') return null;
  return { by: dayInWords(owed.by, site.settings), late: owed.state === 'late' };
}

export type IncidentDetailView = ReturnType<typeof incidentDetail>;

/** A complete incident. */
export function incidentDetail(site: Site, incident: Incident) {
  const { promised, customerData } = incident;
  return {
    ...incidentSummary(site, incident),
    customerData:
      customerData === null
        ? null
        : { text: wordsFor(site.settings).customerData[customerData], tone: customerDataTones[customerData] },
    remedy: remedyView(remedyOf(incident, postmortemsBySlug(site).get(incident.slug)), site.settings),
    owed: owedView(site, incident),
    people: peopleOf(site, incident),
    /** The current status of each component, or the worst one once the incident is resolved. */
    states: stateViews(site, isOpen(incident) ? incident.components : incident.worstComponents),
    promise: promised === null ? null : { time: time(promised, site.settings), overdue: isOverdue(promised, site.now) },
    updates: incidentUpdateViews(site, incident),
    text: local(site.settings, paths.incidentText(incident.slug)),
  };
}

export function incidentPage(site: Site, incident: Incident) {
  const detail = incidentDetail(site, incident);
  const latest = detail.updates[0];
  const text = latest === undefined ? '' : excerpt(plainText(latest.html));
  const { incident: words } = wordsFor(site.settings);
  return {
    frame: frame(site, {
      title: words.description(detail.status, incident.title),
      tone: detail.open ? detail.tone : 'good',
      description: words.description(detail.status, text),
      path: paths.incident(incident.slug),
      image: incidentImage(site, incident),
    }),
    incident: detail,
  };
}

/** The pages and plain texts of all incidents. */
export function incidentPaths(site: Site): StaticPath<{ slug: string }, { incident: Incident }>[] {
  return site.incidents.map((incident) => ({
    params: { slug: incident.slug },
    props: { incident },
    cacheKey: cacheKey(incidentSource(site, incident)),
  }));
}

/** Returns updates as plain text. */
export function timelineText(updates: readonly UpdateView[], { text: words }: Words): string {
  return updates
    .map(({ status, time, edited, permalink, html }) => {
      const heading =
        edited === null ? words.update(status, time.text) : words.editedUpdate(status, time.text, edited.text);
      return `${heading}\n${plainText(html)}\n${permalink}\n`;
    })
    .join('\n');
}

/** Returns the status of each component, one per line. Says so if it's the worst one of a resolved incident. */
export function statesText({ open, states }: Pick<IncidentDetailView, 'open' | 'states'>, words: Words): string[] {
  const lines = states.map(({ name, status }) => words.text.component(name, status));
  return open || lines.length === 0 ? lines : [words.incident.atWorst, ...lines.map((line) => `- ${line}`)];
}

/** Says in one line when customers can read what happened. */
export const owedText = (
  { by, late }: NonNullable<IncidentDetailView['owed']>,
  { incident: { postmortemDue, postmortemLate } }: Words,
): string => (late ? postmortemLate : postmortemDue).replace('{time}', by.text);

/** Returns an incident as plain text, for replies to customers. */
export function incidentText(site: Site, incident: Incident): string {
  const words = wordsFor(site.settings);
  const { text } = words;
  const detail = incidentDetail(site, incident);
  const facts = [
    text.status(detail.status, detail.impact),
    text.began(detail.started.text),
    ...(detail.resolved === null ? [] : [text.resolved(detail.resolved.text)]),
    ...(detail.customerData === null ? [] : [detail.customerData.text]),
    ...statesText(detail, words),
    ...(detail.promise === null ? [] : [text.nextUpdate(detail.promise.time.text)]),
    ...(detail.remedy === null ? [] : [text.remedy(remedyLine(detail.remedy))]),
    ...(detail.owed === null ? [] : [owedText(detail.owed, words)]),
  ];
  return `${incident.title}\n${facts.join('\n')}\n\n${timelineText(detail.updates, words)}`;
}
