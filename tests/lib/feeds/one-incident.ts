import { foldIncident, type Incident } from '../../../src/lib/domain/incident.ts';
import { foldMaintenance, type Maintenance } from '../../../src/lib/domain/maintenance.ts';
import type { Site } from '../../../src/lib/domain/site.ts';
import { at, cadence, update, work } from '../domain/make.ts';
import { smallSite } from '../views/small-site.ts';

/** An incident with two updates. It has characters that each format must escape, and an edit. */
export const checkout: Incident = foldIncident(
  'checkout',
  [
    update('2026-11-22T14:05Z', {
      id: '2026-11-22T1405Z',
      title: 'Checkout "fails" & ]]> 🛒',
      components: { checkout: 'partial_outage' },
      customerData: 'under_review',
      body: 'Some **card** payments fail.\n\nWe look into it.',
    }),
    update('2026-11-22T14:30Z', {
      id: '2026-11-22T1430Z',
      status: 'resolved',
      customerData: 'unaffected',
      remedy: 'Orders are not <charged>.',
      edited: at('2026-11-22T14:40Z'),
      body: 'A list was missing:\n\n- prices',
    }),
  ],
  cadence,
);

/** Maintenance with the same slug, announced before the incident. */
export const database: Maintenance = foldMaintenance('checkout', [
  work('2026-11-20T09:00Z', {
    id: '2026-11-20T0900Z',
    title: 'A larger database',
    scheduledFor: at('2026-12-01T22:00Z'),
    scheduledUntil: at('2026-12-01T23:30Z'),
    components: { checkout: 'under_maintenance' },
    body: 'Short breaks.',
  }),
]);

export function checkoutSite(settings: Partial<Site['settings']> = {}): Site {
  return smallSite({ incidents: [checkout], maintenances: [database] }, settings);
}
