import type { Token, Tokens } from 'marked';
import { CountingLexer, deepest, TooMuchWork } from './markdown-counting.ts';
import { fileProblem, lineAt, lineStarts, placesIn, type Problem } from './problem.ts';

/** A token and its position. */
type PlacedToken = {
  readonly token: Token;
  /** The number of quotes and list items around it, including itself. */
  readonly depth: number;
  /** The position of its first character, in UTF-16 units from the start of the text. */
  readonly offset: number;
};

/** Maps a position in a text to the position in its source text. */
type Translate = (index: number) => number;

/**
 * For text that marked created by removing the start of each line: quote markers, or the indent of list items. Line
 * ends are unchanged, so positions are counted from there.
 */
function byEndsOfLines(raw: string, text: string): Translate {
  const [rawStarts, starts] = [lineStarts(raw), lineStarts(text)];
  const endOf = (list: readonly number[], all: string, line: number): number => (list[line + 1] ?? all.length + 1) - 1;
  return (index) => {
    const line = lineAt(starts, index);
    const fromEnd = endOf(starts, text, line) - index;
    return Math.max(rawStarts[line] ?? 0, endOf(rawStarts, raw, line) - fromEnd);
  };
}

/** For text that `raw` contains as is, or with shortened lines. */
function within(raw: string, text: string): Translate {
  const start = raw.indexOf(text);
  return start === -1 ? byEndsOfLines(raw, text) : (index) => start + index;
}

const firstLine = (text: string): string => /[^\n]+/.exec(text)?.[0] ?? text;

/** Walks the cells of a table. marked only keeps their text, so this finds them one after the other. */
function* cellsOf({ header, rows, raw }: Tokens.Table, depth: number, whole: Translate): Generator<PlacedToken> {
  let end = 0;
  for (const { text, tokens } of [header, ...rows].flat()) {
    const start = Math.max(end, raw.indexOf(text, end));
    yield* walk(tokens, text, depth, (index) => whole(start + index));
    end = start + text.length;
  }
}

function* inside(token: Token, depth: number, whole: Translate): Generator<PlacedToken> {
  if (token.type === 'table') return yield* cellsOf(token as Tokens.Table, depth, whole);
  if (token.type === 'list') return yield* walk((token as Tokens.List).items, token.raw, depth, whole);
  if (!('tokens' in token) || token.tokens === undefined) return;
  const isQuote = token.type === 'blockquote';
  const text = isQuote ? token.raw.replaceAll(/^ {0,3}>[ \t]?/gm, '') : 'text' in token ? String(token.text) : '';
  const translate = isQuote || token.type === 'list_item' ? byEndsOfLines(token.raw, text) : within(token.raw, text);
  yield* walk(token.tokens, text, depth, (index) => whole(translate(index)));
}

function* walk(tokens: readonly Token[], text: string, depth: number, whole: Translate): Generator<PlacedToken> {
  let at = 0;
  for (const token of tokens) {
    const isHere = text.startsWith(token.raw, at);
    const start = isHere ? at : Math.max(at, text.indexOf(firstLine(token.raw), at));
    const deeper = depth + (token.type === 'blockquote' || token.type === 'list_item' ? 1 : 0);
    yield { token, depth: deeper, offset: whole(start) };
    yield* inside(token, deeper, (index) => whole(start + index));
    at = isHere || text.startsWith(token.raw, start) ? start + token.raw.length : start;
  }
}

/**
 * Returns all tokens of a text, each followed by the tokens inside it. marked's tokens have no positions, only their
 * source text, but tokens on the same level are in order. `text` is the source of `tokens`.
 */
export function placedTokens(tokens: readonly Token[], text: string): Iterable<PlacedToken> {
  return walk(tokens, text, 0, (index) => index);
}

/** The longest URL and title of a link definition, in total. Each reference to it repeats both. */
const longestLink = 2000;

/** The total length of the URLs and titles of all links, counted once per reference. */
const longestTogether = 256 * 1024;

/** marked checks at each character of a word whether an email address starts there. */
const longestWord = 2000;

/** marked checks at each space in a row whether the line ends after them. */
const mostBlanks = 200;

const tooLong = new RegExp(`[!-~]{${longestWord + 1}}|[ \\t]{${mostBlanks + 1}}`);

/** Nearly all updates are shorter, and don't need an extra parse. */
const shortText = 2000;

/** How many characters marked may scan in a short text, even if all its markup were nested. */
const fewCharacters = 3_000_000;

/** What exceeds a limit, and its position in UTF-16 units from the start of the text. */
type TooMuch = { readonly message: string; readonly at: number };

/** Whether a text is so short, with so little markup, that it can't be too much. */
function isShort(body: string): boolean {
  if (body.length > shortText || body.includes('|')) return false;
  if (/^[ \t>*+\-.)\d]{6}|[ \t]{201}/m.test(body)) return false;
  const signs = body.match(/[*_~`<[!\\]/g)?.length ?? 0;
  return body.length * signs ** 2 < fewCharacters;
}

/** Returns the position of the paragraph, heading or table that `tokens` are from. */
function beginOf(tokens: readonly Token[], lexer: CountingLexer, body: string): number {
  for (const { token, offset } of placedTokens(lexer.tokens, body)) {
    if (token.type === 'table') {
      const { header, rows } = token as Tokens.Table;
      if ([header, ...rows].flat().some((cell) => cell.tokens === tokens)) return offset;
    }
    if ('tokens' in token && token.tokens === tokens) return offset;
  }
  return 0;
}

/** Finds what exceeds a limit in the blocks of a text, without the text in them. */
function inBlocks(lexer: CountingLexer, body: string): TooMuch | null {
  try {
    lexer.blockTokens(body, lexer.tokens);
  } catch (error) {
    if (!(error instanceof TooMuchWork)) throw error;
    return { message: error.message, at: body.length - lexer.counter.left };
  }
  for (const { depth, offset } of placedTokens(lexer.tokens, body)) {
    if (depth > deepest)
      return { message: `nests quotes or lists more than ${deepest} levels deep. Use fewer levels`, at: offset };
  }
  return null;
}

/** Finds what exceeds a limit in the text of paragraphs, headings and cells, which excludes code and HTML. */
function inWords(lexer: CountingLexer, body: string): TooMuch | null {
  for (const { src, tokens } of lexer.inlineQueue) {
    const long = tooLong.exec(src)?.[0];
    if (long !== undefined) {
      const message =
        long.trim() === ''
          ? `has more than ${mostBlanks} spaces in a row. Delete some`
          : `has a word of more than ${longestWord.toLocaleString('en')} characters. Put it between lines of \`\`\``;
      return { message, at: Math.max(0, body.indexOf(long, beginOf(tokens, lexer, body))) };
    }
    try {
      lexer.inlineTokens(src, tokens);
    } catch (error) {
      if (!(error instanceof TooMuchWork)) throw error;
      return { message: error.message, at: beginOf(tokens, lexer, body) };
    }
  }
  return null;
}

/** Finds what is too much in the links of a text: marked repeats a link's URL for each reference to it. */
function inLinks({ counter: { addresses }, tokens: { links } }: CountingLexer): TooMuch | null {
  for (const [name, { href, title }] of Object.entries(links)) {
    if ((href ?? '').length + (title ?? '').length <= longestLink) continue;
    return {
      message: `defines the link [${name.slice(0, 40)}] with more than ${longestLink} characters. Shorten its address or title`,
      at: 0,
    };
  }
  if (addresses <= longestTogether) return null;
  const message = `has ${Math.ceil(addresses / 1024)} KiB of link addresses and titles, and ${longestTogether / 1024} KiB is the limit. Link to them less often`;
  return { message, at: 0 };
}

/**
 * Finds the first part of a Markdown text that would take marked too long or too much memory; null for nearly all
 * texts. Text that passes is parsed and rendered in less than a second.
 */
export function tooMuch(body: string): TooMuch | null {
  if (isShort(body)) return null;
  const lexer = new CountingLexer();
  return inBlocks(lexer, body) ?? inWords(lexer, body) ?? inLinks(lexer);
}

/** Reports text that's too much for marked. `text` is the whole file; `body` is the Markdown at its end. */
export function guardProblems(text: string, body: string, path: string): Problem[] {
  const found = tooMuch(body);
  if (found === null) return [];
  return [fileProblem(path, found.message, placesIn(text)(Math.max(0, text.lastIndexOf(body)) + found.at))];
}
