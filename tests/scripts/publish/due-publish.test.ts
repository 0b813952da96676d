import { describe, expect, it } from 'vitest';
import { duePublish, dueRestore, nextDue, retryAt, secondLookAt } from '../../../scripts/publish/due-publish.ts';
import { emptyLog, type LoggedRelease } from '../../../scripts/publish/hosts/release-log.ts';
import { hour, type Instant, isoTime, minute } from '../../../src/lib/domain/calendar.ts';
import type { Site } from '../../../src/lib/domain/site.ts';
import { loggedRelease, news } from '../../support/logged-release.ts';
import { siteOf } from './guard/snapshot-of.ts';

const windows = ['01:00', '02:00', '03:00'] as const;

/** A site where maintenance begins or ends at 01:00, 02:00 and 03:00 on November 23. */
function siteAt(time: string, incident = ''): Site {
  const [first, second, third] = windows.map((at) => `2026-11-23T${at}Z`);
  const maintenance = (from = '', until = ''): string =>
    `---\ntitle: T\nstatus: scheduled\nscheduled_for: ${from}\nscheduled_until: ${until}\n---\nText.\n`;
  const site = siteOf(
    new Map([
      ['site.yml', 'name: Example\nurl: https://status.example.com\ntime_zone: UTC\n'],
      ['components.yml', 'components:\n  - id: api\n    name: API\n'],
      ['maintenance/2026-11-23-a/2026-11-20T0900Z.md', maintenance(first, third)],
      ['maintenance/2026-11-23-b/2026-11-20T0900Z.md', maintenance(second, '2026-11-23T09:00Z')],
      ...(incident === '' ? [] : ([['incidents/2026-11-22-slow/2026-11-22T2200Z.md', incident]] as const)),
    ]),
    Date.parse(time),
  );
  if (site === null) throw new Error('not faultless');
  return site;
}

describe('a page that is out of date because of the clock or a commit', () => {
  const a = 'maintenance begins: 2026-11-23-a (2026-11-23T01:00:00.000Z)';
  const now = '2026-11-23T02:05Z';
  const commit = 'c0ffee0123456789';
  const at = (time: string): Instant => Date.parse(`2026-11-23T${time}Z`);

  it.each<[string, string, string, string | null, readonly string[], boolean, string]>([
    ['unchanged', '02:00:00', now, null, [], false, 'time has changed nothing since 2026-11-23T02:00:00.000Z'],
    ['changed once', '00:59:59', '2026-11-23T01:00Z', null, [], true, `publishing: ${a}`],
    ['changed twice', '00:30:00', now, null, [], true, `publishing: ${a}, and 1 more since`],
    [
      'changed, and being published',
      '00:30:00',
      now,
      null,
      ['02:00'],
      false,
      `already being published: ${a}, and 1 more since`,
    ],
    ['changed, and tried before that', '00:30:00', now, null, ['01:59:59'], true, `publishing: ${a}, and 1 more since`],
    [
      'changed, and tried three times',
      '00:30:00',
      '2026-11-23T02:50Z',
      null,
      ['02:00', '02:10', '02:20'],
      false,
      `not tried again: ${a}, and 1 more since, and publishing this commit failed 3 times since. See the Publish runs, fix the cause and commit, or run Publish manually`,
    ],
    ['an hour ahead', '03:05:00', now, null, [], false, 'time has changed nothing since 2026-11-23T03:05:00.000Z'],
    [
      'further ahead, by a wrong clock',
      '03:05:01',
      now,
      null,
      [],
      true,
      'publishing: the live page was built for 2026-11-23T03:05:01.000Z',
    ],
    ['older than the commit', '02:00:00', now, commit, [], true, "publishing: c0ffee0 isn't live"],
    [
      'older than the commit, whose runs were on hold',
      '02:00:00',
      now,
      commit,
      ['00:01 succeeded', '00:31 succeeded', '01:01 succeeded'],
      true,
      "publishing: c0ffee0 isn't live",
    ],
    [
      'older than the commit, whose run was on hold a moment ago',
      '02:00:00',
      now,
      commit,
      ['02:00 succeeded'],
      false,
      "already being published: c0ffee0 isn't live",
    ],
    [
      'older than the commit, tried three times and on hold in between',
      '02:00:00',
      now,
      commit,
      ['00:01', '00:31 succeeded', '01:01', '01:31'],
      false,
      "not tried again: c0ffee0 isn't live, and publishing this commit failed 3 times since. See the Publish runs, fix the cause and commit, or run Publish manually",
    ],
    [
      'older than the commit, tried long ago',
      '02:00:00',
      now,
      commit,
      ['00:01'],
      true,
      "publishing: c0ffee0 isn't live",
    ],
    [
      'older than the commit, being published',
      '02:00:00',
      now,
      commit,
      ['02:00'],
      false,
      "already being published: c0ffee0 isn't live",
    ],
  ])('%s', async (_, live, time, newer, runs, publish, line) => {
    const due = await duePublish(siteAt(time), { now: isoTime(at(live)) }, newer, null, () =>
      Promise.resolve(
        runs.map((run) => ({ at: at(run.replace(' succeeded', '')), failed: !run.endsWith('succeeded') })),
      ),
    );
    expect(due).toEqual({ publish, line });
  });

  const unnotified = (verifiedAt: string, given: Partial<LoggedRelease> = {}): LoggedRelease =>
    loggedRelease({ notified: false, verifiedAt: isoTime(at(verifiedAt)), ...given });
  const retried = unnotified('02:32', { notifySince: isoTime(at('02:00')) });
  const publishing = 'publishing: not every channel was notified';
  it.each<[string, string, LoggedRelease, readonly string[], boolean, string]>([
    ['for ten minutes', '02:10', unnotified('02:00'), ['01:59'], true, publishing],
    [
      'and a retry failed',
      '02:21',
      unnotified('02:11', { notifySince: isoTime(at('02:00')) }),
      ['02:10'],
      true,
      publishing,
    ],
    [
      'and a retry is running',
      '02:19',
      unnotified('02:00'),
      ['02:10'],
      false,
      'already being published: not every channel was notified',
    ],
    [
      'and three retries failed',
      '02:42',
      retried,
      ['01:59', '02:10', '02:20', '02:31'],
      false,
      'not tried again: not every channel was notified, and publishing this commit failed 3 times since. See the Publish runs, fix the cause and commit, or run Publish manually',
    ],
    ['and three retries failed before it', '02:42', unnotified('02:32'), ['02:10', '02:20', '02:31'], true, publishing],
    [
      'and three retries failed, until maintenance ends',
      '03:00',
      retried,
      ['02:10', '02:20', '02:31'],
      true,
      'publishing: maintenance ends: 2026-11-23-a (2026-11-23T03:00:00.000Z)',
    ],
  ])('whose channels have been waiting %s', async (_, time, logged, runs, publish, line) => {
    const live = { now: isoTime(at('02:30')) };
    const due = await duePublish(siteAt(`2026-11-23T${time}Z`), live, null, logged, () =>
      Promise.resolve(runs.map((run) => ({ at: at(run), failed: true }))),
    );
    expect(due).toEqual({ publish, line });
  });

  it('on a new day doesn’t mention maintenance', async () => {
    const live = { now: '2026-11-22T23:30:00.000Z' };
    const { line } = await duePublish(siteAt('2026-11-23T00:00Z'), live, null, null, () => Promise.resolve([]));
    expect(line).toBe('publishing: new day (2026-11-23T00:00:00.000Z)');
  });
});

describe('what is due next', () => {
  const promised = '---\ntitle: Slow\nstatus: investigating\nimpact: major\nnext_update: 3h\n---\nText.\n';
  const looked = (time: string): LoggedRelease =>
    loggedRelease({ news, verifiedAt: isoTime(Date.parse(time) - 4 * minute) });

  it.each<[string, string, string, LoggedRelease | null, string | null]>([
    ['nothing', '2026-11-22T21:00Z', '', null, null],
    ['nothing, as a new day does not count', '2026-11-22T23:30Z', '', null, null],
    ['nothing more than an hour ahead', '2026-11-22T23:59:59Z', '', null, null],
    ['what is an hour ahead', '2026-11-23T00:00Z', '', null, '2026-11-23T01:00Z'],
    ['what comes first', '2026-11-23T01:30Z', '', null, '2026-11-23T02:00Z'],
    ['a reminder', '2026-11-22T22:00Z', promised, null, '2026-11-22T22:15Z'],
    ['a second look', '2026-11-22T21:00Z', '', looked('2026-11-22T21:04Z'), '2026-11-22T21:04Z'],
    ['a second look an hour ahead', '2026-11-22T21:00Z', '', looked('2026-11-22T22:00Z'), '2026-11-22T22:00Z'],
    ['no second look later than that', '2026-11-22T21:00Z', '', looked('2026-11-22T22:00:01Z'), null],
    ['no second look that is due now', '2026-11-22T21:00Z', '', looked('2026-11-22T21:00Z'), null],
    [
      'a second look before what comes later',
      '2026-11-23T00:30Z',
      '',
      looked('2026-11-23T00:34Z'),
      '2026-11-23T00:34Z',
    ],
    ['what comes before a second look', '2026-11-23T00:59Z', '', looked('2026-11-23T01:03Z'), '2026-11-23T01:00Z'],
    [
      'another attempt to notify, ten minutes after the release went live',
      '2026-11-22T21:00Z',
      '',
      loggedRelease({ notified: false, verifiedAt: '2026-11-22T20:55:00.000Z' }),
      '2026-11-22T21:05Z',
    ],
  ])('is %s', (_, now, incident, live, next) => {
    const due = nextDue(siteAt(now, incident), live);
    expect(due === null ? null : isoTime(due)).toBe(next === null ? null : isoTime(Date.parse(next)));
  });

  it('is a second verification four minutes after the first one of a release with news', () => {
    expect(secondLookAt(loggedRelease({ news }))).toBe(Date.parse('2026-11-22T14:05Z'));
    for (const one of [null, loggedRelease({}), loggedRelease({ news, verifiedAt: null })])
      expect(secondLookAt(one)).toBeNull();
  });
});

describe('a release that failed verification is tried again', () => {
  const source = { content: 'x', commit: 'c1', version: '1' };
  const failed = (hours: number, change: Partial<LoggedRelease> = {}): LoggedRelease =>
    loggedRelease({ rolledBack: { at: isoTime(hours * hour), by: 'verification', reason: '' }, ...change });
  const after = (...releases: readonly LoggedRelease[]): number => retryAt({ ...emptyLog, releases }, source) / hour;

  it.each([
    [[1], 0.5],
    [[2, 1], 1],
    [[4, 2, 1], 2],
    [[9, 8, 7, 6, 5, 4, 3, 2], 24],
  ])('after intervals that grow up to a day: failed at %j', (times, pause) => {
    expect(after(...times.map((at) => failed(at))) - Math.max(...times)).toBe(pause);
  });

  it('no matter what else was rolled back or is live', () => {
    const others = [
      failed(8, { commit: 'c2' }),
      loggedRelease({ rolledBack: { at: isoTime(9 * hour), by: 'person', reason: '' } }),
      loggedRelease({}),
    ];
    expect(after(...others, failed(1))).toBe(1.5);
    expect(after(...others)).toBe(0.5);
  });
});

describe('what a rollback restores', () => {
  const now = Date.parse('2026-11-22T15:00:00Z');
  const since = now - 20 * minute;
  const bad = (change: Partial<LoggedRelease> = {}): LoggedRelease =>
    loggedRelease({
      id: 'b',
      verifiedAt: null,
      rolledBack: { at: isoTime(since), by: 'person', reason: '' },
      ...change,
    });
  const restoring = loggedRelease({ id: 'a', state: 'deploying', verifiedAt: null });
  const due = (at: Instant, runs: readonly Instant[], ...others: readonly LoggedRelease[]) =>
    dueRestore({ ...emptyLog, releases: [...others, bad(), restoring] }, restoring, at, () =>
      Promise.resolve(runs.map((time) => ({ at: time, failed: true }))),
    );

  const again = { restore: true, line: 'restoring a again, because the last run failed' };
  const running = { restore: false, line: 'already being restored: a' };
  const givenUp = {
    restore: false,
    line: 'not tried again: restoring a failed 3 times. See the Publish runs, fix the cause, and run Publish with this release',
  };

  it.each<[string, Instant, readonly Instant[], typeof again]>([
    ['a millisecond before the first run counts as failed', since + 10 * minute - 1, [], running],
    ['ten minutes after the rollback', since + 10 * minute, [], again],
    ['a run of a millisecond less than ten minutes ago', now, [now - 10 * minute + 1], running],
    ['a run of ten minutes ago', now, [now - 10 * minute], again],
    ['three runs since', now, [since, since + 1, since + 2], givenUp],
    ['three runs, one of them before', now, [since - 1, since, since + 1], again],
  ])('%s', async (_, at, runs, expected) => {
    expect(await due(at, runs)).toEqual(expected);
  });

  it('counts from the newest rollback of a later release', async () => {
    const rolledBack = (minutes: number) =>
      ({ at: isoTime(since + minutes * minute), by: 'person', reason: '' }) as const;
    const others = [
      bad({ id: 'd', rolledBack: rolledBack(15) }),
      bad({ id: 'c', rolledBack: null }),
      bad({ id: 'a0', rolledBack: rolledBack(-60) }),
    ];
    expect(await due(now, [], ...others)).toEqual(running);
    const earlier = loggedRelease({ id: '0', rolledBack: rolledBack(15) });
    expect(await due(now, [], earlier), 'not of an earlier one').toEqual(again);
  });

  it('is nothing if no rollback is running', async () => {
    const runs = () => Promise.reject(new Error('nobody asks for the runs'));
    for (const live of [null, bad({ id: 'a', rolledBack: null })])
      expect(await dueRestore({ ...emptyLog, releases: [bad(), ...(live ? [live] : [])] }, live, now, runs)).toBeNull();
  });
});
