import { lexer, marked } from 'marked';
import sanitizeHtml from 'sanitize-html';
import { tooMuch } from './markdown-guard.ts';
import { placedTokens } from './markdown-places.ts';
import { placesIn } from './places.ts';
import { fileProblem, type Problem } from './problem.ts';

/** Anything but tags that only dress what is in them; the definition of a link. */
const mayHide = /<(?!\/?(?:a|b|br|code|em|i|li|ol|p|small|strong|ul)\b)|\]:/i;

/** Letters that no tag, reference or definition of a link could take away: nearly every text has them. */
const isPlainText = (body: string): boolean => !mayHide.test(body) && /[\p{L}\p{N}]/u.test(body.replaceAll(/<[^<>]*>|&#?\w+;/g, ''));

/**
 * A text of which nobody would see anything, as one that is a comment of HTML or the definition of a
 * link. `text` is the whole file, `body` the markdown at its end.
 */
export function blankTextProblems(text: string, body: string, path: string): Problem[] {
  if (isPlainText(body)) return [];
  const seen = sanitizeHtml(marked.parse(body, { async: false }), { allowedTags: ['img'] });
  if (seen.trim() !== '') return [];
  const message = 'has no text that is shown, only what HTML and markdown leave out. Type below the second "---" what customers should know';
  return [fileProblem(path, message, { line: placesIn(text)(Math.max(0, text.lastIndexOf(body))).line, column: 1 })];
}

const inBackticks = 'put it in backticks';

/** Where the last `begin` stands that no `end` follows; -1 if there is none. Looked for from the end, so that a text full of them costs no more. */
function unended(html: string, begin: string, end: string): number {
  const last = html.lastIndexOf(end);
  return html.indexOf(begin, last === -1 ? 0 : last + end.length);
}

/** What HTML never shows once it has begun: where in a piece of HTML that is, and what to tell of it. */
const hiding: readonly { readonly at: (html: string) => number; readonly words: string }[] = [
  { at: (html) => unended(html, '<!--', '-->'), words: 'begins a comment with <!--, and nothing ends it: no reader sees what stands behind it. Type --> where it ends' },
  { at: (html) => unended(html, '<?', '?>'), words: `begins with <? what nothing ends: no reader sees what stands behind it. If it is text, ${inBackticks}` },
  ...['script', 'style'].map((name) => ({
    at: (html: string) => html.search(new RegExp(`<${name}\\b`, 'i')),
    words: `holds <${name}>, and no reader sees what stands in it or, without an end, behind it. Delete it; if it is text, ${inBackticks}`,
  })),
];

/**
 * Words of a text that no reader would see: each kind of cause once. The page is built all the same.
 * `body` is the markdown of a file, which begins on its line `first`.
 */
export function unseenTextWarnings(path: string, body: string, first: number): Problem[] {
  if (!/<(?:!--|\?|script|style)/i.test(body) || tooMuch(body) !== null) return [];
  const placeAt = placesIn(body);
  const pieces = [...placedTokens(lexer(body), body)].filter(({ token }) => token.type === 'html');
  return hiding.flatMap(({ at, words }) => {
    const found = pieces.find(({ token }) => at(token.raw) !== -1);
    if (found === undefined) return [];
    const { line } = placeAt(found.offset + at(found.token.raw));
    return [fileProblem(path, words, { line: first + line - 1, column: 1 })];
  });
}
