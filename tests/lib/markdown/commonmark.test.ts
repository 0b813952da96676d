import { tests } from 'commonmark-spec';
import { expect, it } from 'vitest';
import { articleHtml, cleanHtml, unknownTagsAsText, updateHtml } from '../../../src/lib/markdown.ts';
import { plainText } from '../../../src/lib/plain-text.ts';

const page = 'https://status.example.com/postmortems/x/';

/** Where pages differ from CommonMark's own HTML, cleaned the same way, by the number of the example. */
const accepted: Readonly<Record<number, { readonly shown: string; readonly reason: string }>> = {
  602: {
    shown: '<p>&lt;<a href="https://foo.bar/baz">https://foo.bar/baz</a> bim&gt;</p>',
    reason: 'GitHub links bare addresses, also where angle brackets do not make a link',
  },
  608: {
    shown: '<p>&lt; <a href="https://foo.bar/">https://foo.bar</a> &gt;</p>',
    reason: 'GitHub links bare addresses',
  },
  611: {
    shown: '<p><a href="https://example.com/">https://example.com</a></p>',
    reason: 'GitHub links bare addresses',
  },
  612: {
    shown: '<p><a href="mailto:foo@bar.example.com">foo@bar.example.com</a></p>',
    reason: 'GitHub links bare mail addresses',
  },
};

const block = /\s*(<\/?(?:p|h[2-6]|[uo]l|li|blockquote|pre|hr|br|div|table|t[rhd]|thead|tbody)\b[^>]*>)\s*/g;

/** Normalizes white space in HTML, as browsers do: none of it is shown next to blocks. */
const shown = (html: string): string => html.replaceAll(/\s+/g, ' ').replaceAll(block, '$1').trim();

it('all 652 examples of CommonMark render correctly, except for the accepted differences', () => {
  expect(tests).toHaveLength(652);
  for (const { number, markdown, html } of tests) {
    // The package writes tabs as arrows.
    const [text, expected] = [markdown, html].map((part) => part.replaceAll('→', '\t')) as [string, string];
    const wanted = accepted[number]?.shown ?? shown(cleanHtml(unknownTagsAsText(expected), page, false));
    const [article, update] = [articleHtml(text, page), updateHtml(text, page)];
    expect(shown(article), `example ${number}`).toBe(wanted);
    // An update differs only in its line breaks and heading levels.
    const words = (part: string): string => part.replaceAll(/<br>|\s/g, '').replaceAll(/(<\/?h)[2-6]/g, '$1');
    expect(words(update), `example ${number}`).toBe(words(article));
    expect(plainText(article), `example ${number}`).toBeTypeOf('string');
    for (const [, tag, attributes] of `${article}${update}`.matchAll(/<([^\s/>]+)([^>]*)/g)) {
      expect(tag, `example ${number}`).toMatch(
        /^(?:p|br|hr|blockquote|pre|code|[uo]l|li|h[2-6]|a|strong|em|b|i|s|del|img|table|t[hdr]|thead|tbody|div|span|sub|sup|u)$/,
      );
      expect(attributes, `example ${number}`).not.toMatch(/\s(?:on\w+|id|class|style|name)=/i);
    }
  }
});
