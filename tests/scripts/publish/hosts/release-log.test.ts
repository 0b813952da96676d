import { describe, expect, it } from 'vitest';
import {
  addRelease,
  afterDeployment,
  afterRollback,
  changeRelease,
  emptyLog,
  findRelease,
  isRestoring,
  liveTimes,
  type LoggedRelease,
  logText,
  newRelease,
  parseLog,
  type ReleaseLog,
  type RollbackChoice,
  rolledBackRelease,
  rollbackTarget,
  seenReleases,
  stepNames,
  surplus,
} from '../../../../scripts/publish/hosts/release-log.ts';
import type { Git } from '../../../../scripts/github/git.ts';
import { releaseOf } from '../../../support/release.ts';

const rolledBack = { at: '2026-11-22T15:00:00.000Z', by: 'person', reason: 'wrong' } as const;

/** A release of the hour `id`, whose content is its name. */
const entry = (hour: number, change: Partial<LoggedRelease> = {}): LoggedRelease => ({
  id: idOf(hour),
  commit: null,
  now: '2026-11-22T14:00:00.000Z',
  content: String(hour),
  version: '1',
  newestUpdate: null,
  state: 'live',
  verifiedAt: null,
  rolledBack: null,
  news: [],
  ...change,
});
const idOf = (hour: number): string => `20261122T${String(hour).padStart(2, '0')}0000000Z-aaaaaaaa`;
const logOf = (...releases: LoggedRelease[]): ReleaseLog => ({ ...emptyLog, releases });

describe('the id of a new release', () => {
  const now = Date.parse('2026-11-22T14:05:30.123Z');
  it.each<[string, readonly string[], string]>([
    ['is its time', [], '20261122T140530123Z-c'],
    [
      'is its time, when the others are older',
      ['20261122T140530122Z-b', '20261122T140530121Z-a'],
      '20261122T140530123Z-c',
    ],
    ['is later than one of the same moment', ['20261122T140530123Z-b'], '20261122T140530124Z-c'],
    ['is later than the latest', ['20271231T235959999Z-b', '20270101T000000000Z-a'], '20280101T000000000Z-c'],
    ['passes over one that has no time', ['imported', '20261122T140530123Z-b'], '20261122T140530124Z-c'],
  ])('%s', (_, ids, expected) => {
    const log = logOf(...ids.map((id) => entry(0, { id })));
    expect(newRelease(releaseOf(), [], log, now).id).toBe(expected);
  });
});

it('the log keeps the newest 200', () => {
  const full = logOf(...Array.from({ length: 200 }, (_, index) => entry(index)));
  const added = addRelease(full, entry(999)).releases;
  expect([added.length, added[0]?.content, added.at(-1)?.content]).toEqual([200, '999', '198']);
});

describe('a rollback', () => {
  const commit = 'c0ffee0000000000000000000000000000000000';
  const log = logOf(
    entry(9, { state: 'deploying' }),
    entry(8),
    entry(7, { content: '8' }),
    entry(6, { rolledBack }),
    entry(5, { commit, verifiedAt: '2026-11-22T05:01:00.000Z' }),
    entry(4, { state: 'failed' }),
    entry(3, { commit, verifiedAt: '2026-11-22T03:01:00.000Z', content: '5' }),
    entry(2, { commit: `${commit.slice(0, 8)}1` }),
  );
  const live = [8, 7, 6, 5, 3, 2].map(idOf).join(', ');

  it.each<[string, number | null, RollbackChoice, number | null]>([
    ['goes back to what looks different', 8, { kind: 'previous' }, 5],
    ['goes back from an older one to one before it', 5, { kind: 'previous' }, 2],
    ['has nothing before the first', 2, { kind: 'previous' }, null],
    ['goes to the newest, when nothing is served', null, { kind: 'previous' }, 8],
    ['goes to the last verified one', 8, { kind: 'verified' }, 5],
    ['goes to the one verified before, when that is served', 5, { kind: 'verified' }, 3],
    ['goes to one by its id', 8, { kind: 'named', name: idOf(6) }, 6],
    ['goes to one by the start of a commit', 8, { kind: 'named', name: 'c0ffee000' }, 5],
  ])('%s', (_, served, choice, expected) => {
    const target = rollbackTarget(log, served === null ? null : idOf(served), choice);
    expect(target).toBe(expected === null ? null : findRelease(log, idOf(expected)));
  });

  it.each<[string, ReleaseLog, string, string]>([
    ['none', log, 'nothing', `"nothing" matches none of the releases. Use one of: ${live}`],
    ['six characters of a commit', log, 'c0ffee', `"c0ffee" matches none of the releases. Use one of: ${live}`],
    ['one that is not live yet', log, idOf(9), `"${idOf(9)}" matches none of the releases. Use one of: ${live}`],
    [
      'several commits',
      log,
      'c0ffee0',
      `"c0ffee0" matches more than one of the releases. Use one of: ${[5, 3, 2].map(idOf).join(', ')}`,
    ],
    [
      'as many as fit in a line',
      logOf(...Array.from({ length: 10 }, (_, hour) => entry(hour))),
      '2026',
      `"2026" matches more than one of the releases. Use one of: ${Array.from({ length: 10 }, (_, hour) => idOf(hour)).join(', ')}`,
    ],
    [
      'one more than that',
      logOf(...Array.from({ length: 11 }, (_, hour) => entry(hour))),
      '2026',
      `"2026" matches more than one of the releases. Use one of: ${Array.from({ length: 10 }, (_, hour) => idOf(hour)).join(', ')} and 1 more`,
    ],
  ])('needs one name: %s', (_, among, name, message) => {
    expect(() => rollbackTarget(among, idOf(8), { kind: 'named', name })).toThrow(
      expect.objectContaining({ message }) as Error,
    );
  });

  it('never goes to a release whose files were removed', () => {
    const among = logOf(entry(8), entry(7, { rolledBack, lost: 'removed' }), entry(6));
    expect(() => rollbackTarget(among, idOf(8), { kind: 'named', name: idOf(7) })).toThrow(
      `"${idOf(7)}" matches none of the releases. Use one of: ${idOf(8)}, ${idOf(6)}`,
    );
  });

  it('never goes to a damaged release, and the newest intact verified one is kept', () => {
    const verifiedAt = '2026-11-22T05:01:00.000Z';
    const damaged = { verifiedAt, lost: 'damaged' } as const;
    const among = logOf(entry(8, damaged), entry(7, damaged), entry(6), entry(5, { verifiedAt }), entry(4));
    expect(rollbackTarget(among, idOf(8), { kind: 'previous' })?.id).toBe(idOf(6));
    expect(rollbackTarget(among, idOf(8), { kind: 'verified' })?.id).toBe(idOf(5));
    expect(() => rollbackTarget(among, idOf(8), { kind: 'named', name: idOf(7) })).toThrow(/matches none/);
    expect(surplus(among, idOf(8), 1)).toEqual([idOf(7), idOf(4)]);
  });

  it('that was begun goes to the same release again', () => {
    const begun = logOf(entry(8, { rolledBack }), entry(7, { state: 'deploying' }), entry(6));
    const pending = findRelease(begun, idOf(7));
    expect(rollbackTarget(begun, idOf(7), { kind: 'previous' })).toBe(pending);
    expect(rollbackTarget(begun, idOf(7), { kind: 'named', name: idOf(7) })).toBe(pending);
    expect(rollbackTarget(begun, idOf(8), { kind: 'previous' })?.id).toBe(idOf(6));
  });
});

describe('the releases that can be removed', () => {
  const log = logOf(
    entry(9),
    entry(8, { content: '9' }),
    entry(7),
    entry(6, { verifiedAt: '2026-11-22T06:01:00.000Z' }),
    entry(5, { verifiedAt: '2026-11-22T05:01:00.000Z' }),
    entry(4),
  );
  it.each<[number, number | null, readonly number[]]>([
    [2, 9, [8, 5, 4]],
    [3, 9, [8, 5, 4]],
    [4, 9, [8, 4]],
    [5, 9, [8]],
    [1, 4, [8, 7, 5]],
    [1, 8, [7, 5, 4]],
    [1, null, [8, 7, 5, 4]],
  ])('to keep %i, while %s is served: %j', (keep, served, expected) => {
    expect(surplus(log, served === null ? null : idOf(served), keep)).toEqual(expected.map(idOf));
  });
});

it('a new release is deploying, with what it is built from and its news', () => {
  const release = releaseOf({ commit: 'c1', now: '2026-11-22T14:00:00.000Z', newestUpdate: '/incidents/x/#y' });
  const { content, version } = release;
  expect(newRelease(release, [], emptyLog, Date.parse('2026-11-22T14:05:30.123Z'))).toEqual({
    id: `20261122T140530123Z-${content.slice(0, 8)}`,
    commit: 'c1',
    now: '2026-11-22T14:00:00.000Z',
    content,
    version,
    newestUpdate: '/incidents/x/#y',
    state: 'deploying',
    verifiedAt: null,
    rolledBack: null,
    news: [],
  });
});

describe('the text of the log', () => {
  it('survives a round trip, for each step of a run and each outcome of a release', () => {
    for (const step of stepNames)
      for (const by of ['person', 'verification'] as const)
        for (const state of ['deploying', 'live', 'failed'] as const) {
          const run = { step, startedAt: '2026-11-22T14:00:00.000Z' };
          const log = { ...logOf(entry(1, { state, rolledBack: { ...rolledBack, by } })), run };
          expect(parseLog(logText(log))).toEqual(log);
        }
    expect(logText(emptyLog)).toBe('{\n  "form": 2,\n  "run": null,\n  "releases": []\n}\n');
    expect(stepNames).toEqual(['check', 'build', 'guard', 'deploy', 'verify', 'notify', 'record']);
  });

  it.each<[string, object]>([
    ['another form', { ...emptyLog, form: 1 }],
    ['another step', { ...emptyLog, run: { step: 'sleep', startedAt: '2026-11-22T14:00:00.000Z' } }],
    ['a run without a time', { ...emptyLog, run: { step: 'check' } }],
    ['another state', { ...emptyLog, releases: [{ ...entry(1), state: 'gone' }] }],
    [
      'a rollback by nobody',
      { ...emptyLog, releases: [entry(1, { rolledBack: { ...rolledBack, by: 'x' as 'person' } })] },
    ],
    ['a release without an id', { ...emptyLog, releases: [{ ...entry(1), id: undefined }] }],
  ])('with %s is not a log', (_, log) => {
    expect(parseLog(JSON.stringify(log))).toBeNull();
  });
});

it('a change is made to one release', () => {
  const log = logOf(entry(2), entry(1));
  expect(changeRelease(log, idOf(1), { state: 'failed' })).toEqual(logOf(entry(2), entry(1, { state: 'failed' })));
  expect(changeRelease(log, idOf(3), { state: 'failed' })).toEqual(log);
});

describe('once a release is live', () => {
  const verifiedAt = '2026-11-22T15:01:00.000Z';
  it('others that were being deployed have failed', () => {
    const log = logOf(entry(3, { state: 'deploying' }), entry(2, { state: 'deploying' }), entry(1));
    expect(afterDeployment(log, idOf(3), verifiedAt)).toEqual(
      logOf(entry(3, { verifiedAt }), entry(2, { state: 'failed' }), entry(1)),
    );
  });

  it('one that was being restored is live, too, since it was before', () => {
    const log = logOf(entry(4, { state: 'deploying' }), entry(3, { rolledBack }), entry(2, { state: 'deploying' }));
    expect(afterDeployment(log, idOf(4), null).releases.map(({ state }) => state)).toEqual(['live', 'live', 'live']);
  });

  it('one that was rolled back meanwhile is not verified', () => {
    const log = logOf(entry(2, { state: 'deploying', rolledBack }), entry(1));
    expect(afterDeployment(log, idOf(2), verifiedAt)).toEqual(logOf(entry(2, { rolledBack }), entry(1)));
  });
});

it.each<[string, LoggedRelease, LoggedRelease, boolean]>([
  ['the newer one was rolled back', entry(2, { rolledBack }), entry(1, { state: 'deploying' }), true],
  ['it is live already', entry(2, { rolledBack }), entry(1), false],
  ['it failed', entry(2, { rolledBack }), entry(1, { state: 'failed' }), false],
  ['it was rolled back, too', entry(2, { rolledBack }), entry(1, { state: 'deploying', rolledBack }), false],
  ['nothing was rolled back', entry(2), entry(1, { state: 'deploying' }), false],
  ['only an older one was', entry(0, { rolledBack }), entry(1, { state: 'deploying' }), false],
])('whether a release is being restored: %s', (_, other, one, expected) => {
  expect(isRestoring(logOf(other, one), one)).toBe(expected);
});

describe('after a rollback', () => {
  const verifiedAt = '2026-11-22T05:01:00.000Z';
  const earlier = { at: '2026-11-22T13:00:00.000Z', by: 'verification', reason: 'it failed verification' } as const;
  const log = logOf(
    entry(4, { rolledBack: earlier }),
    entry(3, { verifiedAt }),
    entry(2, { verifiedAt, rolledBack }),
    entry(1, { verifiedAt }),
  );

  it('by a person, everything newer is rolled back, and stays verified', () => {
    expect(afterRollback(log, idOf(4), entry(2), rolledBack)).toEqual(
      logOf(
        entry(4, { rolledBack: earlier }),
        entry(3, { verifiedAt, rolledBack }),
        entry(2, { verifiedAt }),
        entry(1, { verifiedAt }),
      ),
    );
  });

  it('by verification, what failed no longer counts as verified', () => {
    expect(afterRollback(log, idOf(4), entry(2), earlier).releases[1]).toEqual(entry(3, { rolledBack: earlier }));
  });

  it.each<[string, string | null, readonly number[]]>([
    ['what is newer than the served one was never seen', idOf(3), [3]],
    ['everything newer may have been seen if it is unknown what was served', null, [5, 4, 3]],
    ['nothing is newer than what someone goes forward to', idOf(1), []],
  ])('%s', (_, from, marked) => {
    const among = logOf(entry(5, { state: 'deploying' }), entry(4, { state: 'failed' }), entry(3), entry(2), entry(1));
    const { releases } = afterRollback(among, from, entry(2), rolledBack);
    expect(releases.flatMap((one) => (one.rolledBack === null ? [] : [one.id]))).toEqual(marked.map(idOf));
  });

  it('older builds of the same source are good again, newer ones aren’t', () => {
    const at = (hour: number): string => `2026-11-22T${String(hour)}:00:00.000Z`;
    const build = (hour: number, change: Partial<LoggedRelease> = {}): LoggedRelease =>
      entry(hour, { content: 'same', now: at(hour), ...change });
    const builds = logOf(build(13, { rolledBack }), build(12, { rolledBack }), build(11, { rolledBack }));
    expect(afterRollback(builds, idOf(13), build(12), rolledBack)).toEqual(
      logOf(build(13, { rolledBack }), build(12), build(11)),
    );
    const others = logOf(
      build(11, { rolledBack, commit: 'other' }),
      build(10, { rolledBack, version: '2' }),
      entry(9, { rolledBack }),
    );
    expect(afterRollback(others, idOf(12), build(12), rolledBack)).toEqual(others);
  });
});

describe('a source that was rolled back', () => {
  const order = ['a', 'b', 'c', 'd'];
  const git = {
    ancestry: (one: string, other: string) =>
      Promise.resolve(
        !order.includes(one) ? 'unknown' : order.indexOf(one) < order.indexOf(other) ? 'older' : ('newer' as const),
      ),
  } as unknown as Git;
  const source = (commit: string | null, content = 'x') => ({ commit, content, version: '1' });
  const bad = entry(3, { commit: 'c', rolledBack });
  const log = logOf(bad, entry(2, { commit: 'b' }));

  it.each<[string, ReturnType<typeof source>, string | null, Git | null, LoggedRelease | null]>([
    ['is known by itself', source('c', '3'), idOf(2), git, bad],
    ['may be published if it is live', source('b', '2'), idOf(2), git, null],
    ['keeps older commits out', source('a'), idOf(2), git, bad],
    ['keeps no newer commit out', source('d'), idOf(2), git, null],
    ['keeps none out that git does not know', source('z'), idOf(2), git, null],
    ['keeps none out without git', source('a'), idOf(2), null, null],
    ['keeps no source without a commit out', source(null), idOf(2), git, null],
    ['keeps none out while nothing is served', source('a'), null, git, null],
    ['keeps none out once something newer is served', source('a'), idOf(4), git, null],
    ['keeps older commits out while it is served itself', source('a'), idOf(3), git, bad],
  ])('%s', async (_, given, served, by, expected) => {
    expect(await rolledBackRelease(log, given, served, by)).toEqual(expected);
  });

  it('stays out when publishing it again failed', async () => {
    const failed = entry(4, { commit: 'c', content: '3', state: 'failed' });
    expect(await rolledBackRelease(logOf(failed, bad), source('c', '3'), idOf(2), git)).toEqual(bad);
    const marked = { ...failed, rolledBack };
    expect(await rolledBackRelease(logOf(marked, bad), source('c', '3'), idOf(2), git)).toEqual(marked);
  });

  it('without a commit only keeps itself out', async () => {
    const unknown = logOf(entry(3, { rolledBack }));
    expect(await rolledBackRelease(unknown, source('a'), idOf(2), git)).toBeNull();
    expect(await rolledBackRelease(unknown, { commit: null, content: '3', version: '1' }, idOf(2), git)).toEqual(
      unknown.releases[0],
    );
  });
});

it('readers have seen what is newer than the served release and was rolled back', () => {
  const log = logOf(entry(4, { rolledBack }), entry(3), entry(2, { rolledBack }), entry(1, { rolledBack }));
  expect(seenReleases(log, idOf(2))).toEqual([entry(4, { rolledBack })]);
  expect(seenReleases(log, idOf(1)).map(({ id }) => id)).toEqual([idOf(4), idOf(2)]);
  expect(seenReleases(log, null)).toEqual([]);
});

it('a release that a rollback is about to serve is kept', () => {
  const log = logOf(entry(4, { rolledBack }), entry(3, { rolledBack }), entry(2), entry(1));
  expect(surplus(log, idOf(4), 1)).toEqual([idOf(3), idOf(1)]);
});

it('a release that was verified and then rolled back is not the one to keep', () => {
  const verifiedAt = '2026-11-22T05:01:00.000Z';
  const log = logOf(entry(4), entry(3, { verifiedAt, rolledBack }), entry(2, { verifiedAt }), entry(1));
  expect(surplus(log, idOf(4), 1)).toEqual([idOf(3), idOf(1)]);
});

it('updates of a maintenance with the name of an incident, and of releases that are not live, have no live times', () => {
  const one = { id: 'u', slug: 's', update: 'u', at: '', status: '', title: '', hash: '', edited: null } as const;
  const of = (kind: 'incident' | 'maintenance', state: LoggedRelease['state']): ReleaseLog =>
    logOf(entry(1, { state, news: [{ ...one, kind }] }));
  expect([...liveTimes(of('incident', 'live'), 's')]).toEqual([['u', Date.parse('2026-11-22T01:00:00Z')]]);
  expect(liveTimes(of('maintenance', 'live'), 's').size).toBe(0);
  expect(liveTimes(of('incident', 'deploying'), 's').size).toBe(0);
  expect(liveTimes(of('incident', 'live'), 'other').size).toBe(0);
});
