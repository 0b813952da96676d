import { tests as examples } from 'commonmark-spec';
import sanitizeHtml from 'sanitize-html';
import { expect, it } from 'vitest';
import { unknownTagsAsText } from '../../src/views/html-names.ts';
import { articleHtml, plainText, updateHtml } from '../../src/views/markdown.ts';

const page = 'https://status.example.com/postmortems/x/';

/** The words of some HTML, without its markup and spaces; what only looks like a tag is a word. */
const words = (html: string): string => sanitizeHtml(unknownTagsAsText(html), { allowedTags: [], allowedAttributes: {} }).replaceAll(/\s+/g, '');

/** Examples in which GitHub's rules, which people expect here, go beyond CommonMark: bare addresses are links. None loses a word. */
it('all 652 examples of CommonMark come out clean, and every word of what they should be', () => {
  expect(examples).toHaveLength(652);
  for (const { number, markdown, html } of examples) {
    // The package shows tabs as arrows.
    const [text, expected] = [markdown, html].map((shown) => shown.replaceAll('→', '\t')) as [string, string];
    const [article, update] = [articleHtml(text, page), updateHtml(text, page)];
    expect(words(article), `example ${number}`).toBe(words(expected));
    expect(words(update), `example ${number}`).toBe(words(expected));
    expect(plainText(article), `example ${number}`).toBeTypeOf('string');
    for (const [, tag, attributes] of `${article}${update}`.matchAll(/<([^\s/>]+)([^>]*)/g)) {
      expect(tag, `example ${number}`).toMatch(/^(?:p|br|hr|blockquote|pre|code|[uo]l|li|h[2-6]|a|strong|em|b|i|s|del|img|table|t[hdr]|thead|tbody|div|span|sub|sup|u)$/);
      expect(attributes, `example ${number}`).not.toMatch(/\s(?:on\w+|id|class|style|name)=/i);
    }
  }
});
