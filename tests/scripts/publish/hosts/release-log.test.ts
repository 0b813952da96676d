import { describe, expect, it } from 'vitest';
import {
  addRelease,
  emptyLog,
  findRelease,
  type LoggedRelease,
  newRelease,
  type ReleaseLog,
  type RollbackChoice,
  rollbackTarget,
  surplus,
} from '../../../../scripts/publish/hosts/release-log.ts';
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

  it('that was begun goes to the same release again', () => {
    const begun = logOf(entry(8, { rolledBack }), entry(7, { state: 'deploying' }), entry(6));
    const pending = findRelease(begun, idOf(7));
    expect(rollbackTarget(begun, idOf(7), { kind: 'previous' })).toBe(pending);
    expect(rollbackTarget(begun, idOf(7), { kind: 'named', name: idOf(7) })).toBe(pending);
    expect(rollbackTarget(begun, idOf(8), { kind: 'previous' })?.id).toBe(idOf(6));
  });
});

describe('the releases that can go', () => {
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
