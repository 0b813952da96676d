import type { Token, Tokens } from 'marked';
import { CountingLexer, deepest, TooMuchWork } from './markdown-counting.ts';
import { placedTokens } from './markdown-places.ts';
import { placesIn } from './places.ts';
import { fileProblem, type Problem } from './problem.ts';

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
export type TooMuch = { readonly message: string; readonly at: number };

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
    if (depth > deepest) return { message: `nests quotes or lists more than ${deepest} deep. Use fewer levels`, at: offset };
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
          ? `has more than ${mostBlanks} blanks in a row. Delete some`
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
    return { message: `defines the link [${name.slice(0, 40)}] with more than ${longestLink} characters. Shorten its address or title`, at: 0 };
  }
  if (addresses <= longestTogether) return null;
  const message = `has links whose addresses and titles make ${Math.ceil(addresses / 1024)} KiB together, and ${longestTogether / 1024} KiB is the most. Mention them less often`;
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
