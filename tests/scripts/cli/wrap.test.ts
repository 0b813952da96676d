import { describe, expect, it } from 'vitest';
import { wrapLine, wrapText } from '../../../scripts/cli/text.ts';

describe('wrapping', () => {
  it('breaks between words, and aligns further lines with the first', () => {
    expect(wrapLine('  Leads  Dana and Priya', 16, '         ')).toBe('  Leads  Dana\n         and\n         Priya');
  });

  it('doesn’t break words longer than the line, or change text that fits', () => {
    expect(wrapLine('at https://status.example.com/x now', 10)).toBe('at\nhttps://status.example.com/x\nnow');
    expect(wrapLine('  two  words', Infinity)).toBe('  two  words');
  });

  it('keeps the lines and empty lines of a text', () => {
    expect(wrapText('one two\n\nthree', 4)).toBe('one\ntwo\n\nthree');
  });

  it('counts characters as displayed, not as stored', () => {
    expect(wrapLine('🚀🚀🚀 ok', 6)).toBe('🚀🚀🚀 ok');
  });
});
