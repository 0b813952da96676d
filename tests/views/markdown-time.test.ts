import { expect, it } from 'vitest';
import { markdownTime, pathologicalText } from './markdown-time.ts';

// One of each kind; all of them, and larger, are in markdown-time.slow.test.ts.
it.each([
  ...['nested strong emphasis', 'nested brackets', 'nested quotes', 'deep list one line', 'many [a](b "', 'backticks runs'],
  ...['underscore words', 'email a.a.', 'heading spaces', 'nested list lazy', 'unclosed <!--', 'many refs expand'],
])('%s: 10,000 characters are read and shown in less than two seconds', (name) => {
  const text = pathologicalText(name, 10_000);
  expect(text.length).toBeGreaterThan(4000);
  expect(markdownTime(text, 1)).toBeLessThan(2000);
});
