import { expect, it } from 'vitest';
import type { IncidentUpdateRecord } from '../../../src/lib/domain/incident.ts';
import type { Site } from '../../../src/lib/domain/site.ts';
import type { ComponentStates } from '../../../src/lib/domain/vocabulary.ts';
import { embedPage, siteBadge } from '../../../src/lib/views/embed-page.ts';
import { indexPage } from '../../../src/lib/views/index-page.ts';
import type { Tone } from '../../../src/lib/views/tone.ts';
import { at, incident, maintenance, update, work } from '../domain/make.ts';
import { smallSite } from './small-site.ts';

const partly = { checkout: 'partial_outage' } as const;
const open = (...given: readonly Partial<IncidentUpdateRecord>[]): Pick<Site, 'incidents'> => ({
  incidents: given.map((one) => incident(update('2026-11-22T14:05Z', { title: 'Phones are silent', ...one }))),
});
const running = (components: ComponentStates): Pick<Site, 'maintenances'> => {
  const window = { scheduledFor: at('2026-11-22T14:00Z'), scheduledUntil: at('2026-11-22T16:00Z') };
  return { maintenances: [maintenance(work('2026-11-22T09:00Z', { title: 'Upgrade', components, ...window }))] };
};

it.each<[string, Partial<Site>, string, Tone]>([
  ['no incident', {}, 'All Systems Operational', 'good'],
  ['a component', open({ components: partly }), 'Minor Service Outage', 'degraded'],
  ['a milder incident', open({ components: partly, impact: 'none' }), 'Minor Service Outage', 'degraded'],
  ['a worse incident', open({ components: partly, impact: 'critical' }), '1 active incident', 'major'],
  ['two incidents', open({ impact: 'minor' }, { impact: 'major' }), '2 active incidents', 'partial'],
  [
    'incidents of which the worst is only monitored',
    open({ impact: 'critical', status: 'monitoring' }, { impact: 'minor' }),
    '2 active incidents',
    'degraded',
  ],
  ['a monitored incident', open({ impact: 'critical', status: 'monitoring' }), '1 active incident', 'maintenance'],
  ['an incident without components', open({ impact: 'minor' }), '1 active incident', 'degraded'],
  ['an incident without impact', open({ impact: 'none' }), '1 active incident', 'unknown'],
  ['maintenance', running({ checkout: 'under_maintenance' }), 'Service Under Maintenance', 'maintenance'],
  ['maintenance without components', running({}), 'Service Under Maintenance', 'maintenance'],
  ['maintenance and an incident', { ...running({}), ...open({ impact: 'none' }) }, '1 active incident', 'unknown'],
  ['no components', { groups: [] }, 'No active incidents', 'good'],
  ['an incident, no components', { groups: [], ...open({ impact: 'major' }) }, '1 active incident', 'partial'],
])('the headline for %s is the worst of what’s below it, on every page and badge', (_, given, headline, tone) => {
  const site = smallSite(given);
  expect(indexPage(site).banner).toMatchObject({ headline, tone });
  expect(indexPage(site).frame.description).toBe(`Example: ${headline}`);
  expect(siteBadge(site)).toEqual({ label: 'Example status', state: headline, tone });
  expect(embedPage(site).banner).toEqual({ headline, tone });
});
