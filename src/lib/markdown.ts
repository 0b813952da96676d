import { Marked, Renderer, type Token, Tokenizer, type Tokens } from 'marked';
import sanitizeHtml from 'sanitize-html';
import { type Direction, withDirections } from './words/direction.ts';

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Text as HTML or XML text and attribute values. */
export function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"]/g, (sign) => entities[sign] ?? sign);
}

/** Text without the characters that XML 1.0 cannot hold at all. */
export function xmlSafe(text: string): string {
  return text.replaceAll(
    /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g,
    '\ufffd',
  );
}

/**
 * The names of HTML's elements that a text may hold, shown or left out. Not among them are those
 * that would take the text behind them for their own (`title`, `textarea`, `xmp`) or drop it
 * (`option`): to a writer they are words.
 */
const known = new Set(
  (
    'a abbr acronym address applet area article aside audio b base basefont bdi bdo big blink blockquote body br button canvas caption center cite code col colgroup ' +
    'data datalist dd del details dfn dialog dir div dl dt em embed fieldset figcaption figure font footer form frame frameset ' +
    'h1 h2 h3 h4 h5 h6 head header hgroup hr html i iframe img input ins kbd label legend li link ' +
    'main map mark marquee math menu meta meter nav nobr noframes noscript object ol optgroup output p param picture portal pre progress q ' +
    'rp rt ruby s samp script search section select slot small source span strike strong style sub summary sup svg ' +
    'table tbody td template tfoot th thead time tr track tt u ul var video wbr'
  ).split(' '),
);

/**
 * HTML in which tags that HTML does not know, as `<host>`, are the text that they were typed as. The rest is as it was.
 */
export function unknownTagsAsText(html: string): string {
  // No tag ends behind the last `>`, and looking for that from each `<` would take long.
  const end = html.lastIndexOf('>') + 1;
  const tags = html
    .slice(0, end)
    .replaceAll(/<\/?([a-z][^\s/>]*)[^>]*>/gi, (tag, name: string) =>
      known.has(name.toLowerCase()) ? tag : tag.replaceAll('<', '&lt;').replaceAll('>', '&gt;'),
    );
  return `${tags}${html.slice(end)}`;
}

/** Escapes text for HTML. References in it, such as `&copy;`, stay. */
const escapeText = (text: string): string =>
  text
    .replaceAll(/&(?!(?:#\d{1,7}|#[xX][\da-fA-F]{1,6}|\w+);)/g, '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');

/** An address as people read it: `%C3%A4` is ä, and what would change its meaning, such as `%2F`, stays. */
function readable(address: string): string {
  try {
    return decodeURI(address.replaceAll('%25', '%2525'));
  } catch {
    return address;
  }
}

/**
 * Writes HTML with the white space that updates have always had. Feed readers compare the content of an item, and show
 * it again as new when one byte differs.
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

  /** A bare address is shown without its percent signs, where they stand for letters. */
  override link(token: Tokens.Link): string {
    return super.link(token.autolink === true ? { ...token, text: readable(token.text) } : token);
  }

  override del({ tokens }: Tokens.Del): string {
    return `<s>${this.parser.parseInline(tokens)}</s>`;
  }

  /** `<host>` in a sentence is a word; HTML would leave it out. */
  override html({ text, block }: Tokens.HTML | Tokens.Tag): string {
    return `${unknownTagsAsText(text)}${block === true && !text.endsWith('\n') ? '\n' : ''}`;
  }

  /** The cleaning would remove a check box. */
  override checkbox({ checked }: Tokens.Checkbox): string {
    return checked ? '[x] ' : '[ ] ';
  }

  /** Blanks around a paragraph go, unless they were written as references, such as `&#9;`. */
  private trimmed(text: string, tokens: Token[]): string {
    const html = this.parser.parseInline(tokens);
    return /^[ \t\n]|[ \t\n]$/.test(text) ? html.replaceAll(/^[ \t\n]+|[ \t\n]+$/g, '') : html;
  }
}

/**
 * The characters of a bare address. A quotation mark ends it, and so does a bracket that it didn't open or punctuation
 * outside of ASCII, such as `”` and `、`. Its length is limited because marked looks at an address again and again.
 */
const bareAddress = /^(?:[!#-;=-Z\\^-z|~]|[^\x00-\x7f\s\p{P}]|\[[^\s[\]]*\]|\{[^\s{}]*\}){1,2000}/u;

/** Finds what GitHub would find, except as noted. */
class StatusTokenizer extends Tokenizer {
  /** Only http, www and mail addresses become links where they aren't marked as one. */
  override url(src: string): Tokens.Link | undefined {
    if (/^(?:ftp|xmpp):/i.test(src)) return undefined;
    return super.url(/^(?:https?:|www\.)/i.test(src) ? (bareAddress.exec(src)?.[0] ?? src) : src);
  }

  /** `~5 to ~10` is about numbers: only two tildes strike out. */
  override del(src: string, masked: string, previous?: string): Tokens.Del | undefined {
    return /^~~(?!~)/.test(src) ? super.del(src, masked, previous) : undefined;
  }
}

const isOpenFence = (code: string): boolean => /^ {0,3}[`~]/.test(code) && !/\n {0,3}(?:`{3,}|~{3,}) *\n?$/.test(code);

/** Turns markdown into HTML that still needs cleaning. */
function parser(breaks: boolean): (markdown: string) => string {
  // Not with `use`, which copies the properties of an object and misses the methods of a class.
  const options = { gfm: true, breaks, renderer: new SteadyRenderer(), tokenizer: new StatusTokenizer() };
  const marked = new Marked().setOptions(options);
  return (markdown) => {
    const tokens = marked.lexer(markdown);
    const html = marked.parser(tokens);
    const last = tokens.at(-1);
    // HTML or a fence that nothing closes ends with the text, and the text seldom ends with a line end.
    if (last === undefined || markdown.endsWith('\n')) return html;
    if (last.type === 'html') return html.trimEnd();
    return last.type === 'code' && isOpenFence(last.raw) ? html.replace(/\n<\/code><\/pre>\n$/, '</code></pre>') : html;
  };
}

/** Updates: a line break is a line break, as on Statuspage. */
const updateMarkdown = parser(true);
/** Postmortems: paragraphs may be wrapped. */
const articleMarkdown = parser(false);

const headings = { h1: 'h2', h2: 'h3', h3: 'h4', h4: 'h5', h5: 'h6' } as const;

const allowedTags = [
  ...['p', 'br', 'hr', 'blockquote', 'pre', 'code', 'ul', 'ol', 'li', 'h2', 'h3', 'h4', 'h5', 'h6'],
  ...['a', 'b', 'strong', 'i', 'em', 's', 'del', 'u', 'sub', 'sup', 'small', 'kbd', 'mark', 'abbr'],
  ...['img', 'table', 'thead', 'tbody', 'tr', 'th', 'td', 'details', 'summary', 'span', 'div'],
];

const harmlessTag = new RegExp(String.raw`^</?(?:${allowedTags.join('|')})(?:\s(?!on|style)[a-z]+(?:="[^"<>]*")?)*>$`);

/**
 * Stops at a tag that isn't on the list, whatever the sanitizer made of it: a page's policy allows the scripts that the
 * page has, so no script may come from here. In clean HTML every `<` begins a tag, and no value holds a `>`.
 */
export function requireHarmless(html: string): string {
  for (let at = html.indexOf('<'); at !== -1; at = html.indexOf('<', at + 1)) {
    if (!harmlessTag.test(html.slice(at, html.indexOf('>', at) + 1)))
      throw new Error(`the cleaned HTML of a text has ${html.slice(at, at + 40)}`);
  }
  return html;
}

/** The published images that a text shows, by the address that it says. Sizes are in pixels. */
export type PublishedImages = ReadonlyMap<
  string,
  { readonly address: string; readonly width: number; readonly height: number }
>;

const noImages: PublishedImages = new Map();

/**
 * What is left of HTML that comes from outside. Links and images without a host are taken from `base`, except for
 * `images`. The page has the only `h1`: with `shift`, all headings move down a level, without it only the first.
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
        // A page served over https loads no image over http; a page served over http may load its own.
        const canLoad = image !== undefined || absolute?.startsWith('https:') === true;
        return { tagName, attribs: absolute !== undefined && canLoad ? { ...attribs, src: absolute } : attribs };
      },
    },
    exclusiveFilter: ({ tag, attribs }) => tag === 'img' && attribs['src'] === undefined,
  });
  // The sanitizer writes void elements as XML does; in text and values it escapes every `>`.
  return requireHarmless(safe.replaceAll(' />', '>'));
}

/**
 * The HTML of an update, for a `page` of that direction. Links without a host are taken from `base`, its own address.
 */
export function updateHtml(markdown: string, base: string, images = noImages, page: Direction = 'ltr'): string {
  return withDirections(cleanHtml(updateMarkdown(markdown), base, true, images).trim(), page);
}

/** The HTML of a postmortem; its `##` stays an `h2`. */
export function articleHtml(markdown: string, base: string, images = noImages, page: Direction = 'ltr'): string {
  return withDirections(cleanHtml(articleMarkdown(markdown), base, false, images).trim(), page);
}
