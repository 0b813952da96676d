import { lexer } from 'marked';
import sanitizeHtml from 'sanitize-html';
import { quote } from '../schema/text.ts';
import { placedTokens } from './markdown-places.ts';
import { placesIn } from './places.ts';
import { fileProblem, type Problem } from './problem.ts';

/** The addresses of all images in a markdown text, those in HTML included. */
function imageAddresses(text: string): string[] {
  const found: string[] = [];
  const transformTags: sanitizeHtml.IOptions['transformTags'] = {
    img: (tagName, attribs) => {
      if (attribs['src'] !== undefined) found.push(attribs['src']);
      return { tagName, attribs };
    },
  };
  for (const { token } of placedTokens(lexer(text), text)) {
    if (token.type === 'image') found.push(String(token['href']));
    if (token.type === 'html') sanitizeHtml(token.raw, { allowedTags: ['img'], transformTags });
  }
  return found;
}

/**
 * Images that nobody would see: the page takes them from https addresses only, and no file but
 * content has a place in the content folder. `text` is the whole file, `body` the markdown in it.
 */
export function imageProblems(text: string, body: string, path: string): Problem[] {
  if (!/!\[|<img/i.test(body)) return [];
  const placeAt = placesIn(text);
  return imageAddresses(body)
    .filter((address) => !/^https:\/\//i.test(address))
    .map((address) => {
      const offset = Math.max(0, text.indexOf(address, text.length - body.length - 1));
      return fileProblem(path, `shows an image from ${quote(address)}, which readers cannot load. Type its whole address, https://…`, placeAt(offset));
    });
}
