import { describe, expect, it } from 'vitest';
import {
  clock,
  clockWithoutZone,
  date,
  daysInWords,
  distinctTimes,
  endTime,
  monthInWords,
  monthName,
  time,
  timeWithOffset,
  utcAndLocal,
  utcTime,
  weekdayAndDate,
} from '../../../src/lib/views/time.ts';
import { en } from '../../../src/lib/words/en.ts';
import { at } from '../domain/make.ts';

const berlin = { timeZone: 'Europe/Berlin', locale: 'en-GB' };
const noon = at('2026-11-22T11:05Z');

describe('a time in words', () => {
  it.each([
    ['a time', time(noon, berlin).text, '22 Nov 2026, 12:05 CET'],
    ['a time in summer', time(at('2026-07-02T09:05Z'), berlin).text, '2 Jul 2026, 11:05 CEST'],
    ['a time for machines', time(noon, berlin).iso, '2026-11-22T11:05:00.000Z'],
    ['a date', date(at('2026-11-22T23:30Z'), berlin).text, '23 November 2026'],
    ['a clock', clock(noon, berlin), '12:05 CET'],
    ['a clock without a zone', clockWithoutZone(noon, berlin), '12:05'],
    ['a weekday', weekdayAndDate(noon, berlin), 'Sunday, 22 November 2026'],
    ['a month', monthInWords('2026-01', berlin), 'January 2026'],
    ['the name of a month', monthName('2026-01', 'long', berlin), 'January'],
    ['the short name of a month', monthName('2026-11', 'short', berlin), 'Nov'],
    ['one day', daysInWords('2026-11-08', '2026-11-08', berlin), '8 Nov 2026'],
    ['several days', daysInWords('2026-11-08', '2026-11-17', berlin), '8 – 17 Nov 2026'],
    ['days of two years', daysInWords('2026-12-30', '2027-01-02', berlin), '30 Dec 2026 – 2 Jan 2027'],
    ['an end on the same day', endTime(noon, at('2026-11-22T22:59Z'), berlin).text, '23:59 CET'],
    ['an end on the next day', endTime(noon, at('2026-11-22T23:00Z'), berlin).text, '23 Nov 2026, 00:00 CET'],
  ])('%s', (_, text, expected) => {
    expect(text.replaceAll('\u2009', ' ')).toBe(expected);
  });
});

it.each([
  ['de', '8.–17. Nov. 2026'],
  ['ar', '8–17 نوفمبر 2026'],
])('days name their month, also in %s', (locale, expected) => {
  expect(daysInWords('2026-11-08', '2026-11-17', { locale }).replaceAll(/[\u2009\u200f]/g, '')).toBe(expected);
});

describe('times of a list', () => {
  it('have seconds within one minute, and milliseconds within one second', () => {
    const instants = ['11:05', '11:06:00', '11:06:59', '11:07:30.001', '11:07:30.002'].map((one) =>
      at(`2026-11-22T${one}Z`),
    );
    expect(distinctTimes(instants, berlin).map(({ text }) => text)).toEqual([
      '22 Nov 2026, 12:05 CET',
      '22 Nov 2026, 12:06:00 CET',
      '22 Nov 2026, 12:06:59 CET',
      '22 Nov 2026, 12:07:30.001 CET',
      '22 Nov 2026, 12:07:30.002 CET',
    ]);
  });
});

describe('a time as typed in fields', () => {
  it.each([
    ['2026-11-22T14:30Z', 'Europe/Berlin', '15:30+01:00', '2026-11-22T14:30Z (15:30 CET)'],
    ['2026-11-22T14:30Z', 'UTC', '14:30+00:00', '2026-11-22T14:30Z'],
    ['2026-11-22T14:30Z', 'Asia/Kolkata', '20:00+05:30', '2026-11-22T14:30Z (20:00 GMT+5:30)'],
    ['2026-11-21T23:30Z', 'Europe/Berlin', '00:30+01:00', '2026-11-21T23:30Z (22 Nov, 00:30 CET)'],
    ['2026-11-21T14:30Z', 'Europe/Berlin', 'Sat 21 Nov 15:30+01:00', '2026-11-21T14:30Z (15:30 CET)'],
  ])('%s in %s has its offset, and its day if that differs', (instant, timeZone, offset, both) => {
    const zone = { ...berlin, timeZone };
    expect(timeWithOffset(at(instant), noon, zone)).toBe(offset);
    expect(utcAndLocal(at(instant), zone)).toBe(both);
  });
});

it.each([
  ['2026-11-02T14:05:00.000Z', '2 Nov 2026, 14:05 UTC'],
  ['2026-01-22T14:05:30.000Z', '22 Jan 2026, 14:05:30 UTC'],
  ['2026-12-22T14:00:00.250Z', '22 Dec 2026, 14:00:00.250 UTC'],
])('%s is the same everywhere in feeds', (instant, text) => {
  expect(utcTime(at(instant), en)).toBe(text);
});
