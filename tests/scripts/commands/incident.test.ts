import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { filesBelow, hashes } from '../../support/folders.ts';
import { put, smallSite, unchangedSite } from '../site.ts';
import { callWithoutGit as call } from '../call.ts';

const unchanged = unchangedSite();

const read = (folder: string, path: string): string => readFileSync(join(folder, 'content', path), 'utf8');

async function passes(folder: string, now?: string): Promise<void> {
  const { code, stderr } = await call('check', folder, now === undefined ? {} : { now });
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
}

it.each([
  ['open', ['--title <TEXT> what customers notice --', '--template <NAME> start from this template --']],
  ['schedule', ['--template <NAME> start from this template --']],
  ['resolve', ['--title <TEXT> a new title --', '--template <NAME> start from this template --']],
  ['update', ['--title <TEXT> a new title --', '--template <NAME> start from this template, such as no-news --']],
])('the help of %s describes flags as they work there', async (command, lines) => {
  const help = (await call(`${command} --help`, unchanged)).stdout.replaceAll(/\s+/g, ' ');
  for (const line of lines) expect(help).toContain(line);
});

describe('open', () => {
  it('writes the first update with everything from its flags, and the file passes check', async () => {
    const folder = smallSite();
    const args = [
      'open',
      '--title',
      'API: errors #1',
      '--status',
      'identified',
      '--impact',
      'critical',
      '--component',
      'api=major_outage',
      '--components',
      'website=operational, checkout=degraded_performance',
      '--customer-data',
      'under_review',
      '--next-update',
      '15:30Z',
      '--lead',
      'Dana',
      '--comms',
      'Priya',
      '--remedy',
      'Nobody pays.',
      '--started',
      '2026-11-22T15:50+01:00',
      '--message',
      'Calls fail.\r\n\r\nWe know why.',
    ];
    const { code, stdout } = await call(args, folder);
    const path = 'incidents/2026-11-22-api-errors-1/2026-11-22T1500Z.md';
    const text =
      '---\ntitle: "API: errors #1"\nstatus: identified\nimpact: critical\ncomponents:\n  api: major_outage\n  website: operational\n  checkout: degraded_performance\ncustomer_data: under_review\nnext_update: 15:30Z\nlead: Dana\ncomms: Priya\nremedy: Nobody pays.\nstarted: 2026-11-22T15:50+01:00\n---\nCalls fail.\n\nWe know why.\n';
    expect(read(folder, path)).toBe(text);
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: `content/${path}\n\n${text}\nThe next update is promised by 2026-11-22T15:30Z (16:30 CET).\nThe folder is not in a git repository. To publish it: npx halfpast publish --to DIR\n`,
    });
    await passes(folder);
  });

  it('promises the next update by the cadence of the impact, even after the impact has changed', async () => {
    const folder = smallSite();
    put(folder, 'site.yml', `${read(folder, 'site.yml')}cadence: { critical: 30m, minor: 2h }\n`);
    const promise = async (args: string, now: string): Promise<string | undefined> =>
      /promised by (\S+)/.exec((await call(`${args} --message x`, folder, { now })).stdout)?.[1];
    expect(await promise('open --title Down --component api=partial_outage', '2026-11-22T15:01Z')).toBe(
      '2026-11-22T17:01Z',
    );
    expect(await promise('update down --component api=major_outage', '2026-11-22T15:02Z')).toBe('2026-11-22T15:30Z');
    expect(await promise('update down --impact critical', '2026-11-22T15:03Z')).toBe('2026-11-22T15:33Z');
    expect(await promise('update down --next-update 3h', '2026-11-22T15:04Z')).toBe('2026-11-22T18:04Z');
    expect(await promise('resolve down --customer-data unaffected', '2026-11-22T15:05Z')).toBeUndefined();
  });

  it('prints the file, the incident and the address for programs', async () => {
    const folder = smallSite();
    const { stdout } = await call('open --title Down --impact major --message x --json', folder);
    expect(JSON.parse(stdout)).toMatchObject({
      file: 'content/incidents/2026-11-22-down/2026-11-22T1500Z.md',
      incident: '2026-11-22-down',
      permalink: 'https://status.example.com/incidents/2026-11-22-down/#2026-11-22T1500Z',
      written: true,
    });
  });

  it('takes the text from a pipe', async () => {
    const folder = smallSite();
    await call('open --title Down --impact major', folder, { piped: 'From a pipe.\n' });
    await call('open --title Up --impact major --message -', folder, { piped: 'From another.\n' });
    expect(read(folder, 'incidents/2026-11-22-down/2026-11-22T1500Z.md')).toMatch(/\nFrom a pipe\.\n$/);
    expect(read(folder, 'incidents/2026-11-22-up/2026-11-22T150030Z.md')).toMatch(/\nFrom another\.\n$/);
  });

  it('gives a second incident with the same day and title its own name, once the first is over', async () => {
    const folder = smallSite();
    const open = ['open', '--title', 'Down', '--impact', 'minor', '--message', 'x'];
    await call([...open, '--status', 'resolved'], folder);
    const { code } = await call(open, folder, { now: '2026-11-22T16:00Z' });
    expect(code).toBe(0);
    expect(existsSync(join(folder, 'content/incidents/2026-11-22-down-2/2026-11-22T1600Z.md'))).toBe(true);
  });

  it('accepts a title without letters for a URL, with a name for it', async () => {
    const folder = smallSite();
    await call('open --title 障害 --impact major --message x', folder);
    await call('open --title 障害 --impact major --message x --slug outage', folder);
    await call('open --title 停電 --impact major --message x', folder);
    expect(filesBelow(join(folder, 'content/incidents')).filter((path) => path.includes('T1500'))).toEqual([
      '2026-11-22-incident-1500-2/2026-11-22T150031Z.md',
      '2026-11-22-incident-1500/2026-11-22T1500Z.md',
      '2026-11-22-outage/2026-11-22T150030Z.md',
    ]);
  });

  it('writes nothing on a dry run', async () => {
    const folder = smallSite();
    const before = hashes(folder);
    const { code, stdout } = await call('open --title Down --impact major --message x --dry-run --commit', folder);
    expect({ code, first: stdout.split('\n')[0] }).toEqual({
      code: 0,
      first: 'content/incidents/2026-11-22-down/2026-11-22T1500Z.md (not written)',
    });
    expect(hashes(folder)).toEqual(before);
  });

  it.each([
    [
      '--status resolved --component api=major_outage',
      '--component: api is major_outage, but the incident is resolved. Add when it was over, such as ended: 2026-11-22T15:00Z, leave it out, or use status: monitoring',
    ],
    [
      '--status monitoring --ended 2026-11-22T14:10Z',
      '--ended: belongs on an update with status: resolved. Leave it out, or use that status',
    ],
    [
      '--claim "Write to us."',
      '--claim: needs a remedy. Add what customers get, such as remedy: Everyone is refunded.',
    ],
    [
      '--remedied 2026-11-22',
      '--remedied: needs a remedy. Add what customers get, such as remedy: Everyone is refunded.',
    ],
  ])('names the flag that wouldn’t pass check, and writes nothing: %s', async (flags, problem) => {
    const before = hashes(unchanged);
    const { code, stderr } = await call(`update ${flags} --message x`, unchanged);
    expect({ code, stderr }).toEqual({ code: 2, stderr: `halfpast: ${problem}\n` });
    expect(hashes(unchanged)).toEqual(before);
  });

  it('refuses a file that wouldn’t pass check, with its line, and writes nothing', async () => {
    const before = hashes(unchanged);
    const { code, stderr } = await call('update --message {{where}}', unchanged);
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /^halfpast: nothing was written, since it would not pass check:\ncontent\/incidents\/2026-11-22-checkout-errors\/2026-11-22T1500Z\.md:4:1 {2}still has the template placeholder/,
    );
    expect(hashes(unchanged)).toEqual(before);
  });

  it('works despite a mistake in another file, but mentions it', async () => {
    const folder = smallSite();
    put(folder, 'postmortems/2026-11-20-slow-search.md', 'not a postmortem');
    const { code, stdout } = await call('open --title Down --impact major --message x', folder);
    expect(code).toBe(0);
    expect(stdout).toContain(
      '1 problem elsewhere in content will keep it from being published. See: npx halfpast check',
    );
  });

  it('reports problems in the settings first', async () => {
    const folder = smallSite();
    put(folder, 'site.yml', 'name: Example\n');
    const { code, stderr } = await call('open --title Down --impact major --message x', folder);
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: expect.stringMatching(/^halfpast: content\/site\.yml:\d+:\d+ {1,2}url: is missing/),
    });
  });
});

describe('update', () => {
  it('goes to the only open incident and keeps its status', async () => {
    const folder = smallSite();
    await call('update --message "Still looking."', folder);
    expect(read(folder, 'incidents/2026-11-22-checkout-errors/2026-11-22T1500Z.md')).toBe(
      '---\nstatus: investigating\n---\nStill looking.\n',
    );
    await passes(folder);
  });

  it('adds seconds if the minute is taken, and uses the next second if that’s taken too', async () => {
    const folder = smallSite();
    for (const message of ['1', '2', '3'])
      await call(['update', '--message', message], folder, { now: '2026-11-22T15:00:30.250Z' });
    expect(filesBelow(join(folder, 'content/incidents/2026-11-22-checkout-errors'))).toEqual([
      '2026-11-22T1405Z.md',
      '2026-11-22T150030Z.md',
      '2026-11-22T150031Z.md',
      '2026-11-22T1500Z.md',
    ]);
    await passes(folder);
  });

  it('lists the open incidents if there’s more than one', async () => {
    const folder = smallSite();
    await call('open --title Down --impact major --message x', folder);
    const { code, stderr } = await call('update --message x', folder);
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: 'halfpast: more than one incident is open. Name one of: 2026-11-22-checkout-errors, 2026-11-22-down\n',
    });
  });

  it('accepts part of a name, and prefers an open incident among several', async () => {
    const folder = smallSite();
    await call(
      'open --title "Checkout errors again" --impact major --status resolved --customer-data unaffected --message x',
      folder,
    );
    const { code, stdout } = await call('update checkout-err --message x --json', folder);
    expect({ code, incident: JSON.parse(stdout).incident }).toEqual({
      code: 0,
      incident: '2026-11-22-checkout-errors',
    });
  });

  it('never goes to maintenance by part of its name, unless only maintenance can be meant', async () => {
    const folder = smallSite();
    put(
      folder,
      'maintenance/2026-12-03-checkout-database/2026-11-21T0900Z.md',
      '---\ntitle: Checkout database\nstatus: scheduled\nscheduled_for: 2026-12-03T22:00Z\nscheduled_until: 2026-12-03T23:00Z\n---\nx\n',
    );
    await call('resolve --message x', folder);
    const before = hashes(folder);
    for (const name of ['checkout-data', '2026-12', 'database'])
      expect(await call(['update', name, '--message', 'We see errors.'], folder)).toMatchObject({
        code: 1,
        stderr: expect.stringContaining('no incident has'),
      });
    expect((await call('update 2026 --status investigating --message x', folder)).stderr).toBe(
      'halfpast: "2026" matches more than one. Use one of: 2026-11-22-checkout-errors, 2026-11-20-slow-search\n',
    );
    expect(hashes(folder)).toEqual(before);
    expect((await call('update checkout --until 2026-12-04T00:00Z --message Longer.', folder)).stdout).toContain(
      'This updates the maintenance "Checkout database".',
    );
    expect((await call('update 2026-12-03-checkout-database --message "As planned."', folder)).code).toBe(0);
    await passes(folder);
  });

  it('says what it updates', async () => {
    const folder = smallSite();
    expect((await call('update checkout --message x', folder)).stdout).toContain(
      '\nThis updates the incident "Checkout errors in Europe".\n',
    );
    expect(JSON.parse((await call('update --message x --json', folder)).stdout)).toMatchObject({
      title: 'Checkout errors in Europe',
    });
  });

  it('adds a final note to a resolved incident', async () => {
    const folder = smallSite();
    expect((await call('update slow-search --status resolved --message "A late word."', folder)).code).toBe(0);
    expect(await call('check', folder)).toMatchObject({
      code: 0,
      stderr: expect.stringMatching(/^[^\n]+ was already resolved by [^\n]+\n$/),
    });
  });

  it('reopens a resolved incident, and says so', async () => {
    const folder = smallSite();
    const { stdout } = await call('update slow-search --status identified --message "It is back."', folder);
    expect(stdout).toContain('This reopens 2026-11-20-slow-search, which was resolved.');
    const status = await call('status --json', folder);
    expect(JSON.parse(status.stdout).incidents.map(({ slug }: { slug: string }) => slug)).toContain(
      '2026-11-20-slow-search',
    );
  });

  it('takes maintenance through its states', async () => {
    const folder = smallSite();
    const now = '2026-12-01T22:01:00Z';
    expect((await call('update --status in_progress --message "It has begun."', folder, { now })).code).toBe(0);
    expect(
      (
        await call('update database --status completed --message Done.', folder, {
          now: '2026-12-01T23:00Z',
        })
      ).code,
    ).toBe(0);
    expect(read(folder, 'maintenance/2026-12-01-database-upgrade/2026-12-01T2201Z.md')).toBe(
      '---\nstatus: in_progress\n---\nIt has begun.\n',
    );
    await passes(folder, '2026-12-01T23:00Z');
  });

  it('doesn’t guess while an incident can’t be read, but accepts one by name', async () => {
    const folder = smallSite();
    put(folder, 'incidents/2026-11-20-slow-search/2026-11-20T0910Z.md', '---\nstatus: resovled\n---\nx\n');
    const { code, stderr } = await call('update --message x', folder);
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: expect.stringContaining('so it is not clear which one you mean'),
    });
    expect((await call('update checkout --message x', folder)).code).toBe(0);
  });
});

describe('resolve', () => {
  it('ends the only open incident', async () => {
    const folder = smallSite();
    const { stdout } = await call(
      'resolve --customer-data unaffected --remedy "Nobody pays twice." --message "All is well."',
      folder,
    );
    expect(read(folder, 'incidents/2026-11-22-checkout-errors/2026-11-22T1500Z.md')).toBe(
      '---\nstatus: resolved\ncustomer_data: unaffected\nremedy: Nobody pays twice.\n---\nAll is well.\n',
    );
    expect(stdout).toContain('To draft a postmortem: npx halfpast postmortem 2026-11-22-checkout-errors');
    expect((await call('update --message x', folder)).stderr).toBe(
      'halfpast: no incident is open. To report one: npx halfpast open. To update an old one, name it\n',
    );
    await passes(folder);
  });
});

it('an update says how customers claim a remedy, and later on which day they got it', async () => {
  const folder = smallSite();
  const given = ['--remedy', 'A refund.', '--claim', 'Write to us.', '--claim-until', '2026-12-31'];
  const rest = ['--status', 'resolved', '--customer-data', 'unaffected', '--message', 'All is well.'];
  expect((await call(['update', ...given, '--remedied', 'pending', ...rest], folder)).code).toBe(0);
  const args = ['update', 'checkout', '--status', 'resolved', '--remedied', '2026-11-23', '--message', 'Done.'];
  expect((await call(args, folder, { now: '2026-11-23T15:00Z' })).code).toBe(0);
  expect(read(folder, 'incidents/2026-11-22-checkout-errors/2026-11-23T1500Z.md')).toBe(
    '---\nstatus: resolved\nremedied: 2026-11-23\n---\nDone.\n',
  );
});

describe('the check of customer data', () => {
  it.each([['resolve'], ['update', '--status', 'resolved']])(
    'has a verdict before %s ends the incident',
    async (...command) => {
      const folder = smallSite();
      await call('update --customer-data under_review --message x', folder);
      const before = hashes(folder);
      const end = [...command, '--message', 'All is well.'];
      expect(await call(end, folder)).toEqual({
        code: 2,
        stdout: '',
        stderr:
          'halfpast: --customer-data is missing: customer data of 2026-11-22-checkout-errors is under review, and would stay so. Type --customer-data unaffected or --customer-data affected, or under_review again if the review continues\n',
      });
      expect(hashes(folder)).toEqual(before);
      expect((await call([...end, '--customer-data', 'unaffected'], folder)).code).toBe(0);
      await passes(folder);
    },
  );
});

it.each([
  ['resolve', 'status: resolved\n'],
  ['update --status resolved', ''],
])('%s ignores a promise in a template', async (command, status) => {
  const folder = smallSite();
  put(folder, 'templates/ours.md', `---\n${status}next_update: 1h\n---\nIt works.\n`);
  const called = await call(`${command} --template ours --customer-data unaffected`, folder);
  expect(called).toMatchObject({ code: 0, stderr: '' });
  const file = 'incidents/2026-11-22-checkout-errors/2026-11-22T1500Z.md';
  expect(read(folder, file)).toBe('---\nstatus: resolved\ncustomer_data: unaffected\n---\nIt works.\n');
  await passes(folder);
});

describe('schedule', () => {
  it('announces maintenance named after the day of its window', async () => {
    const folder = smallSite();
    const { code } = await call(
      [
        'schedule',
        '--title',
        'New servers',
        '--for',
        '2026-12-05T23:30-02:00',
        '--until',
        '2026-12-06T03:00Z',
        '--component',
        'api',
        '--components',
        'website=degraded_performance',
        '--message',
        'We move.',
      ],
      folder,
    );
    expect(code).toBe(0);
    expect(read(folder, 'maintenance/2026-12-06-new-servers/2026-11-22T1500Z.md')).toBe(
      '---\ntitle: New servers\nstatus: scheduled\nscheduled_for: 2026-12-05T23:30-02:00\nscheduled_until: 2026-12-06T03:00Z\ncomponents:\n  api: under_maintenance\n  website: degraded_performance\n---\nWe move.\n',
    );
    await passes(folder);
  });

  it('an update with --at uses the window at that time', async () => {
    const folder = smallSite();
    const update = 'update database --message x --status in_progress --at';
    const now = '2026-12-02T09:00Z';
    expect(await call(`${update} 2026-12-02T00:00Z`, folder, { now })).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('--status in_progress: the window ended at 2026-12-02T00:00Z') as string,
    });
    expect(await call(`${update} 2026-12-01T23:59Z`, folder, { now })).toMatchObject({ code: 0, stderr: '' });
  });

  it('an update after the window needs a new window or another status', async () => {
    const folder = smallSite();
    const note = 'update 2026-12-01-database-upgrade --message "Postponed."';
    expect(await call(note, folder, { now: '2026-12-02T09:00Z' })).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/status: is scheduled, but the window ended at 2026-12-02T00:00Z/) as string,
    });
    const moved = `${note} --for 2026-12-05T22:00Z --until 2026-12-06T00:00Z`;
    expect(await call(moved, folder, { now: '2026-12-02T09:00Z' })).toMatchObject({ code: 0, stderr: '' });
    await passes(folder, '2026-12-02T09:00Z');
  });
});
