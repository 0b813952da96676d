import { describe, expect, it } from 'vitest';
import { hiddenReferences } from '../../../src/lib/content/body.ts';

const told = (body: string): readonly string[] =>
  hiddenReferences(body, body, 'a.md').map(({ message }) => message.split(' ')[0] ?? '');

it('a reference to a visible character isn’t reported, no matter what’s next to it', () => {
  expect(told('&#x1F6D2; 🛒&#x1F6D2;🛒 &copy;🛒 🛒&amp;')).toEqual([]);
});

it('a reference to an invisible character is reported next to emoji too', () => {
  expect(told('🛒&#x202e;🛒 a&ZeroWidthSpace;b &#8238;')).toEqual(['&#x202e;', '&ZeroWidthSpace;', '&#8238;']);
});

it.each([
  [
    ['ZeroWidthSpace', 'NegativeThinSpace', 'NegativeMediumSpace', 'NegativeThickSpace', 'NegativeVeryThinSpace'],
    'U+200B (zero-width space)',
  ],
  [['zwnj'], 'U+200C (zero-width non-joiner)'],
  [['zwj'], 'U+200D (zero-width joiner)'],
  [['lrm'], 'U+200E (left-to-right mark)'],
  [['rlm', '#x200f', '#X00200F', '#8207'], 'U+200F (right-to-left mark)'],
  [['NoBreak'], 'U+2060 (word joiner)'],
  [['af', 'ApplyFunction'], 'U+2061'],
  [['it', 'InvisibleTimes'], 'U+2062'],
  [['ic', 'InvisibleComma'], 'U+2063'],
  [['#1', '#x1'], 'U+0001 (control character)'],
  [['#xFFFE'], 'U+FFFE'],
  [['#x10FFFF'], 'U+10FFFF'],
])('%j stand for %s, and are reported at their place', (names, character) => {
  const written = names.map((name) => `&${name};`);
  const body = `First line.\n${written.map((reference) => `ab${reference}cd\n`).join('')}`;
  const problems = hiddenReferences(`---\ntitle: x\n---\n${body}`, body, 'a.md');
  expect(problems).toEqual(
    written.map((reference, at) => ({
      file: 'a.md',
      field: null,
      line: 5 + at,
      column: 3,
      fix: null,
      message: `${reference} is the character ${character}, which is invisible. Delete it`,
    })),
  );
});

describe('a reference counts as its character', () => {
  it('which has its use where text needs it', () => {
    expect(told('שלום!&rlm; and &#x200F;(1)')).toEqual([]);
    expect(told('می&zwnj;خواهم')).toEqual([]);
    expect(told('👨&zwj;👩')).toEqual([]);
    expect(told('&#x1F468;&#x200D;&#x1F469;')).toEqual([]);
    expect(told('a&#10;b &#9; c&#13 Donau&shy;dampf')).toEqual([]);
  });

  it('and has none in the next line, or beside other letters', () => {
    expect(told('שלום\nplain!&rlm;')).toEqual(['&rlm;']);
    expect(told('a&zwnj;b 👨&zwj;x a &shy;b')).toEqual(['&zwnj;', '&zwj;', '&shy;']);
  });
});

it('other text isn’t a reference', () => {
  expect(told('&#x110000; &#9999999; &zwspx; &constructor; &toString; &ZWSP; &zwsp &#x200Bx; R&D;')).toEqual([]);
});
