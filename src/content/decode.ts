import { fileProblem, type Problem } from './problem.ts';
import type { Place, SourceFile } from './source-file.ts';

const lineFeed = 0x0a;

function placeOf(bytes: Uint8Array, index: number): Place {
  let line = 1;
  let lineStart = 0;
  for (let at = bytes.indexOf(lineFeed); at !== -1 && at < index; at = bytes.indexOf(lineFeed, at + 1)) {
    line += 1;
    lineStart = at + 1;
  }
  return { line, column: index - lineStart + 1 };
}

/** The first byte that cannot be part of UTF-8. */
function firstWrongByte(bytes: Uint8Array): number {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let good = 0;
  let bad = bytes.length;
  // The longest prefix that decodes as the beginning of UTF-8.
  while (good < bad) {
    const middle = Math.ceil((good + bad) / 2);
    try {
      decoder.decode(bytes.subarray(0, middle), { stream: true });
      good = middle;
    } catch {
      bad = middle - 1;
    }
    decoder.decode(new Uint8Array(), { stream: false });
  }
  return good;
}

function wrongEncoding({ path, bytes }: SourceFile): Problem | null {
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)) {
    return fileProblem(path, 'is UTF-16. Save it as UTF-8');
  }
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return null;
  } catch {
    const index = firstWrongByte(bytes);
    const byte = (bytes[index] ?? 0).toString(16).toUpperCase().padStart(2, '0');
    const message = `is not UTF-8: byte 0x${byte} looks like Latin-1. Save it as UTF-8, or run: iconv -f latin1 -t utf-8`;
    return fileProblem(path, message, placeOf(bytes, index));
  }
}

/** The text of a file, or what is wrong with its bytes. */
export function decode(file: SourceFile): string | Problem {
  const { path, bytes } = file;
  if (bytes.length === 0) return fileProblem(path, 'is empty. Type its fields and text, or delete it');
  const wrong = wrongEncoding(file);
  if (wrong !== null) return wrong;
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) {
    return fileProblem(path, 'begins with a byte order mark. Save it as UTF-8 without BOM');
  }
  const text = new TextDecoder('utf-8').decode(bytes);
  if (text.trim() === '') return fileProblem(path, 'holds only blank lines. Type its fields and text, or delete it');
  const carriageReturn = text.indexOf('\r');
  if (carriageReturn !== -1) {
    const place = placeOf(bytes, bytes.indexOf(0x0d));
    return fileProblem(path, `has Windows line ends (CRLF). Save it with LF, or run: sed -i 's/\\r$//'`, place);
  }
  const nul = bytes.indexOf(0);
  if (nul !== -1) return fileProblem(path, 'holds a NUL byte. Delete that character', placeOf(bytes, nul));
  return text;
}
