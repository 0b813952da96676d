import { describe, expect, it } from 'vitest';
import { put, smallSite } from '../site.ts';
import { call } from '../world.ts';

describe('check', () => {
  it('counts what it read when all is well', async () => {
    const folder = smallSite();
    await call(['open', '--title', 'Odd', '--impact', 'minor', '--status', 'resolved', '--lead', 'Dana', '--customer-data', 'unaffected', '--message', 'x'], folder);
    await call(['postmortem', 'odd'], folder);
    expect(await call(['check'], folder)).toEqual({ code: 0, stdout: '3 incidents, 1 maintenance, 2 postmortems (1 draft): no problems\n', stderr: '' });
    expect((await call(['check', '--json'], folder)).stdout).toBe('{"ok":true,"problems":[],"hold":null}\n');
  });

  it('prints every problem with its place, as the folder was named, and a count', async () => {
    const folder = smallSite();
    put(folder, 'incidents/2026-11-22-checkout-errors/2026-11-22T1430Z.md', '---\nstatus: resovled\n---\nx\n');
    put(folder, 'stray.txt', 'x');
    const { code, stdout, stderr } = await call(['check', '--content', './content/'], folder);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr.split('\n')).toEqual([
      './content/incidents/2026-11-22-checkout-errors/2026-11-22T1430Z.md:2:9  status: "resovled" is not a status. Did you mean "resolved"?',
      expect.stringContaining('./content/stray.txt:1:1  has no place in the content folder.'),
      '2 problems',
      '',
    ]);
  });

  it('gives problems to programs with exit code 1', async () => {
    const folder = smallSite();
    put(folder, 'stray.txt', 'x');
    const { code, stdout } = await call(['check', '--json'], folder);
    expect({ code, said: JSON.parse(stdout) }).toMatchObject({ code: 1, said: { ok: false, problems: [{ file: 'stray.txt', line: 1, column: 1, field: null }] } });
  });
});

describe('status', () => {
  it('shows goals, what is open, who leads, and an overdue promise', async () => {
    const { stdout } = await call(['status', '--now', '2026-11-22T14:41Z'], smallSite());
    expect(stdout).toBe(
      [
        'Goals: 1. Customer data is safe  2. Customers are told  3. Service is restored',
        '',
        'Checkout errors in Europe (2026-11-22-checkout-errors)',
        '  customer data    not said',
        '  state            Investigating, impact minor, since 2026-11-22T14:05Z (15:05 CET), 36 minutes ago',
        '  leads            Dana',
        '  tells customers  Priya',
        '  next check-in    2026-11-22T14:50Z (15:50 CET), in 9 minutes',
        '  next update      OVERDUE: 2026-11-22T14:30Z (15:30 CET), 11 minutes ago',
        '',
        'Maintenance:',
        '  Scheduled: Database upgrade (2026-12-01-database-upgrade), 2026-12-01T22:00Z (23:00 CET) to 2026-12-02T00:00Z (01:00 CET)',
        '',
      ].join('\n'),
    );
  });

  it('says the day on the wall where it is another one, and a time once where the page is in UTC', async () => {
    const folder = smallSite();
    put(folder, 'site.yml', 'name: Example\nurl: https://status.example.com\ntime_zone: Asia/Tokyo\nlocale: en-US\n');
    expect((await call(['status', '--now', '2026-11-22T16:00Z'], folder)).stdout).toContain('2026-12-01T22:00Z (Dec 2, 07:00 AM GMT+9) to 2026-12-02T00:00Z (09:00 AM GMT+9)');
    put(folder, 'site.yml', 'name: Example\nurl: https://status.example.com\ntime_zone: UTC\n');
    expect((await call(['status', '--now', '2026-11-22T14:41Z'], folder)).stdout).toContain('2026-11-22T14:50Z, in 9 minutes');
  });

  it('gives the same to programs', async () => {
    const { stdout } = await call(['status', '--json', '--now', '2026-11-22T14:10Z'], smallSite());
    expect(JSON.parse(stdout)).toMatchObject({
      now: '2026-11-22T14:10:00.000Z',
      incidents: [{ slug: '2026-11-22-checkout-errors', lead: 'Dana', comms: 'Priya', customer_data: null, next_check_in: '2026-11-22T14:20:00.000Z', next_update: '2026-11-22T14:30:00.000Z', overdue: false }],
      maintenances: [{ slug: '2026-12-01-database-upgrade', status: 'scheduled' }],
    });
  });

  it('shows a maintenance that runs, and none that is over', async () => {
    const folder = smallSite();
    expect((await call(['status', '--now', '2026-12-01T23:00Z'], folder)).stdout).toContain('  In progress: Database upgrade');
    expect((await call(['status', '--now', '2026-12-02T00:00Z'], folder)).stdout).toContain('No maintenance is announced.');
  });

  it('does not tell a state from content with problems', async () => {
    const folder = smallSite();
    put(folder, 'stray.txt', 'x');
    const { code, stdout, stderr } = await call(['status'], folder);
    expect({ code, stdout, stderr }).toEqual({ code: 1, stdout: '', stderr: expect.stringContaining('halfpast: 1 problem in content, the first: content/stray.txt:1:1') });
  });
});

describe('a hold', () => {
  const env = { HALFPAST_HOLD: 'The host moves' };

  it.each([['check'], ['status']])('is told by %s in one line, and to programs', async (name) => {
    const folder = smallSite();
    const line = /\npublishing is on hold: (.*) \(said by (.*); take that away to go on\)\n$/;
    expect((await call([name], folder)).stdout).not.toContain('hold');
    expect((await call([name], folder, { world: { env: { HALFPAST_HOLD: ' ' } } })).stdout, 'a blank variable is none').not.toContain('hold');
    expect(line.exec((await call([name], folder, { world: { env } })).stdout)?.slice(1)).toEqual(['The host moves', 'the variable HALFPAST_HOLD']);
    put(folder, 'Stop.txt', 'Dana looks at it');
    const held = await call([name], folder);
    expect({ code: held.code, said: line.exec(held.stdout)?.slice(1) }).toEqual({ code: 0, said: ['Dana looks at it', 'the stop file in content'] });
    expect(JSON.parse((await call([name, '--json'], folder)).stdout)).toMatchObject({ hold: { reason: 'Dana looks at it', where: 'the stop file in content' } });
  });
});
