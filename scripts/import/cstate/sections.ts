import MarkdownIt from 'markdown-it';
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

type Piece = { readonly raw: string; readonly offset: number; readonly isRule: boolean; readonly isHeading: boolean; readonly isCode: boolean };

type Block = { readonly type: string; readonly from: number; readonly to: number };

/** A block in which several tracks stand is several pieces: a track ends its piece, or begins it where it comes first. */
function cut(raw: string, offset: number, isHeading: boolean): Piece[] {
  const tracks = tracksOf(raw);
  const leads = tracks.length > 0 && raw.slice(0, tracks[0]?.start).trim() === '' && withoutTracks(raw) !== '';
  const ends = (leads ? tracks.slice(1).map(({ start }) => start) : tracks.slice(0, -1).map(({ end }) => end));
  const starts = [0, ...ends];
  return starts.map((start, index) => ({ raw: raw.slice(start, ends[index] ?? raw.length), offset: offset + start, isRule: false, isHeading, isCode: false }));
}

const markdown = new MarkdownIt({ html: true });

/** The blocks of a body with the lines they take, from the first to behind the last. What is no block, as the address of a link, is one too. */
function blocksOf(body: string, lines: number): Block[] {
  const blocks: Block[] = [];
  let next = 0;
  for (const { type, level, nesting, map } of markdown.parse(body, {})) {
    if (level > 0 || nesting < 0 || map === null) continue;
    if (map[0] > next) blocks.push({ type: 'other', from: next, to: map[0] });
    blocks.push({ type, from: map[0], to: map[1] });
    next = map[1];
  }
  return next < lines ? [...blocks, { type: 'other', from: next, to: lines }] : blocks;
}

function piecesOf(body: string): Piece[] {
  const lines = body.split('\n');
  const starts = lines.map(() => 0);
  for (let line = 1; line < lines.length; line++) starts[line] = (starts[line - 1] ?? 0) + (lines[line - 1] ?? '').length + 1;
  return blocksOf(body, lines.length).flatMap(({ type, from, to }): Piece[] => {
    const raw = lines.slice(from, to).join('\n');
    const at = starts[from] ?? 0;
    if (raw.trim() === '') return [];
    // What is shown as it stands, or not shown at all, is no update.
    const isCode = type === 'fence' || type === 'code_block' || (type === 'html_block' && raw.trimStart().startsWith('<!--'));
    if (isCode) return [{ raw, offset: at, isRule: false, isHeading: false, isCode: true }];
    if (type === 'hr') return [{ raw, offset: at, isRule: true, isHeading: false, isCode: false }];
    return cut(raw, at, type === 'heading_open');
  });
}

/** The status word of a piece; of a heading all of it, and a list has none. */
function wordOf({ raw, isHeading, isCode }: Piece): StatusWord | null {
  if (isCode) return null;
  const text = withoutTracks(raw);
  return statusWord(isHeading ? `*${text.replace(/^#+\s*/, '').replace(/\s*#*$/, '').replace(/[:.]$/, '')}*` : text);
}

type Growing = { texts: string[]; time: string | null; word: StatusWord | null; line: number; afterRule: boolean };

/**
 * Takes a body apart into its updates, in the order of the file. A status word or a line across the
 * page begins one, a track ends it. Several where the body says so; else one, as it stands.
 */
export function sectionsOf(body: string): Section[] {
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
      open = { texts: [], time: null, word, line: body.slice(0, piece.offset + (/\S/.exec(piece.raw)?.index ?? 0)).split('\n').length - 1, afterRule };
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
