import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { localInstant, readInstant, shortUtc } from '../../../src/lib/schema/time-fields.ts';

describe('a time with an offset', () => {
  it.each([
    ['2026-11-22T14:05Z', '2026-11-22T14:05:00.000Z'],
    ['2026-11-22 14:05Z', '2026-11-22T14:05:00.000Z'],
    ['2026-11-22T14:05 Z', '2026-11-22T14:05:00.000Z'],
    ['2026-11-22t14:05z', '2026-11-22T14:05:00.000Z'],
    ['2026-11-22T1405Z', '2026-11-22T14:05:00.000Z'],
    ['2026-11-22T14:05:07Z', '2026-11-22T14:05:07.000Z'],
    ['2026-11-22T14:05:07.042Z', '2026-11-22T14:05:07.042Z'],
    ['2026-11-22T14:05:07.5Z', '2026-11-22T14:05:07.500Z'],
    ['2026-11-22T14:05+01:00', '2026-11-22T13:05:00.000Z'],
    ['2026-11-22T14:05+0530', '2026-11-22T08:35:00.000Z'],
    ['2026-11-22T14:05-08', '2026-11-22T22:05:00.000Z'],
    ['2028-02-29T24:00Z', '2028-03-01T00:00:00.000Z'],
  ])('%s is %s', (given, instant) => {
    expect(readInstant(given, 'UTC')).toEqual({ value: Date.parse(instant) });
  });

  it.each([
    '14:05',
    '2026-11-22T14Z',
    '22.11.2026 14:05',
    '2026-11-22T14:05+15:00',
    '2026-11-22T14:05 CET',
    '2026-11-22T24:01Z',
    '2026-02-29T10:00Z',
    '',
  ])('isn’t %j', (given) => {
    expect(readInstant(given, 'UTC')).toHaveProperty('wrong');
  });
});

describe('a local time', () => {
  it.each([
    ['2026-11-22T14:05:00', 'Europe/Berlin', '2026-11-22T13:05:00.000Z'],
    ['2026-07-22T14:05:00.040Z', 'Europe/Berlin', '2026-07-22T12:05:00.040Z'],
    ['2026-11-22T14:05:00', 'Asia/Kathmandu', '2026-11-22T08:20:00.000Z'],
    ['2026-10-25T02:30:00', 'Europe/Berlin', '2026-10-25T00:30:00.000Z'],
    ['2026-03-29T03:00:00', 'Europe/Berlin', '2026-03-29T01:00:00.000Z'],
  ])('%s in %s is %s', (local, zone, instant) => {
    expect(localInstant(local, zone)).toBe(Date.parse(instant));
  });

  it('doesn’t exist if clocks skip it', () => {
    expect(localInstant('2026-03-29T02:30:00', 'Europe/Berlin')).toBeNull();
  });

  it.each([
    [
      '2026-03-29T02:30',
      'Europe/Berlin',
      'skip 02:30 that day. For 03:30 there, use 2026-03-29T01:30Z; for UTC, add Z',
    ],
    [
      '2026-10-04T02:15',
      'Australia/Lord_Howe',
      'skip 02:15 that day. For 02:45 there, use 2026-10-03T15:45Z; for UTC, add Z',
    ],
    [
      '2018-11-04 00:00',
      'America/Sao_Paulo',
      'skip 00:00 that day. For 01:00 there, use 2018-11-04T03:00Z; for UTC, add Z',
    ],
    [
      '2026-10-25T02:30',
      'Europe/Berlin',
      'show 02:30 twice that day. Use 2026-10-25T00:30Z for the first time, or 2026-10-25T01:30Z for the second; for UTC, add Z',
    ],
    [
      '2026-11-01T01:00',
      'America/New_York',
      'show 01:00 twice that day. Use 2026-11-01T05:00Z for the first time, or 2026-11-01T06:00Z for the second; for UTC, add Z',
    ],
    [
      '2026-04-05T01:45',
      'Australia/Lord_Howe',
      'show 01:45 twice that day. Use 2026-04-04T14:45Z for the first time, or 2026-04-04T15:15Z for the second; for UTC, add Z',
    ],
  ])('%s in %s needs an offset, to say which of the two it is', (given, zone, advice) => {
    expect(readInstant(given, zone)).toEqual({
      wrong: `"${given}" has no UTC offset, and clocks in ${zone} ${advice}`,
    });
  });
});

it('times can be typed as they’re shown', () => {
  fc.assert(
    fc.property(
      fc.date({ min: new Date('2000-01-02T00:00Z'), max: new Date('2099-12-30T00:00Z'), noInvalidDate: true }),
      (date) => {
        expect(readInstant(shortUtc(date.getTime()), 'UTC')).toEqual({ value: date.getTime() });
      },
    ),
  );
});
