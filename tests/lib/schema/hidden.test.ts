import { oneLine } from '../../../scripts/cli/errors.ts';
import { codeSpan, fenced } from '../../../scripts/github/comments.ts';
import { toYaml } from '../../../src/lib/content/write-content.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { firstHidden, nameOfHidden, shownLine, withoutHidden } from '../../../src/lib/schema/hidden.ts';

describe('invisible characters', () => {
  it.each([
    ['a control character', 'a\u0007b', 1],
    ['ESC', '\u001B[31m', 0],
    ['NUL', 'a\0', 1],
    ['C1', 'a\u009B31m', 1],
    ['DEL', '\u007F', 0],
    ['an override', 'abc\u202Ecba', 3],
    ['an embedding', '\u202Aa\u202C', 0],
    ['an isolate', 'a\u2066b\u2069', 1],
    ['an override in Hebrew', 'שלום\u202Eabc', 4],
    ['a byte order mark inside', 'a\uFEFFb', 1],
    ['a zero-width space in a word', 'pay\u200Bpal', 3],
    ['a joiner in a word', 'pay\u200Dpal', 3],
    ['a non-joiner in Cyrillic', 'ра\u200Cз', 2],
    ['a word joiner', 'a\u2060b', 1],
    ['a mark of direction in Latin', 'a\u200Fb', 1],
    ['an Arabic mark in Latin', 'W\u061Co', 1],
    ['a mark in another line than the Hebrew', 'שלום\na\u200F', 6],
    ['a line separator', 'a\u2028b', 1],
    ['half a surrogate pair', 'a\uD800b', 1],
    ['a noncharacter', 'a\uFFFEb', 1],
    ['letters in tags', 'a\u{E0041}', 1],
    ['letters in tags after an emoji', '👍\u{E0041}', 2],
    ['selectors that pile up', '👍\uFE0F\uFE0F', 3],
    ['a selector after a letter', 'a\uFE0F', 1],
    ['a filler', 'a\u3164', 1],
    ['a soft hyphen at the edge', '\u00ADa', 0],
  ])('%s', (_, text, index) => {
    expect(firstHidden(text)?.index).toBe(index);
  });

  it.each([
    ['line ends and tabs', 'a\n\tb'],
    ['a family', '👨\u200D👩\u200D👧'],
    ['a profession with a colour of skin', '👩🏽\u200D🚀'],
    ['a heart between two', '👩\u200D❤️\u200D👨'],
    ['a flag of colours', '🏳️\u200D🌈'],
    ['the flag of England', '🏴\u{E0067}\u{E0062}\u{E0065}\u{E006E}\u{E0067}\u{E007F}'],
    ['a keycap', '1️⃣'],
    ['Persian', 'می\u200Cخواهم'],
    ['Devanagari', 'क\u094D\u200Dष'],
    ['Thai with places to break', 'ภาษา\u200Bไทย'],
    ['Hebrew with a mark', 'שלום (API)\u200F.'],
    ['Arabic with a mark', 'مرحبا API\u061C!'],
    ['a variant of a Han letter', '葛\u{E0100}城'],
    ['a soft hyphen in a word', 'Donau\u00ADdampfschiff'],
    ['accents apart', 'e\u0301'],
    ['a replacement character', '\uFFFD'],
    ['a private letter', '\uE000'],
  ])('aren’t found in %s', (_, text) => {
    expect(firstHidden(text)).toBeNull();
    expect(withoutHidden(text)).toBe(text);
  });

  it('are removed from a text, and nothing else is', () => {
    const unit = fc.constantFrom(
      'a',
      'ש',
      '👩',
      '🚀',
      'क',
      '\u200D',
      '\u200C',
      '\u200B',
      '\u200F',
      '\u202E',
      '\uFE0F',
      '\u00AD',
      '\u{E0067}',
      '🏴',
      '\uD800',
      '\n',
      ' ',
    );
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 20 }), (text) => {
        const clean = withoutHidden(text);
        expect(firstHidden(clean)).toBeNull();
        expect(clean.replaceAll(/[^aש👩🚀क \n]/gu, '')).toBe(text.replaceAll(/[^aש👩🚀क \n]/gu, ''));
      }),
    );
  });

  it('have a number, and a name if people are likely to know it', () => {
    expect([nameOfHidden('\u200B'), nameOfHidden('\u0007'), nameOfHidden('\u{E0041}')]).toEqual([
      'U+200B (zero-width space)',
      'U+0007 (control character)',
      'U+E0041',
    ]);
  });

  it('are shown as U+FFFD in a line for a terminal, emoji aside', () => {
    expect(shownLine('a\u202E\n\u00AD\u200F👩\u200D🚀\u001B')).toBe('a\uFFFD\uFFFD\uFFFD\uFFFD👩\u200D🚀\uFFFD');
  });
});

describe('text from elsewhere that is printed', () => {
  const [override, joined] = ['a\u202Eb\u001B[2J', '👩\u200D💻 naïve'];

  it('shows hidden characters in a terminal line and in a comment, and keeps emoji whole', () => {
    expect(oneLine(`${override}\t${joined}`)).toBe(`a\uFFFDb\uFFFD[2J ${joined}`);
    expect(fenced(`${override}\n${joined}`)).toBe(`\`\`\`\na\uFFFDb\uFFFD[2J\n${joined}\n\`\`\``);
    expect(codeSpan(`${override} ${joined}`)).toBe(`\`a\uFFFDb\uFFFD[2J ${joined}\``);
  });

  it('has its control characters escaped in YAML', () => {
    expect(toYaml({ title: 'a\u001B[2J', lead: joined, remedy: 'a\tb' })).toBe(
      `title: "a\\e[2J"\nlead: ${joined}\nremedy: "a\\tb"\n`,
    );
  });
});
