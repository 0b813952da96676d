import type { Fix } from '../schema/text.ts';
import { firstHidden, nameOfHidden, shownLine } from '../schema/hidden.ts';

export const kibibyte = 1024;

/** Whether a file is an image, by its name. */
export const hasImageName = (path: string): boolean => /\.(?:png|jpe?g|gif|webp|avif|svg)$/i.test(path);

/**
 * The most bytes a file may have: ten thousand words in a text, a thousand components in a list, a screenshot that
 * loads quickly on a phone. What is larger is here by mistake, and is not even read.
 */
export function mostBytes(path: string): number {
  return (path.endsWith('.md') ? 64 : hasImageName(path) ? 1024 : 128) * kibibyte;
}

/** A file of the content folder as it is on disk. `path` is relative to that folder, with `/`. */
export type SourceFile = {
  readonly path: string;
  readonly bytes: Uint8Array;
  /** How many bytes it has, if these are so many that it was not read. */
  readonly tooLarge?: number;
};

/** The lines and columns of a place in a file, counted from 1. */
export type Place = { readonly line: number; readonly column: number };

const fileStart: Place = { line: 1, column: 1 };

/**
 * Tells where characters of a text stand; columns are UTF-16 units, as YAML's places and most editors
 * count. The lines are counted once, since there may be a problem on each.
 */
export function placesIn(text: string): (index: number) => Place {
  let starts: number[] | null = null;
  return (index) => {
    starts ??= [0, ...[...text.matchAll(/\n/g)].map((lineEnd) => lineEnd.index + 1)];
    let [low, high] = [0, starts.length - 1];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((starts[middle] ?? 0) <= index) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: index - (starts[low] ?? 0) + 1 };
  };
}

/** Something in the content that must be put right before it can be published. */
export type Problem = Place & {
  /** Relative to the content folder. */
  readonly file: string;
  /** The field it is about, as `components.checkout`; null when it is about the whole file. */
  readonly field: string | null;
  /** What is wrong and what to type instead: one line, no full stop needed. */
  readonly message: string;
  /** What to type at the place in the line; null when the line alone doesn't show what was meant. */
  readonly fix: Fix | null;
  /** A problem about a credential: nothing of the file's name or text may be shown. */
  readonly kind?: 'credential';
};

/** A path of names as people read it, as `actions.2.owner`: items of a list are counted from 1. */
export function fieldName(path: readonly PropertyKey[]): string | null {
  return path.length === 0 ? null : path.map((key) => String(typeof key === 'number' ? key + 1 : key)).join('.');
}

/** A problem with a file as a whole. */
export function fileProblem(file: string, message: string, place: Place = fileStart): Problem {
  return { file, field: null, message, fix: null, line: place.line, column: place.column };
}

/** The one line that a person reads; `root` is the content folder as they named it. */
export function problemLine(problem: Problem, root: string): string {
  const { file, line, column, field, message } = problem;
  const path = root === '' ? file : `${root.replace(/\/+$/, '')}/${file}`;
  const about = field === null || field === '' ? '' : `${field.length > 80 ? `${field.slice(0, 79)}…` : field}: `;
  // File names and values may hold anything; a terminal must not act on it.
  return shownLine(`${path}:${line}:${column}  ${about}${message}`);
}

/** The same for what keeps nothing from being published. */
export function warningLine(warning: Problem, root: string): string {
  return problemLine({ ...warning, message: `warning: ${warning.message}` }, root);
}

/** Problems in the order of files and lines. */
export function inOrder(problems: readonly Problem[]): Problem[] {
  return problems.toSorted(
    (a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : 0) || a.line - b.line || a.column - b.column,
  );
}

/** What a decoder puts where bytes are not UTF-8; a person may also have typed it. */
const replacement = '\uFFFD';

// Not Buffer, which the form in the browser would not have.
const encoder = new TextEncoder();

/** Where a character stands. For many in one text, `placesIn`. */
export function placeOf(text: string, index: number): Place {
  return placesIn(text)(index);
}

function startsWith(bytes: Uint8Array, ...start: readonly number[]): boolean {
  return start.every((byte, index) => bytes[index] === byte);
}

/** The text of a file without what editors and git on Windows add: a byte order mark, and CRLF for LF. */
export function textOf(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes).replaceAll('\r\n', '\n');
}

/** The text with the line endings that `bytes` have. */
export function withLineEndsOf(bytes: Uint8Array, text: string): string {
  return new TextDecoder().decode(bytes).includes('\r\n') ? text.replaceAll('\n', '\r\n') : text;
}

/** The first bytes that are not UTF-8. */
function wrongBytes(path: string, bytes: Uint8Array): Problem | null {
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  let [from, offset] = [0, 0];
  for (let at = text.indexOf(replacement); at !== -1; at = text.indexOf(replacement, at + 1)) {
    // All before is what the bytes say, so its length in bytes leads to the place.
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

/** The first hidden character, typed literally or as an HTML reference. */
function hidden(path: string, text: string): Problem | null {
  const found = firstHidden(text);
  if (found === null) return null;
  const advice = 'Delete it; if you pasted the text, retype it';
  return fileProblem(
    path,
    `has the character ${nameOfHidden(found.character)}, which is invisible. ${advice}`,
    placeOf(text, found.index),
  );
}

/** The text of a file with LF line endings, or what is wrong with its bytes. */
export function decode({ path, bytes, tooLarge }: SourceFile): string | Problem {
  // A file that is about to be written was never read from disk.
  const size = tooLarge ?? bytes.length;
  if (size > mostBytes(path)) {
    return fileProblem(
      path,
      `is ${Math.ceil(size / 1024)} KiB, and the limit is ${mostBytes(path) / 1024} KiB. Shorten it, or delete it if it is not content`,
    );
  }
  if (bytes.length === 0) return fileProblem(path, 'is empty. Add its fields and text, or delete it');
  if (startsWith(bytes, 0xff, 0xfe) || startsWith(bytes, 0xfe, 0xff)) {
    return fileProblem(path, 'is UTF-16. Save it as UTF-8');
  }
  const wrong = wrongBytes(path, bytes);
  if (wrong !== null) return wrong;
  const text = textOf(bytes);
  if (text.trim() === '') return fileProblem(path, 'has only blank lines. Add its fields and text, or delete it');
  const nul = text.indexOf('\0');
  if (nul !== -1) {
    return fileProblem(
      path,
      'has a NUL character. Delete it; if there are many, save the file as UTF-8',
      placeOf(text, nul),
    );
  }
  const conflict = /^(?:<{7} |>{7} |\|{7} )/m.exec(text)?.index;
  if (conflict !== undefined) {
    return fileProblem(
      path,
      'has an unresolved merge conflict. Keep the right lines, and delete the ones that start with <<<<<<<, ======= and >>>>>>>',
      placeOf(text, conflict),
    );
  }
  const carriageReturn = text.indexOf('\r');
  if (carriageReturn === -1) return hidden(path, text) ?? text;
  return fileProblem(
    path,
    'has a carriage return (CR) that does not end a line. Delete it; if every line has one, save the file with LF',
    placeOf(text, carriageReturn),
  );
}
