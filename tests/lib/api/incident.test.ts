import { describe, expect, it } from 'vitest';
import { historyYear, historyYears } from '../../../src/lib/api/history.ts';
import { apiIncident, incidentSchema } from '../../../src/lib/api/incidents.ts';
import { v2Files, v2Schemas } from '../../../src/lib/api/v2-files.ts';
import {
  componentId,
  componentStatusSchema,
  impactSchema,
  incidentStatusSchema,
  maintenanceStatusSchema,
} from '../../../src/lib/api/values.ts';
import type { Site } from '../../../src/lib/domain/site.ts';
import {
  componentStatuses,
  impacts,
  incidentStatuses,
  maintenanceStatuses,
} from '../../../src/lib/domain/vocabulary.ts';
import { at, component, update } from '../domain/make.ts';
import { incidentNamed, siteOf } from './make-api.ts';

it("has one of Statuspage's words for each of ours", () => {
  expect(componentStatusSchema.options).toEqual(componentStatuses);
  expect(incidentStatusSchema.options).toEqual(incidentStatuses);
  expect(maintenanceStatusSchema.options).toEqual(maintenanceStatuses);
  expect(impactSchema.options).toEqual(impacts);
});

const reopened = incidentNamed(
  'shop',
  update('2026-11-22T10:00Z', {
    title: 'Shop',
    impact: 'minor',
    components: { a: 'partial_outage', b: 'degraded_performance' },
    started: at('2026-11-22T09:40Z'),
  }),
  update('2026-11-22T10:30Z', { status: 'monitoring', components: { b: 'operational' }, body: '  We <b>watch</b>.\n' }),
  update('2026-11-22T10:40Z', { status: 'monitoring' }),
  update('2026-11-22T11:00Z', { status: 'resolved' }),
  update('2026-11-22T11:30Z', {
    status: 'identified',
    components: { a: 'major_outage' },
    edited: at('2026-11-22T12:34:56.789Z'),
  }),
);

const noted = incidentNamed(
  'shop',
  update('2026-11-22T10:00Z', { title: 'Shop', components: { a: 'partial_outage' } }),
  update('2026-11-22T11:00Z', { status: 'resolved' }),
  update('2026-11-23T09:00Z', { status: 'resolved', body: 'What we learned.' }),
);

describe('an incident', () => {
  it('that was reopened is open again', () => {
    expect(apiIncident(siteOf({ incidents: [reopened] }), reopened)).toMatchObject({
      name: 'Shop',
      status: 'identified',
      created_at: '2026-11-22T10:00:00.000Z',
      updated_at: '2026-11-22T12:34:56.789Z',
      monitoring_at: '2026-11-22T10:30:00.000Z',
      resolved_at: null,
      impact: 'minor',
      started_at: '2026-11-22T09:40:00.000Z',
      shortlink: 'https://status.example.com/incidents/shop/',
      reminder_intervals: null,
    });
  });

  it('with a note after its resolution keeps its resolution time, and changes with the note', () => {
    expect(apiIncident(siteOf({ incidents: [noted] }), noted)).toMatchObject({
      status: 'resolved',
      monitoring_at: null,
      resolved_at: '2026-11-22T11:00:00.000Z',
      updated_at: '2026-11-23T09:00:00.000Z',
    });
  });

  it('has Statuspage’s fields in its order, and no others', () => {
    const made = apiIncident(siteOf({ incidents: [reopened] }), reopened);
    expect(Object.keys(made)).toEqual([
      'id',
      'name',
      'status',
      'created_at',
      'updated_at',
      'monitoring_at',
      'resolved_at',
      'impact',
      'shortlink',
      'started_at',
      'page_id',
      'components',
      'reminder_intervals',
      'incident_updates',
    ]);
    expect(Object.keys(made.incident_updates[0] ?? {})).toEqual([
      'id',
      'status',
      'body',
      'incident_id',
      'created_at',
      'updated_at',
      'display_at',
      'affected_components',
      'deliver_notifications',
      'custom_tweet',
      'tweet_id',
    ]);
    expect(incidentSchema.parse(made)).toEqual(made);
  });

  it('lists its updates newest first, with the original text', () => {
    const { incident_updates: updates } = apiIncident(siteOf({ incidents: [reopened] }), reopened);
    expect(updates.map(({ status, display_at: shown }) => `${shown} ${status}`)).toEqual([
      '2026-11-22T11:30:00.000Z identified',
      '2026-11-22T11:00:00.000Z resolved',
      '2026-11-22T10:40:00.000Z monitoring',
      '2026-11-22T10:30:00.000Z monitoring',
      '2026-11-22T10:00:00.000Z investigating',
    ]);
    expect(updates[3]?.body).toBe('We <b>watch</b>.');
    expect([updates[0]?.updated_at, updates[1]?.updated_at]).toEqual([
      '2026-11-22T12:34:56.789Z',
      '2026-11-22T11:00:00.000Z',
    ]);
  });

  it('has the old and new status of the components with each update', () => {
    const { incident_updates: updates } = apiIncident(siteOf({ incidents: [reopened] }), reopened);
    const told = updates.map(
      ({ affected_components: affected }) =>
        affected?.map(
          ({ code, name, old_status: from, new_status: to }) => (
            expect([componentId('a'), componentId('b')]).toContain(code),
            `${name}: ${from} → ${to}`
          ),
        ) ?? null,
    );
    expect(told).toEqual([
      ['A: operational → major_outage'],
      ['A: partial_outage → operational', 'B: operational → operational'],
      null,
      ['B: degraded_performance → operational'],
      ['A: operational → partial_outage', 'B: operational → degraded_performance'],
    ]);
  });

  it('has the current status of its components in the lists, and their worst status in the history', () => {
    const site = siteOf({ incidents: [noted] }, '2026-11-24T00:00Z');
    expect(v2Files(site).incidents.incidents[0]?.components.map(({ name, status }) => `${name} ${status}`)).toEqual([
      'A operational',
    ]);
    expect(historyYear(site, '2026').incidents[0]?.components).toEqual([
      { id: componentId('a'), name: 'A', status: 'partial_outage' },
    ]);
  });
});

describe('the overall state', () => {
  it.each([
    [{}, 'none', 'All Systems Operational'],
    [{ a: 'under_maintenance' }, 'maintenance', 'Service Under Maintenance'],
    [{ a: 'degraded_performance' }, 'minor', 'Partially Degraded Service'],
    [{ a: 'partial_outage' }, 'minor', 'Minor Service Outage'],
    [{ a: 'major_outage' }, 'major', 'Partial System Outage'],
    [{ a: 'major_outage', b: 'major_outage' }, 'critical', 'Major Service Outage'],
  ] as const)('of %o is %s, in every file that has it', (components, indicator, description) => {
    const files = v2Files(
      siteOf({
        incidents: [
          incidentNamed('shop', update('2026-11-22T10:00Z', { title: 'Shop', impact: 'critical', components })),
        ],
      }),
    );
    expect([files.status.status, files.summary.status]).toEqual([
      { indicator, description },
      { indicator, description },
    ]);
  });
});

describe('the lists', () => {
  const many = Array.from({ length: 60 }, (_, index) =>
    incidentNamed(
      `old-${index}`,
      update(`2026-10-01T00:${String(59 - index).padStart(2, '0')}Z`, {
        status: index % 30 === 0 ? 'investigating' : 'resolved',
        title: `Old ${index}`,
        impact: 'minor',
      }),
    ),
  );
  const site: Site = siteOf({ incidents: many });

  it('have the 50 newest incidents, and all open ones', () => {
    expect(v2Files(site).incidents.incidents.map(({ name }) => name)).toEqual(
      many.slice(0, 50).map(({ title }) => title),
    );
    expect(v2Files(site)['incidents/unresolved'].incidents.map(({ name }) => name)).toEqual(['Old 0', 'Old 30']);
    expect(v2Files(site).summary.incidents.map(({ name }) => name)).toEqual(['Old 0', 'Old 30']);
  });

  it('sort by when an incident was reported, not when it began', () => {
    const late = incidentNamed(
      'late',
      update('2026-11-22T10:00Z', { title: 'Late', impact: 'minor', started: at('2026-01-01T00:00Z') }),
    );
    const files = v2Files({ ...site, incidents: [...many, late] });
    expect([files.incidents.incidents[0]?.name, files.summary.incidents[0]?.name]).toEqual(['Late', 'Late']);
  });

  it('match their schemas, and have a complete history', () => {
    for (const [name, file] of Object.entries(v2Files(site)))
      expect(v2Schemas[name as keyof typeof v2Schemas].parse(file)).toEqual(file);
    expect(historyYears(site).map((year) => [year, historyYear(site, year).incidents.length])).toEqual([['2026', 60]]);
  });

  it('don’t depend on the clock for incidents', () => {
    const later = { ...site, now: site.now + 3_600_000 };
    expect(JSON.stringify([v2Files(later), historyYears(later), historyYear(later, '2026')])).toBe(
      JSON.stringify([v2Files(site), historyYears(site), historyYear(site, '2026')]),
    );
  });

  it('name a component that is retired where an incident named it, and not among the components', () => {
    const gone = siteOf({
      groups: [{ name: null, components: [component('fax', { retired: true }), component('a')] }],
      incidents: [
        incidentNamed(
          'fax',
          update('2026-11-22T10:00Z', { title: 'Fax', status: 'resolved', impact: 'none' }),
          update('2026-11-22T09:00Z', { title: 'Fax', components: { fax: 'major_outage' } }),
        ),
      ],
    });
    expect(v2Files(gone).components.components.map(({ name, position }) => [name, position])).toEqual([['A', 1]]);
    expect(v2Files(gone).incidents.incidents[0]?.components.map(({ name, position }) => [name, position])).toEqual([
      ['FAX', 2],
    ]);
  });
});
