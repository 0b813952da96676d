import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Disk } from '../../../scripts/cli/context.ts';
import { realDisk } from '../../../scripts/cli/system.ts';
import { smallSite } from '../site.ts';
import { callWithoutGit as call } from '../call.ts';

const schedule = (folder: string, flags: string) =>
  call(`schedule --title "Weekly upgrade" --message "Orders wait." ${flags}`, folder);

const folders = (folder: string): string[] =>
  readdirSync(join(folder, 'content/maintenance')).filter((name) => name.endsWith('-weekly-upgrade'));

/** When the windows begin and end, by folder. */
const windows = (folder: string): string[] =>
  folders(folder).map((name) => {
    const path = join(folder, 'content/maintenance', name);
    const text = readdirSync(path).map((file) => readFileSync(join(path, file), 'utf8'))[0] ?? '';
    const [, from, to] = /scheduled_for: (\S+)\nscheduled_until: (\S+)\n/.exec(text) ?? [];
    return `${name.slice(0, 10)} ${from} ${to}`;
  });

describe('schedule --repeat', () => {
  it('writes one folder per window, each update with a unique second, and passes check', async () => {
    const folder = smallSite();
    const { code, stdout, stderr } = await schedule(
      folder,
      '--for 2027-01-04T02:00+01:00 --until 2027-01-04T03:00+01:00 --repeat weekly --count 3',
    );
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain('This schedules 3 windows, starting at 2027-01-04T01:00Z (02:00 CET), 2027-01-11T01:00Z');
    expect(windows(folder)).toEqual([
      '2027-01-04 2027-01-04T02:00+01:00 2027-01-04T03:00+01:00',
      '2027-01-11 2027-01-11T01:00Z 2027-01-11T02:00Z',
      '2027-01-18 2027-01-18T01:00Z 2027-01-18T02:00Z',
    ]);
    const files = folders(folder).flatMap((name) => readdirSync(join(folder, 'content/maintenance', name)));
    expect(new Set(files).size).toBe(3);
    expect(await call('check', folder)).toMatchObject({ code: 0, stderr: '' });
  });

  it('shows when the first window begins, even in the hour that clocks show twice', async () => {
    const flags = '--for 2027-10-31T02:10+01:00 --until 2027-10-31T02:40+01:00 --repeat daily --count 2';
    const { stdout } = await schedule(smallSite(), flags);
    expect(stdout).toContain('starting at 2027-10-31T01:10Z (02:10 CET), 2027-11-01T01:10Z');
  });

  it.each([
    // Berlin puts its clocks forward on 28 March 2027: the time on the wall stays.
    [
      'weekly --count 2 --for 2027-03-22T02:00+01:00 --until 2027-03-22T03:00+01:00',
      ['2027-03-22 2027-03-22T02:00+01:00 2027-03-22T03:00+01:00', '2027-03-29 2027-03-29T00:00Z 2027-03-29T01:00Z'],
    ],
    // And back on 31 October, in the middle of the window.
    [
      'daily --count 2 --for 2027-10-30T00:00+02:00 --until 2027-10-30T04:00+02:00',
      ['2027-10-29 2027-10-30T00:00+02:00 2027-10-30T04:00+02:00', '2027-10-30 2027-10-30T22:00Z 2027-10-31T03:00Z'],
    ],
    // A time that clocks show twice is the first one.
    [
      'daily --count 2 --for 2027-10-30T02:30+02:00 --until 2027-10-30T04:00+02:00',
      ['2027-10-30 2027-10-30T02:30+02:00 2027-10-30T04:00+02:00', '2027-10-31 2027-10-31T00:30Z 2027-10-31T03:00Z'],
    ],
    [
      'monthly --count 3 --for 2026-12-15T10:00Z --until 2026-12-15T11:00Z',
      [
        '2026-12-15 2026-12-15T10:00Z 2026-12-15T11:00Z',
        '2027-01-15 2027-01-15T10:00Z 2027-01-15T11:00Z',
        '2027-02-15 2027-02-15T10:00Z 2027-02-15T11:00Z',
      ],
    ],
    // Across the end of a month: each window ends the day after it starts.
    [
      'monthly --count 3 --for 2027-04-30T21:00Z --until 2027-04-30T23:00Z',
      [
        '2027-04-30 2027-04-30T21:00Z 2027-04-30T23:00Z',
        '2027-05-30 2027-05-30T21:00Z 2027-05-30T23:00Z',
        '2027-06-30 2027-06-30T21:00Z 2027-06-30T23:00Z',
      ],
    ],
  ])('%s', async (flags, expected) => {
    const folder = smallSite();
    expect(await schedule(folder, `--repeat ${flags}`)).toMatchObject({ code: 0, stderr: '' });
    expect(windows(folder)).toEqual(expected);
  });

  const night = '--for 2027-01-04T02:00Z --until 2027-01-04T03:00Z';
  it.each([
    [`${night} --repeat weekly`, '--count is missing. Add how many windows, such as --count 6'],
    [`${night} --count 3`, '--repeat is missing. Add how often, such as --repeat weekly'],
    [`${night} --count 3 --repeat wekly`, '--repeat: "wekly" is not an interval. Did you mean "weekly"?'],
    [`${night} --count 1 --repeat daily`, '--count: "1" is not a number of windows. Use one from 2 to 52'],
    [`${night} --count many --repeat daily`, '--count: "many" is not a number of windows. Use one from 2 to 52'],
    [`${night} --count 3 --repeat daily --slug 2027-01-04-x`, '--slug: with --repeat, each window has its own date'],
    [
      '--for 2027-01-04T02:00Z --until 2027-01-05T03:00Z --count 2 --repeat daily',
      '--repeat: the windows overlap: one ends at 2027-01-05T03:00Z, and the next one starts at 2027-01-05T02:00Z. Choose an earlier --until',
    ],
    [
      '--for 2027-01-31T02:00Z --until 2027-01-31T03:00Z --count 2 --repeat monthly',
      '--repeat: 2027-02 has no day 31. Start on a day that every month has',
    ],
    [
      '--for 2027-03-27T02:30+01:00 --until 2027-03-27T04:00+01:00 --count 2 --repeat daily',
      '--repeat: clocks in Europe/Berlin skip 02:30 on 2027-03-28. Choose another time',
    ],
  ])('%s: one line, and nothing is written', async (flags, message) => {
    const folder = smallSite();
    const { code, stderr } = await schedule(folder, flags);
    expect(code).not.toBe(0);
    expect(stderr).toContain(`halfpast: ${message}`);
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(folders(folder)).toEqual([]);
  });

  it('writes no window if one can’t be written, so that the same command can be repeated', async () => {
    const folder = smallSite();
    const flags = `${night} --repeat weekly --count 4`;
    let created = 0;
    const disk: Disk = {
      ...realDisk,
      create: (path, text) => {
        created += 1;
        return created === 3
          ? Promise.reject(Object.assign(new Error('no space'), { code: 'ENOSPC', path }))
          : realDisk.create(path, text);
      },
    };
    const failed = await call(`schedule --title "Weekly upgrade" --message "Orders wait." ${flags}`, folder, {
      context: { disk },
    });
    expect(failed).toMatchObject({ code: 1, stderr: expect.stringContaining('the disk is full') as string });
    expect(folders(folder)).toEqual([]);
    expect(await schedule(folder, flags)).toMatchObject({ code: 0, stderr: '' });
    expect(folders(folder)).toHaveLength(4);
  });

  it('refuses a second run by mistake: the windows overlap the existing ones', async () => {
    const folder = smallSite();
    await schedule(folder, `${night} --repeat weekly --count 2`);
    const again = await schedule(folder, `${night} --repeat weekly --count 2`);
    expect(again.stderr).toBe(
      'halfpast: the window on 2027-01-04T02:00Z overlaps 2027-01-04-weekly-upgrade. Choose another time, or complete that one first\n',
    );
  });
});
