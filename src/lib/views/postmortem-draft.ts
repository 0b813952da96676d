import { placeholder } from '../content/read-postmortem.ts';
import { utcDate } from '../content/update-name.ts';
import { type Fields, fileText } from '../content/write-content.ts';
import { day, dayOf, type Instant } from '../domain/calendar.ts';
import type { Incident } from '../domain/incident.ts';
import type { Remedy } from '../domain/owed.ts';
import type { PostmortemFacts } from '../domain/postmortem.ts';
import { type Cause, causes, type Component, type CustomerData } from '../domain/vocabulary.ts';
import { type Words, wordsFor } from '../words/words.ts';
import { remedyLine, remedyView } from './remedy.ts';
import { clockWithoutZone, date, type Zone } from './time.ts';

type DraftWords = Words['postmortemDraft'];

/** A line that starts a new block, so the line before it can't continue onto it. */
const blockStart = /^\s*(?:[-*+] |\d{1,9}[.)] |#{1,6} |>|\||`{3,}|~{3,}|$)/;
const fence = /^\s*(?:`{3,}|~{3,})/;

/**
 * Converts line breaks, which are kept in updates but become spaces in postmortems. Two trailing spaces keep a line
 * break in both.
 */
function hardBreaks(text: string): string {
  const lines = text.split('\n');
  let isCode = false;
  return lines
    .map((line, index) => {
      if (fence.test(line)) isCode = !isCode;
      const next = lines[index + 1];
      const runsOn = next !== undefined && !blockStart.test(next) && !/^\s*(?:#{1,6} |\||$)/.test(line);
      return runsOn && !isCode && !fence.test(line) ? `${line.trimEnd()}  ` : line;
    })
    .join('\n');
}

/** `22 November 2026, 14:05`. The zone is only stated once in the text. */
const moment = (instant: Instant, zone: Zone, words: DraftWords): string =>
  words.moment(date(instant, zone).text, clockWithoutZone(instant, zone));

/** YAML comments that become fields when their `# ` is removed. `cause` is null if unknown. */
function exampleFields(endedAt: Instant, cause: Cause | null, { lesson, action, owner }: DraftWords): string {
  const [first, ...more] = causes;
  const causeLine = cause === null ? `# cause: ${first}   # or ${more.join(', ')}\n` : '';
  return `${causeLine}# lessons:
#   - ${lesson}
# actions:
#   - what: ${action}
#     owner: ${owner}
#     due: ${utcDate(endedAt + 28 * day)}
`;
}

function range(from: Instant, to: Instant, zone: Zone, words: DraftWords): string {
  const isSameDay = dayOf(from, zone.timeZone) === dayOf(to, zone.timeZone);
  return words.range(moment(from, zone, words), isSameDay ? clockWithoutZone(to, zone) : moment(to, zone, words));
}

function affected({ worstComponents }: PostmortemFacts, components: readonly Component[], words: Words): string {
  const named = Object.entries(worstComponents).filter(([, status]) => status !== 'operational');
  if (named.length === 0) return words.postmortemDraft.noComponents;
  const nameOf = (id: string): string => components.find((component) => component.id === id)?.name ?? id;
  return words.postmortemDraft.affected(named.map(([id, status]) => [nameOf(id), words.componentStatus[status]]));
}

const question = (text: string): string => `${placeholder}${text}_`;

type Details = {
  /** As stated in the postmortem. */
  readonly verdict: CustomerData;
  readonly remedy: Remedy | null;
  readonly components: readonly Component[];
  /** The check-ins that the author wants in the timeline. */
  readonly checkIns?: readonly { readonly at: Instant; readonly text: string }[];
  /** When each update went live, by update id, as far as known; null without a release log. */
  readonly live: ReadonlyMap<string, Instant> | null;
  /** The site's zone. */
  readonly zone: Zone;
};

/** Returns the facts about an incident as a Markdown list. */
function factsList(facts: PostmortemFacts, { verdict, remedy, components, zone }: Details, words: Words): string {
  const draft = words.postmortemDraft;
  const { startedAt, endedAt, timeToFirstUpdate, longestSilence, reopenings } = facts;
  const duration =
    facts.duration === null
      ? question(draft.noDuration)
      : draft.lasted(words.duration(facts.duration), range(startedAt, endedAt, zone, draft));
  const silence = (from: Instant, to: Instant): string =>
    draft.lasted(words.duration(to - from), range(from, to, zone, draft));
  const shown = remedyView(remedy, zone);
  const remedyText = shown === null ? null : remedyLine(shown);
  const rows = [
    [draft.customerData.label, draft.customerData[verdict]],
    [draft.duration, reopenings === 0 ? duration : draft.lastedAndReopened(duration, reopenings)],
    [draft.firstUpdate, timeToFirstUpdate === null ? question(draft.noFirstUpdate) : words.duration(timeToFirstUpdate)],
    ...(longestSilence === null ? [] : [[draft.silence, silence(longestSilence.from, longestSilence.to)]]),
    [draft.components, affected(facts, components, words)],
    [draft.remedy, remedyText ?? draft.noRemedy],
    [draft.times, draft.timeZone(zone.timeZone)],
  ];
  return rows.map(([name = '', value = '']) => `- ${draft.fact(name, value)}`).join('\n');
}

/** An event at a point in time, as Markdown. */
type Entry = {
  readonly at: Instant;
  readonly what: string;
  readonly text: string;
  /** When customers could read it; null if unknown. */
  readonly live: Instant | null;
};

/** `14:07`, with the date if it's not the day of the update. */
function liveText(live: Instant, at: Instant, zone: Zone, words: DraftWords): string {
  const isSameDay = dayOf(live, zone.timeZone) === dayOf(at, zone.timeZone);
  return isSameDay ? clockWithoutZone(live, zone) : moment(live, zone, words);
}

/**
 * Returns all updates in full as a Markdown list, oldest first. Each says when customers could read it, if known. The
 * team's check-ins are in between.
 */
function timeline({ updates }: Incident, { checkIns, live, zone }: Details, words: Words): string {
  const draft = words.postmortemDraft;
  const entries = [
    ...updates.map(({ record: { id, at, posted, status, body } }): Entry => ({
      at,
      live: live?.get(id) ?? posted,
      what: words.incidentStatus[status],
      text: body,
    })),
    ...(checkIns ?? []).map((checkIn): Entry => ({ ...checkIn, what: draft.checkIn, live: null })),
  ].toSorted((a, b) => a.at - b.at);
  let lastDay = '';
  const items = entries.map(({ at: instant, what, text: body, live }) => {
    const day = dayOf(instant, zone.timeZone);
    const at = day === lastDay ? clockWithoutZone(instant, zone) : moment(instant, zone, draft);
    lastDay = day;
    const text = hardBreaks(body)
      .split('\n')
      .map((line) => (line === '' ? '' : `  ${line}`))
      .join('\n');
    const read = live === null ? '' : ` (${draft.live(liveText(live, instant, zone, draft))})`;
    return `- ${draft.update(at, what)}${read}\n\n${text}`;
  });
  return items.join('\n\n');
}

/**
 * Returns facts, then headings with questions. All questions start the same way, so that unanswered ones can be
 * detected and rejected.
 */
function postmortemBody(incident: Incident, facts: PostmortemFacts, details: Details, words: Words): string {
  const { sections } = words.postmortemDraft;
  const parts = Object.values(sections).map((section) => {
    const [heading = '', text = ''] = section;
    const updates = section === sections.timeline ? `\n\n${timeline(incident, details, words)}` : '';
    return `## ${heading}\n\n${question(text)}${updates}`;
  });
  return [factsList(facts, details, words), ...parts].join('\n\n');
}

type DraftInput = Details & {
  readonly incident: Incident;
  readonly facts: PostmortemFacts;
  readonly title: string;
  readonly authors: readonly string[];
  /** Null or omitted if unknown. */
  readonly cause?: Cause | null;
};

/** Returns the file of a postmortem draft. */
export function postmortemDraft({ incident, facts, title, authors, cause = null, ...details }: DraftInput): string {
  const { verdict, remedy, zone } = details;
  const words = wordsFor(zone);
  const [first, last] = [date(facts.startedAt, zone).text, date(facts.endedAt, zone).text];
  const fields: Fields = {
    title,
    draft: true,
    notify: true,
    authors,
    summary: words.postmortemDraft.summary(
      incident.title,
      facts.duration === null ? null : words.duration(facts.duration),
      first,
      last,
    ),
    customer_data: verdict,
    cause: cause ?? undefined,
    remedy: remedy?.text,
    claim: remedy?.claim ?? undefined,
    claim_until: remedy?.claimUntil ?? undefined,
    remedied: remedy?.remedied ?? undefined,
  };
  const comments = exampleFields(facts.endedAt, cause, words.postmortemDraft);
  return fileText(fields, postmortemBody(incident, facts, details, words), comments);
}
