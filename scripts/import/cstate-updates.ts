import { lexer, type Token } from 'marked';
import { tooMuch } from '../../src/lib/content/markdown-guard.ts';
import { day, type Instant, minute } from '../../src/lib/domain/calendar.ts';
import { type IncidentStatus, incidentStatuses } from '../../src/lib/domain/vocabulary.ts';
import { quote } from '../../src/lib/schema/text.ts';
import { shortUtc } from '../../src/lib/schema/time-fields.ts';
import { label } from '../../src/lib/words/en.ts';
import { likelyInstant, readHugoTime } from './cstate-hugo.ts';
import type { CstateContext, CstateIssue } from './cstate-read.ts';
import { statusWord, type StatusWord } from './plan.ts';

/** The time in a `track` shortcode, in any quotes that editors insert; without quotes, everything up to the end. */
const form = String.raw`\{\{[<%]\s*track\s+(?:"([^"]*)"|'([^']*)'|${'`'}([^${'`'}]*)${'`'}|[“”„]([^“”„]*)[“”]|([^"'${'`'}“”„>%]*?))\s*/?[>%]\}\}`;

/** All tracks in a text, in order. */
function tracksOf(text: string): { readonly time: string; readonly start: number; readonly end: number }[] {
  return [...text.matchAll(new RegExp(form, 'g'))].map((match) => {
    const [whole, ...quoted] = match;
    return {
      time: (quoted.find((time) => time !== undefined) ?? '').trim(),
      start: match.index,
      end: match.index + whole.length,
    };
  });
}

/** The text without its tracks and the space before them. */
function withoutTracks(text: string): string {
  return text.replaceAll(new RegExp(String.raw`[ \t]*${form}[ \t]*`, 'g'), '').trim();
}

/** The names of other shortcodes, with their lines in the text, from 0. */
export function otherShortcodes(text: string): { readonly name: string; readonly line: number }[] {
  // Spaces in place of tracks don't change positions.
  const withoutMarks = text.replaceAll(new RegExp(form, 'g'), (whole) => ' '.repeat(whole.length));
  return [...withoutMarks.matchAll(/\{\{[<%]\s*([\w./-]+)/g)]
    .map((match) => ({ name: match[1] ?? '', line: text.slice(0, match.index).split('\n').length - 1 }))
    .filter(({ name }) => !name.startsWith('/'));
}

/** The part of a body for one update. */
type Section = {
  /** Without its track, but with the status word. */
  readonly text: string;
  /** The track's time; null without a track. */
  readonly time: string | null;
  readonly word: StatusWord | null;
  /** Relative to the body, from 0. */
  readonly line: number;
  /** Whether a horizontal rule precedes it. */
  readonly afterRule: boolean;
};

type Piece = { readonly raw: string; readonly offset: number; readonly kind: 'rule' | 'code' | 'heading' | 'text' };

/**
 * Splits a block with several tracks into pieces. A track ends its piece, or begins it if the block begins with a
 * track.
 */
function cut({ raw, offset, kind }: Piece): Piece[] {
  const tracks = tracksOf(raw);
  const leads = tracks.length > 0 && raw.slice(0, tracks[0]?.start).trim() === '' && withoutTracks(raw) !== '';
  const ends = leads ? tracks.slice(1).map(({ start }) => start) : tracks.slice(0, -1).map(({ end }) => end);
  const starts = [0, ...ends];
  return starts.map((start, index) => ({ raw: raw.slice(start, ends[index]), offset: offset + start, kind }));
}

/** The blocks of a body, in order. Consecutive link definitions are one block. */
function blocksOf(body: string): Token[] {
  const blocks: Token[] = [];
  for (const token of lexer(body)) {
    const last = blocks.at(-1);
    if (token.type === 'def' && last?.type === 'def') last.raw += token.raw;
    else blocks.push(token);
  }
  return blocks;
}

function kindOf({ type, raw }: Token): Piece['kind'] {
  if (type === 'hr') return 'rule';
  // Like code, text that isn't shown can't be an update.
  if (type === 'code' || (type === 'html' && raw.trimStart().startsWith('<!--'))) return 'code';
  return type === 'heading' ? 'heading' : 'text';
}

function piecesOf(body: string): Piece[] {
  let end = 0;
  return blocksOf(body).flatMap((token): Piece[] => {
    const piece = { raw: token.raw, offset: end, kind: kindOf(token) };
    end += token.raw.length;
    if (token.raw.trim() === '') return [];
    return piece.kind === 'rule' || piece.kind === 'code' ? [piece] : cut(piece);
  });
}

/** The status word of a piece: all of a heading, and none for a list. */
function wordOf({ raw, kind }: Piece): StatusWord | null {
  if (kind === 'code') return null;
  const text = withoutTracks(raw);
  if (kind === 'text') return statusWord(text);
  const heading = text.replace(/^#+\s*/, '').replace(/\s*#*$/, '');
  return statusWord(`*${heading.replace(/[:.]$/, '')}*`);
}

type Growing = { texts: string[]; time: string | null; word: StatusWord | null; line: number; afterRule: boolean };

/**
 * Splits a body into updates, in file order. A status word or a horizontal rule begins an update, and a track ends it.
 * Without any of them, the whole body is one update.
 */
function sectionsOf(body: string): Section[] {
  // Too long to split. The check of the imported content reports the line.
  if (tooMuch(body) !== null) return [{ text: body.trim(), time: null, word: null, line: 0, afterRule: false }];
  const done: Growing[] = [];
  let open: Growing | null = null;
  let afterRule = false;
  for (const piece of piecesOf(body)) {
    if (piece.kind === 'rule') {
      open = null;
      afterRule = done.length > 0;
      continue;
    }
    const word = wordOf(piece);
    const isCode = piece.kind === 'code';
    const text = isCode ? piece.raw.trimEnd() : withoutTracks(piece.raw);
    const track = isCode ? undefined : tracksOf(piece.raw)[0];
    const waits: boolean = open !== null && open.texts.length === 0;
    if (word !== null && !waits) open = null;
    if (open !== null && waits) open.word = word;
    if (open === null) {
      open = {
        texts: [],
        time: null,
        word,
        line: body.slice(0, piece.offset + (/\S/.exec(piece.raw)?.index ?? 0)).split('\n').length - 1,
        afterRule,
      };
      done.push(open);
      afterRule = false;
    }
    if (text !== '') open.texts.push(text);
    const hadTime = open.time !== null;
    if (track !== undefined) open.time = track.time;
    // A track on a line of its own at the beginning belongs to the text below it.
    if ((track !== undefined || hadTime) && open.texts.length > 0) open = null;
  }
  const sections = done.map(({ texts, ...rest }) => ({ ...rest, text: texts.join('\n\n') }));
  const isWhole = sections.every(({ time, word }) => time === null && word === null);
  if (!isWhole) return sections;
  return [{ text: body.trim(), time: null, word: null, line: sections[0]?.line ?? 0, afterRule: false }];
}

/** An update, before later ones are considered. */
export type UpdateDraft = {
  /** Null if there's no plausible time. */
  readonly at: Instant | null;
  /** Null if the status doesn't change. */
  readonly status: IncidentStatus | null;
  readonly isPostmortem: boolean;
  readonly word: StatusWord | null;
  /** Its own text, with the status word. */
  readonly text: string;
  /** Texts without their own time that belong to it, before and after its text. */
  readonly before: string[];
  readonly after: string[];
  readonly place: string;
};

/** An update that isn't in the file. */
export function addedDraft(at: Instant, status: IncidentStatus, place: string): UpdateDraft & { readonly at: Instant } {
  return { at, status, place, isPostmortem: false, word: null, text: `${label(status)}.`, before: [], after: [] };
}

function toDraft(
  { text, time, word, line }: Section,
  issue: CstateIssue,
  { timeZone, now, note, local }: CstateContext,
): UpdateDraft {
  const place = `${issue.path}:${issue.page.bodyLine + line}`;
  const isPostmortem = word?.status === 'postmortem';
  const draft: Omit<UpdateDraft, 'at'> = {
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
  const refuse = (why: string): UpdateDraft => (
    note(`${place}: track ${quote(time)} ${why}, and was ignored`),
    { ...draft, at: null }
  );
  if ('wrong' in read) return refuse(read.wrong);
  if (read.at > now) return refuse('is in the future');
  // Nobody records the start a whole day late, so the track was copied from another update.
  if (read.at < issue.date - day) return refuse(`is long before the date of the issue, ${shortUtc(issue.date)}`);
  if (read.isLocal) local();
  const at = likelyInstant(read, { start: issue.date, timeZone }, (given) =>
    note(`${place}: track ${quote(time)} ${given}`),
  );
  return { ...draft, at };
}

const pairs = <T>(list: readonly T[]): (readonly [T, T])[] =>
  list.slice(1).map((item, index) => [list[index] as T, item]);

/**
 * cState's convention is newest first. The times, or else the order of the statuses, show when a file is the other way
 * around.
 */
function isOldestFirst(drafts: readonly UpdateDraft[]): boolean {
  const steps = (values: readonly number[]): [up: boolean, down: boolean] => [
    pairs(values).some(([a, b]) => b > a),
    pairs(values).some(([a, b]) => b < a),
  ];
  const [later, earlier] = steps(drafts.flatMap(({ at }) => at ?? []));
  if (later || earlier) return later && !earlier;
  const [forward, back] = steps(
    drafts.flatMap(({ status }) => (status === null ? [] : incidentStatuses.indexOf(status))),
  );
  if (forward || back) return forward && !back;
  const [ends, begins] = steps(drafts.map(({ status }) => Number(status === 'resolved')));
  return ends && !begins;
}

/**
 * Joins text without a time or status to the update it belongs to: the previous one in the file, or else the oldest. If
 * the oldest one says that the incident is over, text at the top is the first update.
 */
function joined(
  drafts: readonly UpdateDraft[],
  sections: readonly Section[],
  note: (text: string) => void,
): { readonly opening: UpdateDraft | null; readonly kept: UpdateDraft[] } {
  const kept: UpdateDraft[] = [];
  const leading: UpdateDraft[] = [];
  for (const [index, draft] of drafts.entries()) {
    const stands = kept.at(-1);
    if (sections[index]?.time !== null || draft.word !== null) kept.push(draft);
    else if (stands === undefined) leading.push(draft);
    else stands.after.push(...(sections[index].afterRule ? ['---'] : []), draft.text);
  }
  const [opening, ...more] = leading;
  const oldest = isOldestFirst(kept) ? kept[0] : (kept.findLast(({ isPostmortem }) => !isPostmortem) ?? kept.at(-1));
  if (opening !== undefined && (oldest ?? { status: 'resolved' }).status === 'resolved') {
    opening.after.push(...more.map(({ text }) => text));
    return { opening, kept };
  }
  for (const { text, place } of leading) {
    oldest?.before.push(text);
    note(`${place}: has no track, and is now at the top of the first update`);
  }
  return { opening: null, kept };
}

/** The start of an issue whose first update says that it's over; null if there's no time in between. */
function addedOpening(
  issue: CstateIssue,
  drafts: readonly UpdateDraft[],
  note: (text: string) => void,
): UpdateDraft | null {
  const { date, resolvedWhen, path, page } = issue;
  const end = drafts.find(({ at }) => at !== null)?.at ?? resolvedWhen ?? date;
  if (!issue.isResolved || issue.isInformational || drafts[0]?.status !== 'resolved' || end - date < minute)
    return null;
  const place = `${path}:${page.lineOf('date')}`;
  note(`${place}: is an issue whose text begins when it is over; an update was added at ${shortUtc(date)}`);
  return addedDraft(date, 'investigating', place);
}

/** The updates of an issue, oldest first. A postmortem without a time comes last. */
export function draftsOf(issue: CstateIssue, context: CstateContext): UpdateDraft[] {
  const sections = sectionsOf(issue.page.body);
  const { opening, kept } = joined(
    sections.map((section) => toDraft(section, issue, context)),
    sections,
    context.note,
  );
  const ordered = isOldestFirst(kept) ? kept : kept.toReversed();
  const isLate = ({ at, isPostmortem }: UpdateDraft): boolean => at === null && isPostmortem;
  const groups: UpdateDraft[][] = [];
  for (const draft of ordered.filter((one) => !isLate(one))) {
    const before = groups.at(-1);
    if (draft.at === null && before !== undefined) before.push(draft);
    else groups.push([draft]);
  }
  const atOf = (group: readonly UpdateDraft[]): Instant => group[0]?.at ?? issue.date;
  const others = [...groups.toSorted((a, b) => atOf(a) - atOf(b)).flat(), ...ordered.filter(isLate)];
  const first = opening ?? addedOpening(issue, others, context.note);
  return first === null ? others : [first, ...others];
}
