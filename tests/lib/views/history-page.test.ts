import { describe, expect, it } from 'vitest';
import { historyPage, monthPage, monthPaths } from '../../../src/lib/views/history-page.ts';
import { at, component, incident, maintenance, update, work } from '../domain/make.ts';
import { smallSite } from './small-site.ts';

const outage = (begin: string, end: string) =>
  incident(update(begin, { title: 'Down', impact: 'major' }), update(end, { status: 'resolved' }));
const planned = maintenance(
  work('2026-11-20T09:00Z', {
    title: 'Upgrade',
    scheduledFor: at('2027-01-31T22:30Z'),
    scheduledUntil: at('2027-01-31T23:30Z'),
  }),
);
const site = smallSite({
  incidents: [
    outage('2026-11-21T09:00Z', '2026-11-21T10:00Z'),
    outage('2026-09-30T20:00Z', '2026-10-01T10:00Z'),
    outage('2025-12-24T09:00Z', '2025-12-24T10:00Z'),
  ],
  maintenances: [planned],
});

describe('the history', () => {
  it('has every month up to now, and later ones only with something planned', () => {
    const { years } = historyPage(site);
    expect(years.map(({ year, months }) => [year, months.map(({ label }) => label)])).toEqual([
      ['2027', ['January', 'February']],
      ['2026', expect.arrayContaining(['January', 'October', 'November'])],
      ['2025', ['December']],
    ]);
    expect(years[1]?.months).toHaveLength(11);
    const [september, october] = years[1]?.months.slice(8) ?? [];
    expect(september).toMatchObject({ label: 'September', summary: '1 incident', href: '/history/2026-09/' });
    expect(october).toMatchObject({ label: 'October', summary: '1 incident', href: '/history/2026-10/' });
    expect(years[1]?.months[1]).toMatchObject({ label: 'February', href: null });
    expect(years[0]?.months[0]).toMatchObject({ summary: '1 maintenance window', href: '/history/2027-01/' });
  });

  it('continues to the current month even if nothing has happened for a long time', () => {
    const { years } = historyPage(smallSite({ incidents: [outage('2025-12-24T09:00Z', '2025-12-24T10:00Z')] }));
    expect(years.map(({ year, months }) => [year, months.length, months.at(-1)?.label])).toEqual([
      ['2026', 11, 'November'],
      ['2025', 1, 'December'],
    ]);
  });

  it('lists the title, impact and length of each incident below its months, and counts only those of old months', () => {
    const [, november] = historyPage(site).years[1]?.months.slice(9) ?? [];
    expect(november?.items).toMatchObject([
      { title: 'Down', kind: 'Major impact', lasted: '1 hour', day: { iso: '2026-11-21', text: '21 Nov 2026' } },
    ]);
    const daily = (month: string) =>
      Array.from({ length: 28 }, (_, n) => {
        const day = `${month}-${String(n + 1).padStart(2, '0')}`;
        return { ...outage(`${day}T09:00Z`, `${day}T10:00Z`), slug: day };
      });
    const listed = (...months: string[]) =>
      historyPage(smallSite({ incidents: months.flatMap(daily) })).years.flatMap(({ months: all }) =>
        all.flatMap(({ label, items }) => (items === null ? [] : [label])),
      );
    // With 28 per month, five months stay below the limit of 150.
    const year = ['2026-09', '2026-08', '2026-07', '2026-06', '2026-05', '2026-04'];
    expect(listed(...year)).toEqual(['May', 'June', 'July', 'August', 'September', 'October', 'November']);
    const [newest] = historyPage(
      smallSite({ incidents: Array.from({ length: 6 }, () => daily('2026-09')).flat() }),
    ).years.flatMap(({ months: all }) => all);
    expect(newest?.items, 'the newest month is always listed').toHaveLength(168);
  });

  it('claims nothing about months before its components were measured', () => {
    const shown = (...begins: readonly (string | null)[]) =>
      historyPage({
        ...site,
        groups: [{ name: null, components: begins.map((since, nth) => component(`c${nth}`, { since })) }],
      }).years.map(({ year, months }) => [year, ...months.map(({ label }) => label.slice(0, 3))].join(' '));
    const later = ['2027 Jan Feb'];
    expect(shown('2026-11-02', '2026-10-05')).toEqual([...later, '2026 Sep Oct Nov', '2025 Dec']);
    expect(shown('2026-08-31')).toEqual([...later, '2026 Aug Sep Oct Nov', '2025 Dec']);
    const all = '2026 Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov';
    expect(shown('2026-11-02', null)).toEqual([...later, all, '2025 Dec']);
    const old = { ...site, incidents: [outage('2023-12-24T09:00Z', '2023-12-24T10:00Z')], maintenances: [] };
    const groups = [{ name: null, components: [component('checkout', { since: '2026-10-05' })] }];
    expect(historyPage({ ...old, groups }).years.map(({ year }) => year)).toEqual(['2026', '2023']);
  });

  it('is empty without events', () => {
    expect(historyPage(smallSite()).years).toEqual([]);
  });

  it('has a page for each month with an event', () => {
    expect(monthPaths(site).map(({ params }) => params.month)).toEqual([
      ...['2027-02', '2027-01', '2026-11', '2026-10', '2026-09', '2025-12'],
    ]);
  });
});

describe('a month', () => {
  it('links to the previous and next month with events, and to its year and the other years', () => {
    const { heading, earlier, later, year, years, all } = monthPage(site, '2026-10');
    expect({ heading, earlier, later, all }).toEqual({
      heading: 'October 2026',
      earlier: { label: 'September 2026', href: '/history/2026-09/' },
      later: { label: 'November 2026', href: '/history/2026-11/' },
      all: '/history/',
    });
    expect(year).toEqual([
      { label: 'Sept', href: '/history/2026-09/', current: false },
      { label: 'Oct', href: '/history/2026-10/', current: true },
      { label: 'Nov', href: '/history/2026-11/', current: false },
    ]);
    expect(years).toEqual([
      { label: '2027', href: '/history/#y2027' },
      { label: '2025', href: '/history/#y2025' },
    ]);
    expect(monthPage(site, '2027-02').later).toBeNull();
    expect(monthPage(site, '2025-12').earlier).toBeNull();
  });

  it('is described by its events', () => {
    const { frame, summary, items } = monthPage(site, '2026-11');
    expect(summary).toBe('1 incident');
    expect(frame).toMatchObject({ title: expect.stringContaining('November 2026') as string });
    expect(frame.description).toContain('1 incident');
    expect(items).toHaveLength(1);
  });
});
