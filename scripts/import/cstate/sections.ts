import { lexer, type Token } from 'marked';
import { tooMuch } from '../../../src/content/markdown-guard.ts';
import { type StatusWord, statusWord } from '../status-word.ts';
import { tracksOf, withoutTracks } from './track.ts';

/** A part of a body that was one update. */
export type Section = {
  /** Without its track; the status word is still there. */
  readonly text: string;
  /** What the track says; null without one. */
  readonly time: string | null;
  readonly word: StatusWord | null;
  /** Within the body, from 0. */
  readonly line: number;
  /** Whether a line across the page stands before it. */
  readonly afterRule: boolean;
};

type Piece = {
  readonly raw: string;
  readonly offset: number;
  readonly isRule: boolean;
  readonly isHeading: boolean;
  readonly isCode: boolean;
};

/** A block in which several tracks stand is several pieces: a track ends its piece, or begins it where it comes first. */
function cut(raw: string, offset: number, isHeading: boolean): Piece[] {
  const tracks = tracksOf(raw);
  const leads = tracks.length > 0 && raw.slice(0, tracks[0]?.start).trim() === '' && withoutTracks(raw) !== '';
  const ends = leads ? tracks.slice(1).map(({ start }) => start) : tracks.slice(0, -1).map(({ end }) => end);
  const starts = [0, ...ends];
  return starts.map((start, index) => ({
    raw: raw.slice(start, ends[index] ?? raw.length),
    offset: offset + start,
    isRule: false,
    isHeading,
    isCode: false,
  }));
}

/** The blocks of a body, in order. Definitions of links that follow one another stay together. */
function blocksOf(body: string): Token[] {
  const blocks: Token[] = [];
  for (const token of lexer(body)) {
    const last = blocks.at(-1);
    if (token.type === 'def' && last?.type === 'def') last.raw += token.raw;
    else blocks.push(token);
  }
  return blocks;
}

/** What is shown as it stands, or not shown at all, is no update. */
const isCode = ({ type, raw }: Token): boolean =>
  type === 'code' || (type === 'html' && raw.trimStart().startsWith('<!--'));

function piecesOf(body: string): Piece[] {
  let end = 0;
  return blocksOf(body).flatMap((token): Piece[] => {
    const { type, raw } = token;
    const offset = end;
    end += raw.length;
    if (raw.trim() === '') return [];
    if (isCode(token)) return [{ raw, offset, isRule: false, isHeading: false, isCode: true }];
    if (type === 'hr') return [{ raw, offset, isRule: true, isHeading: false, isCode: false }];
    return cut(raw, offset, type === 'heading');
  });
}

/** The status word of a piece; of a heading all of it, and a list has none. */
function wordOf({ raw, isHeading, isCode }: Piece): StatusWord | null {
  if (isCode) return null;
  const text = withoutTracks(raw);
  return statusWord(
    isHeading
      ? `*${text
          .replace(/^#+\s*/, '')
          .replace(/\s*#*$/, '')
          .replace(/[:.]$/, '')}*`
      : text,
  );
}

type Growing = { texts: string[]; time: string | null; word: StatusWord | null; line: number; afterRule: boolean };

/**
 * Takes a body apart into its updates, in the order of the file. A status word or a line across the
 * page begins one, a track ends it. Several where the body says so; else one, as it stands.
 */
export function sectionsOf(body: string): Section[] {
  // Too much to be taken apart: the check of what is imported says so, with the line.
  if (tooMuch(body) !== null) return [{ text: body.trim(), time: null, word: null, line: 0, afterRule: false }];
  const done: Growing[] = [];
  let open: Growing | null = null;
  let afterRule = false;
  for (const piece of piecesOf(body)) {
    if (piece.isRule) {
      open = null;
      afterRule = done.length > 0;
      continue;
    }
    const word = wordOf(piece);
    const text = piece.isCode ? piece.raw.trimEnd() : withoutTracks(piece.raw);
    const track = piece.isCode ? undefined : tracksOf(piece.raw)[0];
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
    // A track alone on its line, with nothing before it, is that of what follows.
    if ((track !== undefined || hadTime) && open.texts.length > 0) open = null;
  }
  const sections = done.map(({ texts, ...rest }) => ({ ...rest, text: texts.join('\n\n') }));
  const isWhole = sections.every(({ time, word }) => time === null && word === null);
  if (!isWhole) return sections;
  return [{ text: body.trim(), time: null, word: null, line: sections[0]?.line ?? 0, afterRule: false }];
}
