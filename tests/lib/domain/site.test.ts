import { expect, it } from 'vitest';
import { hour, minute } from '../../../src/lib/domain/calendar.ts';
import { nextCheckIn } from '../../../src/lib/domain/promise.ts';
import { boundariesBetween, componentStatusesNow, openIncidents } from '../../../src/lib/domain/site.ts';
import { smallSite } from '../views/small-site.ts';
import { at, cadence, incident, maintenance, update, work } from './make.ts';

const named = (slug: string, ...updates: Parameters<typeof incident>) => ({ ...incident(...updates), slug });

it('open incidents come worst first, then in the order of the history, and none that’s over', () => {
  const site = smallSite({
    incidents: [
      named('mild', update('2026-11-22T14:00Z', { impact: 'minor' })),
      named(
        'over',
        update('2026-11-22T13:00Z', { impact: 'critical' }),
        update('2026-11-22T13:30Z', { status: 'resolved' }),
      ),
      named('worst', update('2026-11-22T12:00Z', { impact: 'critical' })),
      named('older', update('2026-11-22T11:00Z', { impact: 'minor' })),
    ],
  });
  expect(openIncidents(site).map(({ slug }) => slug)).toEqual(['worst', 'mild', 'older']);
});

it('a component that no incident lists is operational', () => {
  const site = smallSite({
    incidents: [named('other', update('2026-11-22T14:00Z', { components: { api: 'major_outage' } }))],
  });
  expect([...componentStatusesNow(site)]).toEqual([['checkout', 'operational']]);
});

it('boundaries are sorted oldest first, and an incident without a promise has none', () => {
  const site = smallSite({
    incidents: [
      named('quiet', update('2026-11-22T12:00Z', { nextUpdate: { kind: 'none' } })),
      named('promised', update('2026-11-22T12:00Z', { nextUpdate: { kind: 'in', duration: hour } })),
    ],
    maintenances: [
      {
        ...maintenance(
          work('2026-11-20T09:00Z', { scheduledFor: at('2026-11-22T14:00Z'), scheduledUntil: at('2026-11-22T14:30Z') }),
        ),
        slug: 'late',
      },
      {
        ...maintenance(
          work('2026-11-20T09:00Z', { scheduledFor: at('2026-11-22T12:30Z'), scheduledUntil: at('2026-11-22T14:10Z') }),
        ),
        slug: 'early',
      },
    ],
  });
  expect(
    boundariesBetween(site, at('2026-11-22T12:00Z'), at('2026-11-22T15:00Z')).map(
      ({ kind, slug }) => `${kind} ${slug ?? ''}`,
    ),
  ).toEqual([
    'maintenance begins early',
    'update overdue promised',
    'maintenance begins late',
    'maintenance ends early',
    'maintenance ends late',
  ]);
});

it.each([
  [90 * minute, '2026-11-22T14:40Z', '2026-11-22T15:35Z'],
  [40 * minute, '2026-11-22T14:40Z', '2026-11-22T14:45Z'],
  [5 * hour, '2026-11-22T14:40Z', '2026-11-22T19:05Z'],
  [6 * hour, '2026-11-22T14:40Z', '2026-11-22T18:00Z'],
  [15 * minute, '2026-11-22T14:40Z', '2026-11-22T14:45Z'],
])('with a check-in every %d ms, the next after %s is at %s', (checkIn, now, next) => {
  expect(nextCheckIn(at('2026-11-22T14:05Z'), at(now), { ...cadence, checkIn })).toBe(at(next));
});
