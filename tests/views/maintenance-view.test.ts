import { expect, it } from 'vitest';
import { maintenanceView } from '../../src/views/maintenance-view.ts';
import { maintenanceText } from '../../src/views/plain-text.ts';
import { feedItems } from '../../src/views/feeds/feed-items.ts';
import { at, maintenance, work } from '../domain/make.ts';
import { smallSite } from './small-site.ts';

it('a maintenance that was called off is shown as cancelled, one that ended as completed', () => {
  const announced = work('2026-11-21T09:00Z', { title: 'Upgrade', scheduledFor: at('2026-11-22T12:00Z'), scheduledUntil: at('2026-11-22T14:00Z') });
  const off = maintenance(announced, work('2026-11-22T08:00Z', { status: 'completed' }));
  expect(maintenanceView(smallSite(), off)).toMatchObject({ status: 'Cancelled', over: true });
  expect(maintenanceText(smallSite(), off)).toContain('Maintenance · Cancelled\n');
  expect(maintenanceText(smallSite(), off)).toContain('\nCancelled, 22 Nov 2026');
  expect(feedItems({ ...smallSite(), incidents: [], maintenances: [off] }).map(({ title }) => title.split(':')[0])).toEqual(['Maintenance cancelled', 'Maintenance scheduled']);
  expect(maintenanceView(smallSite(), maintenance(announced))).toMatchObject({ status: 'Completed', over: true });
});
