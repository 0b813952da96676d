import { expect, it } from 'vitest';
import { credentialsIn, exposedFiles } from '../../../../src/lib/content/credentials.ts';
import {
  internalHosts,
  mailAddresses,
  privateAddresses,
  readPrivacyRules,
  repeatsNone,
} from '../../../../src/lib/content/leaks.ts';
import { fakes } from '../../../support/fake-secrets.ts';

it('public addresses that resemble private ones aren’t reported', () => {
  expect(privateAddresses('8.16.0.1 8.168.0.1 192.1.1.1 8.254.1.1 169.1.1.1 10.1.1.256 172.15.0.1 fd12:::1')).toEqual(
    [],
  );
});

it('rules are only read from lists of texts', () => {
  expect(readPrivacyRules('allow: [5, true, " A B ", "", [x]]\ninternal: x.example\n')).toEqual({
    internal: [],
    allow: ['a b'],
  });
  for (const text of ['just words', '- a\n', '5\n', 'a: [\n', ''])
    expect(readPrivacyRules(text), text).toEqual({ internal: [], allow: [] });
});

it('a credential in a file name and one in the text are both reported', async () => {
  const exposed = await exposedFiles([{ path: `${fakes.github}.md`, text: `See ${fakes.slack}\n` }], {
    internal: [],
    allow: [],
  });
  expect(exposed.flatMap(({ problems }) => problems)).toHaveLength(2);
});

it('any eight characters of a credential count as part of it, and seven don’t', () => {
  const mayBeTold = (message: string): boolean =>
    repeatsNone(['abcdefghijkl'])({ file: 'a.md', field: null, line: 1, column: 1, message, fix: null });
  expect(['abcdefgh', 'EFGHIJKL is', 'it is cdefghij'].map(mayBeTold)).toEqual([false, false, false]);
  expect(['abcdefg', 'fghijkl', 'bcdefg-hi'].map(mayBeTold)).toEqual([true, true, true]);
});

const rules = { internal: [], allow: [] };
const told = async (text: string): Promise<readonly (number | undefined)[]> =>
  (await exposedFiles([{ path: 'a.md', text }], rules)).flatMap(({ problems }) => problems.map(({ line }) => line));

it.each([
  ['github', '_', String.raw`\_`],
  ['github', '_', String.raw`\x5F`],
  ['github', '_', String.raw`\u005f`],
  ['github', '_', '&#x5f;'],
  ['github', '_', '&#X0005F;'],
  ['github', '_', '&#95;'],
  ['github', '_', '&lowbar;'],
  ['github', '_', '&UnderBar;'],
  ['gitlab', '-', '&hyphen;'],
  ['aws secret', '=', '&equals;'],
  ['sendgrid', '.', '&period;'],
  ['slack webhook', '/', '&sol;'],
  ['postgres', ':', '&colon;'],
  ['basic auth', '@', '&commat;'],
] as const)('a credential of %s with each %s as %s is found on its line', async (name, sign, written) => {
  expect(await told(`One.\n\nKey ${fakes[name].replaceAll(sign, written)}\n`)).toEqual([3]);
});

it('a credential that readers see on two lines is reported on both', async () => {
  expect(await told(`Key ${fakes.github}\n\nKey ${fakes.github.replace('_', '&lowbar;')}\n`)).toEqual([1, 3]);
});

it('references without a matching key stay as they are', async () => {
  for (const written of ['&#0;', '&#10;', '&#32;', '&#127;', '&#x2028;', '&nothing;'])
    expect(await told(`Key ${fakes.github.replace('_', written)}\n`), written).toEqual([]);
});

it('an account number isn’t a credential', async () => {
  // The first word has the rules asked at all.
  expect(await credentialsIn(['Access key of AKIA, aws_account_id = 1234', '5678', '9012'].join('-'))).toEqual([]);
});

it("internal names are found with leading dots and in capitals, and a dot alone isn't a name", () => {
  const found = (listed: readonly string[], text: string): readonly string[] =>
    internalHosts(listed)(text).map((span) => span.text);
  expect(found(['..corp.example'], 'See DB.Corp.Example and corp.example')).toEqual([
    'DB.Corp.Example',
    'corp.example',
  ]);
  expect(found(['.', ''], 'See www.example.com, and nothing else.')).toEqual([]);
  expect(found([], 'See LOCALHOST and Db.INTERNAL')).toEqual(['LOCALHOST', 'Db.INTERNAL']);
  expect(found(['acorpaexample'], 'See corp.example')).toEqual([]);
});

it("example addresses and git@ don't count as email addresses, and similar ones do", () => {
  const found = (text: string): readonly string[] => mailAddresses(text).map((span) => span.text);
  expect(found('a@example.com b@mail.example.org c@example.test git@code.acme.io')).toEqual([]);
  const people = [
    'a@example.com.acme.io',
    'b@acmetest.io',
    'digit@acme.io',
    'c@a.b.c.acme.io',
    'd@testing.acme.io',
    'e@example.io',
  ];
  expect(found(people.join(' '))).toEqual(people);
});

it('text before @ in a URL isn’t an email address, and after a URL it is', () => {
  const found = (text: string): readonly string[] => mailAddresses(text).map((span) => span.text);
  expect(found('https://deploy.key@acme.io/')).toEqual([]);
  expect(found('https://acme.io/ or dana@acme.io')).toEqual(['dana@acme.io']);
  expect(found('https://acme.io/?to=dana@acme.io')).toEqual(['dana@acme.io']);
});
