import { decodeHTMLStrict } from 'entities/decode';
import { lexer, marked } from 'marked';
import sanitizeHtml from 'sanitize-html';
import type { ImageFile, ShownImage } from '../domain/vocabulary.ts';
import { blanksIn } from '../domain/template.ts';
import { quote, suggest } from '../schema/text.ts';
import { hiddenIn, nameOfHidden } from '../schema/hidden.ts';
import { removedMedia } from '../markdown.ts';
import { guardProblems, placedTokens, tooMuch } from './markdown-guard.ts';
import { fileProblem, hasImageName, placesIn, type Problem } from './problem.ts';
import { completed, contentPath, type Reference, referencesIn } from './references.ts';

/** The image files in the content, by path; null for files with a problem. */
export type Images = ReadonlyMap<string, ImageFile | null>;

const imageTypes = 'PNG, JPEG, GIF, WebP, AVIF and SVG';

/** Says why readers can't see an image, and what to do; null if they can. `at` is the path of the text's file. */
function imageAdvice({ address, text }: Reference, at: string, images: Images | undefined): string | null {
  const path = contentPath(at, address);
  const isFile = path !== null && images?.has(path) === true;
  if (isFile && text.trim() === '')
    return `has an image without a description. Describe what it shows: ![Error rate since 14:00](${address})`;
  if (isFile || /^https:\/\//i.test(address)) return null;
  const isPlace = address.includes('/') && !address.includes('://');
  const complete = isPlace ? completed(address) : null;
  if (complete !== null) return `has an image at ${quote(address)}, which readers cannot load. Write ${complete}`;
  if (path === null || images === undefined)
    return `has an image at ${quote(address)}, which readers cannot load. Use its full address, https://…`;
  if (!hasImageName(path))
    return `has ${quote(address)} as an image, but only ${imageTypes} files are shown. Convert it`;
  const folder = path.replace(/[^/]*$/, '');
  const near = suggest(
    path,
    [...images.keys()].filter((other) => other.startsWith(folder)),
  );
  const advice =
    near === null ? 'Add the file, or use a full address, https://…' : `Did you mean "${near.slice(folder.length)}"?`;
  return `has an image at ${quote(address)}, but there is no file ${path}. ${advice}`;
}

/**
 * Reports images that readers wouldn't see. Images must come from https URLs, or from files next to the text. `text`
 * is the whole file; `body` is its Markdown.
 */
function imageProblems(text: string, body: string, path: string, images?: Images): Problem[] {
  if (!/!\[|<img/i.test(body)) return [];
  const placeAt = placesIn(text);
  const start = Math.max(0, text.lastIndexOf(body));
  return referencesIn(body).flatMap((reference) => {
    const advice = reference.kind === 'image' ? imageAdvice(reference, path, images) : null;
    return advice === null ? [] : fileProblem(path, advice, placeAt(start + reference.at));
  });
}

/** Returns the image files that a text without problems shows or links to. */
export function shownImages(body: string, path: string, images: Images | undefined): ShownImage[] {
  if (images === undefined || images.size === 0) return [];
  return referencesIn(body).flatMap(({ address: src }) => {
    const file = images.get(contentPath(path, src) ?? '') ?? null;
    return file === null ? [] : [{ src, file }];
  });
}

const reference = /&(?:#[xX][0-9a-fA-F]{1,6}|#\d{1,7}|[A-Za-z]{2,31});/g;

/** A line as readers see it, and the position of each HTML reference's character. */
function shownOf(line: string): { readonly shown: string; readonly references: ReadonlyMap<number, RegExpExecArray> } {
  const references = new Map<number, RegExpExecArray>();
  let shown = '';
  let end = 0;
  for (const found of line.matchAll(reference)) {
    const character = decodeHTMLStrict(found[0]);
    if (character === found[0]) continue;
    shown += line.slice(end, found.index);
    references.set(shown.length, found);
    // A line break is shown as a space.
    shown += character === '\n' ? ' ' : character;
    end = found.index + found[0].length;
  }
  return { shown: shown + line.slice(end), references };
}

/**
 * Reports hidden characters written as HTML references, which pages show as if they had been typed. `body` is the
 * Markdown at the end of `text`.
 */
export function hiddenReferences(text: string, body: string, path: string): Problem[] {
  if (!body.includes('&')) return [];
  const placeAt = placesIn(text);
  const problems: Problem[] = [];
  let start = text.lastIndexOf(body);
  for (const line of body.split('\n')) {
    const { shown, references } = line.includes('&')
      ? shownOf(line)
      : { shown: '', references: new Map<number, RegExpExecArray>() };
    for (const { index, character } of hiddenIn(shown)) {
      const found = references.get(index);
      if (found !== undefined)
        problems.push(
          fileProblem(
            path,
            `${found[0]} is the character ${nameOfHidden(character)}, which is invisible. Delete it`,
            placeAt(start + found.index),
          ),
        );
    }
    start += line.length + 1;
  }
  return problems;
}

/** Matches link definitions and all tags except those that only format their content. */
const mayHide = /<(?!\/?(?:a|b|br|code|em|i|li|ol|p|small|strong|ul)\b)|\]:/i;

/** Whether letters remain without tags, references and link definitions. True for nearly all texts. */
const isPlainText = (body: string): boolean =>
  !mayHide.test(body) && /[\p{L}\p{N}]/u.test(body.replaceAll(/<[^<>]*>|&#?\w+;/g, ''));

/** Reports a file without text below its fields. `line` is the line of the second fence. */
export function noTextProblem(path: string, line: number): Problem {
  return fileProblem(path, 'has no text. Below the second "---", write what customers should know', {
    line,
    column: 1,
  });
}

/**
 * Reports texts that show nothing, such as an HTML comment or a link definition. `text` is the whole file; `body` is
 * the Markdown at its end.
 */
export function blankTextProblems(text: string, body: string, path: string): Problem[] {
  if (isPlainText(body)) return [];
  if (body === '') return [noTextProblem(path, placesIn(text)(text.trimEnd().length).line)];
  const visible = sanitizeHtml(marked.parse(body, { async: false }), { allowedTags: ['img'] });
  if (visible.trim() !== '') return [];
  const message = 'has no visible text. Below the second "---", write what customers should know';
  return [fileProblem(path, message, { line: placesIn(text)(Math.max(0, text.lastIndexOf(body))).line, column: 1 })];
}

const inBackticks = 'put it in backticks';

/**
 * Returns the position of the first `begin` after the last `end`; -1 if there is none. Finds the last `end` first, so
 * texts with many don't take longer.
 */
function unended(html: string, begin: string, end: string): number {
  const last = html.lastIndexOf(end);
  return html.indexOf(begin, last === -1 ? 0 : last + end.length);
}

/** HTML that hides what follows: where a piece of HTML contains it, and the message for it. */
const hiding: readonly { readonly at: (html: string) => number; readonly words: string }[] = [
  {
    at: (html) => unended(html, '<!--', '-->'),
    words:
      'has a comment that starts with <!-- and never ends, so readers do not see what follows. Add --> where it ends',
  },
  {
    at: (html) => unended(html, '<?', '?>'),
    words: `has <? without a closing ?>, so readers do not see what follows. If it is text, ${inBackticks}`,
  },
  ...[...['script', 'style'], ...removedMedia].map((name) => ({
    at: (html: string) => html.search(new RegExp(`<${name}\\b`, 'i')),
    words: `has <${name}>, whose content readers do not see. Delete it, or use text or a link instead; if it is text, ${inBackticks}`,
  })),
];

const mayBeUnseen = new RegExp(`<(?:!--|\\?|script|style|${removedMedia.join('|')})`, 'i');

/**
 * Warns about text and media that readers wouldn't see, once per cause. The page is still built. `body` is a file's
 * Markdown, which starts on line `first`.
 */
export function unseenTextWarnings(path: string, body: string, first: number): Problem[] {
  if (!mayBeUnseen.test(body) || tooMuch(body) !== null) return [];
  const placeAt = placesIn(body);
  const pieces = [...placedTokens(lexer(body), body)].filter(({ token }) => token.type === 'html');
  return hiding.flatMap(({ at, words }) => {
    const found = pieces.find(({ token }) => at(token.raw) !== -1);
    if (found === undefined) return [];
    const { line } = placeAt(found.offset + at(found.token.raw));
    return [fileProblem(path, words, { line: first + line - 1, column: 1 })];
  });
}

/**
 * Reports everything that's wrong with a Markdown text. `text` is the whole file; `body` is the Markdown at its end.
 */
export function markdownProblems(text: string, body: string, path: string, images?: Images): Problem[] {
  const problems = guardProblems(text, body, path);
  // The other checks would parse the text, which is too complex for that.
  if (problems.length > 0) return [...problems, ...hiddenReferences(text, body, path)];
  return [
    ...hiddenReferences(text, body, path),
    ...imageProblems(text, body, path, images),
    ...blankTextProblems(text, body, path),
  ];
}

/** Reports template blanks that customers would read. `text` is the whole file. */
export function blankProblems(text: string, path: string): Problem[] {
  const placeAt = placesIn(text);
  return blanksIn(text).map(({ at, written }) =>
    fileProblem(
      path,
      `still has the template placeholder ${quote(written)}. Fill it in or delete it; if you mean the braces, put them in backticks`,
      placeAt(at),
    ),
  );
}
