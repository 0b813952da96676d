import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Answer, callWithoutGit as call } from '../call.ts';
import { put, smallSite } from '../site.ts';

const read = (folder: string, path: string): string => readFileSync(join(folder, 'content', path), 'utf8');
const data = ['--customer-data', 'unaffected'];
const night = ['open', '--title', 'Night', '--status', 'resolved', ...data, '--message', 'It was down.'];
const down = ['--component', 'checkout=major_outage'];
const times = ['--started', '2026-11-21T01:00Z', '--ended', '2026-11-21T04:00Z'];

async function passes(folder: string): Promise<void> {
  expect((await call('check', folder)).stdout).toMatch(/no problems\n$/);
}

describe('an incident that is over', () => {
  const written =
    '---\ntitle: Night\nstatus: resolved\ncomponents:\n  checkout: major_outage\ncustomer_data: unaffected\nstarted: 2026-11-21T01:00Z\nended: 2026-11-21T04:00Z\n---\nIt was down.\n';

  it('is created with its start, its end and what was affected', async () => {
    const folder = smallSite();
    expect((await call([...night, ...times, ...down], folder)).code).toBe(0);
    expect(read(folder, 'incidents/2026-11-22-night/2026-11-22T1500Z.md')).toBe(written);
    await passes(folder);
  });

  it('gets its start and end from questions in a terminal', async () => {
    const folder = smallSite();
    const answers: Answer[] = [
      ...[
        'resolved',
        '2026-11-21T01:00Z',
        '2026-11-21T04:00Z',
        ['checkout'],
        'major_outage',
        'unaffected',
        '',
        '',
        'write',
      ],
    ];
    expect((await call('open --title Night --message "It was down."', folder, { answers })).code).toBe(0);
    expect(read(folder, 'incidents/2026-11-22-night/2026-11-22T1500Z.md')).toBe(written);
  });

  it.each([
    ['no end', [...times.slice(0, 2)], '--ended is missing. Add when the incident was over'],
    ['neither', [...down], '--started and --ended are missing. Add when the incident began and when it was over'],
    ['no beginning', [...times.slice(2), ...down], '--started is missing. Add when customers were first affected'],
    ['an end to come', [...times.slice(0, 2), '--ended', '2026-11-22T16:00Z', ...down], 'is in the future'],
    ['no time', ['--ended', 'yesterday', ...down], '--ended: "yesterday" is not a time'],
  ])('is refused with %s', async (_, flags, message) => {
    expect((await call([...night, ...flags], smallSite())).stderr).toContain(message);
  });

  it('is resolved at the time when it was over, in a terminal too', async () => {
    const [typed, asked] = [smallSite(), smallSite()];
    const resolve = ['resolve', '--customer-data', 'unaffected'];
    await call([...resolve, '--ended', '2026-11-22T14:40Z', '--message', 'All works.'], typed);
    await call(resolve, asked, { answers: ['', '2026-11-22T14:40Z', 'All works.', 'write'] });
    const file = 'incidents/2026-11-22-checkout-errors/2026-11-22T1500Z.md';
    expect(read(typed, file)).toContain('ended: 2026-11-22T14:40Z\n');
    expect(read(asked, file)).toBe(read(typed, file));
  });

  it('can be corrected to an earlier end', async () => {
    const folder = smallSite();
    const note = ['update', 'slow-search', '--status', 'resolved', '--message', 'It was over earlier.'];
    expect((await call([...note, '--ended', '2026-11-20T09:20Z'], folder)).code).toBe(0);
    expect((await call('postmortem slow-search --dry-run', folder)).stderr).toContain('already exists');
    await passes(folder);
  });

  it('doesn’t work for maintenance', async () => {
    const command = ['update', '2026-12-01-database-upgrade', '--ended', '2026-11-21T04:00Z', '--message', 'x'];
    expect((await call(command, smallSite())).stderr).toContain("--ended doesn't apply to maintenance");
  });
});

describe('an incident that is reported afterwards, one update at a time', () => {
  it('has the time that each update is about, and when it was posted, each in its own second', async () => {
    const folder = smallSite();
    const open = ['open', '--title', 'Autumn', '--impact', 'minor', '--message', 'Slow.', '--at', '2026-09-01T01:00Z'];
    const { stdout } = await call(open, folder);
    expect(stdout).not.toContain('next update');
    await call('update autumn --message "Still slow." --at 2026-09-01T02:00Z', folder);
    await call('resolve autumn --message Fast. --at 2026-09-01T03:00Z', folder);
    const posted = ['0100', '0200', '0300'].map(
      (clock) => /posted: (.*)/.exec(read(folder, `incidents/2026-09-01-autumn/2026-09-01T${clock}Z.md`))?.[1],
    );
    expect(posted).toEqual(['2026-11-22T15:00Z', '2026-11-22T15:00:30Z', '2026-11-22T15:00:31Z']);
    await passes(folder);
  });

  it.each([
    ['2026-11-22T16:00Z', 'is in the future'],
    ['2026-11-20T09:30Z', 'there is a later update, 2026-11-20T0950Z.md'],
    ['9:30', 'is not a time'],
  ])('is refused at %s', async (at, message) => {
    const command = ['update', 'slow-search', '--status', 'resolved', '--message', 'x', '--at', at];
    expect((await call(command, smallSite())).stderr).toContain(message);
  });
});

describe('a reopened incident', () => {
  const reopen = ['update', 'night', '--status', 'investigating', '--message', 'It is back.'];
  const opened = async (): Promise<string> => {
    const folder = smallSite();
    await call([...night, ...times, ...down], folder, { now: '2026-11-21T09:00Z' });
    return folder;
  };

  it('says what was affected before and how to list it', async () => {
    const { stdout } = await call(reopen, await opened());
    expect(stdout).toContain('reopens the incident, but no component is affected');
    expect(stdout).toContain('add components: { checkout: major_outage }');
    const named = await call([...reopen, '--component', 'checkout=partial_outage'], await opened());
    expect(named.stdout).not.toContain('no component');
  });

  it('offers that in a terminal', async () => {
    const folder = await opened();
    const answers: Answer[] = ['investigating', '', ['checkout'], 'major_outage', 'It is back.', 'write'];
    await call('update night', folder, { answers });
    expect(read(folder, 'incidents/2026-11-21-night/2026-11-22T1500Z.md')).toContain('checkout: major_outage');
  });
});

describe('a name', () => {
  it('is available while its folder has no files', async () => {
    const folder = smallSite();
    for (const path of ['incidents/2026-11-22-odd', 'maintenance/2026-12-05-odd'])
      mkdirSync(join(folder, 'content', path));
    await call('open --title Odd --impact minor --message x', folder);
    const window = ['--for', '2026-12-05T22:00Z', '--until', '2026-12-05T23:00Z'];
    await call(['schedule', '--title', 'Odd', '--message', 'x', ...window], folder);
    expect(existsSync(join(folder, 'content/incidents/2026-11-22-odd/2026-11-22T1500Z.md'))).toBe(true);
    expect(existsSync(join(folder, 'content/maintenance/2026-12-05-odd/2026-11-22T150030Z.md'))).toBe(true);
    await passes(folder);
  });

  it('has seconds if another update was written during the dialog', async () => {
    const folder = smallSite();
    const show = (): void => put(folder, 'incidents/2026-11-22-other/2026-11-22T1500Z.md', other);
    const other = '---\ntitle: Other\nstatus: identified\nimpact: minor\n---\nx\n';
    const context = { ask: { ...enter, show } };
    expect((await call('update checkout', folder, { context })).code).toBe(0);
    expect(existsSync(join(folder, 'content/incidents/2026-11-22-checkout-errors/2026-11-22T150030Z.md'))).toBe(true);
  });
});

/** A person who takes the first choice everywhere. */
const enter = {
  text: () => Promise.resolve(''),
  paragraphs: () => Promise.resolve('x'),
  choose: async <T extends string>(_: string, [first]: readonly { readonly value: T }[]) =>
    first?.value ?? Promise.reject(new Error('nothing to choose')),
  pick: () => Promise.resolve([]),
  confirm: () => Promise.resolve(true),
  line: () => Promise.resolve(''),
  say: () => undefined,
};
