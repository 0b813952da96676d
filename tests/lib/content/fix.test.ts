import { expect, it } from 'vitest';
import { checkContent } from '../../../src/lib/content/check-content.ts';
import { readTree } from '../../../src/lib/content/disk.ts';
import { fixtureNow, goodSite } from './fixture.ts';

const tree = await readTree(goodSite);

/** The problems in one file laid over the good site. */
async function problemsIn(path: string, text: string) {
  const bytes = new TextEncoder().encode(text);
  const files = [...tree.files.filter((file) => file.path !== path), { path, bytes }];
  const checked = await checkContent({ ...tree, files }, fixtureNow);
  return 'problems' in checked ? checked.problems : [];
}

const update = (fields: string): string => `---\n${fields}\n---\nWe know why.\n`;

it.each([
  ['a value that is nearly one of a list', 'status: resolvd', { given: 'resolvd', type: 'resolved' }],
  ['a mistyped field', 'status: resolved\nleed: Dana', { given: 'leed', type: 'lead' }],
  [
    'a mistyped component',
    'status: identified\ncomponents:\n  chekout: operational',
    { given: 'chekout', type: 'checkout' },
  ],
  ['a number for text', 'status: resolved\nlead: 5', { given: '5', type: '"5"' }],
  ['text that YAML takes for a field', 'status: resolved\nlead:\n  Dana: 5', { given: 'Dana: 5', type: '"Dana: 5"' }],
  [
    'a time without an offset',
    'status: resolved\nedited: 2026-11-22T14:30',
    { given: '2026-11-22T14:30', type: '2026-11-22T13:30Z' },
  ],
  ['a value far from all of a list', 'status: xyzxyz', null],
  ['a missing field', 'lead: Dana', null],
])('the fix of %s', async (_, fields, fix) => {
  const slug = tree.folders.find((path) => path.startsWith('incidents/'));
  const problems = await problemsIn(`${slug}/2026-11-22T1459Z.md`, update(fields));
  expect(problems.map((problem) => problem.fix)).toEqual([fix]);
  expect(problems[0]?.message).not.toMatch(/[\t\n]/);
});

it('a credential is marked as one', async () => {
  const problems = await problemsIn('site.yml', 'name: AKIAIOSFODNN7EXAMPLF\nurl: https://a.example\ntime_zone: UTC\n');
  expect(problems.map(({ kind }) => kind)).toContain('credential');
});
