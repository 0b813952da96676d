import type { Token, Tokens } from 'marked';

/** A token and where it stands. */
export type PlacedToken = {
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
