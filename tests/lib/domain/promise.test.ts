import { describe, expect, it } from 'vitest';
import { hour, minute } from '../../../src/lib/domain/calendar.ts';
import { isOverdue, nextCheckIn, promisedBy } from '../../../src/lib/domain/promise.ts';
import { at, cadence } from './make.ts';

const every = (duration: number) => ({ kind: 'every', duration }) as const;

describe('without next_update, the cadence sets the promise', () => {
  it.each([
    ['2026-11-22T14:05Z', '2026-11-22T14:30Z'],
    ['2026-11-22T14:20Z', '2026-11-22T14:30Z'],
    ['2026-11-22T14:20:01Z', '2026-11-22T15:30Z'],
    ['2026-11-22T14:29Z', '2026-11-22T15:30Z'],
    ['2026-11-22T14:30Z', '2026-11-22T15:30Z'],
    ['2026-11-22T14:31Z', '2026-11-22T15:30Z'],
    ['2026-11-22T23:45Z', '2026-11-23T00:30Z'],
  ])('after %s, at half past: %s', (posted, promised) => {
    expect(promisedBy(at(posted), null, cadence.update)).toBe(at(promised));
  });

  it('a length of time after the update', () => {
    expect(promisedBy(at('2026-11-22T14:05Z'), null, every(45 * minute))).toBe(at('2026-11-22T14:50Z'));
  });

  it('the full hour, when the minute is 0', () => {
    const full = { kind: 'at_minute', minute: 0 } as const;
    expect(promisedBy(at('2026-11-22T14:50Z'), null, full)).toBe(at('2026-11-22T15:00Z'));
    expect(promisedBy(at('2026-11-22T14:51Z'), null, full)).toBe(at('2026-11-22T16:00Z'));
  });
});

describe('next_update overrides the cadence', () => {
  const posted = at('2026-11-22T14:05Z');

  it('a duration', () => {
    expect(promisedBy(posted, { kind: 'in', duration: 2 * hour }, cadence.update)).toBe(at('2026-11-22T16:05Z'));
  });

  it('a time', () => {
    expect(promisedBy(posted, { kind: 'at', instant: at('2026-11-24T09:00Z') }, cadence.update)).toBe(
      at('2026-11-24T09:00Z'),
    );
  });

  it("a time of day: today if it's still ahead, otherwise tomorrow", () => {
    expect(promisedBy(posted, { kind: 'clock', minuteOfDay: 14 * 60 + 6 }, cadence.update)).toBe(
      at('2026-11-22T14:06Z'),
    );
    expect(promisedBy(posted, { kind: 'clock', minuteOfDay: 14 * 60 + 5 }, cadence.update)).toBe(
      at('2026-11-23T14:05Z'),
    );
    expect(promisedBy(posted, { kind: 'clock', minuteOfDay: 0 }, cadence.update)).toBe(at('2026-11-23T00:00Z'));
  });

  it('nothing', () => {
    expect(promisedBy(posted, { kind: 'none' }, cadence.update)).toBeNull();
  });
});

describe('a promise', () => {
  const promised = at('2026-11-22T14:30Z');

  it('is kept until the end of its minute', () => {
    expect(isOverdue(promised, at('2026-11-22T14:30:59.999Z'))).toBe(false);
    expect(isOverdue(promised, at('2026-11-22T14:31Z'))).toBe(true);
  });

  it("that wasn't made can't be broken", () => {
    expect(isOverdue(null, promised)).toBe(false);
  });
});

it('check-ins are due at each quarter hour, never right now', () => {
  const start = at('2026-11-22T14:05Z');
  expect(nextCheckIn(start, start, cadence)).toBe(at('2026-11-22T14:15Z'));
  expect(nextCheckIn(start, at('2026-11-22T14:14:59Z'), cadence)).toBe(at('2026-11-22T14:15Z'));
  expect(nextCheckIn(start, at('2026-11-22T14:15Z'), cadence)).toBe(at('2026-11-22T14:30Z'));
});

it.each([
  ['20 minutes by the clock', 20, '2026-11-22T14:40Z'],
  ['2 hours by the clock', 120, '2026-11-22T16:00Z'],
  ['25 minutes, which no hour is made of, from the start', 25, '2026-11-22T14:55Z'],
])('checks in every %s', (_, minutes, next) => {
  const checkIn = minutes * 60_000;
  expect(nextCheckIn(at('2026-11-22T14:05Z'), at('2026-11-22T14:31Z'), { ...cadence, checkIn })).toBe(at(next));
});
