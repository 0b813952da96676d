import fc from 'fast-check';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { credentialsIn } from '../../../src/lib/content/credentials.ts';
import { mayHoldCredential } from '../../../src/lib/schema/text.ts';

/** Every pattern that the rules search a text for. */
async function patternsOfTheRules(): Promise<RegExp[]> {
  const text = 'npm_ is where a token would begin';
  const found: RegExp[] = [];
  const matchAll = String.prototype.matchAll;
  const spy = vi.spyOn(String.prototype, 'matchAll').mockImplementation(function (this: string, pattern: RegExp) {
    if (String(this) === text) found.push(pattern);
    return matchAll.call(this, pattern);
  });
  await credentialsIn(text);
  spy.mockRestore();
  return found;
}

/** The pattern without conditions on the surrounding text, which texts can't be generated from. */
function body({ source, flags }: RegExp): RegExp {
  return new RegExp(
    source.replaceAll(/\(\?<?![^)]*\)|\\b/g, '').replaceAll(/\(\?<\w+>/g, '('),
    flags.replaceAll(/[gi]/g, ''),
  );
}

const patterns = (await patternsOfTheRules()).filter(({ source }) => !/ACCOUNT/.test(source));

/** Whether the rules would look further. They ignore addresses without a username and password. */
function isMeant(pattern: RegExp, text: string): boolean {
  const [match] = text.matchAll(new RegExp(pattern.source, pattern.flags));
  return (
    match !== undefined &&
    !(match.groups !== undefined && 'username' in match.groups && match.groups['username'] === undefined)
  );
}

afterEach(() => vi.restoreAllMocks());

describe('the quick check never skips a text that a rule would find', () => {
  beforeAll(() => expect(patterns.length).toBeGreaterThan(25));

  it.each(patterns.map((pattern) => [pattern.source.slice(0, 60), pattern] as const))('%s', (_, pattern) => {
    const anyCase = (text: string): string =>
      pattern.flags.includes('i')
        ? text.replaceAll(/[a-z]/g, (letter, at: number) => (at % 3 === 0 ? letter.toUpperCase() : letter))
        : text;
    const wrapped = fc.tuple(
      fc.constantFrom('', 'see: ', '\n'),
      fc.stringMatching(body(pattern)).map(anyCase),
      fc.constantFrom('', ' ', '\n', '.'),
    );
    fc.assert(
      fc.property(wrapped, (parts) => {
        const text = parts.join('');
        fc.pre(isMeant(pattern, text));
        expect(mayHoldCredential(text), text).toBe(true);
      }),
      { numRuns: 20 },
    );
  });
});

it("ordinary status page text doesn't load the rules", () => {
  for (const text of [
    'Asia and Africa: tasks at risk-free desks fail. See https://status.example.com/a@b',
    'Paid by card, https://www.example.com',
    'dana@example.com',
    'options_a, english_language',
  ]) {
    expect(mayHoldCredential(text), text).toBe(false);
  }
});
