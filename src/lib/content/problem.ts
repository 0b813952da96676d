import type { Fix } from '../schema/text.ts';
import { firstHidden, nameOfHidden, shownLine } from '../schema/hidden.ts';

export const kibibyte = 1024;

/** Whether a file is an image, by its name. */
export const hasImageName = (path: string): boolean => /\.(?:png|jpe?g|gif|webp|avif|svg)$/i.test(path);

/**
 * The maximum size of a file, in bytes: ten thousand words of text, a thousand components in a list, or a screenshot
 * that loads quickly on a phone. Larger files are there by mistake, and aren't even read.
 */
export function mostBytes(path: string): number {
  return (path.endsWith('.md') ? 64 : hasImageName(path) ? 1024 : 128) * kibibyte;
}

/** A file in the content folder as it is on disk. `path` is relative to that folder, with `/`. */
export type SourceFile = {
  readonly path: string;
  readonly bytes: Uint8Array;
  /** Its size in bytes, if it was too large to read. */
  readonly tooLarge?: number;
};

/** A line and column in a file, counted from 1. */
export type Place = { readonly line: number; readonly column: number };

const fileStart: Place = { line: 1, column: 1 };

/** Returns the position of each line's first character. */
export const lineStarts = (text: string): number[] => [0, ...[...text.matchAll(/\n/g)].map(({ index }) => index + 1)];

/** Returns the index of the line that contains a position. */
export function lineAt(starts: readonly number[], index: number): number {
  let [low, high] = [0, starts.length - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((starts[middle] ?? 0) <= index) low = middle;
    else high = middle - 1;
  }
  return low;
}

/**
 * Returns a function that converts positions in a text to lines and columns. Columns are UTF-16 units, as in YAML's
 * positions and most editors. Lines are only counted once, because each may have a problem.
 */
export function placesIn(text: string): (index: number) => Place {
  let starts: number[] | null = null;
  return (index) => {
    starts ??= lineStarts(text);
    const line = lineAt(starts, index);
    return { line: line + 1, column: index - (starts[line] ?? 0) + 1 };
  };
}

/** Something in the content that must be fixed before publishing. */
export type Problem = Place & {
  /** Relative to the content folder. */
  readonly file: string;
  /** The affected field, such as `components.checkout`; null if it's about the whole file. */
  readonly field: string | null;
  /** What's wrong and what to type instead, in one line. Needs no trailing period. */
  readonly message: string;
  /** What to type at this position; null if the line alone doesn't show what was meant. */
  readonly fix: Fix | null;
  /** For a problem about a credential: never show anything from the file's name or text. */
  readonly kind?: 'credential';
};

/** Returns a path as people read it, such as `actions.2.owner`. List items are counted from 1. */
export function fieldName(path: readonly PropertyKey[]): string | null {
  return path.length === 0 ? null : path.map((key) => String(typeof key === 'number' ? key + 1 : key)).join('.');
}

/** Returns a problem with a whole file. */
export function fileProblem(file: string, message: string, place: Place = fileStart): Problem {
  return { file, field: null, message, fix: null, line: place.line, column: place.column };
}

/**
 * Returns the position of a field's value, or with `key`, its name. For a missing field, returns the closest position.
 */
export type Locate = (path: readonly PropertyKey[], part?: 'value' | 'key') => Place;

/** Returns a problem with a field, at its value. With `part: 'key'`, it's at the field's name. */
export function fieldProblem(
  file: { readonly path: string; readonly locate: Locate },
  field: string | readonly PropertyKey[],
  message: string,
  { fix = null, part = 'value' }: { readonly fix?: Fix | null; readonly part?: 'value' | 'key' } = {},
): Problem {
  const path = typeof field === 'string' ? [field] : field;
  return { file: file.path, field: fieldName(path), message, fix, ...file.locate(path, part) };
}

/** Formats a problem as one line for people. `root` is the content folder, as the user typed it. */
export function problemLine(problem: Problem, root: string): string {
  const { file, line, column, field, message } = problem;
  const path = root === '' ? file : `${root.replace(/\/+$/, '')}/${file}`;
  const about = field === null || field === '' ? '' : `${field.length > 80 ? `${field.slice(0, 79)}…` : field}: `;
  // File names and values can contain anything, including terminal escape sequences.
  return shownLine(`${path}:${line}:${column}  ${about}${message}`);
}

/** Formats a warning, which doesn't block publishing. */
export function warningLine(warning: Problem, root: string): string {
  return problemLine({ ...warning, message: `warning: ${warning.message}` }, root);
}

/** Sorts problems by file and position. */
export function inOrder(problems: readonly Problem[]): Problem[] {
  return problems.toSorted(
    (a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : 0) || a.line - b.line || a.column - b.column,
  );
}

/** What decoders return for bytes that aren't UTF-8. It may also be in the file itself. */
const replacement = '\uFFFD';

// Not Buffer, which the browser form doesn't have.
const encoder = new TextEncoder();

/** Returns the position of a character. For many characters in one text, use `placesIn`. */
export function placeOf(text: string, index: number): Place {
  return placesIn(text)(index);
}

function startsWith(bytes: Uint8Array, ...start: readonly number[]): boolean {
  return start.every((byte, index) => bytes[index] === byte);
}

/** Returns the text of a file without the byte order mark and CRLF that editors and Git on Windows add. */
export function textOf(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes).replaceAll('\r\n', '\n');
}

/** Returns the text with the line endings used in `bytes`. */
export function withLineEndsOf(bytes: Uint8Array, text: string): string {
  return new TextDecoder().decode(bytes).includes('\r\n') ? text.replaceAll('\n', '\r\n') : text;
}

/** Reports the first bytes that aren't UTF-8. */
function wrongBytes(path: string, bytes: Uint8Array): Problem | null {
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  let [from, offset] = [0, 0];
  for (let at = text.indexOf(replacement); at !== -1; at = text.indexOf(replacement, at + 1)) {
    // Everything before was decoded correctly, so its length in bytes is the offset.
    offset += encoder.encode(text.slice(from, at)).length;
    from = at;
    const rest = bytes.subarray(offset, offset + 3);
    if (startsWith(rest, 0xef, 0xbf, 0xbd)) continue;
    const byte = (rest[0] ?? 0).toString(16).toUpperCase().padStart(2, '0');
    const likely = new TextDecoder('windows-1252').decode(rest.subarray(0, 1));
    const message = `has the byte 0x${byte} ("${likely}" in Latin-1), which is not valid UTF-8. Save the file as UTF-8`;
    return fileProblem(path, message, placeOf(text, at));
  }
  return null;
}

/** Says what to do with a file that's blank. A page can't do without its YAML files. */
function toFill(path: string): string {
  if (path.endsWith('.yml')) return 'Add its fields, or restore an earlier version from git';
  return path.endsWith('.md') ? 'Add its fields and text, or delete it' : 'Add its content, or delete it';
}

/** Returns the text of a file with LF line endings, or what's wrong with its bytes. */
export function decode({ path, bytes, tooLarge }: SourceFile): string | Problem {
  // Files that are about to be written were never read from disk.
  const size = tooLarge ?? bytes.length;
  if (size > mostBytes(path)) {
    return fileProblem(
      path,
      `is ${Math.ceil(size / 1024)} KiB, and the limit is ${mostBytes(path) / 1024} KiB. Shorten it, or delete it if it is not content`,
    );
  }
  if (bytes.length === 0) return fileProblem(path, `is empty. ${toFill(path)}`);
  if (startsWith(bytes, 0xff, 0xfe) || startsWith(bytes, 0xfe, 0xff)) {
    return fileProblem(path, 'is UTF-16. Save it as UTF-8');
  }
  const wrong = wrongBytes(path, bytes);
  if (wrong !== null) return wrong;
  const text = textOf(bytes);
  if (text.trim() === '') return fileProblem(path, `has only blank lines. ${toFill(path)}`);
  const wrongAt = (index: number, message: string): Problem => fileProblem(path, message, placeOf(text, index));
  const nul = text.indexOf('\0');
  if (nul !== -1) return wrongAt(nul, 'has a NUL character. Delete it; if there are many, save the file as UTF-8');
  const conflict = text.search(/^(?:<{7} |>{7} |\|{7} )/m);
  if (conflict !== -1)
    return wrongAt(
      conflict,
      'has an unresolved merge conflict. Keep the right lines, and delete the ones that start with <<<<<<<, ======= and >>>>>>>',
    );
  const carriageReturn = text.indexOf('\r');
  if (carriageReturn !== -1)
    return wrongAt(
      carriageReturn,
      'has a carriage return (CR) that does not end a line. Delete it; if every line has one, save the file with LF',
    );
  const found = firstHidden(text);
  if (found === null) return text;
  // `hiddenReferences` reports those written as HTML references.
  const name = nameOfHidden(found.character);
  return wrongAt(
    found.index,
    `has the character ${name}, which is invisible. Delete it; if you pasted the text, retype it`,
  );
}
