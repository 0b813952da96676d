import { expect, it } from 'vitest';
import { feedItems } from '../../../src/lib/feeds/feed-items.ts';
import {
  maintenancePage,
  maintenancePaths,
  maintenanceText,
  maintenanceView,
} from '../../../src/lib/views/maintenance-page.ts';
import { at, maintenance, work } from '../domain/make.ts';
import { smallSite } from './small-site.ts';

it('maintenance that was canceled is shown as cancelled, and maintenance that ended as completed', () => {
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
  // The date is the one in Berlin, where clocks go back that day.
  ['2026-10-24T22:30Z', '2026-10-25T03:00Z', '25 Oct 2026, 00:30 CEST', '04:00 CET'],
])('a window from %s to %s only repeats the date if it differs', (from, to, begin, end) => {
  const view = maintenanceView(
    smallSite(),
    maintenance(work('2026-10-20T09:00Z', { title: 'Upgrade', scheduledFor: at(from), scheduledUntil: at(to) })),
  );
  expect([view.from.text, view.end.text]).toEqual([begin, end]);
  expect(view.end.iso).toBe(view.to.iso);
});

it('a window shows each update, what it renamed, and when it was edited or posted later', () => {
  const window = maintenance(
    work('2026-11-19T09:00Z', {
      title: 'Upgrade',
      scheduledFor: at('2026-11-20T21:00Z'),
      scheduledUntil: at('2026-11-20T22:30Z'),
      components: { checkout: 'under_maintenance' },
    }),
    work('2026-11-20T21:00Z', {
      id: '2026-11-20T2100Z',
      status: 'in_progress',
      title: 'Database upgrade',
      edited: at('2026-11-20T21:10Z'),
    }),
    work('2026-11-20T22:00Z', { id: '2026-11-20T2200Z', status: 'completed', posted: at('2026-11-21T21:10Z') }),
  );
  const site = smallSite({ maintenances: [window] });
  const page = maintenancePage(site, window);
  expect(page.frame.description).toBe('Maintenance, completed: 20 Nov 2026, 22:00 CET to 20 Nov 2026, 23:00 CET');
  expect(page.frame.feeds.at(-1)).toEqual({
    label: 'Example maintenance',
    href: 'https://status.example.com/maintenance/rss.xml',
    type: 'application/rss+xml',
  });
  expect(page.maintenance).toMatchObject({ title: 'Database upgrade', components: ['Checkout'], over: true });
  const rows = page.maintenance.updates.map(({ status, closes, note, edited, posted }) => [
    status,
    closes,
    note,
    edited?.text,
    posted?.text,
  ]);
  expect(rows).toEqual([
    ['Completed', true, null, undefined, '21 Nov 2026, 22:10 CET'],
    ['In progress', false, 'Renamed from “Upgrade”', '20 Nov 2026, 22:10 CET', undefined],
    ['Scheduled', false, null, undefined, undefined],
  ]);
  const [facts, latest] = maintenanceText(site, window).split('\n\n');
  expect(facts).toBe(
    'Database upgrade\nMaintenance · Completed\nFrom: 20 Nov 2026, 22:00 CET\nUntil: 20 Nov 2026, 23:00 CET\nCheckout',
  );
  expect(latest).toBe(
    'Completed, 20 Nov 2026, 23:00 CET\nText.\nhttps://status.example.com/maintenance/maintenance/#2026-11-20T2200Z',
  );
  expect(maintenancePaths(site).map(({ params, props }) => [params.slug, props.view])).toEqual([['maintenance', page]]);
});
