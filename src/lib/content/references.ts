import { lexer } from 'marked';
import sanitizeHtml from 'sanitize-html';
import { placedTokens } from './markdown-guard.ts';

/** A link or an image in a text. */
export type Reference = {
  readonly kind: 'link' | 'image';
  /** As written in the text. */
  readonly address: string;
  /** The text of a link as written, or the alt text of an image. Empty if there is none. */
  readonly text: string;
  /** Its position, in UTF-16 units from the start of the text. */
  readonly at: number;
};

/** Returns all links and images in a Markdown text, including those in HTML. */
export function referencesIn(body: string): Reference[] {
  if (!/\]\(|\]:|<a\b|<img\b|:\/\//i.test(body)) return [];
  const found: Reference[] = [];
  for (const { token, offset } of placedTokens(lexer(body), body)) {
    const add = (kind: Reference['kind'], address: string, text: string): void => {
      found.push({
        kind,
        address,
        text,
        at: offset + (address === '' ? 0 : Math.max(0, token.raw.lastIndexOf(address))),
      });
    };
    if (token.type === 'link') add('link', String(token['href']), String(token['text']));
    if (token.type === 'image') add('image', String(token['href']), String(token['text']));
    if (token.type !== 'html') continue;
    const collect: sanitizeHtml.IOptions['transformTags'] = {
      a: (tagName, attribs) => {
        // Without an address, it isn't a link.
        if (attribs['href'] !== undefined) add('link', attribs['href'], 'HTML');
        return { tagName, attribs };
      },
      img: (tagName, attribs) => {
        if (attribs['src'] !== undefined) add('image', attribs['src'], attribs['alt'] ?? '');
        return { tagName, attribs };
      },
    };
    sanitizeHtml(token.raw, { allowedTags: ['a', 'img'], transformTags: collect });
  }
  return found;
}

/**
 * Returns the content folder path that an address in the file at `path` refers to, in composed Unicode form (macOS may
 * decompose file names). Null if the address isn't a relative path.
 */
export function contentPath(path: string, address: string): string | null {
  if (address === '' || /^(?:[a-z][a-z0-9+.-]*:|[/#?])/i.test(address)) return null;
  const url = URL.parse(address, `https://content.invalid/${path}`);
  if (url === null) return null;
  try {
    return decodeURIComponent(`${url.pathname.slice(1)}${url.search}${url.hash}`).normalize('NFC');
  } catch {
    return null;
  }
}

const domain = /^(?:[a-z0-9-]+\.)+[a-z]{2,}(?::\d+)?(?:[/?#]|$)/i;
const fileName =
  /^[^/]+\.(?:md|markdown|txt|png|jpe?g|gif|webp|avif|svg|pdf|docx?|xlsx?|html?|ya?ml|json|csv|xml|log)$/i;

/** Returns what was probably meant by an address that lacks a scheme and can't be a path; null for anything else. */
export function completed(address: string): string | null {
  if (/^[^\s/:@]+@[^\s/@]+\.[^\s/@]+$/.test(address)) return `mailto:${address}`;
  if (/^\+\d[\d ()/.-]{5,}$/.test(address)) return `tel:${address.replaceAll(/[^\d+]/g, '')}`;
  const [, http, rest] = /^(https?)(?::\/*|\/\/)([^/].*)/i.exec(address) ?? [];
  if (rest !== undefined) return `${http}://${rest}`;
  // `example.com:8080` and `localhost:3000` look like they start with a scheme.
  if (/^[a-z0-9.-]+:\d{2,5}(?:\/|$)/i.test(address)) return `https://${address}`;
  if (/^www\./i.test(address) || (domain.test(address) && !fileName.test(address))) return `https://${address}`;
  return null;
}
