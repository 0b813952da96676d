import { describe, expect, it } from 'vitest';
import { updateTimes } from '../../../scripts/write/draft.ts';
import type { ContentFolder } from '../../../scripts/cli/content.ts';
import { minute, second } from '../../../src/lib/domain/calendar.ts';

const at = (time: string): number => Date.parse(`2026-11-22T${time}Z`);

/** A page with these published files. */
function page(...paths: string[]): ContentFolder {
  const files = paths.map((path) => ({
    path,
    bytes: new TextEncoder().encode('---\npublished: 2026-11-22T14:05:10Z\n---\nText.\n'),
  }));
  const tree = { files, folders: [], others: [] };
  return { tree, incidents: [], maintenances: [], settings: { timeZone: 'UTC' } } as unknown as ContentFolder;
}

type Given = {
  readonly now: string;
  readonly told?: string;
  readonly newest?: string;
  readonly earliest?: string;
  readonly unit?: number;
  readonly page?: readonly string[];
};

function times({ now, told, newest, earliest, unit = minute, page: paths = [] }: Given) {
  const moment = { now: () => at(now), at: told === undefined ? null : Date.parse(told), unit };
  const after = newest === undefined ? null : at(newest);
  const found = updateTimes(moment, after, page(...paths), earliest === undefined ? undefined : at(earliest));
  const text = (instant: number | null) => instant && new Date(instant).toISOString().replace('.000Z', 'Z');
  return [text(found.at), text(found.posted)];
}

const other = (name: string): string => `incidents/other/${name}.md`;

describe('the time of a new update', () => {
  it.each<[string, Given, string]>([
    ['the minute when nothing else is in it', { now: '14:05:40.123', newest: '14:04:59' }, '14:05:00'],
    ['the second after an update in the same minute', { now: '14:05:40.123', newest: '14:05:00' }, '14:05:40'],
    ['the next second when that is taken', { now: '14:05:40.123', newest: '14:05:40' }, '14:05:41'],
    ['after an update of the same second', { now: '14:05:40.900', newest: '14:05:40.123' }, '14:05:41'],
    ['after an update of a clock that is a little ahead', { now: '14:05:40', newest: '14:06:00' }, '14:06:01'],
    [
      'the second when another incident has the minute',
      { now: '14:05:40', page: [other('2026-11-22T1405Z')] },
      '14:05:40',
    ],
    [
      'after everything on the page',
      { now: '14:05:40', page: ['maintenance/work/2026-11-22T140540Z.md', 'incidents/a/2026-11-22T140541Z.md'] },
      '14:05:42',
    ],
    ['the second after a postmortem', { now: '14:05:40', page: ['postmortems/other.md'] }, '14:05:40'],
    ['the second where others may write at the same time', { now: '14:05:40', unit: second }, '14:05:40'],
    [
      'the minute when another incident is of tomorrow',
      { now: '14:05:40', page: [other('2026-11-23T0900Z')] },
      '14:05:00',
    ],
    ['not before customers were affected', { now: '14:05:40.123', earliest: '14:05:20' }, '14:05:40'],
    ['the moment at which they were', { now: '14:05:40', earliest: '14:05:00' }, '14:05:00'],
    ['that moment, also a little ahead', { now: '14:05:40', newest: '14:05:45', earliest: '14:05:50' }, '14:05:50'],
  ])('is %s', (_, given, expected) => {
    expect(times(given)).toEqual([`2026-11-22T${expected}Z`, null]);
  });

  it.each<[string, Given, [string, string | null]]>([
    ['as told', { now: '14:05:40', told: '2026-11-22T02:10Z' }, ['2026-11-22T02:10:00Z', null]],
    [
      'a second later where the page has that time',
      { now: '14:05:40', told: '2026-11-22T02:10Z', page: [other('2026-11-22T0210Z'), other('2026-11-22T021001Z')] },
      ['2026-11-22T02:10:02Z', null],
    ],
    [
      'posted now, after a day',
      { now: '14:05:40', told: '2026-11-21T14:05Z' },
      ['2026-11-21T14:05:00Z', '2026-11-22T14:05:00Z'],
    ],
    ['within a day, not', { now: '14:05:00', told: '2026-11-21T14:05Z' }, ['2026-11-21T14:05:00Z', null]],
    [
      'posted in a second of its own',
      { now: '14:05:40', told: '2026-09-01T01:00Z', page: [other('2026-09-01T0100Z'), other('2026-11-22T1405Z')] },
      ['2026-09-01T01:00:00Z', '2026-11-22T14:05:40Z'],
    ],
  ])('that is reported afterwards: %s', (_, given, expected) => {
    expect(times(given)).toEqual(expected);
  });

  it('is refused if the newest update is later by more than clocks usually differ', () => {
    expect(() => times({ now: '14:05:40', newest: '14:30:00' })).toThrow(
      'there is an update later than 2026-11-22T14:05Z: 2026-11-22T1430Z.md. Wait until then, or pass a later time with --now',
    );
    expect(() => times({ now: '14:05:40', told: '2026-11-22T02:10Z', newest: '02:11:00' })).toThrow(
      '--at: there is a later update, 2026-11-22T0211Z.md. Type a time after it',
    );
    expect(() => times({ now: '14:05:40', told: '2026-11-22T02:11Z', newest: '02:11:00' })).toThrow(
      '--at: there is already an update at that time, 2026-11-22T0211Z.md. Type a time after it',
    );
  });
});
