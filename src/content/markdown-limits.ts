import { placesIn } from './places.ts';
import { fileProblem, type Problem } from './problem.ts';

/** How often quotes and lists may stand inside each other: a reader of markdown goes down through all. */
const deepest = 20;
/** How many columns a table may have: each row is filled up to them, so that few bytes become many pages. */
const mostColumns = 20;
/** How many marks of emphasis one paragraph may have: each is held against each other. */
const mostMarks = 1000;

const containers = new RegExp(String.raw`^(?:[ \t]*(?:>|[-*+](?=[ \t])|\d{1,9}[.)](?=[ \t]))){${deepest + 1}}`);
const rule = /^[ \t]*([-*_])(?:[ \t]*\1)*[ \t]*$/;
const tableHead = /^[ \t>|:-]*-[ \t|:-]*$/;
const marks = /[*~]+|(?<![\p{L}\p{N}_])_+|_+(?![\p{L}\p{N}_])/gu;

function wrongWith(line: string): string | null {
  if (containers.test(line) && !rule.test(line)) return `begins more than ${deepest} quotes or lists inside each other. Delete some of the signs, or put the text between lines of three backticks`;
  if (tableHead.test(line) && line.split('|').length > mostColumns + 2) return `begins a table of more than ${mostColumns} columns. Delete some, or put the text between lines of three backticks`;
  return null;
}

/**
 * What would take a reader of markdown without end, or more memory than there is. People do not write
 * it; it comes with logs and dumps that are pasted. `text` is the whole file, `body` the markdown at its end.
 */
export function limitProblems(text: string, body: string, path: string): Problem[] {
  const placeAt = placesIn(text);
  let index = text.lastIndexOf(body);
  let inParagraph = 0;
  for (const line of body.split('\n')) {
    inParagraph = line.trim() === '' ? 0 : inParagraph + [...line.replace(/^\s*[*-]\s/, '').matchAll(marks)].length;
    const wrong = inParagraph > mostMarks ? `is in a paragraph with more than ${mostMarks} signs * _ or ~. Put the text between lines of three backticks, and a blank line between paragraphs` : wrongWith(line);
    if (wrong !== null) return [fileProblem(path, wrong, placeAt(index))];
    index += line.length + 1;
  }
  return [];
}
