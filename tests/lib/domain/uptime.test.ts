import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hour, merge, totalLength } from '../../../src/lib/domain/calendar.ts';
import {
  componentHistories,
  affectedTime,
  incidentPeriods,
  type StatusPeriod,
  uptime,
} from '../../../src/lib/domain/uptime.ts';
import { type ComponentStatus, componentStatuses } from '../../../src/lib/domain/vocabulary.ts';
import { at, incident, update } from './make.ts';

const window = { from: 0, to: 100 };

function during(from: number, to: number | null, status: ComponentStatus): StatusPeriod {
  return { from, to, status, incident: 'x' };
}

describe('uptime', () => {
  it.each<[string, StatusPeriod[], number]>([
    ['nothing happened', [], 1],
    ['a major outage', [during(10, 30, 'major_outage')], 0.8],
    ['a partial outage counts three tenths', [during(10, 30, 'partial_outage')], 0.94],
    [
      'slow and under maintenance is up',
      [during(0, 50, 'degraded_performance'), during(50, 100, 'under_maintenance')],
      1,
    ],
    ['two at once count once', [during(10, 30, 'major_outage'), during(20, 40, 'major_outage')], 0.7],
    [
      'where both are claimed, major counts alone',
      [during(10, 30, 'partial_outage'), during(20, 40, 'major_outage')],
      0.77,
    ],
    ['only what is inside the window', [during(-50, 10, 'major_outage'), during(90, 150, 'major_outage')], 0.8],
    ['what has not ended', [during(75, null, 'major_outage')], 0.75],
    ['down all the time', [during(-1, null, 'major_outage')], 0],
  ])('%s', (_, history, expected) => {
    expect(uptime(history, window)).toBeCloseTo(expected, 12);
  });

  it('of no time is unknown', () => {
    expect(uptime([], { from: 5, to: 5 })).toBeNull();
    expect(uptime([], { from: 5, to: 4 })).toBeNull();
  });
});

const anyPeriod = fc
  .tuple(
    fc.integer({ min: -20, max: 120 }),
    fc.option(fc.integer({ min: 0, max: 60 })),
    fc.constantFrom(...componentStatuses),
  )
  .map(([from, length, status]) => during(from, length === null ? null : from + length, status));
const anyHistory = fc.array(anyPeriod, { maxLength: 12 });

it('counts each moment once, with the worst status', () => {
  fc.assert(
    fc.property(anyHistory, (history) => {
      const moments = Array.from(
        { length: 100 },
        (_, moment) =>
          new Set(
            history.filter(({ from, to }) => from <= moment && moment < (to ?? Infinity)).map(({ status }) => status),
          ),
      );
      const major = moments.filter((said) => said.has('major_outage')).length;
      const partial = moments.filter((said) => said.has('partial_outage') && !said.has('major_outage')).length;
      const degraded = moments.filter(
        (said) => said.has('degraded_performance') && !said.has('major_outage') && !said.has('partial_outage'),
      ).length;
      expect(affectedTime(history, window)).toMatchObject({ major, partial, degraded });
    }),
  );
});

it('is between 0 and 1 and does not depend on the order of the history', () => {
  fc.assert(
    fc.property(
      anyHistory.chain((history) =>
        fc.tuple(fc.constant(history), fc.shuffledSubarray(history, { minLength: history.length })),
      ),
      ([history, shuffled]) => {
        const up = uptime(history, window);
        expect(up).toBeGreaterThanOrEqual(0);
        expect(up).toBeLessThanOrEqual(1);
        expect(uptime(shuffled, window)).toBe(up);
      },
    ),
  );
});

it('merges overlapping periods without changing the total', () => {
  const anyClosed = fc
    .tuple(fc.nat(100), fc.integer({ min: 1, max: 30 }))
    .map(([from, length]) => ({ from, to: from + length }));
  fc.assert(
    fc.property(fc.array(anyClosed), (periods) => {
      const merged = merge(periods);
      merged.forEach(({ from }, index) => expect(from).toBeGreaterThan(merged[index - 1]?.to ?? -1));
      const covered = new Set(
        periods.flatMap(({ from, to }) => Array.from({ length: to - from }, (_, step) => from + step)),
      );
      expect(totalLength(periods)).toBe(covered.size);
    }),
  );
});

describe('the history of a component', () => {
  const outage = incident(
    update('2026-11-22T14:05Z', {
      started: at('2026-11-22T14:00Z'),
      components: { checkout: 'major_outage', api: 'operational' },
    }),
    update('2026-11-22T14:30Z', { components: { checkout: 'partial_outage' } }),
    update('2026-11-22T15:00Z', { status: 'resolved' }),
  );

  it('begins when customers were affected and changes with each update', () => {
    const from = at('2026-11-22T14:00Z');
    const periods = incidentPeriods(outage).get('checkout');
    expect(periods?.map(({ from: start, to, status }) => [start - from, (to ?? 0) - from, status])).toEqual([
      [0, hour / 2, 'major_outage'],
      [hour / 2, hour, 'partial_outage'],
    ]);
  });

  it('leaves out components that weren’t affected', () => {
    expect([...incidentPeriods(outage).keys()]).toEqual(['checkout']);
  });

  it('has the periods of every incident', () => {
    expect(componentHistories([outage, outage]).get('checkout')).toHaveLength(4);
  });
});
