import { firstHidden, nameOfHidden } from '../schema/hidden.ts';
import { fileProblem, type Problem } from './problem.ts';
import { placesIn } from './places.ts';
import { mostBytes, type Place, type SourceFile } from './source-file.ts';

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

/** The first bytes that are not UTF-8, in `text` as decoded from all of them. */
function wrongBytes(path: string, bytes: Uint8Array, text: string): Problem | null {
  let [from, offset] = [0, 0];
  for (let at = text.indexOf(replacement); at !== -1; at = text.indexOf(replacement, at + 1)) {
    // All before is what the bytes say, so its length in bytes leads to the place.
    offset += encoder.encode(text.slice(from, at)).length;
    from = at;
    const rest = bytes.subarray(offset, offset + 3);
    if (startsWith(rest, 0xef, 0xbf, 0xbd)) continue;
    const byte = (rest[0] ?? 0).toString(16).toUpperCase().padStart(2, '0');
    const likely = new TextDecoder('windows-1252').decode(rest.subarray(0, 1));
    const message = `holds the byte 0x${byte}: "${likely}" in Latin-1, but nothing in UTF-8. Save the file as UTF-8`;
    return fileProblem(path, message, placeOf(text, at));
  }
  return null;
}

/** The first character that nobody sees, typed as it is or as HTML's reference to it. */
function hidden(path: string, text: string): Problem | null {
  const found = firstHidden(text);
  if (found === null) return null;
  const advice = 'Delete it; perhaps it came with text from elsewhere, so type that again';
  return fileProblem(path, `holds the character ${nameOfHidden(found.character)}, which nobody sees. ${advice}`, placeOf(text, found.index));
}

/** The text of a file, or what is wrong with its bytes. */
export function decode({ path, bytes, tooLarge }: SourceFile): string | Problem {
  // A file that is about to be written was never read from disk.
  const size = tooLarge ?? bytes.length;
  if (size > mostBytes(path)) {
    return fileProblem(path, `has ${Math.ceil(size / 1024)} KiB, and ${mostBytes(path) / 1024} KiB is the most that a file may have. Shorten it, or delete it if it came here by mistake`);
  }
  if (bytes.length === 0) return fileProblem(path, 'is empty. Type its fields and text, or delete it');
  if (startsWith(bytes, 0xff, 0xfe) || startsWith(bytes, 0xfe, 0xff)) {
    return fileProblem(path, 'is UTF-16. Save it as UTF-8');
  }
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  const wrong = wrongBytes(path, bytes, text);
  if (wrong !== null) return wrong;
  if (text.startsWith('\uFEFF')) {
    return fileProblem(path, 'begins with a byte order mark. Save it as UTF-8 without BOM');
  }
  if (text.trim() === '') return fileProblem(path, 'holds only blank lines. Type its fields and text, or delete it');
  const nul = text.indexOf('\0');
  if (nul !== -1) {
    return fileProblem(path, 'holds a NUL character. Delete it; if there are many, save the file as UTF-8', placeOf(text, nul));
  }
  const conflict = /^(?:<{7} |>{7} |\|{7} )/m.exec(text)?.index;
  if (conflict !== undefined) {
    return fileProblem(path, 'holds a merge conflict that git left. Keep the lines that are right, and delete those that begin with <<<<<<<, ======= and >>>>>>>', placeOf(text, conflict));
  }
  const carriageReturn = text.indexOf('\r');
  if (carriageReturn === -1) return hidden(path, text) ?? text;
  return fileProblem(path, 'has Windows line ends (CRLF). Choose LF in the editor and save it again', placeOf(text, carriageReturn));
}
