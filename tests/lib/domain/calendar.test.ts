import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { day, dayOf, hour, lastDays, monthOf, startOf } from '../../../src/lib/domain/calendar.ts';
import { at } from './make.ts';

const zones = [
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'America/Sao_Paulo',
  'Asia/Kolkata',
  'Asia/Kathmandu',
  'Africa/Cairo',
  'America/Havana',
  'Australia/Lord_Howe',
  'Pacific/Auckland',
  'Pacific/Kiritimati',
  'Pacific/Pago_Pago',
  'America/St_Johns',
  'Etc/GMT+12',
];

describe('a date', () => {
  it.each([
    ['Europe/Berlin', '2026-03-29', 23, '2026-03-28T23:00Z'],
    ['Europe/Berlin', '2026-10-25', 25, '2026-10-24T22:00Z'],
    ['Europe/Berlin', '2026-11-22', 24, '2026-11-21T23:00Z'],
    ['America/New_York', '2026-03-08', 23, '2026-03-08T05:00Z'],
    ['Asia/Kolkata', '2026-11-22', 24, '2026-11-21T18:30Z'],
    ['America/Sao_Paulo', '2026-11-22', 24, '2026-11-22T03:00Z'],
    // Daylight saving time began at midnight, so the day has no 00:00.
    ['America/Sao_Paulo', '2018-11-04', 23, '2018-11-04T03:00Z'],
    ['America/Sao_Paulo', '2018-02-17', 25, '2018-02-17T02:00Z'],
    // Clocks go back from 01:00 to 00:00, so the day has 00:00 twice.
    ['America/Havana', '2026-11-01', 25, '2026-11-01T04:00Z'],
    ['Africa/Cairo', '2026-04-24', 23, '2026-04-23T22:00Z'],
    ['Australia/Lord_Howe', '2026-10-04', 23.5, '2026-10-03T13:30Z'],
  ])('in %s, %s, has %d hours from %s', (zone, date, hours, start) => {
    expect(startOf(date, zone)).toBe(at(start));
    const [today] = lastDays(at(start) + 12 * hour, 1, zone);
    expect(today).toEqual({ day: date, from: at(start), to: at(start) + hours * hour });
  });
});

it('finds the month of an instant in a zone', () => {
  expect(monthOf(at('2026-10-31T23:30Z'), 'Europe/Berlin')).toBe('2026-11');
  expect(monthOf(at('2026-11-01T03:30Z'), 'America/New_York')).toBe('2026-10');
});

const anyZone = fc.constantFrom(...zones);
const anyTime = fc.integer({ min: at('2015-01-01T00:00Z'), max: at('2035-01-01T00:00Z') });

it('every date starts with an instant on that date, and the instant before is on the day before', () => {
  fc.assert(
    fc.property(anyZone, anyTime, (zone, time) => {
      const date = dayOf(time, zone);
      const start = startOf(date, zone);
      expect(dayOf(start, zone)).toBe(date);
      expect(dayOf(start - 1, zone) < date).toBe(true);
      expect(start <= time && time < start + 25 * hour).toBe(true);
    }),
  );
});

it('days follow each other without gap or overlap, up to the current one', () => {
  fc.assert(
    fc.property(anyZone, anyTime, fc.integer({ min: 1, max: 100 }), (zone, now, count) => {
      const days = lastDays(now, count, zone);
      expect(days).toHaveLength(count);
      days.forEach(({ day: date, from, to }, index) => {
        expect(from).toBe(days[index - 1]?.to ?? from);
        expect(to - from).toBeGreaterThan(22 * hour);
        expect(to - from).toBeLessThan(day + 2 * hour);
        expect([date, from]).toEqual([dayOf(from, zone), startOf(date, zone)]);
      });
      const today = days.at(-1);
      expect(today !== undefined && today.from <= now && now < today.to).toBe(true);
    }),
    { numRuns: 40 },
  );
});
