import { describe, expect, it } from 'vitest';
import { readDump } from '../../../scripts/import/statuspage-dump.ts';
import { planImport } from '../../../scripts/import/statuspage-plan.ts';
import type { Plan } from '../../../scripts/import/plan.ts';
import { shortUtc } from '../../../src/lib/schema/time-fields.ts';
import { linesOf, noContent, siteOf } from './imported.ts';

describe('Statuspage', () => {
  const api = { id: 'c1', name: 'API' };
  type Affected = { readonly code?: string; readonly name?: string; readonly new_status?: string };
  const update = (at: string, status: string, affected: readonly Affected[] | null = null) => ({
    status,
    body: 'Text.',
    created_at: `2025-01-${at}:00Z`,
    affected_components: affected,
  });
  const set = (status: string): Affected[] => [{ code: 'c1', name: 'API', new_status: status }];
  const at = (time: string): string => `2025-01-02T${time.padEnd(8, ':00')}Z`;
  const posted = (time: string, status: string, more: object = {}) => ({
    id: `u${time.replaceAll(':', '')}`,
    status,
    body: 'Text.',
    created_at: at(time),
    ...more,
  });
  const states = (...set: readonly string[]) => ({
    affected_components: set.map((one) => {
      const [code = '', status] = one.split('=');
      return { code, name: code.toUpperCase(), new_status: status };
    }),
  });
  const slow = (updates: readonly object[], more: object = {}) => ({
    id: 'i',
    name: 'Slow',
    impact: 'minor',
    created_at: at('10:00'),
    incident_updates: updates.toReversed(),
    ...more,
  });
  const work = (updates: readonly object[], more: object = {}) => ({
    id: 'm',
    name: 'Work',
    created_at: at('10:00'),
    scheduled_for: at('11:00'),
    scheduled_until: at('12:00'),
    incident_updates: updates.toReversed(),
    ...more,
  });
  const page = { name: 'Acme', url: 'https://status.acme.example', time_zone: 'UTC' };
  type Lists = {
    readonly page?: typeof page;
    readonly incidents?: readonly object[];
    readonly maintenances?: readonly object[];
    readonly components?: readonly object[];
  };
  const imported = ({ incidents = [], maintenances = [], components = [api], ...given }: Lists): Plan => {
    const notes: string[] = [];
    const note = (text: string): void => void notes.push(text);
    const windows = { scheduled_maintenances: maintenances };
    return planImport(
      {
        page: given.page ?? page,
        incidents: readDump({ incidents }, 'incidents', 'f', note).incidents,
        maintenances: readDump(windows, 'scheduled_maintenances', 'f', note).scheduled_maintenances,
        components: readDump({ components }, 'components', 'f', note).components,
      },
      noContent,
      'c',
      notes,
    );
  };

  const plan = (updates: readonly unknown[], listed: string): Plan =>
    imported({
      incidents: [
        { id: 'i', name: 'Slow', impact: 'minor', components: [{ ...api, status: listed }], incident_updates: updates },
      ],
    });

  it.each<[string, Lists, string[]]>([
    ['an incident without updates', { incidents: [slow([])] }, ['incident i: not imported: it has no updates']],
    [
      'a start a minute before the first update',
      { incidents: [slow([posted('10:01', 'investigating')], { started_at: at('10:00') })] },
      [
        'Slow, from 10:00Z',
        '10:01Z investigating: Text.',
        '1 incident: created_at and started_at became the time of the first displayed update; the times of edits were not imported',
      ],
    ],
    [
      'a start seconds before the first update',
      {
        incidents: [slow([posted('10:01', 'investigating')], { started_at: at('10:00:01'), created_at: at('10:01') })],
      },
      [
        'Slow, from 10:01Z',
        '10:01Z investigating: Text.',
        '1 incident: created_at and started_at became the time of the first displayed update; the times of edits were not imported',
      ],
    ],
    [
      'a later edit, and an earlier creation',
      {
        incidents: [slow([posted('10:00', 'investigating', { updated_at: at('10:00:01') })])],
        maintenances: [work([posted('10:01', 'scheduled')])],
      },
      [
        'Slow, from 10:00Z',
        '10:00Z investigating: Text.',
        'Work, 11:00Z to 12:00Z',
        '10:01Z scheduled: Text.',
        '1 incident, 1 maintenance window: created_at and started_at became the time of the first displayed update; the times of edits were not imported',
      ],
    ],
    [
      'a published postmortem, and components that stay down',
      {
        incidents: [
          slow(
            [
              posted('10:00', 'investigating'),
              posted('10:30', 'resolved', states('api=major_outage')),
              posted('11:00', 'postmortem', {
                body: ' Why. ',
                ...states('api=operational', 'web=degraded_performance'),
              }),
            ],
            { postmortem_body: 'Why.' },
          ),
        ],
      },
      [
        'Slow, from 10:00Z',
        '10:00Z investigating: Text.',
        '10:30Z resolved: Text.',
        '11:00Z resolved: Why.',
        'incident i: update u1030: not imported: api-2 stays in major_outage although the incident is resolved',
        'incident i: update u1100: the status postmortem became resolved',
        'incident i: update u1100: not imported: web stays in degraded_performance although the incident is resolved',
      ],
    ],
    [
      'an unpublished postmortem, and tweets',
      {
        incidents: [
          slow(
            [
              posted('10:00', 'investigating', { custom_tweet: 'Slow!' }),
              posted('10:30', 'resolved', { custom_tweet: ' ' }),
            ],
            { postmortem_body: 'Why.' },
          ),
        ],
        maintenances: [work([posted('10:00', 'scheduled', { custom_tweet: 'Work!' })], { postmortem_body: ' ' })],
      },
      [
        'Slow, from 10:00Z',
        '10:00Z investigating: Text.',
        '10:30Z resolved: Text.',
        'Work, 11:00Z to 12:00Z',
        '10:00Z scheduled: Text.',
        "incident i: postmortem_body isn't in any update, and was not imported. To publish it: npx halfpast postmortem",
        'incident i: update u1000: custom_tweet was not imported: Slow!',
        'maintenance m: update u1000: custom_tweet was not imported: Work!',
      ],
    ],
    [
      'updates of the same time',
      {
        incidents: [
          slow([
            posted('10:00', 'investigating', { body: 'A.' }),
            posted('10:00', 'identified', { body: 'B.' }),
            posted('10:00', 'monitoring', { body: 'C.', created_at: at('09:59'), display_at: at('10:00') }),
          ]),
        ],
      },
      [
        'Slow, from 10:00Z',
        '10:00Z monitoring: C.',
        '10:00:00.001Z investigating: A.',
        '10:00:00.002Z identified: B.',
        'incident i: update u1000: had the same time as another update, and was moved to 2025-01-02T100000.001Z',
        'incident i: update u1000: had the same time as another update, and was moved to 2025-01-02T100000.002Z',
      ],
    ],
    [
      'images, and no text',
      {
        incidents: [slow([posted('10:00', 'investigating', { body: '![x](a.png)' })])],
        maintenances: [
          work([posted('10:00', 'scheduled', { body: null }), posted('11:00', 'in_progress', { body: '![x](b.png)' })]),
        ],
      },
      [
        'Slow, from 10:00Z',
        '10:00Z investigating: [x](a.png)',
        'Work, 11:00Z to 12:00Z',
        '10:00Z scheduled: Scheduled.',
        '11:00Z in_progress: [x](b.png)',
        'incident i: update u1000: the image "a.png" became a link, because its https address is unknown',
        'maintenance m: update u1100: the image "b.png" became a link, because its https address is unknown',
        'maintenance m: update u1000: had no text, and got its status as text',
      ],
    ],
    [
      'a window without a length',
      { maintenances: [work([posted('10:00', 'scheduled')], { scheduled_until: at('11:00') })] },
      ['maintenance m: not imported: its window ends before it begins'],
    ],
    ['a window without updates', { maintenances: [work([])] }, ['maintenance m: not imported: it has no updates']],
    [
      'components in a window',
      {
        maintenances: [
          work(
            [
              posted('10:00', 'scheduled', states('api=operational')),
              posted('11:00', 'in_progress', states('api=under_maintenance', 'web=major_outage')),
              posted('11:30', 'verifying', states('api=under_maintenance', 'web=partial_outage')),
              posted('12:00', 'completed', states('api=operational', 'web=operational')),
            ],
            {
              components: [
                { id: 'mail', name: 'Mail' },
                { id: 'g', name: 'Group', group: true },
              ],
            },
          ),
        ],
      },
      [
        'Work, 11:00Z to 12:00Z',
        '10:00Z scheduled mail=under_maintenance api-2=under_maintenance web=major_outage: Text.',
        '11:00Z in_progress: Text.',
        '11:30Z verifying web=partial_outage: Text.',
        '12:00Z completed: Text.',
      ],
    ],
    [
      'updates of the same time in a window',
      {
        maintenances: [
          work([
            posted('10:00', 'scheduled'),
            posted('11:00', 'in_progress', { body: 'A.' }),
            posted('11:00', 'in_progress', { body: 'B.' }),
          ]),
        ],
      },
      [
        'Work, 11:00Z to 12:00Z',
        '10:00Z scheduled: Text.',
        '11:00Z in_progress: A.',
        '11:00:00.001Z in_progress: B.',
        'maintenance m: update u1100: had the same time as another update, and was moved to 2025-01-02T110000.001Z',
      ],
    ],
    [
      'a window that ended late',
      {
        maintenances: [
          work([
            posted('10:00', 'scheduled'),
            posted('11:00', 'in_progress'),
            posted('12:00', 'verifying'),
            posted('12:30', 'completed'),
          ]),
        ],
      },
      [
        'Work, 11:00Z to 12:30Z',
        '10:00Z scheduled: Text.',
        '11:00Z in_progress: Text.',
        '12:00Z verifying: Text.',
        '12:30Z completed: Text.',
        'maintenance m: update u1200: the work ran past its window, which was extended',
      ],
    ],
    [
      'a window that goes on',
      {
        maintenances: [
          work([posted('10:00', 'scheduled'), posted('11:00', 'in_progress'), posted('12:00', 'verifying')]),
        ],
      },
      [
        'Work, 11:00Z to 12:01Z',
        '10:00Z scheduled: Text.',
        '11:00Z in_progress: Text.',
        '12:00Z verifying: Text.',
        'maintenance m: update u1200: the work ran past its window, which was extended',
      ],
    ],
    [
      'a window that was completed twice',
      {
        maintenances: [
          work([
            posted('10:00', 'scheduled'),
            posted('11:00', 'in_progress'),
            posted('12:01', 'completed'),
            posted('13:01', 'completed'),
          ]),
        ],
      },
      [
        'Work, 11:00Z to 12:01Z',
        '10:00Z scheduled: Text.',
        '11:00Z in_progress: Text.',
        '12:01Z completed: Text.',
        '13:01Z completed: Text.',
        'maintenance m: update u1201: the work ran past its window, which was extended',
      ],
    ],
    [
      'a window that was completed within its last minute',
      {
        maintenances: [
          work([posted('10:00', 'scheduled'), posted('11:00', 'in_progress'), posted('12:00:59', 'completed')]),
        ],
      },
      ['Work, 11:00Z to 12:00Z', '10:00Z scheduled: Text.', '11:00Z in_progress: Text.', '12:00:59Z completed: Text.'],
    ],
    [
      'a window that was only completed',
      { maintenances: [work([posted('13:00', 'completed')])] },
      [
        'Work, 11:00Z to 12:00Z',
        '13:00Z completed: Text.',
        '1 maintenance window: created_at and started_at became the time of the first displayed update; the times of edits were not imported',
      ],
    ],
    [
      'a window that did not begin',
      { maintenances: [work([posted('10:00', 'scheduled'), posted('12:10', 'scheduled')])] },
      ['Work, 11:00Z to 12:00Z', '10:00Z scheduled: Text.', '12:10Z scheduled: Text.'],
    ],
    [
      'incidents that are over without an update that says so',
      {
        incidents: [
          slow([posted('10:00', 'investigating', states('api=major_outage'))], {
            status: 'resolved',
            resolved_at: at('11:00'),
            components: [{ ...api, id: 'api', status: 'major_outage' }],
          }),
          slow([posted('10:00', 'investigating'), posted('10:30', 'monitoring')], {
            id: 'j',
            name: 'No time',
            status: 'postmortem',
          }),
          slow([posted('10:00', 'investigating'), posted('10:30', 'monitoring')], {
            id: 'k',
            name: 'Early',
            status: 'resolved',
            resolved_at: at('10:15'),
          }),
          slow([posted('10:00', 'resolved'), posted('10:30', 'identified')], {
            id: 'l',
            name: 'Open',
            status: 'identified',
            resolved_at: at('10:00'),
          }),
        ],
      },
      [
        'Slow, from 10:00Z',
        '10:00Z investigating api-2=major_outage: Text.',
        '11:00Z resolved: Resolved.',
        'Open, from 10:00Z',
        '10:00Z resolved: Text.',
        '10:30Z identified: Text.',
        'No time, from 10:00Z',
        '10:00Z investigating: Text.',
        '10:30Z monitoring: Text.',
        '10:30:00.001Z resolved: Resolved.',
        'Early, from 10:00Z',
        '10:00Z investigating: Text.',
        '10:30Z monitoring: Text.',
        '10:30:00.001Z resolved: Resolved.',
        'incident i: is resolved without an update that says so; one was added at 2025-01-02T11:00Z',
        'incident j: is resolved without an update that says so; one was added at 2025-01-02T10:30:00.001Z',
        'incident k: is resolved without an update that says so; one was added at 2025-01-02T10:30:00.001Z',
      ],
    ],
    [
      'windows that are over without an update that says so',
      {
        maintenances: [
          ...[at('10:30'), at('11:30'), at('12:30'), at('12:00'), null].map((end, index) =>
            work([posted('10:00', 'scheduled')], {
              id: `m${index}`,
              name: `m${index}`,
              status: 'completed',
              resolved_at: end,
            }),
          ),
          work([posted('10:00', 'scheduled')], { id: 'm5', name: 'm5', status: 'scheduled' }),
        ],
      },
      [
        ...['m5', 'm4', 'm3'].flatMap((id) => [`${id}, 11:00Z to 12:00Z`, '10:00Z scheduled: Text.']),
        'm2, 11:00Z to 12:30Z',
        '10:00Z scheduled: Text.',
        '12:30Z completed: Completed.',
        'm1, 11:00Z to 12:00Z',
        '10:00Z scheduled: Text.',
        '11:30Z completed: Completed.',
        'm0, 11:00Z to 12:00Z',
        '10:00Z scheduled: Text.',
        '10:30Z completed: Completed.',
        'maintenance m0: is completed without an update that says so; one was added at 2025-01-02T10:30Z',
        'maintenance m1: is completed without an update that says so; one was added at 2025-01-02T11:30Z',
        'maintenance m2: is completed without an update that says so; one was added at 2025-01-02T12:30Z',
        'maintenance m2: update added: the work ran past its window, which was extended',
      ],
    ],
    [
      'components in trouble',
      {
        incidents: [
          slow([posted('10:00', 'investigating', states('api=major_outage'))], {
            components: [{ id: 'web', name: 'Web', status: 'degraded_performance' }],
          }),
          slow([posted('10:00', 'investigating', states('mail=major_outage')), posted('11:00', 'resolved')], {
            id: 'j',
            name: 'Over',
            components: [{ id: 'ftp', name: 'FTP' }],
          }),
        ],
        components: [
          { id: 'api', name: 'API', status: 'major_outage' },
          { id: 'web', name: 'Web', status: 'partial_outage' },
          { id: 'mail', name: 'Mail', status: 'major_outage' },
          { id: 'dns', status: 'partial_outage' },
          { id: 'ok', name: 'OK', status: 'operational' },
          { id: 'g', name: 'G', group: true, status: 'major_outage' },
          { id: 'ftp', name: 'FTP', group_id: 'g' },
        ],
      },
      [
        'Slow, from 10:00Z',
        '10:00Z investigating api=major_outage web=degraded_performance: Text.',
        'Over, from 10:00Z',
        '10:00Z investigating mail=major_outage: Text.',
        '11:00Z resolved: Text.',
        'component mail (Mail): not imported: it is major_outage without an open incident. If it still is, run: npx halfpast open --component mail=major_outage',
        'component dns (dns): not imported: it is partial_outage without an open incident. If it still is, run: npx halfpast open --component dns=partial_outage',
        '1 incident: components that no update mentions were not imported; Statuspage lists their current status',
      ],
    ],
    [
      'no known time zone',
      { page: { ...page, time_zone: 'Berlin' } },
      ['the time zone "Berlin" is not an IANA name, so site.yml has UTC'],
    ],
  ])('a dump with %s becomes this, with a report', (_, lists, expected) => {
    const made = imported(lists);
    const { incidents, maintenances } = siteOf(made);
    const clock = (time: number): string => shortUtc(time).slice(11);
    const shown = (set: object | null): string =>
      Object.entries(set ?? {})
        .map(([id, state]) => ` ${id}=${String(state)}`)
        .join('');
    expect([
      ...incidents.flatMap(({ title, startedAt, updates }) => [
        `${title}, from ${clock(startedAt)}`,
        ...updates.map(
          ({ record, components }) => `${clock(record.at)} ${record.status}${shown(components)}: ${record.body.trim()}`,
        ),
      ]),
      ...maintenances.flatMap(({ title, window, updates }) => [
        `${title}, ${clock(window.from)} to ${clock(window.to)}`,
        ...updates.map(
          ({ record }) => `${clock(record.at)} ${record.status}${shown(record.components)}: ${record.body.trim()}`,
        ),
      ]),
      ...made.notes,
      ...(made.remarks ?? []),
    ]).toEqual(expected);
  });

  it('components have ordered groups, their newest names, and their known details', () => {
    const components = [
      { id: 'b', name: ' B  b', position: 2, group_id: 'g', description: ' x ' },
      { id: 'a', name: 'A', position: 1, only_show_if_degraded: true, showcase: true },
      { id: 'g', name: 'Gr  oup', group: true, position: 0 },
      { id: 'h', group: true, position: 3 },
      { id: 'k', name: 'Empty', group: true },
      {
        id: 'c',
        name: 'C',
        group_id: 'h',
        start_date: '2020-01-01',
        showcase: false,
        created_at: at('10:00'),
        updated_at: at('09:59'),
      },
      { id: 'd', group_id: 'none', position: 4, updated_at: at('10:00') },
      { id: 'e', position: 5, created_at: at('10:00'), updated_at: at('10:00') },
    ];
    const named = (code: string, name?: string) => ({ code, name, new_status: 'operational' });
    // The newest first, as Statuspage lists them.
    const incidents = [
      slow([posted('10:00', 'resolved', { affected_components: [named('d', 'Old D')] })], {
        components: [{ id: 'x', name: 'X' }, { id: 'y' }],
      }),
      slow([posted('11:00', 'resolved', { affected_components: [named('d', 'D'), named('x', 'New X'), named('y')] })], {
        id: 'j',
        created_at: at('11:00'),
        components: [{ id: 'x', description: 'Text' }],
      }),
    ];
    const { files, notes } = imported({ components, incidents: incidents.toReversed() });
    expect(files.find(({ path }) => path === 'components.yml')?.text).toBe(`components:
  - id: a
    name: A
  - id: d
    name: D
    changed: 2025-01-02T10:00Z
  - id: e
    name: e
    created: 2025-01-02T10:00Z
    changed: 2025-01-02T10:00Z
  - id: new-x
    name: New X
    description: Text
    retired: true
  - id: y
    name: y
    retired: true
groups:
  - name: Gr oup
    components:
      - id: b-b
        name: B b
        description: x
  - name: h
    components:
      - id: c
        name: C
        since: 2020-01-01
        showcase: false
        created: 2025-01-02T10:00Z
`);
    expect(notes).toEqual([
      'component a: it was shown only when degraded, and is now always shown',
      'group "Empty": not imported: it has no components',
    ]);
  });

  it('an image whose address is unknown becomes a link, in Markdown and in HTML', () => {
    const body = 'See ![The chart](chart.png) and <img alt="r" src="/rel.png">.';
    expect(linesOf(plan([{ ...update('02T10:00', 'investigating'), body }], 'operational'))).toEqual([
      '01-02T10:00Z investigating: See [The chart](chart.png) and <a href="/rel.png">/rel.png</a>.',
    ]);
  });

  it.each([
    [
      'over, worse today',
      [
        update('02T20:00', 'resolved', set('operational')),
        update('02T10:00', 'investigating', set('degraded_performance')),
      ],
      'major_outage',
      ['01-02T10:00Z investigating api=degraded_performance: Text.', '01-02T20:00Z resolved: Text.'],
    ],
    [
      'over, and not mentioned',
      [update('02T20:00', 'resolved'), update('02T10:00', 'investigating')],
      'major_outage',
      ['01-02T10:00Z investigating: Text.', '01-02T20:00Z resolved: Text.'],
    ],
    [
      'over with a postmortem',
      [update('03T20:00', 'postmortem'), update('02T20:00', 'resolved'), update('02T10:00', 'investigating')],
      'partial_outage',
      ['01-02T10:00Z investigating: Text.', '01-02T20:00Z resolved: Text.', '01-03T20:00Z resolved: Text.'],
    ],
    [
      'open, and not mentioned',
      [update('02T11:00', 'identified'), update('02T10:00', 'investigating')],
      'major_outage',
      ['01-02T10:00Z investigating api=major_outage: Text.', '01-02T11:00Z identified api=major_outage: Text.'],
    ],
    [
      'open, worse today',
      [update('02T11:00', 'identified'), update('02T10:00', 'investigating', set('degraded_performance'))],
      'major_outage',
      ['01-02T10:00Z investigating api=degraded_performance: Text.', '01-02T11:00Z identified api=major_outage: Text.'],
    ],
    [
      'open, better today',
      [update('02T10:00', 'investigating', set('major_outage'))],
      'operational',
      ['01-02T10:00Z investigating api=major_outage: Text.'],
    ],
    [
      'open during maintenance',
      [update('02T10:00', 'investigating')],
      'under_maintenance',
      ['01-02T10:00Z investigating: Text.'],
    ],
    [
      'reopened',
      [update('02T12:00', 'investigating'), update('02T11:00', 'resolved'), update('02T10:00', 'investigating')],
      'major_outage',
      [
        '01-02T10:00Z investigating api=major_outage: Text.',
        '01-02T11:00Z resolved: Text.',
        '01-02T12:00Z investigating: Text.',
      ],
    ],
  ])('an incident that is %s has the components it had at the time', (_, updates, listed, lines) => {
    expect(linesOf(plan(updates, listed))).toEqual(lines);
  });

  it.each([
    [{ name: 'No components were affected by this update.' }, 'code: is missing. affected_components.0'],
    [{ code: '', name: 'API', new_status: 'major_outage' }, 'code: is blank. affected_components.0'],
    [
      { code: 'c1', name: 'API' },
      'new_status: is missing. Use one of: operational, under_maintenance, degraded_performance, partial_outage, major_outage. affected_components.0',
    ],
    [
      { code: 'c1', name: 'API', new_status: 'down' },
      'new_status: "down" is not a component status. Use one of: operational, under_maintenance, degraded_performance, partial_outage, major_outage. affected_components.0',
    ],
  ])('leaves out and reports the entry %j', (entry, why) => {
    const { notes, counts } = plan([update('02T10:00', 'investigating', [entry])], 'operational');
    expect(counts.incident_updates).toBe(1);
    expect(notes).toEqual([`f: incidents.0.incident_updates.0.affected_components.0.${why} was not imported`]);
  });

  it('reports identical oddities once, with their number', () => {
    const entry = { name: 'No components were affected by this update.' };
    const { notes } = plan(
      ['02T10:00', '02T11:00', '02T12:00'].map((at) => update(at, 'investigating', [entry])),
      'operational',
    );
    expect(notes).toEqual([expect.stringMatching(/ affected_components\.0 was not imported \(3 in all\)$/)]);
  });
});
