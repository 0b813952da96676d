import { describe, expect, it } from 'vitest';
import { minute } from '../../../src/lib/domain/calendar.ts';
import type { Incident } from '../../../src/lib/domain/incident.ts';
import type { Maintenance } from '../../../src/lib/domain/maintenance.ts';
import { componentStatusesNow, overallState, type Site, siteState } from '../../../src/lib/domain/site.ts';
import { at, component, incident, maintenance, update, work } from './make.ts';
import { smallSite } from '../views/small-site.ts';

describe('the overall state, as in Statuspage', () => {
  it.each([
    [[], 'none', 'operational'],
    [['operational', 'operational'], 'none', 'operational'],
    [['under_maintenance', 'operational'], 'maintenance', 'under_maintenance'],
    [['degraded_performance', 'under_maintenance'], 'minor', 'degraded_performance'],
    [['partial_outage', 'degraded_performance', 'under_maintenance'], 'minor', 'partial_outage'],
    [['partial_outage', 'partial_outage'], 'minor', 'partial_outage'],
    [['major_outage', 'operational'], 'major', 'major_outage'],
    [['major_outage', 'partial_outage'], 'major', 'major_outage'],
    [['major_outage', 'under_maintenance'], 'major', 'major_outage'],
    [['major_outage', 'major_outage'], 'critical', 'total_outage'],
    [['major_outage'], 'critical', 'total_outage'],
  ] as const)('of %j is %s: %s', (statuses, indicator, condition) => {
    expect(overallState(statuses)).toEqual({ indicator, condition });
    expect(overallState(statuses.toReversed())).toEqual({ indicator, condition });
  });
});

const now = at('2026-11-22T15:00Z');

const components = [component('website'), component('checkout'), component('fax', { retired: true })];

const site = (incidents: readonly Incident[], maintenances: readonly Maintenance[] = []): Site =>
  smallSite({ now, groups: [{ name: null, components }], incidents, maintenances });

describe('a component now', () => {
  it('has the worst status of any open incident', () => {
    const mild = incident(update('2026-11-22T14:00Z', { components: { checkout: 'degraded_performance' } }));
    const bad = incident(update('2026-11-22T14:05Z', { components: { checkout: 'major_outage' } }));
    expect(componentStatusesNow(site([mild, bad])).get('checkout')).toBe('major_outage');
    expect(componentStatusesNow(site([bad, mild])).get('checkout')).toBe('major_outage');
    expect(componentStatusesNow(site([bad, mild])).get('website')).toBe('operational');
  });

  it('is operational again once the incident is resolved', () => {
    const over = incident(
      update('2026-11-22T14:00Z', { components: { checkout: 'major_outage' } }),
      update('2026-11-22T14:30Z', { status: 'resolved' }),
    );
    expect(siteState(site([over]))).toMatchObject({ indicator: 'none' });
  });

  it('is under maintenance only while the work is in progress', () => {
    const plan = (from: number, to: number) =>
      maintenance(
        work('2026-11-20T09:00Z', {
          scheduledFor: from,
          scheduledUntil: to,
          components: { website: 'under_maintenance' },
        }),
      );
    expect(siteState(site([], [plan(now, now + minute)])).indicator).toBe('maintenance');
    expect(siteState(site([], [plan(now + 1, now + minute)])).indicator).toBe('none');
    expect(siteState(site([], [plan(now - minute, now)])).indicator).toBe('none');
  });
});

it('the state of the site includes retired components only while they are affected', () => {
  const stateWith = (...ids: readonly string[]) => {
    const states = Object.fromEntries(ids.map((id) => [id, 'major_outage' as const]));
    return siteState(site([incident(update('2026-11-22T14:00Z', { components: states }))])).indicator;
  };
  expect(stateWith('website', 'checkout')).toBe('critical');
  expect(stateWith('website', 'checkout', 'fax')).toBe('critical');
  expect(stateWith('fax')).toBe('major');
  const over = incident(
    update('2026-11-22T14:00Z', { components: { fax: 'major_outage' } }),
    update('2026-11-22T14:30Z', { status: 'resolved' }),
  );
  expect(siteState(site([over])).indicator).toBe('none');
});
