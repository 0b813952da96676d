import { describe, expect, it } from 'vitest';
import { hashesById, type Notice, notices } from '../../../../scripts/publish/notify/notice.ts';
import type { Site } from '../../../../src/lib/domain/site.ts';
import { en } from '../../../../src/lib/words/en.ts';
import { siteOf } from '../guard/snapshot-of.ts';

const now = Date.parse('2026-11-22T15:00Z');
const [slow, upgrade] = ['2026-11-22-slow', '2026-11-23-upgrade'];

const incident = (name: string, fields: string, body = `Text of ${name}.`, slug = slow): Record<string, string> => ({
  [`incidents/${slug}/2026-11-22T${name}Z.md`]: `---\n${fields}\n---\n${body}\n`,
});

function siteWith(files: Readonly<Record<string, string>>): Site {
  const site = siteOf(
    new Map([
      ['site.yml', 'name: Example\nurl: https://example.com/status\ntime_zone: UTC\n'],
      ['components.yml', 'components:\n  - id: api\n    name: API\n  - id: web\n    name: Web\n'],
      ...Object.entries(files),
    ]),
    now,
  );
  if (site === null) throw new Error('not faultless');
  return site;
}

const all = (files: Readonly<Record<string, string>>, from = -Infinity): Notice[] => notices(siteWith(files), from);

const opened = incident('1000', 'title: Slow\nstatus: investigating\ncomponents: { api: partial_outage }');
const renamed = incident(
  '1100',
  'title: Slow API\nstatus: identified\nimpact: critical\ncomponents: { web: degraded_performance }\ncustomer_data: unaffected',
  'We **know** why.',
);
const resolved = incident('1200', 'status: resolved');
const scheduled = {
  [`maintenance/${upgrade}/2026-11-22T1030Z.md`]:
    '---\ntitle: Upgrade\nstatus: scheduled\nscheduled_for: 2026-11-23T10:00Z\nscheduled_until: 2026-11-23T11:00Z\ncomponents: { web: under_maintenance }\n---\nNo orders.\n',
};
const moved = {
  [`maintenance/${upgrade}/2026-11-22T1130Z.md`]:
    '---\ntitle: Long upgrade\nstatus: scheduled\nscheduled_until: 2026-11-23T12:00Z\n---\nIt takes longer.\n',
};
const postmortem = (fields = 'notify: true', slug = slow): Record<string, string> => ({
  [`postmortems/${slug}.md`]: `---\ntitle: What happened\npublished: 2026-11-22T13:00Z\n${fields}\nauthors: [Dana]\nsummary: A cache was cold.\ncustomer_data: unaffected\n---\nMuch text.\n`,
});

describe('a notice', () => {
  const history = { ...opened, ...renamed, ...resolved, ...scheduled, ...moved, ...postmortem() };
  const common = {
    siteName: 'Example',
    words: en.notice,
    announced: true,
    said: expect.stringMatching(/^[0-9a-f]{32}$/),
  };
  const ids = ['1000', '1100', '1200'].map((name) => `incidents/${slow}/2026-11-22T${name}Z`);
  const ofIncident = {
    ...common,
    kind: 'incident',
    slug: slow,
    impact: 'critical',
    concerns: ['api', 'web'],
    page: `https://example.com/status/incidents/${slow}/`,
  };
  const ofMaintenance = {
    ...common,
    kind: 'maintenance',
    slug: upgrade,
    impact: null,
    customerData: null,
    components: { web: 'under_maintenance' },
    concerns: ['web'],
    reach: { components: ['web'], impact: 'none' },
    page: `https://example.com/status/maintenance/${upgrade}/`,
  };

  it('contains everything about its update, and notices are in order of time', () => {
    expect(all(history)).toEqual([
      {
        ...ofIncident,
        id: ids[0],
        earlier: [],
        at: Date.parse('2026-11-22T10:00Z'),
        title: 'Slow',
        status: 'investigating',
        heading: 'Investigating: Slow',
        customerData: null,
        components: { api: 'partial_outage' },
        reach: { components: ['api'], impact: 'minor' },
        html: '<p>Text of 1000.</p>',
        text: 'Text of 1000.',
        permalink: `${ofIncident.page}#2026-11-22T1000Z`,
      },
      {
        ...ofMaintenance,
        id: `maintenance/${upgrade}/2026-11-22T1030Z`,
        earlier: [],
        at: Date.parse('2026-11-22T10:30Z'),
        title: 'Upgrade',
        status: 'scheduled',
        heading: 'Maintenance scheduled: Upgrade',
        html: '<p>No orders.</p>',
        text: 'No orders.',
        permalink: `${ofMaintenance.page}#2026-11-22T1030Z`,
      },
      {
        ...ofIncident,
        id: ids[1],
        earlier: ids.slice(0, 1),
        at: Date.parse('2026-11-22T11:00Z'),
        title: 'Slow API',
        status: 'identified',
        heading: 'Identified: Slow API',
        customerData: 'unaffected',
        components: { api: 'partial_outage', web: 'degraded_performance' },
        reach: { components: ['api', 'web'], impact: 'critical' },
        html: '<p>We <strong>know</strong> why.</p>',
        text: 'We know why.',
        permalink: `${ofIncident.page}#2026-11-22T1100Z`,
      },
      {
        ...ofMaintenance,
        id: `maintenance/${upgrade}/2026-11-22T1130Z`,
        earlier: [`maintenance/${upgrade}/2026-11-22T1030Z`],
        at: Date.parse('2026-11-22T11:30Z'),
        title: 'Long upgrade',
        status: 'scheduled',
        heading: 'Maintenance scheduled: Long upgrade',
        html: '<p>It takes longer.</p>',
        text: 'It takes longer.',
        permalink: `${ofMaintenance.page}#2026-11-22T1130Z`,
      },
      {
        ...ofIncident,
        id: ids[2],
        earlier: ids.slice(0, 2),
        at: Date.parse('2026-11-22T12:00Z'),
        title: 'Slow API',
        status: 'resolved',
        heading: 'Resolved: Slow API',
        customerData: 'unaffected',
        components: {},
        reach: { components: ['api', 'web'], impact: 'critical' },
        html: '<p>Text of 1200.</p>',
        text: 'Text of 1200.',
        permalink: `${ofIncident.page}#2026-11-22T1200Z`,
      },
      {
        ...ofIncident,
        id: `postmortems/${slow}`,
        kind: 'postmortem',
        earlier: ids,
        at: Date.parse('2026-11-22T13:00Z'),
        title: 'Slow API',
        status: 'postmortem',
        heading: 'Postmortem: What happened',
        customerData: 'unaffected',
        components: {},
        reach: { components: ['api', 'web'], impact: 'critical' },
        html: '<p><strong>Customer data is not affected.</strong></p>\n<p>A cache was cold.</p>',
        text: 'Customer data is not affected.\n\nA cache was cold.',
        permalink: `https://example.com/status/postmortems/${slow}/`,
      },
    ]);
  });

  it.each([
    ['10:30', 5],
    ['11:30', 3],
    ['12:00', 2],
    ['13:00', 1],
    ['13:01', 0],
  ])('from %s on is one of %i', (time, amount) => {
    expect(all(history, Date.parse(`2026-11-22T${time}Z`))).toHaveLength(amount);
  });

  it('is sorted by when it was posted, then by id', () => {
    const late = incident(
      '0900',
      'title: Late\nstatus: monitoring\nimpact: minor\nposted: 2026-11-22T12:30Z',
      'x',
      '2026-11-22-late',
    );
    const [a, b] = ['2026-11-22-a', '2026-11-22-b'].map((slug) =>
      incident('1230', 'title: T\nstatus: monitoring\nimpact: minor', 'x', slug),
    );
    expect(all({ ...b, ...late, ...a }).map(({ slug }) => slug)).toEqual([
      '2026-11-22-a',
      '2026-11-22-b',
      '2026-11-22-late',
    ]);
  });

  it('of a postmortem is announced only with notify: true', () => {
    const announced = (fields: string) =>
      all({ ...opened, ...resolved, ...postmortem(fields) }).map((notice) => notice.announced);
    expect(announced('notify: true')).toEqual([true, true, true]);
    expect(announced('notify: false')).toEqual([true, true, false]);
  });

  it('has the title as its text if it has none, because chats refuse empty messages', () => {
    const picture = '![](https://example.com/a.png)';
    const drawn = {
      [`maintenance/${upgrade}/2026-11-22T1030Z.md`]:
        scheduled[`maintenance/${upgrade}/2026-11-22T1030Z.md`]?.replace('No orders.', picture) ?? '',
    };
    expect(
      all({ ...incident('1000', 'title: Slow\nstatus: monitoring\nimpact: minor', picture), ...drawn }).map(
        ({ text }) => text,
      ),
    ).toEqual(['Slow', 'Upgrade']);
  });
});

describe('what decides which channels get an incident', () => {
  const reach = (...updates: readonly string[]): string[] =>
    all(
      Object.assign(
        {},
        ...updates.map((fields, index) =>
          incident(`100${index}`, `${index === 0 ? 'title: Slow\n' : ''}status: investigating\n${fields}`),
        ),
      ),
    ).map(({ reach: { components, impact } }) => [impact, ...components].join(' '));

  it.each<[string, readonly string[], readonly string[]]>([
    ['a stated impact', ['impact: minor'], ['minor']],
    ['that of its components', ['components: { api: major_outage }'], ['major api']],
    ['what is stated, where both are', ['impact: none\ncomponents: { api: major_outage }'], ['none api']],
    ['the worst so far', ['impact: minor', 'impact: critical', 'impact: none'], ['minor', 'critical', 'critical']],
    [
      'what was stated last, not components',
      ['impact: minor', 'components: { api: major_outage }'],
      ['minor', 'minor api'],
    ],
    [
      'all components so far',
      ['components: { web: partial_outage }', 'components: { api: degraded_performance, web: operational }', ''],
      ['minor web', 'minor web api', 'minor web api'],
    ],
  ])('is %s', (_, updates, expected) => {
    expect(reach(...updates)).toEqual(expected);
  });
});

describe('the hash of a text', () => {
  const hashes = (files: Readonly<Record<string, string>>): ReadonlyMap<string, string> => hashesById(siteWith(files));
  const before = hashes({ ...opened, ...resolved, ...scheduled, ...postmortem() });
  const changed = (files: Readonly<Record<string, string>>): string[] => {
    const after = hashes(files);
    return [...before].flatMap(([id, said]) => (after.get(id) === said ? [] : [id]));
  };

  it('exists for every update and postmortem, by id', () => {
    expect([...before.keys()].sort()).toEqual([
      `incidents/${slow}/2026-11-22T1000Z`,
      `incidents/${slow}/2026-11-22T1200Z`,
      `maintenance/${upgrade}/2026-11-22T1030Z`,
      `postmortems/${slow}`,
    ]);
    expect(new Set(before.values()).size).toBe(4);
  });

  it.each<[string, string, string]>([
    ['the title of a postmortem', 'title: What happened', 'title: What went wrong'],
    ['the time of a postmortem', 'T13:00Z', 'T13:01Z'],
    ['the summary of a postmortem', 'was cold', 'was warm'],
  ])('differs with %s', (_, from, to) => {
    const [[path, text] = ['', '']] = Object.entries(postmortem());
    expect(changed({ ...opened, ...resolved, ...scheduled, [path]: text.replace(from, to) })).toEqual([
      `postmortems/${slow}`,
    ]);
  });

  it("stays the same if a postmortem's text changes, and changes with an update's title or text", () => {
    const [[path, text] = ['', '']] = Object.entries(postmortem());
    expect(changed({ ...opened, ...resolved, ...scheduled, [path]: text.replace('Much', 'Little') })).toEqual([]);
    const [[update, words] = ['', '']] = Object.entries(opened);
    const rest = { ...resolved, ...scheduled, ...postmortem() };
    expect(changed({ ...rest, [update]: words.replace('Text of', 'Words of') })).toEqual([
      `incidents/${slow}/2026-11-22T1000Z`,
    ]);
    expect(changed({ ...rest, [update]: words.replace('title: Slow', 'title: Slower') })).toEqual([
      `incidents/${slow}/2026-11-22T1000Z`,
      `incidents/${slow}/2026-11-22T1200Z`,
    ]);
  });
});
