import { fileProblem, type Problem } from './problem.ts';

/** In UTF-16 units. */
const mostFields = 32 * 1024;

const mostBlankLines = 100;

/** The index of the first line of too long a run of blank lines; null when there is none. */
function tooManyBlankLines(lines: readonly string[]): number | null {
  let run = 0;
  for (const [index, line] of lines.entries()) {
    run = line.trim() === '' ? run + 1 : 0;
    if (run > mostBlankLines) return index - mostBlankLines;
  }
  return null;
}

/**
 * What keeps fields from being read, because of their size alone. gray-matter looks from each blank line to the end
 * of the run of them, so that a file full of blank lines would take it minutes.
 */
export function fieldsLimitProblem(fields: string, path: string, fence = '---'): Problem | null {
  if (fields.length > mostFields) {
    const message = `has more than ${mostFields / 1024} KiB of fields. Type the text below the second "${fence}"`;
    return fileProblem(path, message, { line: 2, column: 1 });
  }
  const blank = tooManyBlankLines(fields.split('\n'));
  if (blank === null) return null;
  const message = `has more than ${mostBlankLines} blank lines between its fields. Delete them`;
  return fileProblem(path, message, { line: blank + 2, column: 1 });
}

/** A file that ends with its fields; `line` is that of the second fence. */
export function noTextProblem(path: string, line: number): Problem {
  return fileProblem(path, 'has no text. Type below the second "---" what customers should know', { line, column: 1 });
}
