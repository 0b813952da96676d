import { expect, it } from 'vitest';
import type { IncidentUpdateRecord } from '../../../src/lib/domain/incident.ts';
import type { Component, ComponentStatus } from '../../../src/lib/domain/vocabulary.ts';
import { componentView, type ComponentView } from '../../../src/lib/views/component-page.ts';
import { incident, update } from '../domain/make.ts';
import { smallSite } from './small-site.ts';

type Stretch = readonly [status: ComponentStatus, from: string, to: string];

/** The component of a small site with these incidents, at 15:00 UTC on November 22. */
function shown(stretches: readonly Stretch[], given: Partial<Component> = {}): ComponentView {
  const resolved: Partial<IncidentUpdateRecord> = { status: 'resolved' };
  const site = smallSite({
    incidents: stretches.map(([status, from, to]) =>
      incident(update(from, { title: 'Down', components: { checkout: status } }), update(to, resolved)),
    ),
  });
  const [component] = site.groups[0]?.components ?? [];
  if (component === undefined) throw new Error('The small site has a component');
  return componentView(site, { ...component, ...given });
}

const degraded: Stretch = ['degraded_performance', '2026-11-20T10:00Z', '2026-11-20T12:00Z'];
const partial: Stretch = ['partial_outage', '2026-11-20T11:00Z', '2026-11-20T11:30Z'];
const second: Stretch = ['major_outage', '2026-11-20T11:00:00Z', '2026-11-20T11:00:01Z'];
const maintained: Stretch = ['under_maintenance', '2026-11-20T10:00Z', '2026-11-20T12:00Z'];

it.each<[string, readonly Stretch[], string, string, string | undefined]>([
  ['nothing', [], '100%', 'no incidents', undefined],
  ['degraded performance', [degraded], '100%', '1 day with degraded performance', 'Degraded performance for 2 hours'],
  ['a second of outage', [second], '99.99%', '1 day with a major outage', 'Major outage for less than a minute'],
  ['maintenance by an incident', [maintained], '100%', 'no outages', 'Under maintenance for 2 hours'],
])('%s is in the percentage or next to it', (_, stretches, percent, days, summary) => {
  const view = shown(stretches);
  const ofDegraded = stretches.includes(degraded) ? ', degraded for 2 hours' : '';
  expect(view.uptime).toBe(`${percent} uptime${ofDegraded}`);
  expect(view.barsInWords).toBe(`The last 90 days: ${days}.`);
  expect(view.troubledDays[0]?.summary).toBe(summary);
});

it('counts degraded performance only where there was no outage', () => {
  const view = shown([degraded, partial]);
  expect(view.uptime).toBe('99.99% uptime, degraded for 1 hour 30 minutes');
  expect(view.troubledDays[0]?.summary).toBe(
    'Partial outage for 30 minutes, degraded performance for 1 hour 30 minutes',
  );
});

it('makes no claim about days before the component existed', () => {
  expect(shown([], { since: '2026-11-18' }).barsInWords).toBe('The last 5 days: no incidents.');
  expect(shown([], { since: '2026-11-22' }).barsInWords).toBe('Today: no incidents.');
  expect(shown([], { since: '2026-11-18' }).uptime).toBe('100% uptime since 18 Nov 2026');
  expect(shown([degraded], { since: '2026-11-18' }).uptime).toBe('100% uptime since 18 Nov 2026, degraded for 2 hours');
  // The first of the ninety days.
  expect(shown([], { since: '2026-08-25' }).uptime).toBe('100% uptime');
  expect(shown([], { since: '2026-08-26' }).uptime).toBe('100% uptime since 26 Aug 2026');
  const ahead = shown([], { since: '2026-12-01' });
  expect([ahead.uptime, ahead.barsInWords]).toEqual([null, 'No uptime data yet.']);
});
