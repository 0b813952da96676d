import { describe, expect, it } from 'vitest';
import { hour, lastDays } from '../../../src/lib/domain/calendar.ts';
import type { Incident, IncidentUpdateRecord } from '../../../src/lib/domain/incident.ts';
import { postmortemFacts } from '../../../src/lib/domain/postmortem.ts';
import { responseTimes } from '../../../src/lib/domain/response.ts';
import { componentHistories, dayBars, incidentPeriods, uptime } from '../../../src/lib/domain/uptime.ts';
import type { ComponentStates } from '../../../src/lib/domain/vocabulary.ts';
import { incidentSummary } from '../../../src/lib/views/event-list.ts';
import { postmortemDraft } from '../../../src/lib/views/postmortem-draft.ts';
import { smallSite } from '../views/small-site.ts';
import { at, incident, update } from './make.ts';

const night = '2026-11-16T';
const down: ComponentStates = { shop: 'major_outage' };

function resolved(clock: string, given: Partial<IncidentUpdateRecord> = {}): IncidentUpdateRecord {
  return update(`${night}${clock}Z`, { status: 'resolved', ...given });
}

const opened = update(`${night}01:00Z`, { components: down });

/** `01:00-04:00 major_outage`, for the component `shop`. */
function periodsOf(one: Incident): string[] {
  const clock = (instant: number | null) => (instant === null ? '' : new Date(instant).toISOString().slice(11, 16));
  return (incidentPeriods(one).get('shop') ?? []).map(
    ({ from, to, status }) => `${clock(from)}-${clock(to)} ${status}`,
  );
}

describe('an end that was stated afterwards', () => {
  it.each<[string, [IncidentUpdateRecord, ...IncidentUpdateRecord[]], string[], [number, string]]>([
    [
      'in the only update',
      [resolved('09:00', { started: at(`${night}01:00Z`), ended: at(`${night}04:00Z`), components: down })],
      ['01:00-04:00 major_outage'],
      [3, '04:00'],
    ],
    [
      'by the update that resolves',
      [opened, resolved('09:00', { ended: at(`${night}04:00Z`) })],
      ['01:00-04:00 major_outage'],
      [3, '04:00'],
    ],
    [
      'before updates that only carried the status on',
      [
        opened,
        update(`${night}03:00Z`, { components: { shop: 'partial_outage' } }),
        update(`${night}05:00Z`),
        update(`${night}06:00Z`, { status: 'monitoring', components: { shop: 'operational' } }),
        resolved('09:00', { ended: at(`${night}04:00Z`) }),
      ],
      ['01:00-03:00 major_outage', '03:00-04:00 partial_outage'],
      [3, '04:00'],
    ],
    [
      'in a note to a resolved incident',
      [opened, resolved('09:00'), resolved('12:00', { ended: at(`${night}04:00Z`) })],
      ['01:00-04:00 major_outage'],
      [3, '04:00'],
    ],
    [
      'later than it was resolved',
      [opened, resolved('02:00'), resolved('12:00', { ended: at(`${night}04:00Z`) })],
      ['01:00-04:00 major_outage'],
      [3, '04:00'],
    ],
    [
      'with a component that nobody had named',
      [
        update(`${night}01:00Z`, { impact: 'major' }),
        resolved('09:00', { ended: at(`${night}04:00Z`), components: down }),
      ],
      ['01:00-04:00 major_outage'],
      [3, '04:00'],
    ],
    [
      'of the second time it was open',
      [
        opened,
        resolved('02:00'),
        update(`${night}05:00Z`, { components: down }),
        resolved('09:00', { ended: at(`${night}06:00Z`) }),
      ],
      ['01:00-02:00 major_outage', '05:00-06:00 major_outage'],
      [2, '06:00'],
    ],
    [
      'of the first time it was open',
      [
        opened,
        resolved('04:00', { ended: at(`${night}02:00Z`) }),
        update(`${night}05:00Z`, { components: down }),
        resolved('06:00'),
      ],
      ['01:00-02:00 major_outage', '05:00-06:00 major_outage'],
      [2, '06:00'],
    ],
  ])('%s', (_, updates, periods, [hours, end]) => {
    const one = incident(...updates);
    expect(periodsOf(one)).toEqual(periods);
    expect(one.worstComponents).toEqual(down);
    expect(one.components).toEqual({});
    expect(one.resolvedAt).toBe(at(`${night}${end}Z`));
    expect(responseTimes(one).toResolve).toBe(hours * hour);
    expect(postmortemFacts(one)).toMatchObject({ duration: hours * hour, endedAt: at(`${night}${end}Z`) });
  });

  it('derives the impact from what was affected', () => {
    const [only] = [
      resolved('09:00', { started: at(`${night}01:00Z`), ended: at(`${night}04:00Z`), components: down }),
    ];
    expect(incident(only).impact).toBe('major');
  });

  it('doesn’t allow component statuses without an end', () => {
    const one = incident(opened, resolved('02:00', { components: { shop: 'operational', api: 'operational' } }));
    expect(one.worstComponents).toEqual(down);
  });
});

describe('uptime', () => {
  /** 26 hours of outage: Berlin's clocks go back on the 25th of October 2026. */
  const long = update('2026-11-02T09:00Z', {
    status: 'resolved',
    started: at('2026-10-24T22:00Z'),
    ended: at('2026-10-26T00:00Z'),
    components: down,
  });

  it('counts until the end, over a change of the clocks and into another day and month than the update', () => {
    const history = componentHistories([incident(long)]).get('shop') ?? [];
    const days = lastDays(at('2026-11-02T12:00Z'), 10, 'Europe/Berlin');
    const bars = dayBars(history, days, { from: days[0]?.from ?? 0, to: at('2026-11-02T12:00Z') });
    expect(bars.filter(({ major }) => major > 0).map(({ day, major }) => [day, major / hour])).toEqual([
      ['2026-10-25', 25],
      ['2026-10-26', 1],
    ]);
  });

  it('counts what overlaps another incident once', () => {
    const other = incident(
      update('2026-10-25T20:00Z', { components: down }),
      update('2026-10-26T02:00Z', { status: 'resolved' }),
    );
    const history = componentHistories([incident(long), other]).get('shop') ?? [];
    const window = { from: at('2026-10-24T22:00Z'), to: at('2026-10-26T22:00Z') };
    expect(uptime(history, window)).toBeCloseTo(1 - 28 / 48, 12);
  });
});

it('an incident that was reported when it was over, without its beginning, has no known length', () => {
  const one = incident(resolved('09:00', { title: 'Night', impact: 'minor' }));
  const site = smallSite({ incidents: [one] });
  expect(incidentSummary(site, one).lasted).toBeNull();
  const text = postmortemDraft({
    incident: one,
    facts: postmortemFacts(one) ?? expect.fail(),
    title: 'Night',
    authors: ['Dana'],
    verdict: 'unaffected',
    remedy: null,
    components: [],
    live: null,
    zone: site.settings,
  });
  expect(text).toContain('summary: Night on 16 November 2026.\n');
  expect(text).toContain('- **Duration:** _Question: When did it begin, and when was it over?_\n');
});
