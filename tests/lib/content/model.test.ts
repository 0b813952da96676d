import { colorTokens } from '../../../src/lib/domain/colors.ts';
import { expect, it } from 'vitest';
import { parseContent } from '../../../src/lib/content/check-content.ts';
import { at, component, update, work } from '../domain/make.ts';

const now = Date.parse('2026-12-20T12:00Z');

const least = {
  'site.yml': 'name: Acme\nurl: https://status.example.com\ntime_zone: Europe/Berlin\n',
  'components.yml': 'components:\n  - id: a\n    name: A\n',
  'incidents/one/2026-11-02T1000Z.md': '---\ntitle: One\nstatus: identified\nimpact: minor\n---\nText.\n',
  'maintenance/two/2026-11-03T1000Z.md':
    '---\ntitle: Two\nstatus: scheduled\nscheduled_for: 2026-12-01T10:00Z\nscheduled_until: 2026-12-01T12:00Z\n---\nText.\n',
  'postmortems/one.md':
    '---\ntitle: Post\npublished: 2026-11-05T10:00Z\nauthors: [Dana]\nsummary: Short.\ncustomer_data: unaffected\n---\nText.\n',
};

function read(texts: Readonly<Record<string, string>>) {
  const files = Object.entries(texts).map(([path, text]) => ({ path, bytes: new TextEncoder().encode(text) }));
  const parsed = parseContent({ files, folders: [], others: [] }, now);
  if ('problems' in parsed) throw new Error(JSON.stringify(parsed.problems));
  const { settings, groups, incidents, maintenances, postmortems } = parsed.site;
  return {
    settings,
    groups,
    incident: incidents[0]?.updates.map(({ record }) => record),
    maintenance: maintenances[0]?.updates.map(({ record }) => record),
    postmortem: postmortems[0],
    slugs: [incidents[0]?.slug, maintenances[0]?.slug],
  };
}

it('missing fields are null in the model, or have the documented default', () => {
  expect(read(least)).toEqual({
    settings: {
      example: false,
      name: 'Acme',
      url: 'https://status.example.com',
      timeZone: 'Europe/Berlin',
      locale: 'en-GB',
      folder: '',
      languages: [{ locale: 'en-GB', language: 'en', folder: '' }],
      support: null,
      links: [],
      footer: null,
      scripts: [],
      cadence: { checkIn: 900_000, update: { kind: 'at_minute', minute: 30 } },
      priorities: ['Customer data is safe', 'Customers are informed', 'Service is restored'],
      accent: null,
      logo: null,
      theme: null,
      showPeople: false,
      postmortemFor: ['partial_outage', 'major', 'customer_data'],
      postmortemWithin: 604_800_000,
      notify: [],
      emailJoin: null,
      remind: null,
      people: {},
      repository: null,
      compose: false,
      changed: null,
    },
    groups: [{ name: null, components: [component('a')] }],
    incident: [
      update('2026-11-02T10:00Z', {
        id: '2026-11-02T1000Z',
        status: 'identified',
        title: 'One',
        impact: 'minor',
        written: least['incidents/one/2026-11-02T1000Z.md'],
      }),
    ],
    maintenance: [
      work('2026-11-03T10:00Z', {
        written: least['maintenance/two/2026-11-03T1000Z.md'],
        id: '2026-11-03T1000Z',
        title: 'Two',
        scheduledFor: at('2026-12-01T10:00Z'),
        scheduledUntil: at('2026-12-01T12:00Z'),
      }),
    ],
    postmortem: {
      slug: 'one',
      title: 'Post',
      published: at('2026-11-05T10:00Z'),
      notify: null,
      authors: ['Dana'],
      summary: 'Short.',
      customerData: 'unaffected',
      cause: null,
      remedy: null,
      claim: null,
      claimUntil: null,
      remedied: null,
      lessons: [],
      actions: [],
      body: 'Text.',
      images: [],
    },
    slugs: ['one', 'two'],
  });
});

it('every field of a file is in the model', () => {
  const logo = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 2"/>\n';
  const notify =
    'notify:\n  websub: { hub: https://hub.example.com/ }\n  webhook: { url_env: W_URL, secret_env: W_SECRET }\n  slack:\n    - { url_env: S_URL }\n    - { name: team, url_env: S2_URL, components: [a, b], impact: major }\n  discord: { url_env: D_URL }\n  teams: { url_env: T_URL }\n  email: { to: a@example.com, from: b@example.com, smtp_env: M_URL }\n';
  const site = `name: Acme\nurl: https://status.example.com\ntime_zone: UTC\nlocale: en-US\nsupport: mailto:help@example.com\nlinks: [{ label: Help, url: https://example.com/help }, { label: Top, url: https://example.com/, header: true }]\nfooter: Acme *Ltd*\nscripts: [{ src: https://a.example/s.js, hosts: [a.example, https://*.B.example/], data: { site: "1" } }]\ncadence: { check_in: 10m, update: 1h, critical: 30m, major: at :15 }\npriorities: [First]\naccent: "#123456"\nlogo: logo.svg\nshow_people: true\npostmortem_for: [critical, customer_data]\npostmortem_within: 3d\n${notify}email: { join: https://lists.example.com/status }\nremind: [{ webhook: { url_env: R_URL, secret_env: R_SECRET } }, { email: { to: c@example.com, from: b@example.com, smtp_env: M_URL }, for: lead }, { issues: true, for: everyone }]\npeople: { Dana: dana }\nrepository: { github: example/status, branch: live, content: pages }\nexample: true\nchanged: 2026-08-01T10:00Z\n`;
  const told = read({
    'site.yml': site,
    'logo.svg': logo,
    'theme.css': ':root {\n  --radius: 0;\n}\n',
    'components.yml':
      'components:\n  - { id: a, name: A, description: Words, since: 2026-01-01, retired: true, showcase: false, created: 2025-01-01T10:00Z, changed: 2025-01-02T10:00Z }\ngroups:\n  - { name: G, components: [{ id: b, name: B }] }\n',
    'incidents/one/2026-11-02T1000Z.md':
      '---\ntitle: One\nstatus: investigating\nimpact: minor\ncomponents: { b: major_outage }\ncustomer_data: under_review\nnext_update: 20m\nlead: Dana\ncomms: Priya\nremedy: Paid back.\nclaim: Ask support.\nclaim_until: 2026-12-31\nremedied: pending\nstarted: 2026-11-02T09:50Z\nedited: 2026-11-02T11:00Z\nsource: https://example.com/1\n---\nText.\n',
    'incidents/one/2026-11-02T1100Z.md':
      '---\ntitle: Renamed\nstatus: resolved\ncustomer_data: unaffected\n---\nMore.\n',
    'maintenance/two/2026-11-03T1000Z.md':
      '---\ntitle: Two\nstatus: scheduled\nscheduled_for: 2026-12-01T10:00Z\nscheduled_until: 2026-12-01T12:00Z\ncomponents: { a: under_maintenance }\nedited: 2026-11-04T10:00Z\nsource: https://example.com/2\n---\nText.\n',
    'maintenance/two/2026-12-01T1300Z.md': '---\nstatus: completed\n---\nDone.\n',
    'postmortems/one.md':
      '---\ntitle: Post\npublished: 2026-11-05T10:00Z\nauthors: [Dana]\nsummary: Short.\ncustomer_data: unaffected\nnotify: true\ncause: hardware\nremedy: Paid back.\nclaim: Ask support.\nclaim_until: 2026-12-31\nremedied: 2026-11-04\nlessons: [Ask]\nactions:\n  - { what: W, owner: O, due: 2026-12-24 }\n  - { what: X, owner: P, due: 2026-12-24, done: 2026-12-02 }\n---\nText.\n',
  });
  const everything = { name: null, components: null, impact: null };
  expect(told.settings).toEqual({
    example: true,
    name: 'Acme',
    url: 'https://status.example.com',
    timeZone: 'UTC',
    locale: 'en-US',
    folder: '',
    languages: [{ locale: 'en-US', language: 'en', folder: '' }],
    support: 'mailto:help@example.com',
    links: [
      { label: 'Help', url: 'https://example.com/help', header: false },
      { label: 'Top', url: 'https://example.com/', header: true },
    ],
    footer: 'Acme *Ltd*',
    scripts: [{ src: 'https://a.example/s.js', hosts: ['a.example', '*.b.example'], data: { site: '1' } }],
    cadence: {
      checkIn: 600_000,
      update: { kind: 'every', duration: 3_600_000 },
      byImpact: { critical: { kind: 'every', duration: 1_800_000 }, major: { kind: 'at_minute', minute: 15 } },
    },
    priorities: ['First'],
    accent: '#123456',
    logo: { file: 'logo.svg', svg: logo, ratio: 2 },
    theme: { css: ':root{--radius:0}', surface: colorTokens.surface, ownLinks: false },
    showPeople: true,
    postmortemFor: ['critical', 'customer_data'],
    postmortemWithin: 259_200_000,
    notify: [
      { kind: 'websub', hub: 'https://hub.example.com/', ...everything },
      { kind: 'webhook', urlEnv: 'W_URL', secretEnv: 'W_SECRET', ...everything },
      { kind: 'slack', urlEnv: 'S_URL', ...everything },
      { kind: 'slack', urlEnv: 'S2_URL', name: 'team', components: ['a', 'b'], impact: 'major' },
      { kind: 'discord', urlEnv: 'D_URL', ...everything },
      { kind: 'teams', urlEnv: 'T_URL', ...everything },
      { kind: 'email', to: 'a@example.com', from: 'b@example.com', smtpEnv: 'M_URL', ...everything },
    ],
    emailJoin: 'https://lists.example.com/status',
    remind: [
      { channel: { kind: 'webhook', urlEnv: 'R_URL', secretEnv: 'R_SECRET' }, from: 'comms' },
      { channel: { kind: 'email', to: 'c@example.com', from: 'b@example.com', smtpEnv: 'M_URL' }, from: 'lead' },
      { channel: { kind: 'issues' }, from: 'everyone' },
    ],
    people: { Dana: 'dana' },
    repository: { name: 'example/status', branch: 'live', folder: 'pages' },
    compose: true,
    changed: at('2026-08-01T10:00Z'),
  });
  expect(told.groups).toMatchObject([
    {
      name: null,
      components: [
        {
          id: 'a',
          description: 'Words',
          since: '2026-01-01',
          retired: true,
          showcase: false,
          created: at('2025-01-01T10:00Z'),
          changed: at('2025-01-02T10:00Z'),
        },
      ],
    },
    { name: 'G', components: [{ id: 'b', showcase: true }] },
  ]);
  expect(told.incident).toMatchObject([
    {
      title: 'One',
      status: 'investigating',
      impact: 'minor',
      components: { b: 'major_outage' },
      customerData: 'under_review',
      nextUpdate: { kind: 'in', duration: 1_200_000 },
      lead: 'Dana',
      comms: 'Priya',
      remedy: 'Paid back.',
      claim: 'Ask support.',
      claimUntil: '2026-12-31',
      remedied: 'pending',
      started: at('2026-11-02T09:50Z'),
      edited: at('2026-11-02T11:00Z'),
      source: 'https://example.com/1',
      body: 'Text.',
    },
    { title: 'Renamed', status: 'resolved', body: 'More.', started: null },
  ]);
  expect(told.maintenance).toMatchObject([
    {
      title: 'Two',
      components: { a: 'under_maintenance' },
      edited: at('2026-11-04T10:00Z'),
      source: 'https://example.com/2',
    },
    { status: 'completed', title: null, scheduledFor: null, scheduledUntil: null },
  ]);
  expect(told.postmortem).toMatchObject({
    cause: 'hardware',
    remedy: 'Paid back.',
    notify: true,
    lessons: ['Ask'],
    actions: [
      { what: 'W', owner: 'O', due: '2026-12-24', done: null },
      { what: 'X', owner: 'P', due: '2026-12-24', done: '2026-12-02' },
    ],
  });
  expect(
    read({ ...least, 'site.yml': `${least['site.yml']}repository: { github: example/status }\ncompose: false\n` })
      .settings,
  ).toMatchObject({ repository: { branch: 'main', folder: 'content' }, compose: false });
});
