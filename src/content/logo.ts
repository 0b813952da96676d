import { XMLParser } from 'fast-xml-parser';
import type { Logo } from '../domain/settings.ts';
import { quote } from '../schema/text.ts';
import { decode } from './decode.ts';
import { fileProblem, type Problem } from './problem.ts';
import type { SourceFile } from './source-file.ts';

/** Every page carries the logo, and the smallest has 14 KiB in all. */
const mostBytes = 4096;

const namespace = 'http://www.w3.org/2000/svg';

/** The attributes of the outermost `svg`; null when the text is not an SVG image. */
function rootOf(text: string): Readonly<Record<string, unknown>> | null {
  const parser = new XMLParser({ ignoreAttributes: false, attributeNamePrefix: '', parseAttributeValue: false, processEntities: false });
  const root = (parser.parse(text) as Record<string, unknown>)['svg'];
  return typeof root === 'object' && root !== null ? { ...root } : null;
}

/** Width by height, from the viewBox or else from both lengths; null when neither says. */
function ratioOf(root: Readonly<Record<string, unknown>>): number | null {
  const [, , boxWidth, boxHeight] = String(root['viewBox'] ?? '').trim().split(/[\s,]+/).map(Number);
  const width = boxWidth ?? Number.parseFloat(String(root['width']));
  const height = boxHeight ?? Number.parseFloat(String(root['height']));
  return width > 0 && height > 0 && Number.isFinite(width / height) ? width / height : null;
}

/** The parser would have us take one package more to be strict; it can be so itself. */
type StrictParser = { readonly parse: (text: string, strict: true) => unknown };

/** What keeps a text from being XML, with its line; null when nothing does. */
function mistakeIn(text: string): string | null {
  try {
    const parser: StrictParser = new XMLParser();
    parser.parse(text, true);
    return null;
  } catch (error) {
    // fast-xml-parser: the message, the line and the column, with colons between.
    const [, message = String(error), line] = /^(.*):(\d+):\d+$/s.exec((error as Error).message) ?? [];
    return `${message.replace(/\.$/, '')}${line === undefined ? '' : ` (line ${line})`}`;
  }
}

/** What would leave readers without a logo: the message, or null. */
function fault(text: string, bytes: number): string | null {
  if (bytes > mostBytes) return `has ${bytes} bytes, and every page carries it. Export it as plain SVG with at most ${mostBytes}`;
  const mistake = mistakeIn(text);
  if (mistake !== null) return `is not well-formed: ${mistake}. Export it again as plain SVG`;
  const root = rootOf(text);
  if (root === null) return 'is not an SVG image. Export the logo as plain SVG';
  if (root['xmlns'] !== namespace) return `is not shown by browsers without a namespace. Type <svg xmlns="${namespace}" …>`;
  if (ratioOf(root) === null) return 'does not say its size. Type viewBox="0 0 WIDTH HEIGHT" in <svg …>';
  if (/<script[\s>]/i.test(text)) return 'has a script, which no browser runs in a logo. Delete it';
  const foreign = /(?:href\s*=\s*["']|url\(\s*["']?|@import\s+["'])((?:https?:)?\/\/[^"')\s]+)/i.exec(text)?.[1];
  return foreign === undefined ? null : `loads ${quote(foreign)}, which no browser does for a logo. Put what is there into the file`;
}

/** Reads the logo that `site.yml` names at `place`: a small SVG file beside it. */
export function readLogo(name: string, files: readonly SourceFile[], place: Omit<Problem, 'message'>): Logo | { readonly problems: readonly Problem[] } {
  const source = files.find(({ path }) => path === name);
  if (source === undefined) return { problems: [{ ...place, message: `${quote(name)} is not there. Put it beside site.yml, or delete this line` }] };
  const svg = decode(source);
  if (typeof svg !== 'string') return { problems: [svg] };
  const message = fault(svg, source.bytes.length);
  if (message !== null) return { problems: [fileProblem(name, message)] };
  return { file: name, svg, ratio: ratioOf(rootOf(svg) ?? {}) ?? 1 };
}
