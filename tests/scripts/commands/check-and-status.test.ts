import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { put, smallSite, unchangedSite } from '../site.ts';
import { callWithoutGit as call } from '../call.ts';

const unchanged = unchangedSite();

it('uses the content folder in HALFPAST_CONTENT, unless --content is given', async () => {
  const folder = smallSite();
  const context = { env: { HALFPAST_CONTENT: 'nowhere' } };
  const { code, stderr } = await call('check', folder, { context });
  expect({ code, stderr }).toEqual({
    code: 1,
    stderr:
      'halfpast: there is no content folder at nowhere. Name another with --content DIR or HALFPAST_CONTENT=DIR, or make one with: npx halfpast init --content nowhere\n',
  });
  expect((await call('check --content content', folder, { context })).code).toBe(0);
  expect((await call('check', folder, { context: { env: { HALFPAST_CONTENT: '' } } })).code).toBe(0);
});

describe('check', () => {
  it('counts what it read if there are no problems', async () => {
    const folder = smallSite();
    await call(
      'open --title Odd --impact minor --status resolved --lead Dana --customer-data unaffected --message x',
      folder,
    );
    await call('postmortem odd', folder);
    expect(await call('check', folder)).toEqual({
      code: 0,
      stdout: '3 incidents, 1 maintenance window, 2 postmortems (1 draft): no problems\n',
      stderr: '',
    });
    expect((await call('check --json', folder)).stdout).toBe('{"ok":true,"problems":[],"warnings":[],"hold":null}\n');
  });

  it('prints every problem with its place, with the folder as typed, and a count', async () => {
    const folder = smallSite();
    put(folder, 'incidents/2026-11-22-checkout-errors/2026-11-22T1430Z.md', '---\nstatus: resovled\n---\nx\n');
    put(folder, 'stray.txt', 'x');
    const { code, stdout, stderr } = await call('check --content ./content/', folder);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr.split('\n')).toEqual([
      './content/incidents/2026-11-22-checkout-errors/2026-11-22T1430Z.md:2:9  status: "resovled" is not a status. Did you mean "resolved"?',
      expect.stringContaining('./content/stray.txt:1:1  does not belong in the content folder.'),
      '2 problems',
      '',
    ]);
  });

  it('says which shade of the accent is used, unless theme.css sets the link color', async () => {
    const folder = smallSite();
    const site = readFileSync(join(folder, 'content/site.yml'), 'utf8');
    put(folder, 'site.yml', `${site}accent: "#00aa77"\n`);
    const note = async (): Promise<string[]> => (await call('check', folder)).stdout.trim().split('\n').slice(1);
    expect(await note()).toEqual([expect.stringMatching(/^accent: .* is shown instead$/)]);
    put(folder, 'theme.css', ':root { --radius: 0 }');
    expect(await note()).toHaveLength(1);
    put(folder, 'theme.css', ':root { --link: light-dark(#00c, #9cf) }');
    expect(await note()).toEqual([]);
  });

  it('prints problems for programs, with exit code 1', async () => {
    const folder = smallSite();
    put(folder, 'stray.txt', 'x');
    const { code, stdout } = await call('check --json', folder);
    expect({ code, said: JSON.parse(stdout) }).toMatchObject({
      code: 1,
      said: { ok: false, problems: [{ file: 'stray.txt', line: 1, column: 1, field: null }] },
    });
  });

  it('escapes terminal control characters in file names in JSON', async () => {
    const folder = smallSite();
    const name = 'stray\u009b2J\u202e\u2028\u200b\u{e0041}é.txt';
    put(folder, name, 'x');
    const { stdout } = await call('check --json', folder);
    expect(JSON.parse(stdout)).toMatchObject({ problems: [{ file: name }] });
    expect(stdout).toMatch(/stray\\u009b2J\\u202e\\u2028\\u200b\\udb40\\udc41é\.txt/);
  });
});

describe('status', () => {
  it('shows the goals, what’s open, who leads, what was promised, and an overdue promise in capitals', async () => {
    const { stdout } = await call('status --now 2026-11-22T14:41Z', unchanged);
    expect(stdout).toBe(
      [
        'Sunday, 22 November 2026, 15:41+01:00 (Europe/Berlin)',
        '1 incident is open. 1 UPDATE IS OVERDUE: update customers now.',
        'NEXT: Checkout errors in Europe: find out whether customer data is safe, and say so. Until you know: npx halfpast update 2026-11-22-checkout-errors --customer-data under_review',
        '',
        'Goals, in order',
        '  1. Customer data is safe',
        '  2. Customers are informed',
        '  3. Service is restored',
        '',
        'Checkout errors in Europe',
        'Investigating, minor impact',
        '  Customer data    NOT STATED YET. Find out, and state it in the next update',
        '  Last update      15:05+01:00, 36 minutes ago (1 update)',
        '  Next update      OVERDUE by 11 minutes: promised for 15:30+01:00',
        '  Service          Checkout: partial outage',
        '  Open for         36 minutes, since 15:05+01:00',
        '  Next check-in    15:45+01:00, in 4 minutes',
        '  To check in      npx halfpast checkin 2026-11-22-checkout-errors',
        '  Lead             Dana',
        '  Comms            Priya',
        '  To update        npx halfpast update 2026-11-22-checkout-errors',
        '',
        'Maintenance: Database upgrade',
        '  Scheduled        Tue 1 Dec 23:00+01:00 to Wed 2 Dec 01:00+01:00, starts in 9 days 7 hours 19 minutes',
        '  Affects          Website',
        '',
      ].join('\n'),
    );
  });

  it('shows the newest promise, and no alarm within its minute', async () => {
    const folder = smallSite();
    await call('update --status identified --message x', folder, { now: '2026-11-22T14:29Z' });
    const { stdout } = await call('status --now 2026-11-22T15:30:59Z', folder);
    expect(stdout).toContain('\n1 incident is open.\nNEXT: ');
    expect(stdout).toContain('  Last update      15:29+01:00, 1 hour 1 minute ago (2 updates)\n');
    expect((await call('status --now 2026-11-22T15:31Z', folder)).stdout).toContain(
      '  Next update      OVERDUE by 1 minute: promised for 16:30+01:00\n',
    );
  });

  it('says which role is missing, and how to fill it', async () => {
    const folder = smallSite();
    await call('open --title Odd --impact none --next-update none --message x', folder);
    const { stdout } = await call('status', folder);
    expect(stdout).toContain('Odd\nInvestigating, no impact\n');
    expect(stdout).toContain('  Next update      none promised\n  Service          no components named\n');
    expect(stdout).toContain(
      '  Lead             NOT NAMED\n  Comms            NOT NAMED\n  To update        npx halfpast update 2026-11-22-odd --lead NAME --comms NAME\n',
    );
  });

  const nextOf = async (folder: string, now = '2026-11-22T14:41Z'): Promise<string> =>
    /^NEXT: (.*)$/m.exec((await call('status', folder, { now })).stdout)?.[1] ?? '';

  it('starts with the first unmet goal: data, then customers, then the service', async () => {
    const folder = smallSite();
    expect(await nextOf(folder)).toMatch(/find out whether customer data is safe.* --customer-data under_review$/);
    await call('update --customer-data under_review --message x', folder, { now: '2026-11-22T14:42Z' });
    expect(await nextOf(folder, '2026-11-22T14:43Z')).toMatch(
      /finish the review of customer data.* --customer-data VERDICT$/,
    );
    expect(await nextOf(folder, '2026-11-22T15:31Z')).toMatch(
      /update customers, who were promised the next update by 16:30/,
    );
    await call('update --customer-data affected --message x', folder, { now: '2026-11-22T15:32Z' });
    expect(await nextOf(folder, '2026-11-22T15:33Z')).toMatch(/restore the service \(Checkout\)\.$/);
    await call('update --status monitoring --message x', folder, { now: '2026-11-22T15:40Z' });
    expect(await nextOf(folder, '2026-11-22T15:41Z')).toMatch(/if the fix holds, resolve it: npx halfpast resolve/);
    expect(await nextOf(folder, '2026-11-22T16:31Z')).toMatch(/update customers/);
  });

  it('shows the latest check-in, when the next is due, and which weren’t logged', async () => {
    const folder = smallSite();
    const at = async (now: string) => (await call('status', folder, { now })).stdout;
    expect(await at('2026-11-22T14:41Z')).not.toMatch(/Last check-in|Not logged|due since/);
    await call('checkin --known "It is slow"', folder, { now: '2026-11-22T14:16Z' });
    await call('checkin --next wait', folder, { now: '2026-11-22T15:02Z' });
    expect(await at('2026-11-22T15:09Z')).toContain(
      '  Last check-in    16:02+01:00, 7 minutes ago. Next: wait.\n  Not logged       15:30+01:00 and 15:45+01:00\n  Next check-in    16:15+01:00, in 6 minutes\n',
    );
    expect(await at('2026-11-22T15:16Z')).toContain(
      '  Next check-in    due since 16:15+01:00; then 16:30+01:00, in 14 minutes\n',
    );
    // One that is early or late counts.
    await call('checkin --next wait', folder, { now: '2026-11-22T15:23Z' });
    expect(await at('2026-11-22T15:31Z')).toContain('  Next check-in    16:45+01:00, in 14 minutes\n');
    const { stdout } = await call('status --json', folder, { now: '2026-11-22T15:46Z' });
    expect(JSON.parse(stdout)).toMatchObject({
      incidents: [
        {
          first_goal: 'customer_data',
          last_check_in: { at: '2026-11-22T15:23:00.000Z', text: '**Next:** wait.' },
          missed_check_ins: ['2026-11-22T14:30:00.000Z', '2026-11-22T14:45:00.000Z'],
          check_in_due_since: '2026-11-22T15:45:00.000Z',
        },
      ],
    });
    await call('update --status monitoring --message x', folder, { now: '2026-11-22T15:50Z' });
    expect(await at('2026-11-22T16:50Z')).toContain(
      'Next: wait.\n  Next check-in    none while the fix is being monitored\n',
    );
    await call('update --status identified --message x', folder, { now: '2026-11-22T16:51Z' });
    expect(await at('2026-11-22T16:55Z')).not.toMatch(/Not logged|due since/);
  });

  it('links to the last incidents of the same component, or to their postmortems', async () => {
    const folder = smallSite();
    await call('open --title "Slow again" --component website=degraded_performance --message x', folder);
    const { stdout } = await call('status', folder);
    expect(stdout).toContain(
      '  Seen before      Search is slow, 20 November 2026: https://status.example.com/postmortems/2026-11-20-slow-search/\n',
    );
    expect(stdout.match(/Seen before/g)).toHaveLength(1);
    const { incidents } = JSON.parse((await call('status --json', folder)).stdout) as { readonly incidents: object[] };
    expect(incidents).toContainEqual(
      expect.objectContaining({
        slug: '2026-11-22-slow-again',
        earlier: ['https://status.example.com/postmortems/2026-11-20-slow-search/'],
      }),
    );
  });

  it('points out missing roles in a serious incident, one person with two incidents, and two leads', async () => {
    const folder = smallSite();
    put(folder, 'site.yml', 'name: E\nurl: https://status.example.com\ntime_zone: UTC\npeople:\n  Priya: priya-k\n');
    const lines = async (): Promise<string[]> =>
      (await call('status --now 2026-11-22T15:20Z', folder)).stdout
        .split('\n\n')[0]
        ?.split('\n')
        .slice(2)
        .filter((line) => !line.startsWith('NEXT')) ?? [];
    expect(await lines()).toEqual([]);
    await call('open --title Odd --impact major --message x', folder, { now: '2026-11-22T15:00Z' });
    expect(await lines()).toEqual([
      'Odd: no lead and no comms. Name someone: npx halfpast hand-over 2026-11-22-odd --lead NAME --comms NAME',
    ]);
    await call('hand-over odd --lead Kim --comms @priya-k', folder, { now: '2026-11-22T15:10Z' });
    expect(await lines()).toEqual([
      'The same comms for Checkout errors in Europe and Odd: @priya-k. Hand one over: npx halfpast hand-over 2026-11-22-odd --comms NAME',
      'More than one lead: Dana and Kim. Agree on one, and hand over: npx halfpast hand-over 2026-11-22-odd --lead NAME',
    ]);
    await call('hand-over odd --lead dana --comms Lee', folder, { now: '2026-11-22T15:15Z' });
    expect(await lines()).toEqual([]);
    expect((await call('status --now 2026-11-22T15:20Z', folder)).stdout).toContain(
      '  Lead             dana, since 15:15+00:00\n',
    );
  });

  it('says if nothing is wrong, and for how long', async () => {
    const folder = smallSite();
    await call('resolve --message x', folder);
    const { stdout } = await call('status --now 2026-11-22T17:00Z', folder);
    expect(stdout).toContain(
      '\nNo incident is open. The last one, Checkout errors in Europe, was resolved 2 hours ago.\n\nGoals',
    );
    expect(stdout).toContain('\nTo report an incident: npx halfpast open\n');
  });

  it('fits a narrow terminal', async () => {
    const { stdout } = await call('status --now 2026-11-22T14:41Z', unchanged, { context: { columns: 40 } });
    expect(
      Math.max(...stdout.split('\n').map((line) => (line.includes('2026-11-22-checkout') ? 0 : line.length))),
    ).toBeLessThanOrEqual(40);
    expect(stdout).toContain(
      '  Next update      OVERDUE by 11\n                   minutes: promised for\n                   15:30+01:00\n',
    );
  });

  it('shows the date of other days, in the time zone and locale of the page', async () => {
    const folder = smallSite();
    put(folder, 'site.yml', 'name: Example\nurl: https://status.example.com\ntime_zone: Asia/Kolkata\nlocale: en-US\n');
    const { stdout } = await call('status --now 2026-11-22T19:00Z', folder);
    expect(stdout).toMatch(/^Monday, November 23, 2026, 00:30\+05:30 \(Asia\/Kolkata\)\n/);
    expect(stdout).toContain('since Sun, Nov 22 19:35+05:30\n');
    put(folder, 'site.yml', 'name: Example\nurl: https://status.example.com\ntime_zone: UTC\n');
    expect((await call('status --now 2026-11-22T14:41Z', folder)).stdout).toContain('14:45+00:00, in 4 minutes');
  });

  it('prints the same for programs', async () => {
    const { stdout } = await call('status --json --now 2026-11-22T14:10Z', unchanged);
    expect(JSON.parse(stdout)).toMatchObject({
      now: '2026-11-22T14:10:00.000Z',
      incidents: [
        {
          slug: '2026-11-22-checkout-errors',
          lead: 'Dana',
          comms: 'Priya',
          customer_data: null,
          next_check_in: '2026-11-22T14:15:00.000Z',
          next_update: '2026-11-22T14:30:00.000Z',
          overdue: false,
        },
      ],
      maintenances: [{ slug: '2026-12-01-database-upgrade', status: 'scheduled' }],
    });
  });

  it('shows maintenance that’s in progress, but none that’s over', async () => {
    expect((await call('status --now 2026-12-01T23:00Z', unchanged)).stdout).toContain(
      '  In progress      Tue 1 Dec 23:00+01:00 to 01:00+01:00, 1 hour left\n',
    );
    expect((await call('status --now 2026-12-02T00:00Z', unchanged)).stdout).toContain('No maintenance is scheduled.');
  });

  it('doesn’t report a state from content with problems', async () => {
    const folder = smallSite();
    put(folder, 'stray.txt', 'x');
    const { code, stdout, stderr } = await call('status', folder);
    expect({ code, stdout, stderr }).toEqual({
      code: 1,
      stdout: '',
      stderr: expect.stringContaining('halfpast: 1 problem in content, the first: content/stray.txt:1:1'),
    });
  });
});

describe('a hold', () => {
  const env = { HALFPAST_HOLD: 'The host moves' };

  it.each([['check'], ['status']])('is reported by %s in one line, and for programs', async (name) => {
    const folder = smallSite();
    const line = /\n(?:publishing is on hold|ON HOLD): (.*) \(set by (.*); remove it to continue\)\n$/;
    expect((await call([name], folder)).stdout).not.toContain('hold');
    expect(
      (await call([name], folder, { context: { env: { HALFPAST_HOLD: ' ' } } })).stdout,
      'a blank variable is none',
    ).not.toContain('hold');
    expect(line.exec((await call([name], folder, { context: { env } })).stdout)?.slice(1)).toEqual([
      'The host moves',
      'the variable HALFPAST_HOLD',
    ]);
    put(folder, 'Stop.txt', 'Dana looks at it');
    const held = await call([name], folder);
    expect({ code: held.code, said: line.exec(held.stdout)?.slice(1) }).toEqual({
      code: 0,
      said: ['Dana looks at it', 'the stop file in content'],
    });
    expect(JSON.parse((await call([name, '--json'], folder)).stdout)).toMatchObject({
      hold: { reason: 'Dana looks at it', where: 'the stop file in content' },
    });
  });
});
