import { describe, expect, it } from 'vitest';
import { day, hour, minute } from '../../../src/lib/domain/calendar.ts';
import { foldIncident, type Incident } from '../../../src/lib/domain/incident.ts';
import { actionCounts, type ActionItem } from '../../../src/lib/domain/postmortem.ts';
import { median, responseTimes, responseYears, settledPromises } from '../../../src/lib/domain/response.ts';
import { processorTime } from '../../support/processor-time.ts';
import { at, cadence, incident, update } from './make.ts';

const resolved = { status: 'resolved' } as const;
const now = at('2026-12-31T12:00Z');

/** Numbers that look random and are the same each time. */
function numbers(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 1_103_515_245 + 12_345) % 2_147_483_648) / 2_147_483_648;
}

describe('the median', () => {
  it.each([
    [[], null],
    [[7], 7],
    [[9, 1], 5],
    [[100, 2, 9], 9],
    [[10, 9, 1, 2], 5.5],
  ])('of %j is %j', (values, middle) => {
    expect(median(values)).toBe(middle);
  });

  it('has as many values above it as below, in any order, and changes none', () => {
    const next = numbers(7);
    for (let round = 1; round <= 200; round += 1) {
      const values = Object.freeze(Array.from({ length: 1 + Math.floor(next() * 12) }, () => Math.floor(next() * 9)));
      const middle = median(values) ?? Number.NaN;
      expect(values.filter((value) => value < middle).length).toBeLessThanOrEqual(values.length / 2);
      expect(values.filter((value) => value > middle).length).toBeLessThanOrEqual(values.length / 2);
      expect(median(values.toReversed())).toBe(middle);
    }
  });
});

describe('how long customers waited', () => {
  it('counts from when they began to be affected', () => {
    const one = incident(
      update('2026-03-01T10:12Z', { started: at('2026-03-01T10:00Z') }),
      update('2026-03-01T11:00Z', resolved),
    );
    expect(responseTimes(one)).toEqual({ toFirstUpdate: 12 * minute, toResolve: hour });
  });

  it('for the first update is unknown without a start; for the end it counts from the first update', () => {
    const one = incident(update('2026-03-01T10:12Z'), update('2026-03-01T11:12Z', resolved));
    expect(responseTimes(one)).toEqual({ toFirstUpdate: null, toResolve: hour });
  });

  it('is zero within the same minute, which is a duration and not unknown', () => {
    const one = incident(
      update('2026-03-01T10:00Z', { started: at('2026-03-01T10:00Z') }),
      update('2026-03-01T10:00:20Z', resolved),
    );
    expect(responseTimes(one)).toEqual({ toFirstUpdate: 0, toResolve: 20_000 });
  });

  it('leaves out the time between the end and a reopening', () => {
    const one = incident(
      update('2026-03-01T10:00Z'),
      update('2026-03-01T11:00Z', resolved),
      update('2026-03-02T10:00Z'),
      update('2026-03-02T10:30Z', resolved),
      update('2026-03-09T10:00Z', resolved),
    );
    expect(responseTimes(one).toResolve).toBe(90 * minute);
  });

  it('for the end is unknown while it’s open, even if it was resolved before', () => {
    expect(responseTimes(incident(update('2026-03-01T10:00Z'))).toResolve).toBeNull();
    expect(
      responseTimes(
        incident(update('2026-03-01T10:00Z'), update('2026-03-01T11:00Z', resolved), update('2026-03-02T10:00Z')),
      ).toResolve,
    ).toBeNull();
  });

  it('is unknown for an incident that was only reported afterwards, unless it has a start', () => {
    expect(responseTimes(incident(update('2026-03-01T10:00Z', resolved)))).toEqual({
      toFirstUpdate: null,
      toResolve: null,
    });
    expect(
      responseTimes(
        incident(
          update('2026-03-01T10:00Z', resolved),
          update('2026-03-01T11:00Z'),
          update('2026-03-01T12:00Z', resolved),
        ),
      ).toResolve,
    ).toBeNull();
    expect(
      responseTimes(incident(update('2026-03-01T10:00Z', { ...resolved, started: at('2026-03-01T09:00Z') }))),
    ).toEqual({ toFirstUpdate: hour, toResolve: hour });
  });
});

describe('promised updates', () => {
  const tally = (one: Incident, when = now): string =>
    settledPromises(one, when)
      .map(({ kept }) => (kept ? 'kept' : 'late'))
      .join(' ');

  it('are kept within the promised minute, late after it', () => {
    const first = update('2026-03-01T10:00Z');
    expect(tally(incident(first, update('2026-03-01T10:30:59Z', resolved)))).toBe('kept');
    expect(tally(incident(first, update('2026-03-01T10:31Z', resolved)))).toBe('late');
  });

  it('that nothing has answered are late once they’re due, and don’t count before that', () => {
    const one = incident(update('2026-03-01T10:00Z'));
    expect(tally(one, at('2026-03-01T10:30Z'))).toBe('');
    expect(tally(one, at('2026-03-01T10:31Z'))).toBe('late');
  });

  it('don’t exist while it’s resolved, or if none was made', () => {
    expect(
      tally(
        incident(
          update('2026-03-01T10:00Z', resolved),
          update('2026-03-05T10:00Z'),
          update('2026-03-05T10:20Z', resolved),
        ),
      ),
    ).toBe('kept');
    expect(
      tally(
        incident(update('2026-03-01T10:00Z', { nextUpdate: { kind: 'none' } }), update('2026-03-05T10:00Z', resolved)),
      ),
    ).toBe('');
  });

  it('don’t exist in an update posted when it was old news, and such an update keeps none', () => {
    const posted = at('2026-03-04T09:00Z');
    const first = update('2026-03-01T10:00Z');
    const middle = update('2026-03-01T10:20Z', { posted });
    const last = update('2026-03-01T10:40Z', resolved);
    expect(tally(incident({ ...first, posted }, middle, { ...last, posted: posted + 1000 }))).toBe('');
    expect(tally(incident(first, middle, last))).toBe('late');
    expect(tally(incident({ ...first, posted }), posted + hour)).toBe('late');
  });

  it('of an imported incident are only those that it states, because its page had no cadence', () => {
    const first = update('2026-03-01T10:00Z', { source: 'statuspage:x' });
    expect(tally(incident(first, update('2026-03-01T12:00Z'), update('2026-03-01T15:00Z', resolved)))).toBe('');
    expect(
      tally(
        incident(
          first,
          update('2026-03-01T12:00Z', { nextUpdate: { kind: 'in', duration: hour } }),
          update('2026-03-01T15:00Z', resolved),
        ),
      ),
    ).toBe('late');
  });
});

describe('the years', () => {
  it('are empty without an incident', () => {
    expect(responseYears([], now, 'Europe/Berlin')).toEqual([]);
  });

  it('are those of the time zone, from the first to the last, with the number behind each median', () => {
    const started = at('2023-12-31T22:50Z');
    const years = responseYears(
      [
        incident(update('2023-12-31T23:10Z', { started }), update('2023-12-31T23:20Z', resolved)),
        incident(update('2025-12-31T23:10Z'), update('2026-01-01T01:10Z', resolved)),
        incident(update('2026-02-01T10:00Z'), update('2026-02-01T14:00Z', resolved)),
        incident(update('2026-12-31T11:50Z')),
      ],
      now,
      'Europe/Berlin',
    );
    expect(years).toEqual([
      {
        year: 2023,
        incidents: 1,
        continued: 0,
        toFirstUpdate: { median: 20 * minute, of: 1 },
        toResolve: { median: 30 * minute, of: 1 },
        promises: { kept: 0, late: 0 },
      },
      { year: 2024, incidents: 0, continued: 1, toFirstUpdate: null, toResolve: null, promises: { kept: 1, late: 0 } },
      { year: 2025, incidents: 0, continued: 0, toFirstUpdate: null, toResolve: null, promises: { kept: 0, late: 0 } },
      {
        year: 2026,
        incidents: 3,
        continued: 0,
        toFirstUpdate: null,
        toResolve: { median: 3 * hour, of: 2 },
        promises: { kept: 0, late: 2 },
      },
    ]);
  });

  it('mention an incident in every year it touched, but not in one that it only reached at midnight or was closed in', () => {
    const none = { nextUpdate: { kind: 'none' } } as const;
    const years = (...incidents: Incident[]): unknown =>
      responseYears(incidents, now, 'Europe/Berlin').map((one) => [one.year, one.incidents, one.continued]);
    const long = incident(update('2024-03-01T10:00Z', none), update('2025-12-31T23:00Z', resolved));
    expect(years(long)).toEqual([
      [2024, 1, 0],
      [2025, 0, 1],
    ]);
    expect(years(incident(update('2025-11-01T10:00Z', none)))).toEqual([
      [2025, 1, 0],
      [2026, 0, 1],
    ]);
    const reopened = incident(
      update('2024-03-01T10:00Z', none),
      update('2024-03-01T11:00Z', resolved),
      update('2026-03-01T10:00Z', none),
      update('2026-03-01T11:00Z', resolved),
    );
    expect(years(reopened)).toEqual([
      [2024, 1, 0],
      [2025, 0, 0],
      [2026, 0, 1],
    ]);
  });

  it('lose no incident and no promise, whatever the zone, and take eight times as long for eight times as many incidents', () => {
    const next = numbers(3);
    const many = Array.from({ length: 6000 }, (_, index) => {
      const from = at('2016-01-01T00:00Z') + Math.floor(next() * 3900) * day + Math.floor(next() * day);
      const updates = [0, 1, 2, 3, 4].map((step) => ({
        ...update('2026-01-01T00:00Z', step === 4 ? resolved : {}),
        id: String(step),
        at: from + step * 20 * minute,
      }));
      const [first, ...rest] = updates;
      return foldIncident(`incident-${index}`, [first ?? update('2026-01-01T00:00Z'), ...rest], cadence);
    });
    // Time of the processor, and the best of some: other tests run beside this one.
    const best = (incidents: readonly Incident[], zone: string): number => {
      const rounds = [1, 2, 3].map(() => processorTime(() => void responseYears(incidents, now, zone)));
      return Math.min(...rounds);
    };
    for (const zone of ['Pacific/Kiritimati', 'Pacific/Pago_Pago']) {
      const years = responseYears(many, now, zone);
      expect(years.reduce((sum, { incidents }) => sum + incidents, 0)).toBe(6000);
      expect(years.reduce((sum, { promises }) => sum + promises.kept + promises.late, 0)).toBe(24_000);
      // Comparing each with every other would take 64 times as long. Collecting garbage takes its time, too.
      expect(best(many, zone) / best(many.slice(0, 750), zone)).toBeLessThan(40);
    }
  });
});

describe('what became of actions', () => {
  it('is on time, late, open until the due day is over, or overdue', () => {
    const action = (due: string, done: string | null): ActionItem => ({ what: 'x', owner: 'Dana', due, done });
    const actions = [
      action('2026-03-01', '2026-03-01'),
      action('2026-03-01', '2026-03-02'),
      action('2026-03-10', null),
      action('2026-03-09', null),
      action('2026-03-08', null),
    ];
    expect(actionCounts([{ actions }, { actions: [] }], '2026-03-10')).toEqual({
      inTime: 1,
      late: 1,
      open: 1,
      overdue: 2,
    });
    expect(actionCounts([], '2026-03-10')).toEqual({ inTime: 0, late: 0, open: 0, overdue: 0 });
  });
});
