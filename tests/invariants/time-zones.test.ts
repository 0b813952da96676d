import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hour, isoTime, lastDays, minute, startOf } from '../../src/lib/domain/calendar.ts';
import { root } from '../support/halfpast.ts';
import { seed } from '../support/seed.ts';

const zones = Intl.supportedValuesOf('timeZone');
const formats = new Map<string, Intl.DateTimeFormat>();

/** The date as formatted by Intl, independent of our calendar. */
function dateIn(zone: string, at: number): string {
  const format =
    formats.get(zone) ??
    new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' });
  formats.set(zone, format);
  return format.format(at);
}

/** How long a date lasts, found by counting the quarter hours in it. No clock in these years changes by less. */
function naiveLength(date: string, zone: string): number {
  const noon = Date.parse(`${date}T12:00:00Z`);
  const quarters = Array.from({ length: 4 * 60 }, (_, nth) => noon + (nth - 120) * 15 * minute);
  return quarters.filter((at) => dateIn(zone, at) === date).length * 15 * minute;
}

const anyDate = fc
  .integer({ min: Date.parse('2024-01-01'), max: Date.parse('2027-12-31') })
  .map((at) => isoTime(at).slice(0, 10));

describe('a day', () => {
  it('is as long as its quarter hours, in every time zone', () => {
    expect(zones.length).toBeGreaterThan(300);
    fc.assert(
      fc.property(fc.constantFrom(...zones), anyDate, (zone, date) => {
        const from = startOf(date, zone);
        const [today] = lastDays(from, 1, zone);
        expect((today?.to ?? 0) - from).toBe(naiveLength(date, zone));
      }),
      { numRuns: 200 },
    );
  });

  it.each([
    ['Europe/Berlin', [23, 25]],
    ['America/New_York', [23, 25]],
    ['Pacific/Auckland', [23, 25]],
    ['Australia/Lord_Howe', [23.5, 24.5]],
    ['Asia/Kolkata', []],
    ['Etc/UTC', []],
    ['America/Phoenix', []],
  ])('in %s has 24 hours, or %j once a year each', (zone, odd) => {
    const days = lastDays(Date.parse('2026-12-31T12:00Z'), 365, zone);
    const lengths = days.map(({ from, to }) => (to - from) / hour).filter((length) => length !== 24);
    expect(lengths.sort()).toEqual(odd);
  });
});

it('the parsed content and the output for any history don’t depend on the machine’s time zone', async () => {
  const saidIn = async (TZ: string): Promise<string> => {
    const { stdout } = await promisify(execFile)(
      process.execPath,
      [join(import.meta.dirname, 'what-is-said.ts'), String(seed)],
      {
        env: { ...process.env, TZ, NODE_COMPILE_CACHE: join(root, 'node_modules/.cache/compiled') },
        maxBuffer: 2 ** 26,
      },
    );
    return stdout;
  };
  // The most distant clocks, and one of them changes during the year.
  const [east, west] = await Promise.all(['Pacific/Kiritimati', 'America/St_Johns'].map(saidIn));
  expect(east).toMatch(/^1[0-9a-f,.]+\n/);
  expect(east, `seed ${seed}`).toBe(west);
});
