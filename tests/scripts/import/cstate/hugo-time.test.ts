import { describe, expect, it } from 'vitest';
import { readHugoTime } from '../../../../scripts/import/cstate-hugo.ts';

const iso = (text: string, zone = 'UTC'): string | null => {
  const read = readHugoTime(text, zone);
  return 'wrong' in read ? null : new Date(read.at).toISOString();
};

describe('times as cState sites write them', () => {
  it.each([
    ['2018-04-13 21:42:00', '2018-04-13T21:42:00.000Z'],
    [' 2018-04-13 21:42 ', '2018-04-13T21:42:00.000Z'],
    ['2018-04-13', '2018-04-13T00:00:00.000Z'],
    ['2018-4-3 9:05:00', '2018-04-03T09:05:00.000Z'],
    ['2018-04-13T21:42:00Z', '2018-04-13T21:42:00.000Z'],
    ['2018-04-13T21:42:00.123456789Z', '2018-04-13T21:42:00.123Z'],
    ['2018-04-13T21:42:00+02:00', '2018-04-13T19:42:00.000Z'],
    ['2018-04-13T21:42:00-0730', '2018-04-14T05:12:00.000Z'],
    ['2018-04-13 21:42:00 +0200 CEST', '2018-04-13T19:42:00.000Z'],
    ['2018-04-13 21:42:00 UTC', '2018-04-13T21:42:00.000Z'],
    ['2018-04-13 21:42:00 +02', '2018-04-13T19:42:00.000Z'],
    ['13 Apr 2018 21:42', '2018-04-13T21:42:00.000Z'],
    ['13-Apr-18 21:42:00 UTC', '2018-04-13T21:42:00.000Z'],
    ['Fri, 13 Apr 2018 21:42:00 GMT', '2018-04-13T21:42:00.000Z'],
    ['Friday, 13 April 2018 21:42:00 +0000', '2018-04-13T21:42:00.000Z'],
    ['April 13, 2018 at 9:42 PM', '2018-04-13T21:42:00.000Z'],
    ['Apr 13, 2018 12:05 AM', '2018-04-13T00:05:00.000Z'],
    ['Sept 3rd, 2018 12:05 PM', '2018-09-03T12:05:00.000Z'],
    ['Fri Apr 13 21:42:00 UTC 2018', '2018-04-13T21:42:00.000Z'],
    ['Fri Apr 13 21:42:00 2018', '2018-04-13T21:42:00.000Z'],
  ])('%s', (text, at) => {
    expect(iso(text)).toBe(at);
  });

  it.each([
    '',
    'yesterday',
    '2018-02-30 10:00:00',
    '2018-04-13 24:00',
    '2018-04-13 0:30 AM',
    '2018-04-13 13:00 PM',
    '13/04/2018',
    '04-13-2018 10:00',
    '2018-04-13 21:42:00 CET',
    '1523655720',
    'Smarch 13, 2018',
  ])('%j is ambiguous', (text) => {
    expect(iso(text)).toBeNull();
  });

  it('is in the zone unless it has an offset', () => {
    expect(iso('2018-07-13 21:42:00', 'Europe/Berlin')).toBe('2018-07-13T19:42:00.000Z');
    expect(iso('2018-07-13 21:42:00 UTC', 'Europe/Berlin')).toBe('2018-07-13T21:42:00.000Z');
    expect(readHugoTime('2018-07-13 21:42', 'UTC')).toMatchObject({ isLocal: true });
    expect(readHugoTime('2018-07-13 21:42Z', 'UTC')).toMatchObject({ isLocal: false });
  });
});
