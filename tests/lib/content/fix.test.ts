import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { correctedLine } from '../../../scripts/publish/commit-comment.ts';
import { checkContent } from '../../../src/lib/content/check-content.ts';
import { readTree } from '../../../src/lib/content/disk.ts';
import { fixtureNow, goodSite } from './fixture.ts';

const tree = await readTree(goodSite);

/** The problems in one file laid over the good site. */
async function problemsIn(path: string, text: string) {
  const bytes = new TextEncoder().encode(text);
  const files = [...tree.files.filter((file) => file.path !== path), { path, bytes }];
  const checked = await checkContent({ ...tree, files }, fixtureNow);
  return 'problems' in checked ? checked.problems.filter(({ file }) => file === path) : [];
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
])('the fix for %s', async (_, fields, fix) => {
  const slug = tree.folders.find((path) => path.startsWith('incidents/'));
  const problems = await problemsIn(`${slug}/2026-11-22T1459Z.md`, update(fields));
  expect(problems.map((problem) => problem.fix)).toEqual([fix]);
  expect(problems[0]?.message).not.toMatch(/[\t\n]/);
});

const slug = 'incidents/2026-11-22-checkout-errors';
const site = 'name: A\nurl: https://a.example\ntime_zone: UTC\n';
const postmortem = 'title: A\nsummary: B\nauthors: [Dana]\ncustomer_data: unaffected\npublished: 2026-11-22T14:59Z';

it.each([
  [`${slug}/2026-11-22T1459Z.md`, update('status: resolved\ntitle: Refunds for order # 1234 fail'), 'title'],
  [`${slug}/2026-11-22T1459Z.md`, update('status: resolved\ntitle: Order #1234 fails   #\n# note'), 'title'],
  [`${slug}/2026-11-22T1459Z.md`, update('status: resolved\nremedy: Send us the ticket # and "name".'), 'remedy'],
  [`${slug}/2026-11-22T1459Z.md`, update("lead: O'Neil \\ Dana # 2\nstatus: resolved"), 'lead'],
  [
    'maintenance/2026-12-01-database-upgrade/2026-11-22T1459Z.md',
    update('status: scheduled\ntitle: Rack # 4'),
    'title',
  ],
  ['postmortems/2026-11-22-checkout-errors.md', update(postmortem.replace('B', 'Order # 1')), 'summary'],
  ['postmortems/2026-11-22-checkout-errors.md', update(`${postmortem}\nlessons:\n  - Test\n  - Rule # 1`), 'lessons.2'],
  [
    'postmortems/2026-11-22-checkout-errors.md',
    update(`${postmortem}\nactions:\n  - what: Ticket # 5\n    owner: Dana\n    due: 2026-12-01 # firm`),
    'actions.1.what',
  ],
  ['templates/a.md', update('label: Case # 1 # 2\nstatus: resolved # done'), 'label'],
  ['site.yml', site.replace('A', 'The # 1 shop'), 'name'],
  ['site.yml', `${site}priorities: # in order\n  - Goal # 1\n`, 'priorities.1'],
  ['site.yml', `${site}links:\n  - label: Room # 7\n    url: https://a.example # x\n`, 'links.1.label'],
  [
    'components.yml',
    'groups:\n  - name: Rack # 4\n    components: [{ id: checkout, name: Checkout }]\n',
    'groups.1.name',
  ],
  [
    'components.yml',
    'components:\n  - id: checkout # never change it\n    name: Shop\n    description: Our # 1 shop\n',
    'components.1.description',
  ],
])('text that a comment cuts off in %s', async (path, text, field) => {
  const [problem, ...more] = await problemsIn(path, text);
  expect([problem?.field, more]).toEqual([field, []]);
  const lines = text.split('\n');
  const line = lines[problem!.line - 1]!;
  const corrected = correctedLine(problem!, line);
  expect(problem!.message).toContain(`Use ${corrected!.trim().replace(/^- (?=\w+: )/, '')}; `);
  const fixed = await problemsIn(path, lines.with(problem!.line - 1, corrected!).join('\n'));
  expect(fixed).toEqual([]);
  const value = (written: string) => parse(written.trim().replace(/^- (?=\w+: )/, ''));
  expect(JSON.stringify(value(corrected!))).toContain(JSON.stringify(problem!.fix!.given).slice(1, -1));
});

it.each([
  'status: resolved # done',
  'status: resolved #done',
  // The value of quotes is complete, and so is the header of a block.
  'status: resolved\ntitle: "Checkout" # short',
  "status: resolved\ntitle: 'Checkout' # short",
  "status: resolved\ntitle: 'Checkout\n  is slow' # short",
  'status: resolved\ntitle: >- # short\n  Checkout # 4',
  'status: resolved\nlead: Dana\n# her name\ncomms: "Priya" # hers',
  '# a line\nstatus: resolved\n# another\ntitle: "C# in #general"',
  'status: resolved\ncomponents: # what\n  checkout: operational # again\nedited: 2026-11-22T14:59Z # old',
])('a comment that cuts off no text is fine: %j', async (fields) => {
  expect(await problemsIn(`${slug}/2026-11-22T1459Z.md`, update(fields))).toEqual([]);
});

it.each(["title: 'Checkout'#short", 'title: "Checkout"#4', 'components: { checkout: operational }#short'])(
  'a comment needs a space before it: %j',
  async (field) => {
    const [problem, ...more] = await problemsIn(`${slug}/2026-11-22T1459Z.md`, update(`status: resolved\n${field}`));
    expect([problem?.line, problem?.message, more]).toEqual([
      3,
      'has no space before #. Add one if a comment starts here; if # is part of the value, put the whole value in quotes',
      [],
    ]);
  },
);

describe('values that YAML doesn’t read as text are quoted as written', () => {
  it.each('3.10 08 1e3 0x1F 0777 0o17 .5 +1 1. -0.50 .inf -.INF .NaN true True FALSE'.split(' '))(
    '%s',
    async (written) => {
      const advice = `${written} is not text in YAML. Put it in quotes: "${written}"`;
      const components = `components:\n  - id: checkout\n    name: ${written}\n`;
      expect(await problemsIn('components.yml', components)).toMatchObject([
        { message: advice, fix: { given: written, type: `"${written}"` }, line: 3, column: 11 },
      ]);
      const text = update(`${postmortem}\nlessons: [a, ${written}]`);
      expect(
        (await problemsIn('postmortems/2026-11-22-checkout-errors.md', text)).map(({ message }) => message),
      ).toEqual([advice]);
      const mapping = update(`status: resolved\ncomponents:\n  ${written}: operational\nnext_update: ${written}`);
      expect((await problemsIn(`${slug}/2026-11-22T1459Z.md`, mapping)).map(({ field }) => field)).toEqual([
        `components.${written}`,
        'next_update',
      ]);
    },
  );

  it.each('yes no on Off y 1_000 2026-11-27 1:30 1.2.3 0b1 infinity 12e'.split(' '))('%s is text', async (written) => {
    const components = `components:\n  - id: checkout\n    name: ${written}\n`;
    expect(await problemsIn('components.yml', components)).toEqual([]);
  });

  it.each(['~', 'null', 'Null', 'NULL'])('%s is no value', async (written) => {
    const [problem] = await problemsIn('components.yml', `components:\n  - id: checkout\n    name: ${written}\n`);
    expect(problem?.message).toMatch(`is blank: ${written} means no value in YAML. Add a value, put it in quotes`);
  });

  it('so is a word that isn’t in a list', async () => {
    const problems = await problemsIn(`${slug}/2026-11-22T1459Z.md`, update('status: 1e3\ntitle: [0x1F, 08]'));
    expect(problems.map(({ message }) => message)).toEqual([
      '1e3 is not a status. Use one of: investigating, identified, monitoring, resolved.',
      '["0x1F","08"] is not text. Write it like title: Checkout errors',
    ]);
  });
});

it('true and false can be written as YAML allows', async () => {
  for (const word of ['true', 'True', 'TRUE', 'false', 'FALSE'])
    expect(await problemsIn('site.yml', `${site}show_people: ${word}\n`)).toEqual([]);
});

it('a credential is marked as one', async () => {
  const problems = await problemsIn('site.yml', 'name: AKIAIOSFODNN7EXAMPLF\nurl: https://a.example\ntime_zone: UTC\n');
  expect(problems.map(({ kind }) => kind)).toContain('credential');
});
