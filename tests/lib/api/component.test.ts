import { describe, expect, it } from 'vitest';
import { apiComponents, componentSchema } from '../../../src/lib/api/components.ts';
import { apiPage } from '../../../src/lib/api/page.ts';
import { componentId, groupId } from '../../../src/lib/api/values.ts';
import { componentPage } from '../../../src/lib/views/component-page.ts';
import { indexPage } from '../../../src/lib/views/index-page.ts';
import { at, component, update, work } from '../domain/make.ts';
import { incidentNamed, siteOf, windowNamed } from './make-api.ts';

const groups = [
  { name: null, components: [component('web')] },
  { name: 'Gone', components: [component('fax', { retired: true })] },
  {
    name: 'Shop',
    components: [component('cart', { description: 'The cart' }), component('old', { retired: true }), component('pay')],
  },
];

describe('components', () => {
  it('are listed with each group before its components, counted as Statuspage counts them', () => {
    const site = siteOf({
      groups,
      incidents: [
        incidentNamed('x', update('2026-11-22T10:00Z', { title: 'X', components: { pay: 'partial_outage' } })),
      ],
    });
    const shop = groupId('Shop', 0);
    expect(
      apiComponents(site).map(({ name, position, group, group_id: of, status }) => ({
        name,
        position,
        group,
        of,
        status,
      })),
    ).toEqual([
      { name: 'WEB', position: 1, group: false, of: null, status: 'operational' },
      { name: 'Shop', position: 2, group: true, of: null, status: 'partial_outage' },
      { name: 'CART', position: 1, group: false, of: shop, status: 'operational' },
      { name: 'PAY', position: 2, group: false, of: shop, status: 'partial_outage' },
    ]);
    expect(apiComponents(site)[1]).toMatchObject({
      id: shop,
      components: [componentId('cart'), componentId('pay')],
      description: null,
      start_date: null,
    });
    for (const made of apiComponents(site)) expect(componentSchema.parse(made)).toEqual(made);
  });

  it('have Statuspage’s fields in its order, and groups also have a list', () => {
    const [web, shop] = apiComponents(siteOf({ groups }));
    const fields = [
      'id',
      'name',
      'status',
      'created_at',
      'updated_at',
      'position',
      'description',
      'showcase',
      'start_date',
      'group_id',
      'page_id',
      'group',
      'only_show_if_degraded',
    ];
    expect([Object.keys(web ?? {}), Object.keys(shop ?? {})]).toEqual([fields, [...fields, 'components']]);
  });
});

const times = (
  given: Parameters<typeof component>[1],
  more: Parameters<typeof siteOf>[0] = {},
  now = '2026-11-22T15:00Z',
) => {
  const [made] = apiComponents(siteOf({ groups: [{ name: null, components: [component('a', given)] }], ...more }, now));
  return [made?.created_at, made?.updated_at];
};
const slow = incidentNamed(
  'slow',
  update('2026-11-01T10:00Z', { title: 'Slow', components: { b: 'major_outage' } }),
  update('2026-11-02T10:00Z', { components: { a: 'degraded_performance' } }),
  update('2026-11-03T10:00Z'),
  update('2026-11-04T10:00Z', { status: 'resolved' }),
);
const night = windowNamed(
  'night',
  work('2026-11-05T00:00Z', {
    title: 'Night',
    scheduledFor: at('2026-11-22T14:00Z'),
    scheduledUntil: at('2026-11-22T16:00Z'),
    components: { a: 'under_maintenance' },
  }),
);

describe('when a component was created and last changed', () => {
  it('is as stated', () => {
    expect(
      times({ created: at('2019-11-13T18:00:24.256Z'), changed: at('2026-08-17T16:59:38.017Z'), since: '2020-01-01' }),
    ).toEqual(['2019-11-13T18:00:24.256Z', '2026-08-17T16:59:38.017Z']);
  });

  it('is otherwise the first hour of the first day that counts, in the zone of the site', () => {
    expect(times({ since: '2026-07-01' })).toEqual(['2026-06-30T22:00:00.000Z', '2026-06-30T22:00:00.000Z']);
  });

  it('is otherwise the oldest update, or now if there is none', () => {
    expect(
      times({}, { incidents: [incidentNamed('x', update('2026-11-01T10:00Z', { title: 'X', impact: 'minor' }))] })[0],
    ).toBe('2026-11-01T10:00:00.000Z');
    expect(times({})[0]).toBe('2026-11-22T15:00:00.000Z');
  });

  it('is the latest update that changed its status, or the clock with a window', () => {
    expect(times({ changed: at('2026-08-17T16:59:38.017Z') }, { incidents: [slow] })[1]).toBe(
      '2026-11-04T10:00:00.000Z',
    );
    const dated = {
      since: '2026-11-04',
      incidents: [
        incidentNamed(
          'slow',
          update('2026-11-02T10:00Z', { title: 'Slow', components: { a: 'degraded_performance' } }),
          update('2026-11-03T10:00Z'),
        ),
      ],
    };
    expect(times({}, { incidents: dated.incidents })[1]).toBe('2026-11-02T10:00:00.000Z');
    const by = (now: string) => times({}, { maintenances: [night] }, now)[1];
    expect([by('2026-11-22T13:00Z'), by('2026-11-22T15:00Z'), by('2026-11-22T17:00Z')]).toEqual([
      '2026-11-05T00:00:00.000Z',
      '2026-11-22T14:00:00.000Z',
      '2026-11-22T16:00:00.000Z',
    ]);
  });
});

describe('when the page last changed', () => {
  const updatedAt = (more: Parameters<typeof siteOf>[0], changed: number | null = null) => {
    const site = siteOf(more);
    return apiPage({ ...site, settings: { ...site.settings, changed } }).updated_at;
  };

  it('is the newest update or edit, or as the settings say', () => {
    expect(updatedAt({ incidents: [slow] })).toBe('2026-11-04T10:00:00.000Z');
    expect(updatedAt({ incidents: [slow], maintenances: [night] })).toBe('2026-11-05T00:00:00.000Z');
    expect(
      updatedAt({
        incidents: [
          incidentNamed(
            'x',
            update('2026-11-01T10:00Z', { title: 'X', impact: 'none', edited: at('2026-11-09T10:00Z') }),
          ),
        ],
      }),
    ).toBe('2026-11-09T10:00:00.000Z');
    expect(updatedAt({ incidents: [slow] }, at('2026-11-06T22:15:57.599Z'))).toBe('2026-11-06T22:15:57.599Z');
    expect(updatedAt({ incidents: [slow] }, at('2026-08-22T22:15:57.599Z'))).toBe('2026-11-04T10:00:00.000Z');
  });

  it('only depends on the clock if it has no updates', () => {
    expect(updatedAt({})).toBe('2026-11-22T15:00:00.000Z');
    expect(
      updatedAt({ groups: [{ name: null, components: [component('a', { created: at('2020-01-01T00:00Z') })] }] }),
    ).toBe('2020-01-01T00:00:00.000Z');
  });
});

it('hides the days and the uptime of a component with showcase: false', () => {
  const hidden = component('a', { showcase: false });
  const site = siteOf({ groups: [{ name: null, components: [hidden, component('b')] }], incidents: [slow] });
  const [first, second] = indexPage(site).groups[0]?.components ?? [];
  expect([first?.bars, first?.barsInWords, first?.uptime]).toEqual([[], null, null]);
  expect(second?.bars).toHaveLength(90);
  expect(componentPage(site, hidden).frame.description).toBe('A: Operational.');
  expect(apiComponents(site).map(({ showcase }) => showcase)).toEqual([false, true]);
});
