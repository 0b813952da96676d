import { expect, it } from 'vitest';
import { updateHtml } from '../../src/lib/markdown.ts';
import { excerpt, plainText } from '../../src/lib/plain-text.ts';

const text = (markdown: string): string => plainText(updateHtml(markdown, 'https://status.example.com/incidents/x/'));

it.each([
  ['paragraphs and line breaks', 'We know\nit & fix.<br><br>Soon.', 'We know\nit & fix.\n\nSoon.'],
  [
    'the numbers of a list',
    '1. Close the app.\n2. Sign in.\n\nRepeat step 2.',
    '1. Close the app.\n2. Sign in.\n\nRepeat step 2.',
  ],
  ['the first number of a list', 'The fix comes on\n\n27. November.', 'The fix comes on\n\n27. November.'],
  ['a list that begins at 0', '0. a\n1. b', '0. a\n1. b'],
  ['numbers of two digits, with what belongs to them', '9. a\n10. b\n    - c', '9. a\n10. b\n    - c'],
  ['where HTML begins a list', '<ol start="3"><li>a<li>b</ol>', '3. a\n4. b'],
  [
    'numbers that HTML gives to items',
    '<ol><li>a<li value="7">b<li>c<li value="-1">d<li>e</ol>',
    '1. a\n7. b\n8. c\n-1. d\n0. e',
  ],
  ['numbers as browsers read them', '<ol start=" +3rd"><li>x<li value="x">y<li value="">z</ol>', '3. x\n4. y\n5. z'],
  ['numbers within bullets', '- a\n  3. x\n  4. y\n- b', '- a\n  3. x\n  4. y\n- b'],
  ['items with several paragraphs', '1. a\n\n   b\n2. c', '1. a\n\n   b\n\n2. c'],
  ['an empty item', '1. a\n2.\n3. c', '1. a\n2.\n3. c'],
  ['a list in a list on one line', '- - a', '- - a'],
  ['a list between paragraphs', 'a\n- b\n- c\n\nd', 'a\n\n- b\n- c\n\nd'],
  ['two lists', '- a\n\n\n1. b', '- a\n\n1. b'],
  ['tasks', '- [ ] a\n- [x] b', '- [ ] a\n- [x] b'],
  ['numbers that are escaped', '27\\. November', '27. November'],
  ['the cells of a table', 'x\n\n| a | b |\n| - | - |\n| 1 | |\n\ny', 'x\n\na | b\n1 |\n\ny'],
  ['a list in a cell', '<table><tr><td><ol><li>a<li>b</ol><td>c</table>', '1. a 2. b | c'],
  ['the spaces of code', '```\n  if a:\n\n      b\n```\nc', '  if a:\n\n      b\n\nc'],
  ['code in an item', '- a\n\n  ```\n  b\n    c\n  ```', '- a\n\n  b\n    c'],
  ['one space for several', 'a   b\t c', 'a b c'],
  ['who is quoted', 'a\n\n> b\n>\n> - c\n> - d\n\ne', 'a\n\n> b\n>\n> - c\n> - d\n\ne'],
  ['headings and rules', '# a\nb\n\n---\nc', 'a\n\nb\n\n---\n\nc'],
  ['details', '<details><summary>a</summary>b<p>c</details>', 'a\n\nb\n\nc'],
  ['what is struck out', '~~50%~~ <del>of</del> 5%', '~~50%~~ ~~of~~ 5%'],
  ['powers', '10<sup>6</sup>, the 1<sup>st</sup>, CO<sub>2</sub>', '10^6, the 1st, CO2'],
  ['images by their text', '![Error *rate*](https://example.com/a.png)', 'Error rate'],
  [
    'an image that is a link',
    '[![Error rate](https://example.com/a.png)](https://example.com/b)',
    'Error rate (https://example.com/b)',
  ],
  ['a link with its address', '[help](https://example.com/a?b&c).', 'help (https://example.com/a?b&c).'],
  [
    'an address once',
    'https://example.com <https://example.com/ä> www.example.com',
    'https://example.com https://example.com/ä www.example.com',
  ],
  ['a link without text', '[](https://example.com/a)', 'https://example.com/a'],
  ['mail addresses', '[us](mailto:a@example.com?subject=b), b@example.com', 'us (a@example.com), b@example.com'],
  ['phone numbers', '[us](tel:+4930123), [+49 30 123](tel:+4930123)', 'us (+4930123), +49 30 123'],
  [
    'references, and signs that look like them',
    '&copy; &amp;lt; \\*a\\* <b>&nbsp;b</b> :tada:',
    '© &lt; *a* \u00a0b :tada:',
  ],
  ['words that are no tags', 'to <host>', 'to <host>'],
])('keeps %s', (_, markdown, expected) => {
  expect(text(markdown)).toBe(expected);
});

it('the numbers of a list are the same as on the page', () => {
  const html = (markdown: string): string => updateHtml(markdown, 'https://status.example.com/');
  expect(html('<ol start="3"><li value="7">a</li></ol>')).toBe('<ol start="3"><li value="7">a</li></ol>');
  // Plain text would number these differently.
  expect(html('<ol type="I" reversed><li type="a">a</li></ol>')).toBe('<ol><li>a</li></ol>');
});

it('stays small and quick with elements nested thousands deep', () => {
  for (const tag of ['<blockquote>', '<ul><li>', '<ol><li>', '<s>', '<b>', '<div>'])
    expect(text(`${tag.repeat(4000)}a`)).toMatch(/^[> \-~1.]{0,16000}a~*$/);
  // Browsers also show only the innermost of these links.
  const html = '<s><a href="https://example.com/">a'.repeat(4000);
  expect(plainText(html).length).toBeLessThan(5000);
});

it('is cut between words for descriptions, on one line', () => {
  expect(excerpt('1. one\n2. two', 20)).toBe('1. one 2. two');
  expect(excerpt('one two three', 9)).toBe('one two…');
  expect(excerpt('調査中: 決済が利用できません', 12)).toBe('調査中: 決済が利用でき…');
});
