import { lexer } from 'marked';
import { expect, it } from 'vitest';
import { placedTokens } from '../../../src/lib/content/markdown-guard.ts';

/** Each place of a token of a type, as the text that stands there. */
const found = (text: string, type: string, length: number): string[] =>
  [...placedTokens(lexer(text), text)]
    .filter(({ token }) => token.type === type)
    .map(({ offset }) => text.slice(offset, offset + length));

it.each([
  ['paragraphs', 'a <b1>\nc <b2>\n\n\n  d <b3>', 'html', ['<b1>', '<b2>', '<b3>']],
  ['headings', '# a <b1> #\n\nc <b2>\n===', 'html', ['<b1>', '<b2>']],
  ['lists', '- a <b1>\n- c\n\n  - c <b2>\n    d <b3>\n\n10. e\n\n    > <b4>', 'html', ['<b1>', '<b2>', '<b3>', '<b4>']],
  ['lists indented by tabs', '- a\n\t- c <b1>\n\n\t  d <b2>', 'html', ['<b1>', '<b2>']],
  ['lists of tasks', '- [ ] a <b1>\n- [x] <b2>', 'html', ['<b1>', '<b2>']],
  ['quotes', '> a <b1>\n>c <b2>\nlazy <b3>\n>\n> > d <b4>', 'html', ['<b1>', '<b2>', '<b3>', '<b4>']],
  ['tables', '| a | <b1> |\n| - | - |\n| a | c |\n| <b2> | **<b3>** |', 'html', ['<b1>', '<b2>', '<b3>']],
  ['emphasis and links', 'a **c *<b1>*\n<b2>** [d <b3>](/e)', 'html', ['<b1>', '<b2>', '<b3>']],
  ['paragraphs, of code spans', '- a `1`\n\n  > c\n  > d `2`', 'codespan', ['`1`', '`2`']],
])('places tokens in %s', (_, text, type, expected) => {
  expect(found(text, type, type === 'html' ? 4 : 3)).toEqual(expected);
});

it('reports a fence at its first line', () => {
  expect(found('1. a\n\n   ```js\n   b\n   ```\n\n~~~\nc\n~~~', 'code', 3)).toEqual(['```', '~~~']);
});
