import { describe, expect, it } from 'vitest';
import { settledPromises } from '../../../src/lib/domain/response.ts';
import { historyItem, incidentSummary, maintenanceSummary } from '../../../src/lib/views/event-list.ts';
import { recentDaysViews } from '../../../src/lib/views/index-page.ts';
import { at, component, incident, maintenance, update, work } from '../domain/make.ts';
import { smallSite } from './small-site.ts';

const resolved = { status: 'resolved' } as const;

describe('an incident that was reopened', () => {
  const twice = incident(
    update('2026-11-16T10:00Z', { title: 'Down', impact: 'major' }),
    update('2026-11-16T12:00Z', resolved),
    update('2026-11-20T03:00Z', { status: 'identified' }),
    update('2026-11-21T06:00Z', resolved),
  );

  it('lasts as long as it was open', () => {
    expect(incidentSummary(smallSite({ incidents: [twice] }), twice).lasted).toBe('1 day 5 hours');
  });

  it('is reopened on that day, and continues from there', () => {
    const days = recentDaysViews(smallSite({ incidents: [twice] }));
    const continued = days.flatMap(({ days: label, continued: list }) =>
      list.map(({ text, since }) => [label, text, since.text]),
    );
    expect(continued).toEqual([
      ['21 Nov 2026', '{ended}, began {since}', '20 November 2026'],
      ['20 Nov 2026', 'reopened', '20 November 2026'],
    ]);
  });
});

it('an update that was posted later made no promise before that, and none if the incident was over by then', () => {
  const posted = at('2026-11-22T14:05Z');
  const late = incident(
    update('2026-11-16T10:00Z', { title: 'Down', impact: 'major', posted }),
    update('2026-11-16T11:00Z', { ...resolved, posted: posted + 1000 }),
  );
  expect(late.updates[0].promised).toBe(at('2026-11-22T14:30Z'));
  expect(settledPromises(late, at('2026-11-22T18:00Z'))).toEqual([]);
});

it.each([
  ['late', '2026-11-20T23:30Z'],
  ['early', '2026-11-20T21:30Z'],
])('maintenance that ended %s has that time as its end', (_, time) => {
  const window = { scheduledFor: at('2026-11-20T21:00Z'), scheduledUntil: at('2026-11-20T22:30Z') };
  const over = maintenance(
    work('2026-11-19T09:00Z', { title: 'Upgrade', ...window }),
    work('2026-11-20T21:00Z', { status: 'in_progress' }),
    work(time, { status: 'completed' }),
  );
  const { from, to } = maintenanceSummary(smallSite({ maintenances: [over] }), over);
  expect([from.iso, to.iso].map((text) => Date.parse(text))).toEqual([at('2026-11-20T21:00Z'), at(time)]);
});

it.each([
  [1, 'C0'],
  [5, 'C0, C1, C2, C3, C4'],
  [6, 'C0, C1, C2, C3, 2 more'],
  [40, 'C0, C1, C2, C3, 36 more'],
])('a list shows at most five of the %i components of an incident', (amount, expected) => {
  const ids = Array.from({ length: amount }, (_, n) => `c${n}`);
  const components = Object.fromEntries(ids.map((id) => [id, 'major_outage' as const]));
  const wide = incident(update('2026-11-16T10:00Z', { title: 'Down', components }));
  const site = smallSite({ incidents: [wide], groups: [{ name: null, components: ids.map((id) => component(id)) }] });
  expect(historyItem(site, wide).components).toBe(expected);
});
