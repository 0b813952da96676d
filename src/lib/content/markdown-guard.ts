import type { Token, Tokens } from 'marked';
import { CountingLexer, deepest, TooMuchWork } from './markdown-counting.ts';
import { fileProblem, placesIn, type Problem } from './problem.ts';

/** A token and where it stands. */
type PlacedToken = {
  readonly token: Token;
  /** How many quotes and list items it stands in, itself included. */
  readonly depth: number;
  /** Where its first character stands, in UTF-16 units from the beginning of the text. */
  readonly offset: number;
};

/** Translates a place in one text into the place in the text that it was taken from. */
type Translate = (index: number) => number;

function startsOfLines(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

/**
 * For a text that marked made by taking something away at the beginning of each line: the markers of quotes, the indent
 * of list items. The ends of the lines are the same, so that places are counted from there.
 */
function byEndsOfLines(raw: string, text: string): Translate {
  const [rawStarts, starts] = [startsOfLines(raw), startsOfLines(text)];
  const endOf = (list: readonly number[], all: string, line: number): number => (list[line + 1] ?? all.length + 1) - 1;
  return (index) => {
    let [line, above] = [0, starts.length];
    while (line + 1 < above) {
      const middle = (line + above) >> 1;
      if ((starts[middle] ?? 0) <= index) line = middle;
      else above = middle;
    }
    const fromEnd = endOf(starts, text, line) - index;
    return Math.max(rawStarts[line] ?? 0, endOf(rawStarts, raw, line) - fromEnd);
  };
}

/** For a text that stands in `raw` as it is, or with its lines shortened. */
function within(raw: string, text: string): Translate {
  const start = raw.indexOf(text);
  return start === -1 ? byEndsOfLines(raw, text) : (index) => start + index;
}

const firstLine = (text: string): string => /[^\n]+/.exec(text)?.[0] ?? text;

/** The cells of a table. Marked keeps only their texts, so they are looked for one after the other. */
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
 * All tokens of a text, those inside of others behind these. Marked's tokens have no places, but the text that each was
 * made from: those of one level follow one another. `text` is what `tokens` were made from.
 */
export function placedTokens(tokens: readonly Token[], text: string): Iterable<PlacedToken> {
  return walk(tokens, text, 0, (index) => index);
}

/** How long the address and title of a link that is defined once may be: each mention of it repeats both. */
const longestLink = 2000;

/** How long the addresses and titles of all links may be together, counted as often as they are mentioned. */
const longestTogether = 256 * 1024;

/** For each character of a word, marked looks whether a mail address begins there. */
const longestWord = 2000;

/** For each of the blanks in a row, marked looks whether a line ends behind them. */
const mostBlanks = 200;

const tooLong = new RegExp(`[!-~]{${longestWord + 1}}|[ \\t]{${mostBlanks + 1}}`);

/** Nearly all updates are shorter than this, and need not be read an extra time. */
const shortText = 2000;

/** How many characters marked may look at in a short text, even if all its signs were nested in each other. */
const fewCharacters = 3_000_000;

/** What is too much, and where, in UTF-16 units from the beginning of the text. */
type TooMuch = { readonly message: string; readonly at: number };

/** Whether a text has so few characters, and so few signs among them, that it can't be too much. */
function isShort(body: string): boolean {
  if (body.length > shortText || body.includes('|')) return false;
  if (/^[ \t>*+\-.)\d]{6}|[ \t]{201}/m.test(body)) return false;
  const signs = body.match(/[*_~`<[!\\]/g)?.length ?? 0;
  return body.length * signs ** 2 < fewCharacters;
}

/** Where the paragraph, heading or table begins whose text became `tokens`. */
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

/** What is too much in the blocks of a text, without the words in them. */
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

/** What is too much in the words of paragraphs, headings and cells. Code and HTML aren't among these. */
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

/** What is too much in the links of a text: marked writes the address of a link each time it is mentioned. */
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
 * The first thing in a markdown text that marked would need too long or too much memory for; null in nearly all texts.
 * What passes is read and shown in less than a second.
 */
export function tooMuch(body: string): TooMuch | null {
  if (isShort(body)) return null;
  const lexer = new CountingLexer();
  return inBlocks(lexer, body) ?? inWords(lexer, body) ?? inLinks(lexer);
}

/** Reports a text that is too much for marked. `text` is the whole file, `body` the markdown at its end. */
export function guardProblems(text: string, body: string, path: string): Problem[] {
  const found = tooMuch(body);
  if (found === null) return [];
  return [fileProblem(path, found.message, placesIn(text)(Math.max(0, text.lastIndexOf(body)) + found.at))];
}
