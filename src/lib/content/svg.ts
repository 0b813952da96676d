import { XMLParser } from 'fast-xml-parser';
import { Parser } from 'htmlparser2';
import { quote } from '../schema/text.ts';

const namespace = 'http://www.w3.org/2000/svg';

type Root = Readonly<Record<string, unknown>>;

/** Returns the attributes of the root `svg` element; null if the text isn't an SVG image. */
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

/** Width and height in pixels. `ratio` is that of the viewBox if there is one. */
export type SvgSize = { readonly width: number; readonly height: number; readonly ratio: number };

/** Returns the size based on the viewBox, the lengths, or both; null if there's neither. */
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
  // `100%` and `10em` depend on the context.
  const isAbsolute = [width, height].every((length) => /^[\d.]+(?:px)?$/.test(length.trim())) && isShape(lengths);
  const [shownWidth, shownHeight] = isAbsolute ? lengths : shape;
  return { width: shownWidth, height: shownHeight, ratio: shape[0] / shape[1] };
}

/** Allows strict mode, which the parser's types deprecate in favor of another package. */
type StrictParser = { readonly parse: (text: string, strict: true) => unknown };

/** Returns why a text isn't XML, with the line; null if it is. */
function mistakeIn(text: string): string | null {
  try {
    const parser: StrictParser = new XMLParser();
    parser.parse(text, true);
    return null;
  } catch (error) {
    // fast-xml-parser's format: message, line and column, separated by colons.
    const [, message = String(error), line] = /^(.*):(\d+):\d+$/s.exec((error as Error).message) ?? [];
    return `${message.replace(/\.$/, '')}${line === undefined ? '' : ` (line ${line})`}`;
  }
}

/** Returns the size of an SVG image, or a message that says why readers wouldn't see it. */
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

/** Removes the prefix from a name, because any namespace can have any prefix. */
const local = (name: string): string => name.slice(name.indexOf(':') + 1).toLowerCase();

const runs = new Set(['script', 'foreignobject', 'iframe', 'embed', 'object', 'handler', 'listener']);

/** Returns the active part of an element; null if it's only part of a picture. */
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
 * Returns the first active part of a well-formed SVG image; null if there is none. On pages, browsers don't run
 * scripts in images, but anyone can open the file itself, which is served from the status page's origin.
 */
export function activePart(text: string): string | null {
  let found: string | null = null;
  const parser = new Parser(
    {
      onopentag: (name, attributes) => (found ??= activeIn(name, attributes)),
      onprocessinginstruction: (name, data) => {
        // Stylesheets may be XSLT, and an internal subset can define elements.
        if (name === '?xml-stylesheet' || (/^!doctype/i.test(name) && data.includes('['))) found ??= `<${name}>`;
      },
    },
    { xmlMode: true },
  );
  parser.end(text);
  return found;
}
