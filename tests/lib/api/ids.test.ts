import fc from 'fast-check';
import { expect, it } from 'vitest';
import { historyYear, historyYears } from '../../../src/lib/api/history.ts';
import { v2Files } from '../../../src/lib/api/v2-files.ts';
import {
  componentId,
  groupId,
  idSchema,
  incidentId,
  incidentUpdateId,
  maintenanceId,
  maintenanceUpdateId,
  pageId,
  refuseTwins,
  requireUniqueIds,
} from '../../../src/lib/api/values.ts';
import { component, update, work } from '../domain/make.ts';
import { incidentNamed, siteOf, windowNamed } from './make-api.ts';

it('gives each object an id of twelve lowercase letters and digits, and different ones to different kinds with the same name', () => {
  const ids = [
    pageId(siteOf()),
    componentId('a'),
    groupId('a', 0),
    groupId('a', 1),
    incidentId('a'),
    incidentUpdateId('a', 'a'),
    maintenanceId('a'),
    maintenanceUpdateId('a', 'a'),
  ];
  for (const id of ids) expect(idSchema.parse(id)).toBe(id);
  expect(new Set(ids).size).toBe(ids.length);
});

it('keeps the ids that programs have stored', () => {
  expect([
    pageId(siteOf()),
    componentId('checkout'),
    incidentId('2026-11-22-checkout-errors'),
    incidentUpdateId('2026-11-22-checkout-errors', '2026-11-22T1405Z'),
  ]).toEqual(['31llkgnyfsv6', '85ts18kkebuj', 'pe8oz7w34nht', 'vp3ns6kbowv7']);
});

it('refuses two things with the same id', () => {
  expect(() => refuseTwins(['abc', 'def', 'abc'])).toThrow(
    'two things of this site got the id abc in the API. Rename one of them',
  );
  expect(() =>
    requireUniqueIds(
      siteOf({
        groups: [
          { name: 'Shop', components: [component('a')] },
          { name: 'Shop', components: [component('b')] },
        ],
      }),
    ),
  ).not.toThrow();
});

const hour = fc.integer({ min: 0, max: 10_000 }).map((hours) => new Date(Date.UTC(2025, 0, 1, hours)).toISOString());
const slug = fc.stringMatching(/^[a-z0-9]{1,8}$/);
const status = fc.constantFrom('investigating', 'identified', 'monitoring', 'resolved');
const states = fc.constantFrom(
  null,
  { a: 'partial_outage' } as const,
  { a: 'operational', b: 'major_outage' } as const,
);

const incidents = fc
  .uniqueArray(
    fc.record({
      slug,
      updates: fc.uniqueArray(fc.record({ time: hour, status, components: states }), {
        minLength: 1,
        maxLength: 4,
        selector: ({ time }) => time,
      }),
    }),
    { selector: (made) => made.slug, minLength: 1, maxLength: 6 },
  )
  .map((all) =>
    all.map(({ slug: name, updates }) => {
      const [first, ...rest] = updates.map((said) => update(said.time, said as object));
      return incidentNamed(name, first ?? update('2025-01-01T00:00Z'), ...rest);
    }),
  );

it('doesn’t change an incident in the history or the lists, except its components’ current status, when another one is added', () => {
  fc.assert(
    fc.property(incidents, fc.boolean(), (all, withWindow) => {
      const [added, ...before] = all;
      const windows = withWindow
        ? [
            windowNamed(
              'added',
              work('2025-02-01T00:00Z', { scheduledFor: 0, scheduledUntil: 1, components: { a: 'under_maintenance' } }),
            ),
          ]
        : [];
      const old = siteOf({ incidents: before }, '2027-01-01T00:00Z');
      const grown = siteOf(
        {
          incidents: added === undefined ? before : [...before, added],
          maintenances: windows,
          groups: [{ name: null, components: [component('new'), component('a'), component('b')] }],
        },
        '2027-01-01T00:00Z',
      );
      const history = (site: typeof old) =>
        new Map(
          historyYears(site)
            .flatMap((year) => historyYear(site, year).incidents)
            .map((incident) => [incident.id, incident]),
        );
      for (const [id, incident] of history(old)) expect(history(grown).get(id)).toEqual(incident);
      const listed = (site: typeof old) =>
        new Map(
          v2Files(site).incidents.incidents.map(({ components, ...rest }) => [
            rest.id,
            { ...rest, components: components.map(({ id }) => id) },
          ]),
        );
      for (const [id, incident] of listed(old)) expect(listed(grown).get(id)).toEqual(incident);
    }),
    { numRuns: 100 },
  );
});
