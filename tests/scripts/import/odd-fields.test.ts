import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { planCstate } from '../../../scripts/import/cstate-plan.ts';
import type { Plan } from '../../../scripts/import/plan.ts';
import { readDump } from '../../../scripts/import/statuspage-dump.ts';
import { planImport } from '../../../scripts/import/statuspage-plan.ts';
import { planUpptime } from '../../../scripts/import/upptime-plan.ts';
import { readUpptimeConfig, savedIssues } from '../../../scripts/import/upptime-read.ts';
import { root } from '../../support/halfpast.ts';
import { noContent, now, siteOf } from './imported.ts';

const fixture = (...path: string[]): string => readFileSync(join(root, 'tests/fixtures', ...path), 'utf8');

type Place = readonly (string | number)[];
type Source = {
  /** A valid source, as data. */
  readonly data: unknown;
  /** What an update can't do without, as paths with `*` for an index. */
  readonly needed: readonly string[];
  /** Optional fields that the importer reads. Others are silently ignored. */
  readonly read: readonly string[];
  readonly plan: (data: never, notes: string[]) => Plan;
};

const statuspage: Source = {
  data: {
    incidents: (JSON.parse(fixture('statuspage-sample/incidents.json')) as { incidents: unknown }).incidents,
    scheduled_maintenances: (
      JSON.parse(fixture('statuspage-sample/scheduled-maintenances.json')) as { scheduled_maintenances: unknown }
    ).scheduled_maintenances,
    components: (JSON.parse(fixture('statuspage-sample/components.json')) as { components: unknown }).components,
  },
  needed: [
    'incidents',
    'scheduled_maintenances',
    'components',
    ...['incidents.*', 'scheduled_maintenances.*'].flatMap((event) => [
      event,
      ...['id', 'name', 'incident_updates', 'incident_updates.*', 'incident_updates.*.status'].map(
        (field) => `${event}.${field}`,
      ),
    ]),
    'incidents.*.impact',
    'scheduled_maintenances.*.scheduled_for',
    'scheduled_maintenances.*.scheduled_until',
  ],
  read: [
    ...['incidents.*', 'scheduled_maintenances.*'].flatMap((event) =>
      [
        'created_at',
        'started_at',
        'status',
        'resolved_at',
        'components',
        'components.*',
        'components.*.id',
        'components.*.status',
        'incident_updates.*.body',
        'incident_updates.*.display_at',
        'incident_updates.*.created_at',
        'incident_updates.*.affected_components',
        'incident_updates.*.affected_components.*',
        'incident_updates.*.affected_components.*.code',
        'incident_updates.*.affected_components.*.new_status',
      ].map((field) => `${event}.${field}`),
    ),
    ...['id', 'name', 'status', 'position', 'group', 'group_id', 'showcase', 'start_date'].map(
      (field) => `components.*.${field}`,
    ),
    'components.*',
  ],
  plan: (data: { incidents: unknown; scheduled_maintenances: unknown; components: unknown }, notes) => {
    const note = (text: string): void => void notes.push(text);
    const page = { name: 'Acme', url: 'https://status.acme.example', time_zone: 'UTC' };
    const { incidents, scheduled_maintenances: windows, components } = data;
    const dump = {
      page,
      incidents: readDump({ incidents }, 'incidents', 'f', note).incidents,
      maintenances: readDump({ scheduled_maintenances: windows }, 'scheduled_maintenances', 'f', note)
        .scheduled_maintenances,
      components: readDump({ components }, 'components', 'f', note).components,
    };
    return planImport(dump, noContent, 'c', notes);
  },
};

const upptime: Source = {
  data: {
    issues: JSON.parse(fixture('upptime-sample/issues.json')) as unknown,
    comments: JSON.parse(fixture('upptime-sample/comments.json')) as unknown,
    config: parse(fixture('upptime-sample/.upptimerc.yml')) as unknown,
  },
  needed: [
    'issues',
    'comments',
    'config',
    'config.sites',
    // Without its labels or title, an issue is imported as a different event.
    ...['', '.number', '.title', '.body', '.state', '.labels', '.labels.*', '.labels.*.name', '.created_at'].map(
      (field) => `issues.*${field}`,
    ),
    'issues.*.closed_at',
    'issues.*.pull_request',
    ...['', '.body', '.created_at', '.issue_url'].map((field) => `comments.*${field}`),
    'config.status-website',
    'config.status-website.cname',
    'config.status-website.name',
  ],
  read: ['issues.*.comments', 'comments.*.id', 'config.sites.*', 'config.sites.*.name', 'config.sites.*.slug'],
  plan: (data: { issues: unknown; comments: unknown; config: unknown }, notes) => {
    const note = (text: string): void => void notes.push(text);
    const config = readUpptimeConfig(stringify(data.config), 'f', note);
    const placed = savedIssues(
      { name: 'f', text: JSON.stringify(data.issues) },
      [{ name: 'f', text: JSON.stringify(data.comments) }],
      note,
    );
    return planUpptime(placed, config, noContent, 'c', notes);
  },
};

const cstate: Source = {
  data: {
    config: parse(fixture('cstate-sample/old-status/config.yml')) as unknown,
    issue: {
      title: 'API is down',
      date: '2025-01-10T10:00:00Z',
      severity: 'down',
      affected: ['API', 'Mail'],
      section: 'issue',
      resolved: false,
      resolvedWhen: '2025-01-10T12:00:00Z',
      informational: false,
      draft: false,
      tags: ['x'],
    },
  },
  needed: [
    'config',
    'config.title',
    'config.baseURL',
    'issue',
    ...['title', 'date', 'severity', 'resolved', 'section'].map((field) => `issue.${field}`),
  ],
  read: [
    'issue.resolvedWhen',
    'issue.affected.*',
    'config.params.systems',
    'config.params.systems.*.name',
    'config.params.categories',
  ],
  plan: (data: { config: unknown; issue: unknown }, notes) => {
    const site = {
      config: { path: 'config.yml', text: stringify(data.config) },
      issues: [{ path: 'a.md', text: `---\n${stringify(data.issue)}---\nJobs wait.\n` }],
      notes: [],
    };
    const plan = planCstate(site, { zone: 'UTC', now }, noContent, 'c');
    notes.push(...plan.notes);
    return plan;
  },
};

const pathsIn = (value: unknown, at: Place = []): Place[] =>
  typeof value !== 'object' || value === null
    ? []
    : Object.entries(value).flatMap(([key, inner]) => {
        const place = [...at, Array.isArray(value) ? Number(key) : key];
        return [place, ...pathsIn(inner, place)];
      });

const shapeOf = (place: Place): string => place.map((step) => (typeof step === 'number' ? '*' : step)).join('.');

/** The data with something else at a place; undefined deletes it. */
function changed(data: unknown, [step = '', ...rest]: Place, value: unknown): unknown {
  if (Array.isArray(data)) {
    if (rest.length === 0 && value === undefined) return data.filter((_, index) => index !== step);
    return data.map((inner, index) =>
      index === step ? (rest.length === 0 ? value : changed(inner, rest, value)) : inner,
    ) as unknown[];
  }
  const inner = (data as Record<string, unknown>)[step];
  return { ...(data as object), [step]: rest.length === 0 ? value : changed(inner, rest, value) };
}

/** Each update as its event's source and its status. */
function updatesIn(plan: Plan): string[] {
  const { incidents, maintenances } = siteOf(plan);
  return [...incidents, ...maintenances].flatMap(({ updates }) =>
    updates.map(({ record }) => `${updates[0].record.source ?? ''} ${record.status}`),
  );
}

it.each(Object.entries({ statuspage, upptime, cstate }))(
  'a field of %s that no update needs can be missing or odd: everything else is imported, and the report names it',
  (_, { data, needed, read, plan }) => {
    const whole = updatesIn(plan(data as never, []));
    const places = pathsIn(data).filter((place) => !needed.includes(shapeOf(place)));
    expect(read.filter((shape) => !places.some((place) => shapeOf(place) === shape))).toEqual([]);
    const odd = fc.constantFrom<unknown>(
      undefined,
      null,
      5.5,
      ' ',
      'no such word',
      { odd: 'x' },
      ['odd'],
      [{ odd: 1 }],
    );
    fc.assert(
      fc.property(fc.constantFrom(...places), odd, (place, value) => {
        const notes: string[] = [];
        expect(updatesIn(plan(changed(data, place, value) as never, notes))).toEqual(whole);
        if (typeof value === 'object' && value !== null && !Array.isArray(value) && read.includes(shapeOf(place)))
          expect(notes.join('\n').toLowerCase()).toContain(
            place
              .slice(data === statuspage.data ? 0 : 1)
              .join('.')
              .toLowerCase(),
          );
      }),
      { seed: 14, numRuns: 40 },
    );
  },
);

describe('a report on odd fields', () => {
  const notesOf = (kind: 'components' | 'incidents' | 'scheduled_maintenances', data: unknown): string[] => {
    const notes: string[] = [];
    readDump(data, kind, 'f', (text) => void notes.push(text));
    return notes;
  };

  it('has a line for each reason, but none for fields of entries that were left out', () => {
    const components = [
      { id: 'a', description: ['x'], group_id: { odd: 1 }, showcase: 'maybe', position: 'first', created_at: 'soon' },
      { id: 'b', description: ['y'], group_id: 3, start_date: '2025' },
      { name: 'No id', description: 5 },
      { id: null },
      'API',
      null,
      ['x'],
    ];
    expect(notesOf('components', { page: 'Acme', components })).toEqual([
      'f: page: "Acme" is not an object with fields. It was not imported',
      'f: components.0.description: a list is not text. It was not imported (2 in all)',
      'f: components.0.created_at: "soon" is not a time such as 2024-12-20T16:18:14.793Z. It was not imported',
      'f: components.0.showcase: "maybe" is not true or false. It was not imported',
      'f: components.0.group_id: an object is not text. It was not imported',
      'f: components.0.position: "first" is not a number. It was not imported',
      'f: components.1.start_date: "2025" is not a date such as 2022-06-21. It was not imported',
      'f: components.1.group_id: 3 is not text. It was not imported',
      'f: components.2.id: is missing. components.2 was not imported',
      'f: components.3.id: null is not text. components.3 was not imported',
      'f: components.4: "API" is not an object with fields. It was not imported',
      'f: components.5: null is not an object with fields. It was not imported',
      'f: components.6: a list is not an object with fields. It was not imported',
    ]);
  });

  it('names a value that should be a list, and the kind of number', () => {
    const update = { status: 'resolved', created_at: '2025-01-01T00:00:00Z', affected_components: 'none' };
    const incidents = [{ id: 'i', name: 'N', impact: 'minor', components: 'none', incident_updates: [update] }];
    expect(notesOf('incidents', { incidents })).toEqual([
      'f: incidents.0.components: "none" is not a list. It was not imported',
      'f: incidents.0.incident_updates.0.affected_components: "none" is not a list. It was not imported',
    ]);
    const comments = [1.5, 1e20].map((id) => ({ id, created_at: '2025-01-01T00:00:00Z', issue_url: 'x/1' }));
    const notes: string[] = [];
    const files = [{ name: 'f', text: JSON.stringify(comments) }];
    const issue = { number: 1, title: 'x', state: 'open', labels: [{}, 5], created_at: '2025-01-01T00:00:00Z' };
    savedIssues({ name: 'i', text: JSON.stringify([issue]) }, files, (text) => void notes.push(text));
    expect(notes).toEqual([
      'f: 0.id: 1.5 is not a whole number. It was not imported',
      'f: 1.id: 100000000000000000000 does not belong here. It was not imported',
      'i: 0.labels.0: an object without a name is not a label. It was not imported',
      'i: 0.labels.1: 5 is not a label. It was not imported',
    ]);
  });

  it("lists only required fields if one of them can't be read", () => {
    const incidents = [{ id: 'i', name: 5, impact: 'huge', components: 'none', incident_updates: [] }];
    expect(() => notesOf('incidents', { incidents })).toThrow(
      'f: incidents.0.name: 5 is not text (and 1 more). Nothing was written',
    );
    expect(() => notesOf('scheduled_maintenances', { scheduled_maintenances: incidents })).toThrow(
      'f: scheduled_maintenances.0.name: 5 is not text (and 2 more). Nothing was written',
    );
    const windows = [{ ...incidents[0], name: 'x', scheduled_until: '2025-01-01T00:00:00Z' }];
    expect(() => notesOf('scheduled_maintenances', { scheduled_maintenances: windows })).toThrow(
      'f: scheduled_maintenances.0.scheduled_for: is missing. Nothing was written',
    );
    expect(() => notesOf('incidents', { incidents: [{ ...incidents[0], name: 'x' }] })).toThrow(
      /^f: incidents\.0\.impact: "huge" is not an impact\. Use one of: none, minor, major, critical\. Nothing was written$/,
    );
  });
});
