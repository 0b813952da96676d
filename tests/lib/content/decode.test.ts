import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decode } from '../../../src/lib/content/problem.ts';

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const read = (...bytes: readonly number[]) => decode({ path: 'a.md', bytes: Uint8Array.from(bytes) });

describe('decode', () => {
  it('returns visible UTF-8 text unchanged', () => {
    const invisible = /[\p{Default_Ignorable_Code_Point}\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;
    const anyText = fc
      .string({ unit: 'grapheme', minLength: 1 })
      .filter((text) => text.trim() !== '' && !invisible.test(text));
    fc.assert(
      fc.property(anyText, (text) => {
        expect(decode({ path: 'a.md', bytes: bytesOf(text) })).toBe(text);
      }),
    );
  });

  it('accepts a replacement character that someone typed', () => {
    expect(decode({ path: 'a.md', bytes: bytesOf('a \uFFFD b') })).toBe('a \uFFFD b');
  });

  it('says how large a text can be if it’s too large, even before it’s written', () => {
    const size = (path: string, length: number) => decode({ path, bytes: bytesOf('a'.repeat(length)) });
    expect(size('a.md', 64 * 1024)).toHaveLength(64 * 1024);
    expect(size('a.md', 64 * 1024 + 1)).toMatchObject({
      message: expect.stringContaining('is 65 KiB, and the limit is 64 KiB'),
    });
    expect(size('a.yml', 64 * 1024 + 1)).toHaveLength(64 * 1024 + 1);
  });

  it('never throws, whatever the bytes, and points into the file', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 40 }), (bytes) => {
        const result = decode({ path: 'a.md', bytes });
        if (typeof result === 'string') return;
        const lines = new TextDecoder().decode(bytes).split('\n');
        expect(result.line).toBeLessThanOrEqual(lines.length);
        expect(result.column).toBeLessThanOrEqual((lines[result.line - 1] ?? '').length + 1);
      }),
    );
  });

  it('only treats text as UTF-16 if it begins with a byte order mark', () => {
    expect(read(0xff, 0xfe, 0x41, 0)).toMatchObject({ message: expect.stringContaining('UTF-16') });
    expect([read(0xff, 0x41), read(0x41, 0xfe)]).toMatchObject([
      { message: expect.stringContaining('0xFF') },
      { message: expect.stringContaining('0xFE') },
    ]);
  });

  it('doesn’t mistake quotes, tables and rules for a merge conflict, but detects each conflict marker', () => {
    const text = 'a\n> quoted\n>> twice\n| a | b |\n=======\n';
    expect(decode({ path: 'a.md', bytes: bytesOf(text) })).toBe(text);
    for (const mark of ['<<<<<<< HEAD', '||||||| 1a2b', '>>>>>>> main']) {
      expect(decode({ path: 'a.md', bytes: bytesOf(`a\n${mark}\n`) })).toMatchObject({
        line: 2,
        message: expect.stringContaining('merge conflict'),
      });
    }
  });

  it('finds the invalid byte at any position', () => {
    const anyPrefix = fc.string({ unit: fc.constantFrom('a', 'é', '漢', '😀', '\n', '\uFFFD') });
    fc.assert(
      fc.property(anyPrefix, (prefix) => {
        const bytes = Uint8Array.from([...bytesOf(prefix), 0xe9, 0x20]);
        const line = prefix.split('\n').length;
        const column = prefix.length - prefix.lastIndexOf('\n');
        expect(decode({ path: 'a.md', bytes })).toMatchObject({
          line,
          column,
          message: expect.stringContaining('0xE9 ("é"'),
        });
      }),
    );
  });

  it.each<[string, number[], { line: number; column: number }]>([
    ['a sequence that is cut off at the end', [0x61, 0xe6, 0xbc], { line: 1, column: 2 }],
    ['an overlong sequence', [0x61, 0x0a, 0xc0, 0x80], { line: 2, column: 1 }],
    ['a surrogate', [0xed, 0xa0, 0x80], { line: 1, column: 1 }],
    ['a continuation on its own', [0x61, 0x80], { line: 1, column: 2 }],
  ])('finds %s', (_, bytes, place) => {
    expect(read(...bytes)).toMatchObject({ ...place, message: expect.stringContaining('not valid UTF-8') });
  });
});
