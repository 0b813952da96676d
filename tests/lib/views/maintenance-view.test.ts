import { expect, it } from 'vitest';
import { feedItems } from '../../../src/lib/feeds/feed.ts';
import { maintenanceText, maintenanceView } from '../../../src/lib/views/maintenance-page.ts';
import { at, maintenance, work } from '../domain/make.ts';
import { smallSite } from './small-site.ts';

it('maintenance that was called off is shown as cancelled, and maintenance that ended as completed', () => {
  const announced = work('2026-11-21T09:00Z', {
    title: 'Upgrade',
    scheduledFor: at('2026-11-22T12:00Z'),
    scheduledUntil: at('2026-11-22T14:00Z'),
  });
  const off = maintenance(announced, work('2026-11-22T08:00Z', { status: 'completed' }));
  expect(maintenanceView(smallSite(), off)).toMatchObject({ status: 'Cancelled', over: true });
  expect(maintenanceText(smallSite(), off)).toContain('Maintenance · Cancelled\n');
  expect(maintenanceText(smallSite(), off)).toContain('\nCancelled, 22 Nov 2026');
  expect(
    feedItems({ ...smallSite(), incidents: [], maintenances: [off] }).map(({ title }) => title.split(':')[0]),
  ).toEqual(['Maintenance cancelled', 'Maintenance scheduled']);
  expect(maintenanceView(smallSite(), maintenance(announced))).toMatchObject({ status: 'Completed', over: true });
});

it.each([
  ['2026-11-22T12:00Z', '2026-11-22T14:00Z', '22 Nov 2026, 13:00 CET', '15:00 CET'],
  ['2026-11-22T22:00Z', '2026-11-23T01:00Z', '22 Nov 2026, 23:00 CET', '23 Nov 2026, 02:00 CET'],
  // The day is that of the readers, and the clock goes back in it.
  ['2026-10-24T22:30Z', '2026-10-25T03:00Z', '25 Oct 2026, 00:30 CEST', '04:00 CET'],
])('a window from %s to %s repeats the date only if it differs', (from, to, begin, end) => {
  const view = maintenanceView(
    smallSite(),
    maintenance(work('2026-10-20T09:00Z', { title: 'Upgrade', scheduledFor: at(from), scheduledUntil: at(to) })),
  );
  expect([view.from.text, view.end.text]).toEqual([begin, end]);
  expect(view.end.iso).toBe(view.to.iso);
});
