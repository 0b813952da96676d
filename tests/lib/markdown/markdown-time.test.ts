import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { hostileTexts, markdownTime, pathologicalText } from './markdown-time.ts';

// A few of each kind. markdown-time.slow.test.ts has all of them, and larger ones.
it.each([
  ...[
    'nested strong emphasis',
    'nested brackets',
    'nested quotes',
    'deep list one line',
    'many [a](b "',
    'backticks runs',
  ],
  ...['underscore words', 'email a.a.', 'heading spaces', 'nested list lazy', 'unclosed <!--', 'many refs expand'],
])('%s: 10,000 characters are rejected, or read and rendered, in less than a second', (name) => {
  const text = pathologicalText(name, 10_000);
  expect(text.length).toBeGreaterThan(4000);
  expect(markdownTime(text).slowest).toBeLessThan(1000);
});

it('so are texts made of hostile fragments', () => {
  fc.assert(
    fc.property(hostileTexts(10_000), (text) => markdownTime(text).slowest < 1000),
    { seed: 20_261_127, numRuns: 20, endOnFailure: true },
  );
});
