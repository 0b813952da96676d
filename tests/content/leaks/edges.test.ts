import { expect, it } from 'vitest';
import { exposedFiles } from '../../../src/content/leaks/exposed.ts';
import { privateAddresses } from '../../../src/content/leaks/private-addresses.ts';
import { readPrivacyRules } from '../../../src/content/leaks/privacy-rules.ts';
import { repeatsNone } from '../../../src/content/leaks/repeats.ts';
import { fakes } from '../../support/fake-secrets.ts';

it('public addresses that look a little like private ones are none', () => {
  expect(privateAddresses('8.16.0.1 8.168.0.1 192.1.1.1 8.254.1.1 169.1.1.1 10.1.1.256 172.15.0.1 fd12:::1')).toEqual([]);
});

it('rules are read of what is a list of texts, and of nothing else', () => {
  expect(readPrivacyRules('allow: [5, true, " A B ", "", [x]]\ninternal: x.example\n')).toEqual({ internal: [], allow: ['a b'] });
  for (const text of ['just words', '- a\n', '5\n', 'a: [\n', '']) expect(readPrivacyRules(text), text).toEqual({ internal: [], allow: [] });
});

it('a credential in the name of a file and one in its text do not make up for each other', async () => {
  const exposed = await exposedFiles([{ path: `${fakes.github}.md`, text: `See ${fakes.slack}\n` }], { internal: [], allow: [] });
  expect(exposed.flatMap(({ problems }) => problems)).toHaveLength(2);
});

it('eight characters of a credential are a part of it wherever they stand in it, and seven are not', () => {
  const mayBeTold = (message: string): boolean => repeatsNone(['abcdefghijkl'])({ file: 'a.md', field: null, line: 1, column: 1, message });
  expect(['abcdefgh', 'EFGHIJKL is', 'it is cdefghij'].map(mayBeTold)).toEqual([false, false, false]);
  expect(['abcdefg', 'fghijkl', 'bcdefg-hi'].map(mayBeTold)).toEqual([true, true, true]);
});
