import { lexer } from 'marked';
import sanitizeHtml from 'sanitize-html';
import { placedTokens } from './markdown-guard.ts';

/** A link or an image in a text. */
export type Reference = {
  readonly kind: 'link' | 'image';
  /** As it was written. */
  readonly address: string;
  /** The text of a link as it was written; of an image, its alternative text. Empty where there is none. */
  readonly text: string;
  /** Where it stands, in UTF-16 units from the beginning of the text. */
  readonly at: number;
};

/** All links and images of a Markdown text, those in HTML included. */
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
    const seen: sanitizeHtml.IOptions['transformTags'] = {
      a: (tagName, attribs) => {
        // Without an address, it is no link.
        if (attribs['href'] !== undefined) add('link', attribs['href'], 'HTML');
        return { tagName, attribs };
      },
      img: (tagName, attribs) => {
        if (attribs['src'] !== undefined) add('image', attribs['src'], attribs['alt'] ?? '');
        return { tagName, attribs };
      },
    };
    sanitizeHtml(token.raw, { allowedTags: ['a', 'img'], transformTags: seen });
  }
  return found;
}
