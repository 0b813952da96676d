import MarkdownIt, { type MarkdownIt as Parser } from 'markdown-it';
import sanitizeHtml from 'sanitize-html';
import { unknownTagsAsText } from './html-names.ts';

const wwwAddress = /[^\s<>"'()[\]]*[^\s<>"'()[\].,;:!?*_~]/y;

/** How long an address is from behind its `www.`; signs that end a sentence are no part of it. */
function wwwLength(text: string, from: number): number {
  wwwAddress.lastIndex = from;
  return wwwAddress.exec(text)?.[0].length ?? 0;
}

/** What turns markdown into HTML; whatever comes out is cleaned, so that nothing need be refused here. */
function parser(breaks: boolean): Parser {
  const markdown = new MarkdownIt({ html: true, linkify: true, breaks });
  markdown.validateLink = () => true;
  // GitHub's rule: what begins with http or www is a link; `README.md` in a sentence is none.
  markdown.linkify.set({ fuzzyLink: false }).add('ftp:', null).add('//', null);
  markdown.linkify.add('www.', { validate: wwwLength, normalize: (match) => void (match.url = `http://${match.url}`) });
  const { rules } = markdown.renderer;
  rules.hardbreak = () => '<br>';
  if (breaks) rules.softbreak = rules.hardbreak;
  // `<host>` in a sentence is a word; HTML would leave it out.
  for (const kind of ['html_inline', 'html_block'] as const) rules[kind] = (tokens, index) => unknownTagsAsText(tokens[index]?.content ?? '');
  for (const cell of ['th_open', 'td_open'] as const) {
    rules[cell] = (tokens, index) => {
      // Aligned by a style, which the page would not heed.
      const align = /\b(?:left|right|center)$/.exec(String(tokens[index]?.attrGet('style')))?.[0];
      return `<${cell.slice(0, 2)}${align === undefined ? '' : ` align="${align}"`}>`;
    };
  }
  return markdown;
}

/** What people write in updates: a line break is a line break, as on Statuspage. */
const updateMarkdown = parser(true);
/** What people write in postmortems: paragraphs may be wrapped. */
const articleMarkdown = parser(false);

const headings = { h1: 'h2', h2: 'h3', h3: 'h4', h4: 'h5', h5: 'h6' } as const;

/** What is left of HTML that comes from outside. Headings move down: the page has the only `h1`. */
function clean(html: string, base: string, shift: boolean): string {
  const address = (given: string | undefined): string | undefined =>
    given !== undefined && URL.canParse(given, base) ? new URL(given, base).href : undefined;
  const safe = sanitizeHtml(html, {
    allowedTags: [
      ...['p', 'br', 'hr', 'blockquote', 'pre', 'code', 'ul', 'ol', 'li', 'h2', 'h3', 'h4', 'h5', 'h6'],
      ...['a', 'b', 'strong', 'i', 'em', 's', 'del', 'u', 'sub', 'sup', 'small', 'kbd', 'mark', 'abbr'],
      ...['img', 'table', 'thead', 'tbody', 'tr', 'th', 'td', 'details', 'summary', 'span', 'div'],
    ],
    allowedAttributes: {
      a: ['href', 'title'],
      img: ['src', 'alt', 'title', 'width', 'height', 'loading'],
      th: ['align', 'scope'],
      td: ['align'],
      ol: ['start'],
      abbr: ['title'],
      '*': ['dir', 'lang'],
    },
    allowedSchemes: ['http', 'https', 'mailto'],
    allowedSchemesByTag: { img: ['https'] },
    allowProtocolRelative: false,
    transformTags: {
      ...(shift ? headings : { h1: 'h2' }),
      a: (tagName, { href, ...rest }) => {
        const absolute = address(href);
        return { tagName, attribs: absolute === undefined ? rest : { ...rest, href: absolute } };
      },
      img: (tagName, { src, ...rest }) => {
        const absolute = address(src);
        const attribs = { ...rest, alt: rest['alt'] ?? '', loading: 'lazy' };
        return { tagName, attribs: absolute === undefined ? attribs : { ...attribs, src: absolute } };
      },
    },
    exclusiveFilter: ({ tag, attribs }) => tag === 'img' && attribs['src'] === undefined,
  });
  // The sanitizer writes void elements as XML does; in text and values it escapes every `>`.
  return safe.replaceAll(' />', '>');
}

/** The HTML of an update. Links without a host are taken from `base`, the update's own address. */
export function updateHtml(markdown: string, base: string): string {
  return clean(updateMarkdown.render(markdown), base, true).trim();
}

/** The HTML of a postmortem; its `##` stays an `h2`. */
export function articleHtml(markdown: string, base: string): string {
  return clean(articleMarkdown.render(markdown), base, false).trim();
}

const entities: Readonly<Record<string, string>> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"' };

/** The words of clean HTML, for plain text: paragraphs apart, links with their address behind them. */
export function plainText(html: string): string {
  const marked = html
    .replaceAll(/<a href="([^"]*)"[^>]*>([\s\S]*?)<\/a>/g, (_, href: string, text: string) => (href === text ? text : `${text} (${href})`))
    .replaceAll(/<li[^>]*>/g, '- ')
    .replaceAll(/<br>\n?/g, '\n')
    .replaceAll(/<\/(?:p|h\d|blockquote|pre|ul|ol|table)>\n*/g, '\n\n')
    .replaceAll(/<\/(?:li|tr)>\n*/g, '\n')
    .replaceAll(/<\/t[hd]>\n*/g, '  ');
  return sanitizeHtml(marked, { allowedTags: [], allowedAttributes: {} })
    .replaceAll(/&(?:amp|lt|gt|quot);/g, (entity) => entities[entity] ?? entity)
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim();
}
