import type { FrontMatter, MarkdownFile } from '../../lib/content/front-matter.ts';
import { decode, inOrder, type Place, type Problem } from '../../lib/content/problem.ts';
import { readIncident } from '../../lib/content/read-updates.ts';
import { clockSkew } from '../../lib/content/update-rules.ts';
import { freeName, incidentSlug, updateName } from '../../lib/content/update-name.ts';
import {
  cleanBody,
  type Fields,
  freeUpdateTime,
  type NewFile,
  filledFields,
  updateFile,
} from '../../lib/content/write-content.ts';
import { fieldsLimitProblem, hiddenInValue } from '../../lib/content/yaml-mistakes.ts';
import { type Instant, second } from '../../lib/domain/calendar.ts';
import type { Incident } from '../../lib/domain/incident.ts';
import type { Repository } from '../../lib/domain/settings.ts';
import type { IncidentStatus } from '../../lib/domain/vocabulary.ts';
import { mayHoldCredential } from '../../lib/schema/text.ts';
import { readInstant, readNextUpdate, shortUtc } from '../../lib/schema/time-fields.ts';
import {
  type ComposeData,
  gitHubPage,
  listedIncident,
  type ListedIncident,
  repositoryPath,
} from '../../lib/views/compose-page.ts';
import { time, type Zone } from '../../lib/views/time.ts';
import { type Words, wordsFor } from '../../lib/words/words.ts';
import { type Answers, fieldsOf } from './answers.ts';

/** A field, or a component under `components:`. Each is on a separate line of the file. */
type Line = { readonly path: readonly string[]; readonly value: unknown };

/** A line with the positions of its name and value. */
type Written = Line & { readonly places: Readonly<Record<'key' | 'value', Place>> };

const isMap = (value: unknown): value is object => typeof value === 'object' && value !== null;

/** Returns the lines of the front matter, without the fences. */
function fieldLines(fields: Fields): Line[] {
  return Object.entries(filledFields(fields)).flatMap(([name, value]): Line[] => {
    const components = isMap(value) ? Object.entries(value) : [];
    return [{ path: [name], value }, ...components.map(([id, state]): Line => ({ path: [name, id], value: state }))];
  });
}

function writtenFields(fields: Fields, text: string): Written[] {
  const lines = text.split('\n');
  return fieldLines(fields).map(({ path, value }, index) => {
    // Line 1 is the fence.
    const line = index + 2;
    const key = { line, column: path.length === 1 ? 1 : 3 };
    const inLine = { line, column: (lines[index + 1] ?? '').indexOf(': ') + 3 };
    return { path, value, places: { key, value: isMap(value) ? { line: line + 1, column: 3 } : inLine } };
  });
}

/** Locates fields the way the YAML reader does: a missing field is at the start of its closest parent. */
function locateIn(written: readonly Written[]): FrontMatter['locate'] {
  const places = new Map(written.map((field) => [field.path.join('\n'), field.places]));
  return (path, part = 'value') => {
    for (let length = path.length; length > 0; length -= 1) {
      const found = places.get(path.slice(0, length).join('\n'));
      if (found !== undefined) return length === path.length ? found[part] : found.value;
    }
    return { line: 2, column: 1 };
  };
}

/** Returns the line of the second fence. The message starts below it. */
function fenceLine(fields: Fields): number {
  return fieldLines(fields).length + 2;
}

/**
 * Returns a file that `updateFile` made from these fields and this message, as `check` would read it. Because the
 * fields are known, nothing is parsed: gray-matter needs Node's Buffer and contains eval, and a YAML parser would
 * add 15 KiB.
 */
export function asMarkdownFile({ path, text: wanted }: NewFile, fields: Fields, message: string): MarkdownFile {
  const text = decode({ path, bytes: new TextEncoder().encode(wanted) });
  if (typeof text !== 'string') return { path, problems: [text] };
  const written = writtenFields(fields, text);
  const fence = fenceLine(fields);
  const tooMuch = fieldsLimitProblem(
    text
      .split('\n')
      .slice(1, fence - 1)
      .join('\n'),
    path,
  );
  if (tooMuch !== null) return { path, problems: [tooMuch] };
  const body = cleanBody(message);
  const problems = written.flatMap((field): Problem[] => {
    const hidden = hiddenInValue(field.value);
    return hidden === null
      ? []
      : [{ file: path, field: field.path.join('.'), message: hidden, fix: null, ...field.places.value }];
  });
  return {
    path,
    text,
    matter: { data: filledFields(fields), locate: locateIn(written), problems, comments: [], body },
  };
}

/** A sentence, and the form field that it's about (null for none). */
type Trouble = { readonly message: string; readonly field: string | null };

/** The file that the form creates, and its problems. */
export type Drafted = {
  readonly at: Instant;
  /** Relative to the repository root. */
  readonly path: string;
  readonly text: string;
  readonly commitMessage: string;
  /** Everything that `check` would report and the commands would refuse, in the form's terms. */
  readonly troubles: readonly Trouble[];
  /** A warning to check before sending; null for none. */
  readonly caution: string | null;
  /** As customers will see it; null while the file has problems. */
  readonly incident: Incident | null;
};

/** The text of stand-ins, because `check` refuses empty texts. */
const standInText = 'text';

/** Returns stand-ins for the existing updates, because a new update is checked against their combined state. */
function standIns(known: ListedIncident): MarkdownFile[] {
  const { slug, title, status, impact, components, worst, customerData, remedy, openedAt, affectedAt, latestAt } =
    known;
  const isNamed = Object.keys(worst).length > 0;
  // If an incident was reported when it was over, its worst statuses determine the impact.
  const over = {
    title,
    status: 'resolved',
    impact: impact ?? (isNamed ? undefined : 'minor'),
    components: worst,
    customer_data: customerData ?? undefined,
    remedy: remedy?.text,
    claim: remedy?.claim ?? undefined,
    claim_until: remedy?.claimUntil ?? undefined,
    remedied: remedy?.remedied ?? undefined,
    started: shortUtc(openedAt - 3 * second),
    ended: shortUtc(openedAt - 2 * second),
  };
  const update = (at: Instant, fields: Fields) =>
    asMarkdownFile(updateFile('incidents', slug, at, fields, standInText), fields, standInText);
  const since = affectedAt === null || affectedAt < openedAt ? openedAt : affectedAt;
  const later = [...new Set([openedAt, since, latestAt])];
  return [
    update(openedAt - second, over),
    ...later.map((at) => {
      if (status === 'resolved') return update(at, { status: at === latestAt ? status : 'monitoring' });
      return update(at, at > since ? { status } : { status, components });
    }),
  ];
}

/** What the commands refuse even though `check` doesn't. */
function refusals(
  answers: Answers,
  known: ListedIncident | undefined,
  wanted: { readonly slug: string; readonly named: boolean } | null,
  at: Instant | null,
  now: Instant,
  data: ComposeData,
  zone: Zone,
  words: Words['compose'],
): Trouble[] {
  const troubles: Trouble[] = [];
  if (at === null || now < data.asOf - clockSkew) {
    const newest = Math.max(data.asOf, known?.latestAt ?? 0);
    troubles.push({
      message: words.clock(time(now, zone).text, time(newest, zone).text),
      field: null,
    });
  }
  if (wanted?.named === true && data.open.some(({ slug }) => slug === wanted.slug)) {
    troubles.push({
      message: words.alreadyOpen(answers.title),
      field: 'incident',
    });
  }
  const resolves = known?.status !== 'resolved' && answers.status === 'resolved';
  if (known?.customerData === 'under_review' && resolves && answers.customer_data === '') {
    troubles.push({
      message: words.underReview,
      field: 'customer_data',
    });
  }
  return troubles;
}

/**
 * Drafts the file for these answers at `now`, as `halfpast open` and `update` write it, and checks it as `check` does.
 * Its troubles give times in `timeZone`: the zone of the reader's device, in which the form asks for them.
 */
export function draftUpdate(answers: Answers, data: ComposeData, now: Instant, timeZone: string): Drafted {
  const { repository, settings, components } = data;
  const words = wordsFor(settings);
  const zone = { timeZone, locale: settings.locale };
  const known = listedIncident(data, answers.incident);
  // The form doesn't know what was published since the page was built, maybe even within the current minute.
  const latest = Math.max(data.latestAt, known?.latestAt ?? -Infinity);
  const free = freeUpdateTime(now, latest, { unit: second });
  // If the clock is behind, report that, and check the rest as if the clock were right.
  const at = free ?? latest + second;
  const title = incidentSlug(answers.title, at);
  const wanted = known === undefined ? { slug: title.wanted, named: title.named } : null;
  const slug = known?.slug ?? freeName(title.wanted, (name) => data.taken.includes(name));
  const fields = fieldsOf(answers);
  const file = updateFile('incidents', slug, at, fields, answers.message);
  const local = (instant: Instant): string => time(instant, zone).text;
  const earlier = known === undefined ? [] : standIns(known);
  const read = readIncident(`incidents/${slug}`, [...earlier, asMarkdownFile(file, fields, answers.message)], {
    now: free === null ? at : now,
    timeZone: settings.timeZone,
    cadence: settings.cadence,
    componentIds: components.map(({ id }) => id),
    // The form has no files, and names fields differently.
    wording: { time: local, update: (update) => local(update.at), field: (_, value) => value },
  });
  return {
    at,
    path: repositoryPath(repository, file.path),
    text: file.text,
    commitMessage: `${words.incidentStatus[answers.status as IncidentStatus]}: ${answers.title || known?.title || updateName(at)}`,
    troubles: [
      ...refusals(answers, known, wanted, free, now, data, zone, words.compose),
      // Only warnings in `check`, because existing content predates these rules.
      ...(answers.status === 'resolved' ? read.warnings : []).flatMap(({ field }) => {
        if (field === 'customer_data') return { field, message: words.compose.verdictMissing };
        return field === 'next_update' ? { field, message: words.compose.nextUpdateOver } : [];
      }),
      ...inOrder(read.problems).map((problem) =>
        inWords(problem, formField(problem, fenceLine(fields)), answers, zone, words.compose),
      ),
    ],
    // Only `check` can tell for sure: its rules are too large for the browser.
    caution: mayHoldCredential(file.text) ? words.compose.credential : null,
    incident: read.value,
  };
}

/** Returns a problem as a sentence to show below its field. Messages from `check` continue a file and field name. */
function inWords(
  { message }: Problem,
  field: string | null,
  answers: Answers,
  zone: Zone,
  words: Words['compose'],
): Trouble {
  if (field === 'title' && answers.title === '') return { field, message: words.titleMissing };
  if (field === 'message' && answers.message === '') return { field, message: words.messageMissing };
  if (field === 'impact' && answers.impact === '') return { field, message: words.impactMissing };
  if (field === 'remedied') return { field, message: words.remediedLater };
  if ((field === 'started' || field === 'ended') && 'wrong' in readInstant(answers[field], zone.timeZone))
    return { field, message: words.yearWrong };
  if (field === 'next_update' && 'wrong' in readNextUpdate(answers.next_update, zone.timeZone))
    return { field, message: words.nextUpdateWrong(answers.next_update) };
  const whole = /^\p{Ll}/u.test(message) ? words.problem(message) : message;
  return { field, message: /[.?!]$/.test(whole) ? whole : `${whole}.` };
}

/** Returns the form field that a problem is about. From the second fence on, that's the message. */
function formField({ field, line }: Problem, fence: number): string | null {
  // `check` calls it `components.checkout`; the form calls it `component.checkout`.
  if (field !== null) return field.replace(/^components\./, 'component.');
  return line >= fence ? 'message' : null;
}

/** GitHub responds to longer URLs with "414 URI Too Long". This leaves room for its sign-in page. */
export const longestAddress = 7000;

/**
 * Returns the URL of GitHub's new file page, with `path`, which is relative to the repository root, and the text if it
 * fits (`whole`); if not, the reader has to paste it.
 */
export function newFilePage(repository: Repository, path: string, text: string, commitMessage: string) {
  const page = gitHubPage(repository, 'new');
  const named = `filename=${encodeURIComponent(path)}`;
  const whole = `${page}?${named}&value=${encodeURIComponent(text)}&message=${encodeURIComponent(commitMessage)}`;
  return whole.length <= longestAddress
    ? { address: whole, whole: true }
    : { address: `${page}?${named}`, whole: false };
}
