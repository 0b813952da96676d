import { XMLParser } from 'fast-xml-parser';
import { Parser } from 'htmlparser2';
import { quote } from '../schema/text.ts';

const namespace = 'http://www.w3.org/2000/svg';

type Root = Readonly<Record<string, unknown>>;

/** The attributes of the outermost `svg`; null when the text is not an SVG image. */
function rootOf(text: string): Root | null {
  const parser = new XMLParser({
    ignoreAttributes: false,
    attributeNamePrefix: '',
    parseAttributeValue: false,
    processEntities: false,
  });
  const root = (parser.parse(text) as Record<string, unknown>)['svg'];
  return typeof root === 'object' && root !== null ? { ...root } : null;
}

/** Width and height in pixels. `ratio` is that of the viewBox, if there is one. */
export type SvgSize = { readonly width: number; readonly height: number; readonly ratio: number };

/** From the viewBox, the lengths, or both; null when neither says. */
function sizeOf(root: Root): SvgSize | null {
  const [, , boxWidth = NaN, boxHeight = NaN] = String(root['viewBox'] ?? '')
    .trim()
    .split(/[\s,]+/)
    .map(Number);
  const [width, height] = ['width', 'height'].map((name) => String(root[name] ?? '')) as [string, string];
  const lengths = [Number.parseFloat(width), Number.parseFloat(height)] as const;
  const isShape = ([a, b]: readonly [number, number]): boolean => a > 0 && b > 0 && Number.isFinite(a / b);
  const hasBox = root['viewBox'] !== undefined && !Number.isNaN(boxWidth);
  const shape = hasBox ? ([boxWidth, boxHeight] as const) : lengths;
  if (!isShape(shape)) return null;
  // `100%` and `10em` depend on where the image is shown.
  const isAbsolute = [width, height].every((length) => /^[\d.]+(?:px)?$/.test(length.trim())) && isShape(lengths);
  const [shownWidth, shownHeight] = isAbsolute ? lengths : shape;
  return { width: shownWidth, height: shownHeight, ratio: shape[0] / shape[1] };
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

/** The size of an SVG image, or what would keep readers from seeing it: a message. */
export function readSvg(text: string): SvgSize | string {
  const mistake = mistakeIn(text);
  if (mistake !== null) return `is not well-formed: ${mistake}. Export it again as plain SVG`;
  const root = rootOf(text);
  if (root === null) return 'is not an SVG image. Export it as plain SVG';
  if (root['xmlns'] !== namespace)
    return `has no namespace, so browsers do not show it. Start it with <svg xmlns="${namespace}" …>`;
  const size = sizeOf(root);
  if (size === null) return 'has no size. Add viewBox="0 0 WIDTH HEIGHT" to <svg …>';
  if (/<script[\s>]/i.test(text)) return 'has a script, which browsers do not run in an image. Delete it';
  const foreign = /(?:href\s*=\s*["']|url\(\s*["']?|@import\s+["'])((?:https?:)?\/\/[^"')\s]+)/i.exec(text)?.[1];
  return foreign === undefined
    ? size
    : `loads ${quote(foreign)}, which browsers do not load in an image. Embed it in the file`;
}

/** A name without its prefix, which any namespace may have. */
const local = (name: string): string => name.slice(name.indexOf(':') + 1).toLowerCase();

const runs = new Set(['script', 'foreignobject', 'iframe', 'embed', 'object', 'handler', 'listener']);

/** What makes an element more than a part of a picture; null for nothing. */
function activeIn(name: string, attributes: Readonly<Record<string, string>>): string | null {
  if (runs.has(local(name))) return `<${name}>`;
  for (const [key, value] of Object.entries(attributes)) {
    const isHandler =
      local(key).startsWith('on') || (local(key) === 'attributename' && /^(?:on|.*href)/i.test(value.trim()));
    if (isHandler) return `${key}="${value.slice(0, 20)}"`;
    const isAddress = ['href', 'src'].includes(local(key));
    if (isAddress && !/^(?:#|data:image\/(?:png|jpeg|gif|webp)[;,])/i.test(value.trim()))
      return `${key}="${value.slice(0, 20)}"`;
  }
  return null;
}

/**
 * What in a well-formed SVG image could act, rather than be seen; null for nothing. In a page, browsers show an image
 * without its scripts, but anyone can open the file itself, which has the address of the status page.
 */
export function activePart(text: string): string | null {
  let found: string | null = null;
  const parser = new Parser(
    {
      onopentag: (name, attributes) => (found ??= activeIn(name, attributes)),
      onprocessinginstruction: (name, data) => {
        // A style sheet may be a transformation, and an internal subset may define elements.
        if (name === '?xml-stylesheet' || (/^!doctype/i.test(name) && data.includes('['))) found ??= `<${name}>`;
      },
    },
    { xmlMode: true },
  );
  parser.end(text);
  return found;
}
