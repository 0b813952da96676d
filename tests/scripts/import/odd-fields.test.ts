import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
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
  /** Optional fields that the importer reads. Others are ignored in silence. */
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
      incidents: readDump(JSON.stringify({ incidents }), 'incidents', 'f', note).incidents,
      maintenances: readDump(JSON.stringify({ scheduled_maintenances: windows }), 'scheduled_maintenances', 'f', note)
        .scheduled_maintenances,
      components: readDump(JSON.stringify({ components }), 'components', 'f', note).components,
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
    // Without its labels or title, an issue is another one.
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

/** Each update as its event's source, its time and its status. */
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
      { seed: 14, numRuns: 80 },
    );
  },
);
