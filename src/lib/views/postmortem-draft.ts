import { questionMark } from '../content/read-postmortem.ts';
import { utcDate } from '../content/update-name.ts';
import { fileText } from '../content/write-content.ts';
import { day, dayOf, type Instant } from '../domain/calendar.ts';
import type { Incident } from '../domain/incident.ts';
import type { PostmortemFacts } from '../domain/postmortem.ts';
import { type Cause, causes, type Component, type CustomerData } from '../domain/vocabulary.ts';
import { count, durationInWords, label } from '../words/en.ts';
import { clockWithoutZone, date, type Zone } from './time.ts';

/** A line that begins something of its own, which no line runs into. */
const begins = /^\s*(?:[-*+] |\d{1,9}[.)] |#{1,6} |>|\||`{3,}|~{3,}|$)/;
const fence = /^\s*(?:`{3,}|~{3,})/;

/**
 * Markdown in which a line break stays one where lines may be wrapped: in an update a break is a break,
 * in a postmortem it is a space. Two spaces at the end of a line are the break that both understand.
 */
function hardBreaks(text: string): string {
  const lines = text.split('\n');
  let isCode = false;
  return lines
    .map((line, index) => {
      if (fence.test(line)) isCode = !isCode;
      const next = lines[index + 1];
      const runsOn = next !== undefined && !begins.test(next) && !/^\s*(?:#{1,6} |\||$)/.test(line);
      return runsOn && !isCode && !fence.test(line) ? `${line.trimEnd()}  ` : line;
    })
    .join('\n');
}

/** `22 November 2026, 14:05`: the zone is named once for the whole text. */
const moment = (instant: Instant, zone: Zone): string =>
  `${date(instant, zone).text}, ${clockWithoutZone(instant, zone)}`;

/**
 * The form of what is still to be said, as comments of YAML: without their `# ` they are fields.
 * `endedAt` is the end of the incident; a known `cause` is a field already.
 */
function exampleFields(endedAt: Instant, cause: Cause | null = null): string {
  const due = utcDate(endedAt + 28 * day);
  const [first, ...more] = causes;
  const kinds = cause === null ? `# cause: ${first}   # or ${more.join(', ')}\n` : '';
  return `${kinds}# lessons:
#   - What you learned, in one sentence
# actions:
#   - what: Rehearse the rollback
#     owner: Dana
#     due: ${due}
`;
}

const verdicts: Readonly<Record<CustomerData, string>> = {
  unaffected: 'not affected',
  under_review: 'still under review',
  affected: 'affected',
};

function span(from: Instant, to: Instant, zone: Zone): string {
  const isSameDay = dayOf(from, zone.timeZone) === dayOf(to, zone.timeZone);
  return `from ${moment(from, zone)} to ${isSameDay ? clockWithoutZone(to, zone) : moment(to, zone)}`;
}

function firstUpdate({ timeToFirstUpdate: time }: PostmortemFacts): string {
  return time === null
    ? `${questionMark}When did customers begin to be affected, and how long until we told them?_`
    : durationInWords(time);
}

function silence({ longestSilence: longest }: PostmortemFacts, zone: Zone): string {
  return longest === null
    ? 'there was only one update'
    : `${durationInWords(longest.to - longest.from)}, ${span(longest.from, longest.to, zone)}`;
}

function affected({ worstComponents }: PostmortemFacts, components: readonly Component[]): string {
  const named = Object.entries(worstComponents).filter(([, status]) => status !== 'operational');
  if (named.length === 0) return 'no component was named';
  const nameOf = (id: string): string => components.find((component) => component.id === id)?.name ?? id;
  return named.map(([id, status]) => `${nameOf(id)} (${label(status).toLowerCase()})`).join(', ');
}

/** What only people know of an incident, and the site. `verdict` is the one the postmortem gives. */
type Told = {
  readonly verdict: CustomerData;
  readonly remedy: string | null;
  readonly components: readonly Component[];
  /** The site's. */
  readonly zone: Zone;
};

/** The facts of an incident as a markdown list. */
function factsList(facts: PostmortemFacts, { verdict, remedy, components, zone }: Told): string {
  const reopened =
    facts.reopenings === 0 ? '' : `; opened again ${facts.reopenings === 1 ? 'once' : count(facts.reopenings, 'time')}`;
  const rows = [
    ['Customer data', verdicts[verdict]],
    ['Duration', `${durationInWords(facts.duration)}, ${span(facts.startedAt, facts.endedAt, zone)}${reopened}`],
    ['Time to the first customer update', firstUpdate(facts)],
    ['Longest silence between updates', silence(facts, zone)],
    ['Components', affected(facts, components)],
    ['Remedy', remedy ?? 'none was promised'],
    ['Times', `in the time zone ${zone.timeZone}`],
  ];
  return rows.map(([name, value]) => `- **${name}:** ${value}`).join('\n');
}

/** All updates as a markdown list, oldest first, each with its whole text. */
function timeline({ updates }: Incident, zone: Zone): string {
  let lastDay = '';
  const items = updates.map(({ record }) => {
    const day = dayOf(record.at, zone.timeZone);
    const at = day === lastDay ? clockWithoutZone(record.at, zone) : moment(record.at, zone);
    lastDay = day;
    const text = hardBreaks(record.body)
      .split('\n')
      .map((line) => (line === '' ? '' : `  ${line}`))
      .join('\n');
    return `- **${at}, ${label(record.status).toLowerCase()}:**\n\n${text}`;
  });
  return items.join('\n\n');
}

/**
 * Headings and the questions below them. Questions are in italics and begin with the same word, so
 * that one that was forgotten is seen on the page and found by a search.
 */
const sections = [
  ['What happened', 'What broke, in words that a customer understands, and what made it break just then?'],
  [
    'Who was affected, and how',
    'How many customers, doing what, since when? What did they lose? Who was not affected?',
  ],
  [
    'What we did, and when',
    'What did we do between these updates, who decided it, and what did we try that did not help?',
  ],
  ['How we noticed', 'Who or what noticed first, and how long after it began? What should have told us sooner?'],
  ['What let us go back, or why we could not', 'Which way back was there, how long did it take, and what held us up?'],
  ['What we changed', 'What is different already, so that this cannot happen in the same way again?'],
  [
    'What we promise',
    'What will be done, by whom and until when? List it as actions above, too. Who gets what, who lost something?',
  ],
  [
    'What we learned',
    'What did we believe before that was wrong? What would help another team? List it as lessons above, too.',
  ],
] as const;

/** The body of a draft: facts, then headed questions, with the timeline where it is asked for. */
function postmortemBody(incident: Incident, facts: PostmortemFacts, told: Told): string {
  const asked = sections.map(([heading, question]) => {
    const events = heading === 'What we did, and when' ? `\n\n${timeline(incident, told.zone)}` : '';
    return `## ${heading}\n\n${questionMark}${question}_${events}`;
  });
  return [factsList(facts, told), ...asked].join('\n\n');
}

/** A sentence that is true of the incident: "Checkout errors lasted 1 hour 20 minutes on 22 November 2026." */
function summarySentence(title: string, { startedAt, endedAt, duration }: PostmortemFacts, zone: Zone): string {
  const [first, last] = [date(startedAt, zone).text, date(endedAt, zone).text];
  const when = first === last ? `on ${first}` : `between ${first} and ${last}`;
  return `${title}: this lasted ${durationInWords(duration)} ${when}.`;
}

type DraftInput = Told & {
  readonly incident: Incident;
  readonly facts: PostmortemFacts;
  readonly title: string;
  readonly authors: readonly string[];
  /** The kind of cause; null or left out while nobody has said. */
  readonly cause?: Cause | null;
};

/** The text of a postmortem's file, as a draft. */
export function postmortemDraft({ incident, facts, title, authors, cause = null, ...told }: DraftInput): string {
  const fields = {
    title,
    draft: true,
    authors,
    summary: summarySentence(incident.title, facts, told.zone),
    customer_data: told.verdict,
    cause: cause ?? undefined,
    remedy: told.remedy ?? undefined,
  };
  return fileText(fields, postmortemBody(incident, facts, told), exampleFields(facts.endedAt, cause));
}
