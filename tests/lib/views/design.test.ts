import { describe, expect, it } from 'vitest';
import type { Site } from '../../../src/lib/domain/site.ts';
import { componentPage } from '../../../src/lib/views/component-page.ts';
import { logoView } from '../../../src/lib/views/frame.ts';
import { historyPage, monthPage } from '../../../src/lib/views/history-page.ts';
import { incidentDetail, incidentUpdateViews } from '../../../src/lib/views/incident-page.ts';
import { indexPage, recentDaysViews } from '../../../src/lib/views/index-page.ts';
import { at, incident, maintenance, update, work } from '../domain/make.ts';
import { smallSite } from './small-site.ts';

const started = update('2026-11-22T14:05Z', {
  title: 'Down',
  components: { checkout: 'partial_outage' },
  lead: 'Dana',
  comms: 'Priya',
});

describe('a timeline', () => {
  it('shows for each update whether it came by the time promised in the one before', () => {
    const told = incident(
      started,
      update('2026-11-22T14:30:59Z'),
      update('2026-11-22T15:43Z'),
      update('2026-11-22T15:50Z', { status: 'resolved' }),
      update('2026-11-22T16:40Z', { status: 'resolved' }),
    );
    const promises = incidentUpdateViews(smallSite(), told)
      .map(({ promise }) => promise && [promise.promised.text.slice(-9), promise.late])
      .toReversed();
    expect(promises).toEqual([null, ['15:30 CET', null], ['16:30 CET', '13 minutes'], ['17:30 CET', null], null]);
  });

  it('shows no promise if none was made', () => {
    const silent = incident({ ...started, nextUpdate: { kind: 'none' } }, update('2026-11-22T18:00Z'));
    expect(incidentUpdateViews(smallSite(), silent).map(({ promise }) => promise)).toEqual([null, null]);
  });

  it('shows seconds for updates within one minute, and milliseconds within one second', () => {
    const close = incident(
      started,
      update('2026-11-22T14:10:03Z'),
      update('2026-11-22T14:10:40.120Z'),
      update('2026-11-22T14:10:40.500Z'),
    );
    const texts = incidentUpdateViews(smallSite(), close)
      .map(({ time }) => time.text)
      .toReversed();
    expect(texts).toEqual([
      '22 Nov 2026, 15:05 CET',
      '22 Nov 2026, 15:10:03 CET',
      '22 Nov 2026, 15:10:40.120 CET',
      '22 Nov 2026, 15:10:40.500 CET',
    ]);
  });
});

describe('people', () => {
  it('are shown only if the settings say so', () => {
    expect(incidentDetail(smallSite(), incident(started)).people).toBeNull();
    expect(incidentDetail(smallSite({}, { showPeople: true }), incident(started)).people).toBe(
      'Led by Dana, updates by Priya',
    );
    expect(
      incidentDetail(smallSite({}, { showPeople: true }), incident({ ...started, lead: null, comms: null })).people,
    ).toBeNull();
  });
});

describe('recent days', () => {
  const over = maintenance(
    work('2026-11-12T09:00Z', {
      title: 'Upgrade',
      scheduledFor: at('2026-11-15T12:00Z'),
      scheduledUntil: at('2026-11-15T14:00Z'),
    }),
  );
  const ahead = maintenance(
    work('2026-11-12T09:00Z', {
      title: 'Later',
      scheduledFor: at('2026-11-22T20:00Z'),
      scheduledUntil: at('2026-11-22T22:00Z'),
    }),
  );

  it('combine days without incidents, and list completed maintenance with incidents', () => {
    const site = smallSite({
      incidents: [incident(started, update('2026-11-22T14:30Z', { status: 'resolved' }))],
      maintenances: [ahead, over],
    });
    expect(
      recentDaysViews(site).map(({ days, items }) => [days, items.map(({ kind, title }) => `${kind}: ${title}`)]),
    ).toEqual([
      ['22 Nov 2026', ['Minor impact: Down']],
      [expect.stringMatching(/^16.+21 Nov 2026$/), []],
      ['15 Nov 2026', ['Maintenance: Upgrade']],
      [expect.stringMatching(/^9.+14 Nov 2026$/), []],
    ]);
  });

  it("mention what's going on, once for days that look the same, and when it ended", () => {
    const long = { nextUpdate: { kind: 'none' } } as const;
    const resolved = { status: 'resolved' } as const;
    const site = smallSite({
      now: at('2026-11-20T12:00Z'),
      incidents: [
        incident(update('2026-11-16T22:00Z', { ...long, title: 'Search' }), update('2026-11-19T10:00Z', resolved)),
        incident(update('2026-09-30T08:00Z', { ...long, title: 'Mails' }), update('2026-11-20T11:30Z', resolved)),
      ],
    });
    expect(
      recentDaysViews(site).map(({ days, items, continued }) => [
        days,
        items.map(({ title }) => title).join(),
        continued.map(({ title, ended }) => (ended === null ? title : `${title} until ${ended.text}`)).join(),
      ]),
    ).toEqual([
      ['20 Nov 2026', '', 'Mails until 12:30 CET'],
      ['19 Nov 2026', '', 'Search until 11:00 CET,Mails'],
      [expect.stringMatching(/^17.+18 Nov 2026$/), '', 'Search,Mails'],
      ['16 Nov 2026', 'Search', 'Mails'],
      [expect.stringMatching(/^7.+15 Nov 2026$/), '', 'Mails'],
    ]);
    expect(historyPage(site).years[0]?.months.map(({ label, summary }) => `${label}: ${summary}`)).toEqual([
      'September: 1 incident',
      'October: 1 incident',
      'November: 2 incidents',
    ]);
  });

  it('are left out while nothing has been recorded', () => {
    expect(indexPage(smallSite()).days).toBeNull();
  });
});

describe('the banner', () => {
  const open = incident(started);

  it('counts open incidents, or the days without one', () => {
    expect(indexPage(smallSite({ incidents: [open] })).banner.detail).toBe('1 active incident');
    expect(indexPage(smallSite({ incidents: [open, { ...open, slug: 'other' }] })).banner).toMatchObject({
      headline: 'Minor Service Outage',
      detail: '2 active incidents',
    });
    const unnamed = incident(update('2026-11-22T14:05Z', { title: 'Phones', impact: 'minor' }));
    expect(indexPage(smallSite({ incidents: [unnamed, { ...unnamed, slug: 'other' }] })).banner).toMatchObject({
      headline: '2 active incidents',
      detail: null,
    });
    const over = incident(started, update('2026-11-22T14:30Z', { status: 'resolved' }));
    const detailAt = (now: string) => indexPage(smallSite({ incidents: [over], now: at(now) })).banner.detail;
    expect(['2026-11-23T14:29Z', '2026-11-23T14:30Z', '2026-12-01T18:00Z'].map(detailAt)).toEqual([
      null,
      'No incidents for 1 day',
      'No incidents for 9 days',
    ]);
    expect(indexPage(smallSite()).banner.detail).toBeNull();
  });
});

describe('the history', () => {
  const long = smallSite({
    incidents: [
      incident(started, update('2026-11-22T14:30Z', { status: 'resolved' })),
      incident(
        update('2025-08-03T10:00Z', { title: 'Old', impact: 'major' }),
        update('2025-08-03T11:00Z', { status: 'resolved' }),
      ),
    ],
    maintenances: [
      maintenance(
        work('2026-11-12T09:00Z', {
          title: 'Upgrade',
          scheduledFor: at('2026-11-15T12:00Z'),
          scheduledUntil: at('2026-11-15T14:00Z'),
        }),
      ),
    ],
  });

  it('has every month from the first to the current one, including months without incidents', () => {
    const { years } = historyPage(long);
    expect(years.map(({ year, months }) => [year, months.length])).toEqual([
      ['2026', 11],
      ['2025', 5],
    ]);
    expect(years[1]?.months[0]).toMatchObject({ label: 'August', summary: '1 incident', href: '/history/2025-08/' });
    expect(years[1]?.months[1]).toEqual({ label: 'September', summary: 'no incidents', href: null, items: [] });
    expect(historyPage(smallSite()).years).toEqual([]);
  });

  it('lists incidents and maintenance of a month together, and links to other months and years', () => {
    const view = monthPage(long, '2026-11');
    expect(view.items.map(({ title }) => title)).toEqual(['Down', 'Upgrade']);
    expect(view.earlier?.label).toBe('August 2025');
    expect(view.years).toEqual([{ label: '2025', href: '/history/#y2025' }]);
    expect(view.year).toEqual([{ label: 'Nov', href: '/history/2026-11/', current: true }]);
  });
});

describe('a component', () => {
  it('only claims to have had no incidents for days that count, and only if no incident listed it', () => {
    const named = incident(update('2026-11-20T10:00Z', { components: { checkout: 'operational' } }));
    const inWords = (site: Site): string | null | undefined => {
      const [component] = site.groups[0]?.components ?? [];
      return component && componentPage(site, component).component.barsInWords;
    };
    const since = (day: string): Site => {
      const site = smallSite({ incidents: [named] });
      const groups = site.groups.map((group) => ({
        ...group,
        components: group.components.map((component) => ({ ...component, since: day })),
      }));
      return { ...site, groups };
    };
    expect(inWords(smallSite())).toBe('The last 90 days: no incidents.');
    expect(inWords(smallSite({ incidents: [named] }))).toBe('The last 90 days: no outages.');
    expect(inWords(since('2026-11-21'))).toBe('The last 2 days: no outages.');
    expect(inWords(since('2026-11-23'))).toBe('No uptime data yet.');
  });

  it('lists its incidents like every other list', () => {
    const site = smallSite({ incidents: [incident(started)] });
    const [component] = site.groups[0]?.components ?? [];
    if (component === undefined) throw new Error('The small site has a component');
    expect(componentPage(site, component).incidents[0]).toMatchObject({
      kind: 'Minor impact',
      status: 'Investigating',
      tone: 'degraded',
    });
  });

  it('lists its running and scheduled maintenance, soonest first', () => {
    const planned = (title: string, from: string, until: string, id = 'checkout') =>
      maintenance(
        work('2026-11-20T09:00Z', {
          title,
          scheduledFor: at(from),
          scheduledUntil: at(until),
          components: { [id]: 'under_maintenance' },
        }),
      );
    // Newest window first, as in a site.
    const maintenances = [
      planned('Later', '2026-12-01T10:00Z', '2026-12-01T12:00Z'),
      planned('Elsewhere', '2026-11-23T10:00Z', '2026-11-23T12:00Z', 'other'),
      planned('Now', '2026-11-22T14:00Z', '2026-11-22T16:00Z'),
      planned('Over', '2026-11-21T10:00Z', '2026-11-21T12:00Z'),
    ];
    const site = smallSite({ maintenances });
    const [component] = site.groups[0]?.components ?? [];
    if (component === undefined) throw new Error('The small site has a component');
    expect(componentPage(site, component).maintenances.map(({ title, status }) => [title, status])).toEqual([
      ['Now', 'In progress'],
      ['Later', 'Scheduled'],
    ]);
  });
});

describe('a logo', () => {
  const svg =
    '<?xml version="1.0"?>\n<!-- drawn by hand -->\n<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20">\n  <text font-family="\'A\'">#1 & é 漢 \\ ^ `</text></svg>';

  it('is a data URL with the whole image, without comments', () => {
    const { src, width, height } = logoView({ file: 'logo.svg', svg, ratio: 2 });
    expect([width, height]).toEqual([56, 28]);
    expect(src).toMatch(/^data:image\/svg\+xml,[!-~]+$/);
    expect(src).not.toMatch(/["<>#^`\\]/);
    expect(decodeURIComponent(src.slice('data:image/svg+xml,'.length))).toBe(
      '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20"> <text font-family="\'A\'">#1 & é 漢 \\ ^ `</text></svg>',
    );
  });
});
