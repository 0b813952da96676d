import { Marked, Renderer, type Token, Tokenizer, type Tokens } from 'marked';
import sanitizeHtml from 'sanitize-html';
import { type Direction, withDirections } from './words/direction.ts';

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Escapes text for HTML and XML, including attribute values. */
export function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"]/g, (sign) => entities[sign] ?? sign);
}

/** Replaces characters that XML 1.0 doesn't allow in any form. */
export function xmlSafe(text: string): string {
  return text.replaceAll(
    /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g,
    '\ufffd',
  );
}

/** Removed elements that show something besides the text in them. Without them, readers miss it. */
export const removedMedia =
  'applet audio canvas embed frame iframe input math meter object portal progress select svg video'.split(' ');

/**
 * HTML elements that a text can contain, whether they're shown or removed. Excludes elements that would swallow the
 * text after them (`title`, `textarea`, `xmp`) or drop it (`option`), because authors who write those mean the word.
 */
const known = new Set([
  ...removedMedia,
  ...(
    'a abbr acronym address area article aside b base basefont bdi bdo big blink blockquote body br button caption center cite code col colgroup ' +
    'data datalist dd del details dfn dialog dir div dl dt em fieldset figcaption figure font footer form frameset ' +
    'h1 h2 h3 h4 h5 h6 head header hgroup hr html i img ins kbd label legend li link ' +
    'main map mark marquee menu meta nav nobr noframes noscript ol optgroup output p param picture pre q ' +
    'rp rt ruby s samp script search section slot small source span strike strong style sub summary sup ' +
    'table tbody td template tfoot th thead time tr track tt u ul var wbr'
  ).split(' '),
]);

/**
 * Escapes tags that HTML doesn't have, such as `<host>`, so that they're shown as typed. Leaves the rest unchanged.
 */
export function unknownTagsAsText(html: string): string {
  // No tag ends after the last `>`, and searching that part from each `<` would be slow.
  const end = html.lastIndexOf('>') + 1;
  const tags = html
    .slice(0, end)
    .replaceAll(/<\/?([a-z][^\s/>]*)[^>]*>/gi, (tag, name: string) =>
      known.has(name.toLowerCase()) ? tag : tag.replaceAll('<', '&lt;').replaceAll('>', '&gt;'),
    );
  return `${tags}${html.slice(end)}`;
}

/** Escapes text for HTML, except references such as `&copy;`. */
const escapeText = (text: string): string =>
  text
    .replaceAll(/&(?!(?:#\d{1,7}|#[xX][\da-fA-F]{1,6}|\w+);)/g, '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');

/** Makes a URL readable: decodes `%C3%A4` to ä, but keeps escapes that matter, such as `%2F`. */
function readable(address: string): string {
  try {
    return decodeURI(address.replaceAll('%25', '%2525'));
  } catch {
    return address;
  }
}

/**
 * Renders HTML with the same whitespace as always. Feed readers compare items byte by byte, and show changed
 * ones as new.
 */
class SteadyRenderer extends Renderer {
  override text(token: Tokens.Text | Tokens.Escape): string {
    if ('tokens' in token && token.tokens !== undefined) return this.trimmed(token.text, token.tokens);
    return escapeText(token.text).replaceAll(/[ \t]*\n[ \t]*/g, '\n');
  }

  override paragraph({ text, tokens }: Tokens.Paragraph): string {
    return `<p>${this.trimmed(text, tokens)}</p>\n`;
  }

  override listitem({ tokens }: Tokens.ListItem): string {
    const blocks = tokens.filter(({ type }) => type !== 'space' && type !== 'def');
    const html = blocks.map((block, index) => {
      const next = blocks[index + 1];
      const isAboveBlock = block.type === 'text' && next !== undefined && next.type !== 'code' && next.type !== 'html';
      return `${this.parser.parse([block])}${isAboveBlock ? '\n' : ''}`;
    });
    const [first] = blocks;
    const beginsWithBlock = first !== undefined && first.type !== 'text' && first.type !== 'checkbox';
    return `<li>${beginsWithBlock ? '\n' : ''}${html.join('')}</li>\n`;
  }

  override table(token: Tokens.Table): string {
    return super
      .table(token)
      .replace('</thead>\n<tbody>', '</thead>\n<tbody>\n')
      .replace(/<\/tbody><\/table>\n$/, '</tbody>\n</table>\n');
  }

  override blockquote({ tokens }: Tokens.Blockquote): string {
    const html = this.parser.parse(tokens);
    return `<blockquote>${html === '' ? '' : `\n${html}`}</blockquote>\n`;
  }

  /** Decodes letters in the text of a bare URL. */
  override link(token: Tokens.Link): string {
    return super.link(token.autolink === true ? { ...token, text: readable(token.text) } : token);
  }

  override del({ tokens }: Tokens.Del): string {
    return `<s>${this.parser.parseInline(tokens)}</s>`;
  }

  /** Keeps words like `<host>` in a sentence, which HTML would hide. */
  override html({ text, block }: Tokens.HTML | Tokens.Tag): string {
    return `${unknownTagsAsText(text)}${block === true && !text.endsWith('\n') ? '\n' : ''}`;
  }

  /** The sanitizer would remove a checkbox. */
  override checkbox({ checked }: Tokens.Checkbox): string {
    return checked ? '[x] ' : '[ ] ';
  }

  /** Trims a paragraph, except for whitespace written as references, such as `&#9;`. */
  private trimmed(text: string, tokens: Token[]): string {
    const html = this.parser.parseInline(tokens);
    return /^[ \t\n]|[ \t\n]$/.test(text) ? html.replaceAll(/^[ \t\n]+|[ \t\n]+$/g, '') : html;
  }
}

/**
 * The characters of a bare URL. It ends at a quotation mark, at a bracket that it didn't open, or at punctuation
 * outside of ASCII, such as `”` and `、`. The length is limited because marked scans a URL repeatedly.
 */
const bareAddress = /^(?:[!#-;=-Z\\^-z|~]|[^\x00-\x7f\s\p{P}]|\[[^\s[\]]*\]|\{[^\s{}]*\}){1,2000}/u;

/** Tokenizes like GitHub, except as noted. */
class StatusTokenizer extends Tokenizer {
  /** Only auto-links http and www URLs and email addresses. */
  override url(src: string): Tokens.Link | undefined {
    if (/^(?:ftp|xmpp):/i.test(src)) return undefined;
    return super.url(/^(?:https?:|www\.)/i.test(src) ? (bareAddress.exec(src)?.[0] ?? src) : src);
  }

  /** Only two tildes strike through, because `~5 to ~10` means numbers. */
  override del(src: string, masked: string, previous?: string): Tokens.Del | undefined {
    return /^~~(?!~)/.test(src) ? super.del(src, masked, previous) : undefined;
  }
}

const isOpenFence = (code: string): boolean => /^ {0,3}[`~]/.test(code) && !/\n {0,3}(?:`{3,}|~{3,}) *\n?$/.test(code);

/** Returns a function that converts Markdown to HTML that isn't sanitized yet. */
function parser(breaks: boolean): (markdown: string) => string {
  // Not `use`: it copies an object's properties, and misses the methods of a class.
  const options = { gfm: true, breaks, renderer: new SteadyRenderer(), tokenizer: new StatusTokenizer() };
  const marked = new Marked().setOptions(options);
  return (markdown) => {
    const tokens = marked.lexer(markdown);
    const html = marked.parser(tokens);
    const last = tokens.at(-1);
    // Unclosed HTML and fences end with the text, which rarely ends with a line break.
    if (last === undefined || markdown.endsWith('\n')) return html;
    if (last.type === 'html') return html.trimEnd();
    return last.type === 'code' && isOpenFence(last.raw) ? html.replace(/\n<\/code><\/pre>\n$/, '</code></pre>') : html;
  };
}

/** Updates keep line breaks, as on Statuspage. */
const updateMarkdown = parser(true);
/** Postmortems can be hard-wrapped. */
const articleMarkdown = parser(false);

const headings = { h1: 'h2', h2: 'h3', h3: 'h4', h4: 'h5', h5: 'h6' } as const;

const allowedTags = [
  ...['p', 'br', 'hr', 'blockquote', 'pre', 'code', 'ul', 'ol', 'li', 'h2', 'h3', 'h4', 'h5', 'h6'],
  ...['a', 'b', 'strong', 'i', 'em', 's', 'del', 'u', 'sub', 'sup', 'small', 'kbd', 'mark', 'abbr'],
  ...['img', 'table', 'thead', 'tbody', 'tr', 'th', 'td', 'details', 'summary', 'span', 'div'],
];

const harmlessTag = new RegExp(String.raw`^</?(?:${allowedTags.join('|')})(?:\s(?!on|style)[a-z]+(?:="[^"<>]*")?)*>$`);

/**
 * Throws at any tag that isn't on the list, even if the sanitizer let it through. A page's policy allows all scripts
 * on the page, so none may come from here. In sanitized HTML, every `<` starts a tag, and no value contains `>`.
 */
export function requireHarmless(html: string): string {
  for (let at = html.indexOf('<'); at !== -1; at = html.indexOf('<', at + 1)) {
    if (!harmlessTag.test(html.slice(at, html.indexOf('>', at) + 1)))
      throw new Error(`the cleaned HTML of a text has ${html.slice(at, at + 40)}`);
  }
  return html;
}

/** The published images in a text, by their path as written. Sizes are in pixels. */
export type PublishedImages = ReadonlyMap<
  string,
  { readonly address: string; readonly width: number; readonly height: number }
>;

const noImages: PublishedImages = new Map();

/**
 * Sanitizes untrusted HTML. Resolves relative links and images against `base`, except for `images`. The page has the
 * only `h1`, so `shift` moves all headings down a level; without it, only `h1` becomes `h2`.
 */
export function cleanHtml(html: string, base: string, shift: boolean, images = noImages): string {
  const address = (given: string): string | undefined => images.get(given)?.address ?? URL.parse(given, base)?.href;
  const safe = sanitizeHtml(html, {
    allowedTags,
    allowedAttributes: {
      a: ['href', 'title'],
      img: ['src', 'alt', 'title', 'width', 'height', 'loading'],
      th: ['align', 'scope'],
      td: ['align'],
      ol: ['start'],
      li: ['value'],
      abbr: ['title'],
      '*': ['dir', 'lang'],
    },
    allowedSchemes: ['http', 'https', 'mailto', 'tel', 'sms'],
    allowedSchemesByTag: { img: ['https', 'http'] },
    allowProtocolRelative: false,
    transformTags: {
      ...(shift ? headings : { h1: 'h2' }),
      a: (tagName, { href, ...rest }) => {
        const absolute = href === undefined ? undefined : address(href);
        return { tagName, attribs: absolute === undefined ? rest : { ...rest, href: absolute } };
      },
      img: (tagName, { src, ...rest }) => {
        const image = images.get(src ?? '');
        const isSized = rest['width'] !== undefined || rest['height'] !== undefined;
        const size = image === undefined || isSized ? {} : { width: `${image.width}`, height: `${image.height}` };
        const attribs = { ...rest, ...size, alt: rest['alt'] ?? '', loading: 'lazy' };
        const absolute = src === undefined ? undefined : address(src);
        // Pages served over https can't load images over http. Pages served over http can load their own images.
        const canLoad = image !== undefined || absolute?.startsWith('https:') === true;
        return { tagName, attribs: absolute !== undefined && canLoad ? { ...attribs, src: absolute } : attribs };
      },
    },
    exclusiveFilter: ({ tag, attribs }) => tag === 'img' && attribs['src'] === undefined,
  });
  // The sanitizer writes void elements in XML style. In text and values, it escapes every `>`.
  return requireHarmless(safe.replaceAll(' />', '>'));
}

/**
 * Renders an update to HTML, for a `page` with that direction. Resolves relative links against `base`, the page's URL.
 */
export function updateHtml(markdown: string, base: string, images = noImages, page: Direction = 'ltr'): string {
  return withDirections(cleanHtml(updateMarkdown(markdown), base, true, images).trim(), page);
}

/** Renders a postmortem to HTML. Its `##` headings remain `h2`. */
export function articleHtml(markdown: string, base: string, images = noImages, page: Direction = 'ltr'): string {
  return withDirections(cleanHtml(articleMarkdown(markdown), base, false, images).trim(), page);
}
