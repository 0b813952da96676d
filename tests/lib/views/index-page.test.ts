import { describe, expect, it } from 'vitest';
import type { Site } from '../../../src/lib/domain/site.ts';
import type { ComponentStatus } from '../../../src/lib/domain/vocabulary.ts';
import { componentPage, componentPaths } from '../../../src/lib/views/component-page.ts';
import { indexPage } from '../../../src/lib/views/index-page.ts';
import { at, component, incident, maintenance, update, work } from '../domain/make.ts';
import { smallSite } from './small-site.ts';

const window = (slug: string, from: string, to: string) => ({
  ...maintenance(
    work('2026-11-19T09:00Z', {
      title: slug,
      scheduledFor: at(from),
      scheduledUntil: at(to),
      components: { checkout: 'under_maintenance' },
    }),
  ),
  slug,
});

const major = { checkout: 'major_outage' } as const;

const site: Site = smallSite({
  incidents: [
    {
      ...incident(
        update('2026-11-10T12:00Z', { title: 'Down', components: major }),
        update('2026-11-12T12:00Z', { status: 'resolved' }),
      ),
      slug: 'down',
    },
    {
      ...incident(update('2026-11-20T12:00Z', { title: 'Still down', components: major })),
      slug: 'still-down',
    },
    {
      ...incident(update('2026-11-19T12:00Z', { title: 'Slow', components: { checkout: 'degraded_performance' } })),
      slug: 'slow',
    },
  ],
  maintenances: [
    window('planned', '2026-12-01T21:00Z', '2026-12-01T22:00Z'),
    window('running', '2026-11-22T14:00Z', '2026-11-22T16:00Z'),
    window('over', '2026-11-21T21:00Z', '2026-11-21T22:00Z'),
  ],
  groups: [
    {
      name: 'Shop',
      components: [component('checkout', { name: 'Checkout' }), component('old', { retired: true })],
    },
    { name: 'Gone', components: [component('older', { retired: true })] },
  ],
});

describe('the index', () => {
  const page = indexPage(site);

  it('lists open incidents, worst first, and maintenance that is running or planned, soonest first', () => {
    expect(page.incidents.map(({ title }) => title)).toEqual(['Still down', 'Slow']);
    expect(page.maintenances.map(({ title, status }) => [title, status])).toEqual([
      ['running', 'In progress'],
      ['planned', 'Scheduled'],
    ]);
  });

  it('collapses everything after the next three windows, such as repeating maintenance', () => {
    const days = ['05', '04', '03', '02'];
    const windows = days.map((day) => window(`weekly-${day}`, `2026-12-${day}T21:00Z`, `2026-12-${day}T22:00Z`));
    const { maintenances, laterMaintenances } = indexPage(
      smallSite({ maintenances: [...windows, ...site.maintenances] }),
    );
    expect(maintenances.map(({ title }) => title)).toEqual(['running', 'planned', 'weekly-02', 'weekly-03']);
    expect(laterMaintenances.map(({ title }) => title)).toEqual(['weekly-04', 'weekly-05']);
  });

  it('shows groups that have a current component', () => {
    expect(page.groups.map(({ name, components }) => [name, components.map(({ id }) => id)])).toEqual([
      ['Shop', ['checkout']],
    ]);
  });

  it('lists an event on every day that it touched, with its state on the last', () => {
    const rows = page.days?.map(({ days, items, continued }) => [
      days.replaceAll(/\s/gu, ' '),
      items.map(({ title }) => title),
      continued.map(({ title, text, since, ended, state }) =>
        [title, text, since.text, ended?.text, state?.text].filter((part) => part !== undefined).join(' | '),
      ),
    ]);
    expect(rows).toEqual([
      [
        '22 Nov 2026',
        ['running'],
        [
          'Still down | ongoing since {since} | 20 November 2026 | Investigating',
          'Slow | ongoing since {since} | 19 November 2026 | Investigating',
        ],
      ],
      [
        '21 Nov 2026',
        ['over'],
        [
          'Still down | ongoing since {since} | 20 November 2026 | Investigating',
          'Slow | ongoing since {since} | 19 November 2026 | Investigating',
        ],
      ],
      ['20 Nov 2026', ['Still down'], ['Slow | ongoing since {since} | 19 November 2026 | Investigating']],
      ['19 Nov 2026', ['Slow'], []],
      ['13 – 18 Nov 2026', [], []],
      ['12 Nov 2026', [], ['Down | {ended}, began {since} | 10 November 2026 | 13:00 CET | Resolved']],
      ['11 Nov 2026', [], ['Down | continued from {since} | 10 November 2026']],
      ['10 Nov 2026', ['Down'], []],
      ['9 Nov 2026', [], []],
    ]);
  });

  it('claims nothing about days before its components were measured', () => {
    const groups = (...begins: readonly (string | null)[]) => [
      { name: null, components: begins.map((since, nth) => component(`c${nth}`, { since })) },
    ];
    const daysOf = (...begins: readonly (string | null)[]) =>
      indexPage({ ...site, groups: groups(...begins) }).days?.map(({ days }) => days.replaceAll(/\s/gu, ' '));
    // It says what it knows of earlier days, and not that nothing happened.
    expect(daysOf('2026-11-18', '2026-11-15')?.slice(-4)).toEqual([
      '15 – 18 Nov 2026',
      '12 Nov 2026',
      '11 Nov 2026',
      '10 Nov 2026',
    ]);
    expect(daysOf('2026-11-18', null)?.at(-1)).toBe('9 Nov 2026');
  });

  it('only counts days without incidents from when its components were measured', () => {
    const quiet = (since: string | null): string | null =>
      indexPage(
        smallSite({
          incidents: [
            incident(
              update('2026-11-01T12:00Z', { title: 'Down', impact: 'major' }),
              update('2026-11-10T12:00Z', { status: 'resolved' }),
            ),
          ],
          groups: [{ name: null, components: [component('checkout', { since })] }],
        }),
      ).banner.detail;
    expect([null, '2026-11-01', '2026-11-20', '2026-11-22'].map(quiet)).toEqual([
      'No incidents for 12 days',
      'No incidents for 12 days',
      'No incidents for 2 days',
      null,
    ]);
  });

  it('has no list of days before anything was recorded', () => {
    expect(indexPage(smallSite()).days).toBeNull();
    expect(indexPage(smallSite({ maintenances: site.maintenances })).days).not.toBeNull();
  });

  const grouped = (sizes: readonly number[], affected: Readonly<Record<string, ComponentStatus>> = {}) =>
    smallSite({
      groups: sizes.map((size, nth) => ({
        name: `G${nth}`,
        components: Array.from({ length: size }, (_, n) => component(`g${nth}-${n}`)),
      })),
      incidents: Object.entries(affected).map(([id, status], nth) => ({
        ...incident(update('2026-11-22T12:00Z', { title: 'Down', components: { [id]: status } })),
        slug: `i${nth}`,
      })),
    });
  it.each<[string, Site, string[]]>([
    ['calm, small groups', grouped([3, 3, 3]), ['G0 open Operational', 'G1 open Operational', 'G2 Operational']],
    ['calm, a large group', grouped([40, 20]), ['G0 Operational', 'G1 Operational']],
    [
      'an outage',
      grouped([1, 1, 1], { 'g1-0': 'degraded_performance', 'g2-0': 'major_outage' }),
      ['G2 open Major outage', 'G1 open Degraded performance', 'G0 Operational'],
    ],
    [
      'a group with several statuses',
      grouped([1, 3], { 'g1-0': 'degraded_performance', 'g1-2': 'partial_outage' }),
      ['G1 open Partial outage', 'G0 Operational'],
    ],
    ['maintenance', grouped([2, 2], { 'g1-1': 'under_maintenance' }), ['G1 open Under maintenance', 'G0 Operational']],
  ])('collapses unaffected groups: %s', (_, groups, expected) => {
    const shown = indexPage(groups).groups.map(({ name, open, status }) => `${name}${open ? ' open' : ''} ${status}`);
    expect(shown).toEqual(expected);
  });

  it.each<[string, Site, number[]]>([
    ['twelve', grouped([12]), [12, 0]],
    ['sixty', grouped([60]), [12, 48]],
    ['sixty, with two affected', grouped([60], { 'g0-3': 'partial_outage', 'g0-50': 'major_outage' }), [2, 58]],
    [
      'twenty, all affected',
      grouped([20], Object.fromEntries(Array.from({ length: 20 }, (_, n) => [`g0-${n}`, 'major_outage' as const]))),
      [20, 0],
    ],
  ])('collapses operational components in a long list: %s', (_, long, expected) => {
    const [group] = indexPage(long).groups;
    expect([group?.components.length, group?.more.length]).toEqual(expected);
  });

  it('has the details of each day with something to show, and each title once', () => {
    const { dayDetails } = page;
    expect(dayDetails).toMatchObject({ last: '2026-11-22', good: 'Operational', unknown: 'No uptime data yet' });
    expect(dayDetails.incidents.split('\n')).toEqual([
      '/incidents/still-down/ Still down',
      '/incidents/slow/ Slow',
      '/incidents/down/ Down',
    ]);
    expect(dayDetails.days.get('checkout')?.split('\n')).toEqual([
      '89 0,1 Major outage for 16 hours',
      '88 0,1 Major outage for 1 day',
      '87 0,1 Major outage for 11 hours, degraded performance for 13 hours',
      '86 1 Degraded performance for 11 hours',
      '79 2 Major outage for 13 hours',
      '78 2 Major outage for 1 day',
      '77 2 Major outage for 11 hours',
    ]);
    expect(indexPage(grouped([1])).dayDetails).toMatchObject({ incidents: '', days: new Map() });
  });

  it('tells search engines the name of the site', () => {
    expect(page.frame.structuredData).toEqual({
      '@context': 'https://schema.org',
      '@type': 'WebSite',
      name: 'Example Status',
      url: 'https://status.example.com/',
    });
  });
});

describe('the page of a component', () => {
  const [checkout] = site.groups[0]?.components ?? [];
  if (checkout === undefined) throw new Error('no component');

  it('lists its upcoming maintenance and its incidents, newest start first', () => {
    const page = componentPage(site, checkout);
    expect(page.maintenances.map(({ title }) => title)).toEqual(['running', 'planned']);
    expect(page.incidents.map(({ title }) => title)).toEqual(['Still down', 'Slow', 'Down']);
    expect(page.older).toBe(0);
  });

  it('shows each day with incidents, newest first, and for how long it was affected', () => {
    const { troubledDays, bars } = componentPage(site, checkout).component;
    expect(troubledDays.map(({ day, summary, incidents }) => [day.text, summary, incidents])).toContainEqual([
      '11 November 2026',
      'Major outage for 1 day',
      [{ label: 'Down', href: '/incidents/down/' }],
    ]);
    expect(troubledDays.map(({ tone }) => tone)).toEqual([
      'major',
      'major',
      'major',
      'degraded',
      'major',
      'major',
      'major',
    ]);
    expect(bars.slice(-4)).toEqual(['degraded', 'major', 'major', 'major']);
  });

  it('has no bar before the component existed', () => {
    const young = { ...checkout, since: '2026-11-20' };
    const { bars, barsInWords } = componentPage(
      smallSite({ groups: [{ name: null, components: [young] }] }),
      young,
    ).component;
    expect(bars.slice(-4)).toEqual(['unknown', 'good', 'good', 'good']);
    expect(barsInWords).toBe('The last 3 days: no incidents.');
  });

  it('lists the 50 incidents that ended last, and counts the older ones', () => {
    const minutes = Array.from({ length: 53 }, (_, n) => at('2026-10-01T00:00Z') + n * 3_600_000);
    const many = minutes.map((from, n) => ({
      ...incident(
        update(new Date(from).toISOString(), { title: `No. ${n}`, components: major }),
        // The first is still open, and the second ended last.
        ...(n === 0
          ? []
          : [update(n === 1 ? '2026-11-20T00:00Z' : new Date(from + 60_000).toISOString(), { status: 'resolved' })]),
      ),
      slug: `i${n}`,
    }));
    const { incidents, older } = componentPage(smallSite({ incidents: many }), checkout);
    expect(older).toBe(3);
    expect(incidents.map(({ title }) => title)).toEqual([
      ...Array.from({ length: 48 }, (_, n) => `No. ${52 - n}`),
      'No. 1',
      'No. 0',
    ]);
  });

  it('exists for each current component', () => {
    expect(componentPaths(site).map(({ params }) => params.id)).toEqual(['checkout']);
  });
});
