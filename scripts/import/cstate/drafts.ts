import type { Instant } from '../../../src/domain/instant.ts';
import { day } from '../../../src/domain/instant.ts';
import { shortUtc } from '../../../src/schema/instant.ts';
import { quote } from '../../../src/schema/text.ts';
import { incidentStatuses, type IncidentStatus } from '../../../src/domain/vocabulary.ts';
import type { StatusWord } from '../status-word.ts';
import { readHugoTime } from './hugo-time.ts';
import type { Issue } from './read-issue.ts';
import { type Section, sectionsOf } from './sections.ts';

/** An update before it is known how the issue went on. */
export type Draft = {
  /** Null: nothing says when, or nothing that can be believed. */
  at: Instant | null;
  /** Null: says nothing new about how things stand. */
  readonly status: IncidentStatus | null;
  readonly isPostmortem: boolean;
  readonly word: StatusWord | null;
  /** Its own text, with the word. */
  readonly text: string;
  /** Texts without a time of their own that stand with it: they come before its own, and after it. */
  readonly before: string[];
  readonly after: string[];
  readonly place: string;
};

type Context = {
  readonly timeZone: string;
  readonly now: Instant;
  readonly note: (text: string) => void;
  readonly local: () => void;
};

function toDraft({ text, time, word, line }: Section, issue: Issue, { timeZone, now, note, local }: Context): Draft {
  const place = `${issue.path}:${issue.page.bodyLine + line}`;
  const isPostmortem = word?.status === 'postmortem';
  const draft: Omit<Draft, 'at'> = {
    status: isPostmortem ? 'resolved' : (word?.status ?? null),
    isPostmortem,
    word,
    text,
    place,
    before: [],
    after: [],
  };
  if (time === null) return { ...draft, at: null };
  const read = readHugoTime(time, timeZone);
  const refuse = (why: string): Draft => (
    note(`${place}: track ${quote(time)} ${why}, and was passed over`),
    { ...draft, at: null }
  );
  if (read === null) return refuse('is not surely a time');
  if (read.at > now) return refuse('is in the future');
  // Somebody who notes the beginning late is not a day late; another's track was copied.
  if (read.at < issue.date - day) return refuse(`is long before the date of the issue, ${shortUtc(issue.date)}`);
  if (read.isLocal) local();
  return { ...draft, at: read.at };
}

const pairs = <T>(list: readonly T[]): (readonly [T, T])[] =>
  list.slice(1).map((item, index) => [list[index] as T, item]);

/** cState's own habit is the newest at the top; times, else statuses in their order, show when a file has it the other way. */
function isOldestFirst(drafts: readonly Draft[]): boolean {
  const steps = (values: readonly number[]): [up: boolean, down: boolean] => [
    pairs(values).some(([a, b]) => b > a),
    pairs(values).some(([a, b]) => b < a),
  ];
  const [later, earlier] = steps(drafts.flatMap(({ at }) => at ?? []));
  if (later || earlier) return later && !earlier;
  const [forward, back] = steps(
    drafts.flatMap(({ status }) => (status === null ? [] : incidentStatuses.indexOf(status))),
  );
  return forward && !back;
}

/** Joins text that has neither time nor status to the update it stands with: the one before it in the file, else the oldest. */
function joined(drafts: readonly Draft[], sections: readonly Section[], note: (text: string) => void): Draft[] {
  const kept: Draft[] = [];
  const leading: Draft[] = [];
  for (const [index, draft] of drafts.entries()) {
    const stands = kept.at(-1);
    if (sections[index]?.time !== null || draft.word !== null) kept.push(draft);
    else if (stands === undefined) leading.push(draft);
    else stands.after.push(...(sections[index].afterRule ? ['---'] : []), draft.text);
  }
  if (kept.length === 0) return leading;
  const oldest = isOldestFirst(kept) ? kept[0] : (kept.findLast(({ isPostmortem }) => !isPostmortem) ?? kept.at(-1));
  for (const { text, place } of leading) {
    if (oldest === undefined) continue;
    oldest.before.push(text);
    note(`${place}: has no track, and stands now at the top of the first update`);
  }
  return kept;
}

/** The updates of an issue, oldest first; a postmortem without a time is the last. */
export function draftsOf(issue: Issue, context: Context): Draft[] {
  const sections = sectionsOf(issue.page.body);
  const drafts = joined(
    sections.map((section) => toDraft(section, issue, context)),
    sections,
    context.note,
  );
  const ordered = isOldestFirst(drafts) ? drafts : drafts.toReversed();
  const isLate = ({ at, isPostmortem }: Draft): boolean => at === null && isPostmortem;
  const groups: Draft[][] = [];
  for (const draft of ordered.filter((one) => !isLate(one))) {
    const before = groups.at(-1);
    if (draft.at === null && before !== undefined) before.push(draft);
    else groups.push([draft]);
  }
  const atOf = (group: readonly Draft[]): Instant => group[0]?.at ?? issue.date;
  return [...groups.toSorted((a, b) => atOf(a) - atOf(b)).flat(), ...ordered.filter(isLate)];
}
