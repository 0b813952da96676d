import { expect, it } from 'vitest';
import { bodyOf, splitFrontMatter } from '../../../src/lib/content/front-matter.ts';

it.each(['---', '+++'] as const)('splits at two %s lines, and returns the line where the text begins', (fence) => {
  const asIs = (fields: string): string => fields;
  const split = (text: string) => splitFrontMatter(text, 'a.md', fence, asIs);
  const plain = `${fence}\na\n\nb\n${fence}\n\n Text.\n`;
  expect(split(plain)).toEqual({ fields: 'a\n\nb', body: '\n Text.\n', bodyLine: 6 });
  const withSpaces = `${fence} \na\n${fence} \t\n \n Text.\n`;
  expect(split(withSpaces)).toEqual({ fields: 'a', body: ' \n Text.\n', bodyLine: 4 });
  expect(split(`${fence}\na\n${fence}`)).toEqual({ fields: 'a', body: '', bodyLine: 4 });
  expect(split(`${fence}\n\n${fence}\n${fence}\n`)).toEqual({ fields: '', body: `${fence}\n`, bodyLine: 4 });
  const message = expect.stringContaining(`has no second "${fence}"`);
  expect(split(`${fence}\na\n${fence}b\n${fence}\n`)).toMatchObject({ line: 3, message });
});

it("finds the text below fields that aren't YAML, but not in a file without fields", () => {
  expect(bodyOf('---\na: [\n---\nText.\n')).toMatchObject({ body: 'Text.\n', bodyLine: 4 });
  expect(bodyOf('Text.\n---\n')).toBeNull();
});
