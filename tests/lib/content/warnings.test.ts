import { describe, expect, it } from 'vitest';
import { checkContent } from '../../../src/lib/content/check-content.ts';
import { readTree } from '../../../src/lib/content/disk.ts';
import { fixtureNow, goodSite } from './fixture.ts';

const tree = await readTree(goodSite);

/** The warnings about the good site with these files laid over it, each as its file name, line and message. */
async function warnings(texts: Readonly<Record<string, string>>, now = fixtureNow): Promise<string[]> {
  const files = Object.entries(texts).map(([path, text]) => ({ path, bytes: new TextEncoder().encode(text) }));
  const kept = tree.files.filter(({ path }) => !(path in texts) && !path.startsWith('incidents/2026-11-22'));
  const checked = await checkContent({ ...tree, files: [...kept, ...files] }, now);
  expect(checked).not.toHaveProperty('problems');
  return checked.warnings.map(({ file, line, message }) => `${file.split('/').at(-1)}:${line} ${message}`);
}

const incidentFiles = (updates: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(updates).map(([name, fields]) => [
      `incidents/2026-11-22-a/2026-11-22T${name}Z.md`,
      `---\n${fields}\n---\nText.\n`,
    ]),
  );

const incident = (updates: Readonly<Record<string, string>>, now?: number) => warnings(incidentFiles(updates), now);

/** An incident and its postmortem. */
const withPostmortem = (
  updates: Readonly<Record<string, string>>,
  fields: string,
  published = '2026-11-22T14:00Z',
): Record<string, string> => ({
  ...incidentFiles(updates),
  'postmortems/2026-11-22-a.md': `---\ntitle: A\npublished: ${published}\nauthors: [Dana]\nsummary: It failed.\ncustomer_data: unaffected\n${fields}\n---\nText.\n`,
});

const opened = 'title: A\nstatus: investigating\ncomponents: { checkout: partial_outage, website: operational }';
const resolved = 'status: resolved';
const again = 'status: investigating';
const later = fixtureNow + 3 * 24 * 60 * 60 * 1000;

describe('an incident reopened without its components', () => {
  const line = 'components: { checkout: partial_outage }';
  const reopens = `1200Z.md:2 reopens the incident, but no component is affected. If the same ones are affected as before, add ${line}; otherwise, add the ones that are affected now`;

  it.each<[string, Record<string, string>, readonly string[], number?]>([
    ['names none', { 1000: opened, 1100: resolved, 1200: again }, [reopens]],
    ['names none in any update', { 1000: opened, 1100: resolved, 1200: again, 1300: 'status: identified' }, [reopens]],
    ['is still open days later', { 1000: opened, 1100: resolved, 1200: again }, [reopens], later],
    ['was resolved again', { 1000: opened, 1100: resolved, 1200: again, 1300: resolved }, [reopens]],
    ['was resolved again days ago', { 1000: opened, 1100: resolved, 1200: again, 1300: resolved }, [], later],
    ['names them', { 1000: opened, 1100: resolved, 1200: `${again}\n${line}` }, []],
    ['names another', { 1000: opened, 1100: resolved, 1200: `${again}\ncomponents: { website: partial_outage }` }, []],
    ['names them later', { 1000: opened, 1100: resolved, 1200: again, 1300: `${again}\n${line}` }, []],
    ['affected none before', { 1000: 'title: A\nstatus: monitoring\nimpact: none', 1100: resolved, 1200: again }, []],
    [
      'recovered before it was resolved',
      { 1000: opened, 1030: 'status: monitoring\ncomponents: { checkout: operational }', 1100: resolved, 1200: again },
      [],
    ],
    [
      'was reported afterwards',
      {
        1100: `${opened}\nstarted: 2026-11-22T09:00Z\nended: 2026-11-22T10:00Z`.replace('investigating', 'resolved'),
        1200: again,
      },
      [reopens],
    ],
  ])('%s', async (_, updates, expected, now) => {
    const found = await incident(updates, now);
    expect(found).toEqual(expected.map((text) => `2026-11-22T${text}`));
  });

  it('is fixed by the line that the warning shows', async () => {
    const [found] = await incident({ 1000: opened, 1100: resolved, 1200: again });
    const shown = /add (components: \{.*?\})/.exec(found ?? '')?.[1];
    expect(await incident({ 1000: opened, 1100: resolved, 1200: `${again}\n${shown}` })).toEqual([]);
  });
});

describe('a major or critical incident', () => {
  const serious = 'title: A\nstatus: investigating\nimpact: major';
  const command = 'npx halfpast hand-over 2026-11-22-a';
  const noLead = `is missing, and the incident is major. Name who leads the response: ${command} --lead NAME, or add lead: to the next update`;
  const noComms = `is missing, and the incident is major. Name who updates customers: ${command} --comms NAME, or add comms: to the next update`;
  const noVerdict =
    "is missing, and the incident is major. Add customer_data: unaffected or affected, or under_review while you don't know";

  it.each<[string, Record<string, string>, readonly string[], number?]>([
    ['has nobody', { 1000: serious }, [`1000Z.md:2 ${noLead}`, `1000Z.md:2 ${noComms}`]],
    ['has nobody days later', { 1000: serious }, [`1000Z.md:2 ${noLead}`, `1000Z.md:2 ${noComms}`], later],
    ['has a lead', { 1000: `${serious}\nlead: Dana`, 1100: 'status: identified' }, [`1100Z.md:2 ${noComms}`]],
    ['has a blank role no more', { 1000: `${serious}\nlead: Dana`, 1100: 'status: identified\ncomms: Kim' }, []],
    ['was handed over', { 1000: `${serious}\nlead: Dana\nhand_overs:\n  - at: 2026-11-22T10:30Z\n    comms: Kim` }, []],
    [
      'by its components',
      { 1000: 'title: A\nstatus: monitoring\nlead: D\ncomms: K\ncomponents: { checkout: major_outage }' },
      [],
    ],
    ['is minor', { 1000: serious.replace('major', 'minor') }, []],
    ['was imported', { 1000: `${serious}\nsource: elsewhere` }, []],
    ['is resolved without a verdict', { 1000: serious, 1100: resolved }, [`1100Z.md:2 ${noVerdict}`]],
    ['was resolved without one days ago', { 1000: serious, 1100: resolved }, [], later],
    ['is resolved under review', { 1000: serious, 1100: `${resolved}\ncustomer_data: under_review` }, []],
    ['had a verdict before', { 1000: `${serious}\ncustomer_data: unaffected`, 1100: resolved }, []],
    [
      'was over when it was reported',
      {
        1000: 'title: A\nstatus: resolved\nstarted: 2026-11-22T08:00Z\nended: 2026-11-22T09:00Z\ncomponents: { checkout: major_outage }',
      },
      [`1000Z.md:2 ${noVerdict}`],
    ],
  ])('%s', async (_, updates, expected, now) => {
    expect(await incident(updates, now)).toEqual(expected.map((text) => `2026-11-22T${text}`));
  });
});

describe('a role in an open incident', () => {
  const opening = (name: string) => ({ 1000: `title: A\nstatus: investigating\nimpact: minor\nlead: ${name}` });
  it.each([
    'I think Dana should do it',
    'whoever is on call',
    'Dana?',
    'nobody',
    "I don't know",
    'dont know yet',
    'me',
    '"-"',
    'Ich glaube, Dana macht das heute',
  ])('isn’t %s', async (name) => {
    expect(await incident(opening(name))).toEqual([
      expect.stringMatching(/1000Z\.md:5 ".*" is not a name\. Type only the name, such as Dana, or leave it out$/),
    ]);
  });

  it.each([
    'Dana',
    'dana scully',
    'Sam: the 2nd',
    'María del Carmen de la Cruz y Vega',
    'Dana and Sam and Kim',
    'the on-call engineer',
    '@dana',
    '山田太郎',
  ])('can be %s', async (name) => {
    expect(await incident(opening(JSON.stringify(name)))).toEqual([]);
  });

  it('is fine once the incident is resolved', async () => {
    expect(await incident({ ...opening('me'), 1100: `${resolved}\nlead: nobody` })).toEqual([]);
  });
});

describe('an improbable time in an incident', () => {
  const first = 'title: A\nstatus: investigating\nimpact: minor';
  const early = (started: string, days: number): string =>
    `1000Z.md:5 ${started} is ${days} days before this update, and durations and uptime count from then. Correct it, unless customers were affected all that time`;
  const late = (at: string, promised: string, days: number): string =>
    `${at} ${promised} is ${days} days after this update, and there are no reminders until shortly before. Correct it, unless that is intended; to promise nothing, use none`;

  it.each<[string, Record<string, string>, readonly string[], number?]>([
    ['is a start 20 years ago', { 1000: `${first}\nstarted: 2006-11-22T10:00Z` }, [early('2006-11-22T10:00Z', 7305)]],
    [
      'is a start 20 years ago, still open days later',
      { 1000: `${first}\nstarted: 2006-11-22T10:00Z`, 1100: 'status: identified' },
      [early('2006-11-22T10:00Z', 7305)],
      later,
    ],
    ['is a start last month', { 1000: `${first}\nstarted: 2026-10-22T10:00Z` }, [early('2026-10-22T10:00Z', 31)]],
    ['is not a start 30 days ago', { 1000: `${first}\nstarted: 2026-10-23T10:00Z` }, []],
    ['is not that of its source', { 1000: `${first}\nstarted: 2006-11-22T10:00Z\nsource: elsewhere` }, []],
    [
      'is not of interest once it has been over for days',
      { 1000: `${first}\nstarted: 2006-11-22T10:00Z`, 1100: resolved },
      [],
      later,
    ],
    [
      'is a promise for next year',
      { 1000: `${first}\nnext_update: 2027-11-22T10:00Z` },
      [late('1000Z.md:5', '2027-11-22T10:00Z', 365)],
    ],
    [
      'is a promise in 30 days, probably minutes',
      { 1000: first, 1100: 'status: identified\nnext_update: 30d' },
      [late('1100Z.md:3', '2026-12-22T11:00Z', 30)],
    ],
    ['is not a promise in two weeks', { 1000: `${first}\nnext_update: 14d` }, []],
    [
      'is not an earlier promise',
      { 1000: `${first}\nnext_update: 30d`, 1100: 'status: identified\nnext_update: 30m' },
      [],
    ],
    ['is not a promise of an incident that is over', { 1000: `${first}\nnext_update: 30d`, 1100: resolved }, []],
  ])('%s', async (_, updates, expected, now) => {
    expect(await incident(updates, now)).toEqual(expected.map((text) => `2026-11-22T${text}`));
  });
});

describe('a promise in an update that resolves the incident', () => {
  const first = 'title: A\nstatus: investigating\nimpact: minor';
  const lost = (at: string): string =>
    `${at} promises an update, but the incident is resolved, so the page doesn't show this, and there are no reminders. Delete this line, or use another status`;

  it.each<[string, Record<string, string>, readonly string[], number?]>([
    ['is lost', { 1000: first, 1100: 'status: resolved\nnext_update: 1h' }, [lost('1100Z.md:3')]],
    [
      'is lost in the first update, too',
      { 1000: `${first.replace('investigating', 'resolved')}\nnext_update: 14:30Z` },
      [lost('1000Z.md:5')],
    ],
    ['is lost since days ago', { 1000: first, 1100: 'status: resolved\nnext_update: 1h' }, [], later],
    ['is none', { 1000: first, 1100: 'status: resolved\nnext_update: none' }, []],
  ])('%s', async (_, updates, expected, now) => {
    expect(await incident(updates, now)).toEqual(expected.map((text) => `2026-11-22T${text}`));
  });
});

it('an incident that was over before it was reported, without its end', async () => {
  const over = 'title: A\nstatus: resolved\nimpact: minor\nstarted: 2026-11-22T01:00Z';
  expect(await incident({ 1000: over })).toEqual([
    '2026-11-22T1000Z.md:3 is resolved by this first update, so the incident counts as lasting until 2026-11-22T10:00Z. Add when it was over, such as ended: 2026-11-22T10:00Z',
  ]);
  expect(await incident({ 1000: over }, later), 'of the past').toEqual([]);
  expect(await incident({ 1000: `${over}\nposted: 2026-11-25T09:00Z` }, later), 'posted now').toHaveLength(1);
  expect(await incident({ 1000: `${over}\nended: 2026-11-22T04:00Z` })).toEqual([]);
});

it('an incident resolved twice: two people may not have seen each other', async () => {
  const updates = { 1000: opened, 1100: resolved, 1105: resolved };
  expect(await incident(updates)).toEqual([
    '2026-11-22T1105Z.md:2 was already resolved by 2026-11-22T1100Z.md. This adds a note. If it is open again, use another status',
  ]);
  expect(await incident(updates, later), 'a note of the past').toEqual([]);
  expect(await incident({ ...updates, 1105: `${resolved}\nended: 2026-11-22T10:30Z` }), 'a correction').toEqual([]);
});

describe('an update with the time of another', () => {
  const a = 'incidents/2026-11-22-a/2026-11-22T1000Z.md';
  const text = (fields: string): string => `---\n${fields}\n---\nText.\n`;
  const same = (other: string, advice: string): string =>
    `has the same time as ${other}, and Slack shows only one of several feed items with the same time. ${advice}`;
  const rename = (name: string): string => `Rename the one that isn't published yet to ${name}.md`;
  const announcement = 'title: New prices\nfrom: 2026-11-22T10:00Z\nuntil: 2026-11-25T10:00Z';
  const window = 'scheduled_for: 2026-12-01T22:00Z\nscheduled_until: 2026-12-02T00:00Z';
  const maintenance = `title: M\nstatus: scheduled\n${window}`;
  const late = `${opened}\nposted: 2026-11-22T10:00:00.500Z`;

  it.each<[string, Record<string, string>, readonly string[], number?]>([
    [
      'in another incident',
      { 'incidents/2026-11-22-b/2026-11-22T1000Z.md': opened },
      [`2026-11-22T1000Z.md:1 ${same('incidents/2026-11-22-b/2026-11-22T1000Z.md', rename('2026-11-22T100001Z'))}`],
    ],
    [
      'to the second, which is as exact as feeds are, with the next one taken, too',
      {
        'incidents/2026-11-22-b/2026-11-22T100000.500Z.md': opened,
        'maintenance/2026-12-01-c/2026-11-22T100001Z.md': maintenance,
      },
      [
        `2026-11-22T1000Z.md:1 ${same('incidents/2026-11-22-b/2026-11-22T100000.500Z.md', rename('2026-11-22T100002Z'))}`,
      ],
    ],
    [
      'of maintenance',
      { 'maintenance/2026-12-01-c/2026-11-22T1000Z.md': maintenance },
      [`2026-11-22T1000Z.md:1 ${same(a, rename('2026-11-22T100001Z'))}`],
    ],
    [
      'of an announcement',
      { 'announcements/prices.md': announcement },
      [`2026-11-22T1000Z.md:1 ${same('announcements/prices.md', rename('2026-11-22T100001Z'))}`],
    ],
    [
      'that was posted later',
      { 'incidents/2026-11-01-d/2026-11-01T1000Z.md': late },
      [`2026-11-01T1000Z.md:1 ${same(a, "If this isn't published yet, use posted: 2026-11-22T10:00:01Z")}`],
    ],
    ['days ago, which stays as readers saw it', { 'incidents/2026-11-22-b/2026-11-22T1000Z.md': opened }, [], later],
    ['in the same minute, with seconds', { 'incidents/2026-11-22-b/2026-11-22T100030Z.md': opened }, []],
  ])('%s', async (_, texts, expected, now) => {
    expect(
      await warnings(
        { [a]: text(opened), ...Object.fromEntries(Object.entries(texts).map(([path, one]) => [path, text(one)])) },
        now,
      ),
    ).toEqual(expected);
  });
});

it.each([
  ['title: “Refunds fail”', 'title: "Refunds fail"', "title: '“Refunds” fail'"],
  ['title: „Refunds fail“', 'title: "Refunds fail"', 'title: “Refunds” and “orders” fail'],
  ['title: « Refunds fail »', 'title: "Refunds fail"', 'title: “Refunds” fail'],
  ['title:   ‘Refunds fail’  ', 'title: "Refunds fail"', 'title: ’Refunds fail'],
  ["title: “It's \\”", "title: 'It''s \\'", 'title: "“Refunds fail”"'],
])('a value in curly quotes: %s', async (line, use, fine) => {
  const fields = 'status: investigating\nimpact: minor\n';
  expect(await incident({ 1000: fields + line })).toEqual([
    `2026-11-22T1000Z.md:4 has ${/[“„«‘]/.exec(line)?.[0]} instead of ", so customers see the quotes. Use ${use}`,
  ]);
  expect(await incident({ 1000: fields + use })).toEqual([]);
  expect(await incident({ 1000: fields + fine })).toEqual([]);
});

it('curly quotes in lists and in site.yml, but not in the text of an update', async () => {
  const site = 'name: “A”\nurl: https://a.example\ntime_zone: UTC\npriorities:\n  - “Safe”\n';
  const update = '---\ntitle: A\nstatus: resolved\nimpact: minor\n---\n“Text”\n\ntitle: “Text”\n';
  expect(await warnings({ 'site.yml': site, 'incidents/2026-11-22-a/2026-11-22T1000Z.md': update })).toEqual([
    'site.yml:1 has “ instead of ", so customers see the quotes. Use name: "A"',
    'site.yml:5 has “ instead of ", so customers see the quotes. Use - "Safe"',
  ]);
});

describe('a published postmortem that may not reach followers', () => {
  const path = 'postmortems/2026-11-20-slow-search.md';
  const fields = 'title: A\nauthors: [Dana]\nsummary: It failed.\ncustomer_data: unaffected\n';
  const missing =
    '2026-11-20-slow-search.md:2 is missing, so this postmortem only appears on its page and in its own feed. Add notify: true to send it to your followers, or notify: false';
  const day = 24 * 60 * 60 * 1000;

  it.each<[string, string, readonly string[], number?]>([
    ['says nothing of it', 'published: 2026-11-21T10:00Z', [missing]],
    ['says nothing, and is a week old', 'published: 2026-11-21T10:00Z', [], fixtureNow + 7 * day],
    ['is announced', 'published: 2026-11-21T10:00Z\nnotify: true', []],
    ['is not meant to be', 'published: 2026-11-21T10:00Z\nnotify: false', []],
    ['is a draft', 'draft: true', []],
  ])('%s', async (_, more, expected, now) => {
    expect(await warnings({ [path]: `---\n${fields}${more}\n---\nText.\n` }, now)).toEqual(expected);
  });
});

describe('the terms of a remedy in a postmortem', () => {
  const remedied = { 1000: opened, 1100: `${resolved}\nremedy: A refund.\nclaim_until: 2026-11-22` };
  const cut = (field: string): string =>
    `2026-11-22-a.md:8 reaches your followers without the remedy, which only the incident states. If this isn't published yet, add remedy: here too, or delete ${field}:`;

  it.each<[string, string, readonly string[], number?]>([
    ['without the remedy', 'remedied: 2026-11-22', [cut('remedied')]],
    ['without the remedy, a week later', 'remedied: 2026-11-22', [], later + 5 * 24 * 60 * 60 * 1000],
    ['with the remedy', 'remedied: 2026-11-22\nremedy: A refund.', []],
    ['that followers don’t get', 'remedied: pending', []],
  ])('%s', async (_, fields, expected, now) => {
    const found = await warnings(withPostmortem(remedied, `notify: true\n${fields}`), now);
    expect(found.filter((line) => line.startsWith('2026-11-22-a.md'))).toEqual(expected);
  });

  const lost =
    '2026-11-22-a.md:7 needs a remedy, which neither the postmortem nor the incident states, so the page leaves this out. Add what customers get, such as remedy: Everyone is refunded.';
  const before = '2026-11-22-a.md:7 2026-12-01 is before this postmortem was published (2026-12-24). Enter a later day';

  it.each<[string, string, readonly string[], string?]>([
    ['without any remedy', 'claim: Write to us.', [lost], resolved],
    ['without any remedy, but pending', 'remedied: pending', [lost], resolved],
    ['with a day that was over', 'claim_until: 2026-12-01\nremedy: A refund.', [before]],
    ['with that day', 'claim_until: 2026-12-24\nremedy: A refund.', []],
    ['with a day that the incident stated', 'claim_until: 2026-11-22\nremedy: A refund.', []],
  ])('%s', async (_, fields, expected, closing = remedied[1100]) => {
    const texts = withPostmortem({ 1000: opened, 1100: closing }, `${fields}\nnotify: false`, '2026-12-24T10:00Z');
    expect(await warnings(texts, Date.parse('2027-03-01T10:00Z'))).toEqual(expected);
  });

  it('without any remedy are pointed out in a draft', async () => {
    const texts = withPostmortem({ 1000: opened, 1100: resolved }, 'claim: Write to us.');
    const file = Object.keys(texts).find((path) => path.startsWith('postmortems/')) ?? '';
    const draft = (texts[file] ?? '').replace(/published: .*/, 'draft: true');
    expect(await warnings({ ...texts, [file]: draft })).toEqual([lost]);
  });

  it('without the remedy are fine in a postmortem that is only a page', async () => {
    expect(await warnings(withPostmortem(remedied, 'notify: false\nremedied: 2026-11-22'))).toEqual([]);
  });
});

describe('maintenance', () => {
  const window = 'scheduled_for: 2026-11-22T12:00Z\nscheduled_until: 2026-11-22T18:00Z';
  const first = `title: M\nstatus: scheduled\n${window}`;
  const outage = (at: string, status: string): string =>
    `2026-11-22T${at} is ${status}, but maintenance counts as up, so uptime leaves this out. Use under_maintenance; if customers have an outage, also open an incident`;
  const major = 'components: { checkout: major_outage }';
  const postponed = 'status: scheduled';
  const begun = 'status: in_progress';
  const early = first.replace('T18', 'T11').replace('T12', 'T10');
  const moved = 'scheduled_for: 2026-11-25T12:00Z\nscheduled_until: 2026-11-25T18:00Z';
  const long = (until: string): string => first.replace('2026-11-22T18:00Z', until);
  const tooLong = (at: string, until: string, days: number): string =>
    `2026-11-22T${at} ${until} is ${days} days after the window starts, and the page shows the work as in progress until then. Correct it, unless the work takes that long`;
  const running = (at: string): string =>
    `2026-11-22T${at} is scheduled, but the window began at 2026-11-22T12:00Z, so the page shows the work as in progress. Add scheduled_for: and scheduled_until: with the new window, or use status: in_progress or completed`;
  const over = (at: string): string =>
    `2026-11-22T${at} is scheduled, but the window ended at 2026-11-22T11:00Z, so the page shows the work as completed. Add scheduled_for: and scheduled_until: with the new window, or use status: completed`;

  it.each<[string, Record<string, string>, readonly string[], number?]>([
    ['with a major outage', { 1000: `${first}\n${major}` }, [outage('1000Z.md:6', 'major_outage')]],
    [
      'with a partial outage',
      { 1000: `${first}\ncomponents:\n  checkout: partial_outage` },
      [outage('1000Z.md:7', 'partial_outage')],
    ],
    [
      'with an outage from a later update',
      { 1000: first, 1300: `status: in_progress\n${major}` },
      [outage('1300Z.md:3', 'major_outage')],
    ],
    [
      'with an outage that a later update took back',
      { 1000: `${first}\n${major}`, 1300: 'status: in_progress\ncomponents: { checkout: under_maintenance }' },
      [],
    ],
    ['that degrades', { 1000: `${first}\ncomponents: { checkout: degraded_performance, api: operational }` }, []],
    ['that was imported', { 1000: `${first}\nsource: elsewhere\n${major}` }, []],
    [
      'that has just ended',
      { 1000: `${first}\n${major}`, 1400: 'status: completed' },
      [outage('1000Z.md:6', 'major_outage')],
    ],
    ['that ended days ago', { 1000: `${first}\n${major}` }, [], later],
    ['with a window of a year', { 1000: long('2027-11-22T18:00Z') }, [tooLong('1000Z.md:5', '2027-11-22T18:00Z', 365)]],
    [
      'with a window that a later update makes too long',
      { 1000: first, 1100: 'status: scheduled\nscheduled_until: 2026-12-22T18:00Z' },
      [tooLong('1100Z.md:3', '2026-12-22T18:00Z', 30)],
    ],
    ['with a window of two weeks', { 1000: long('2026-12-06T12:00Z') }, []],
    ['with a window of a year by its source', { 1000: `${long('2027-11-22T18:00Z')}\nsource: elsewhere` }, []],
    ['with a window of a year, but called off', { 1000: long('2027-11-22T18:00Z'), 1100: 'status: completed' }, []],
    [
      'with a window of a month, over for days',
      {
        1000: first.replace('2026-11-22T12', '2026-10-01T12').replace('status: scheduled', 'status: completed'),
      },
      [],
      later,
    ],
    [
      'planned for a year ago, but live for days',
      { 1000: first.replaceAll('2026-11-22', '2025-11-22') },
      [
        '2026-11-22T1000Z.md:5 2025-11-22T18:00Z is not after this update, so the page shows the work as completed. Enter a later end, or use status: completed',
      ],
      later,
    ],
    ['postponed during its window without a new one', { 1000: first, 1230: postponed }, [running('1230Z.md:2')]],
    ['postponed as its window began', { 1000: first, 1200: postponed }, [running('1200Z.md:2')]],
    ['postponed before its window', { 1000: first, 1159: postponed }, []],
    ['postponed during its window to a new one', { 1000: first, 1230: `${postponed}\n${moved}` }, []],
    [
      'postponed during its window, and given a new one later',
      { 1000: first, 1230: postponed, 1300: `${postponed}\n${moved}` },
      [],
    ],
    ['postponed during its window, and begun after all', { 1000: first, 1230: postponed, 1300: begun }, []],
    ['announced during its window', { 1230: first }, []],
    ['postponed during its window by its source', { 1000: `${first}\nsource: elsewhere`, 1230: postponed }, []],
    ['postponed during its window, which is over now', { 1000: early, 1030: postponed }, [over('1030Z.md:2')]],
    ['postponed during its window days ago', { 1000: first, 1230: postponed }, [], later],
    ['postponed after its window, days ago', { 1000: early, 1230: postponed }, [over('1230Z.md:2')], later],
    ['postponed after its window by its source', { 1000: `${early}\nsource: elsewhere`, 1230: postponed }, []],
    ['postponed after its window to a new one', { 1000: early, 1230: `${postponed}\n${moved}` }, []],
    [
      'postponed after its window, and given a new one later',
      { 1000: early, 1230: postponed, 1300: `${postponed}\n${moved}` },
      [],
    ],
    ['announced by its source after its window', { 1230: `${early}\nsource: elsewhere` }, []],
  ])('%s', async (_, updates, expected, now) => {
    const texts = Object.entries(updates).map(([name, fields]) => [
      `maintenance/2026-11-22-m/2026-11-22T${name}Z.md`,
      `---\n${fields}\n---\nText.\n`,
    ]);
    expect(await warnings(Object.fromEntries(texts), now)).toEqual(expected);
  });
});

describe('the start of the uptime of a component', () => {
  const future = (since: string): string =>
    `components.yml:4 ${since} is in the future, so the page has no uptime data for it yet. Enter the day that uptime counts from`;
  const leavesOut = (since: string, slug: string, day: string): string =>
    `components.yml:4 ${since} is after the incident ${slug} affected this component, so its uptime leaves that out. Enter ${day}, or an earlier day`;
  const slow = ['2026-11-20-slow-search', '2026-11-20'] as const;
  const days = 24 * 60 * 60 * 1000;

  it.each<[string, string, readonly string[], number?]>([
    ['is years ahead', 'since: 2027-11-19', [future('2027-11-19')]],
    ['is tomorrow', 'since: 2026-11-23', [future('2026-11-23')]],
    [
      'is tomorrow in UTC, and today in Berlin',
      'since: 2026-11-23',
      [leavesOut('2026-11-23', ...slow)],
      Date.parse('2026-11-22T23:30Z'),
    ],
    ['is after an incident', 'since: 2026-11-21', [leavesOut('2026-11-21', ...slow)]],
    ['is after an incident of which the uptime shows nothing anymore', 'since: 2026-11-21', [], fixtureNow + 90 * days],
    ['is the day of an incident', 'since: 2026-11-20', []],
    ['is that of a component imported later', 'since: 2027-11-19\n    created: 2027-11-19T10:00Z', []],
    ['is that of a retired component', 'since: 2027-11-19\n    retired: true', []],
  ])('%s', async (_, since, expected, now) => {
    const others = 'checkout, api'.split(', ').map((id) => `  - id: ${id}\n    name: ${id}\n`);
    const website = `components:\n  - id: website\n    name: Website\n    ${since}\n`;
    expect(await warnings({ 'components.yml': `${website}${others.join('')}` }, now)).toEqual(expected);
  });

  it('is after several incidents: the first one counts, but not one that lists it as operational', async () => {
    const list =
      'groups:\n  - name: A\n    components:\n      - id: checkout\n        name: C\n        since: 2026-11-22\n';
    const others = 'components:\n  - { id: website, name: W, since: 2026-11-22 }\n  - { id: api, name: P }\n';
    const texts = {
      'components.yml': `${list}${others}`,
      'incidents/2026-11-21-b/2026-11-21T1000Z.md': `---\n${opened}\n---\nText.\n`,
      'incidents/2026-11-21-b/2026-11-21T1100Z.md': '---\nstatus: resolved\n---\nText.\n',
    };
    expect(await warnings(texts)).toEqual([
      leavesOut('2026-11-22', '2026-11-21-b', '2026-11-21').replace('yml:4', 'yml:6'),
      leavesOut('2026-11-22', ...slow).replace('yml:4', 'yml:8'),
    ]);
  });
});

describe('a retired component', () => {
  const retired = {
    'components.yml':
      'components:\n  - { id: website, name: W }\n  - { id: checkout, name: C, retired: true }\n  - { id: api, name: P }\n',
  };
  const warning =
    'is retired, so the page does not list it, but it is affected and counts for the overall status. Use the component that replaced it, or delete "retired: true" in components.yml';
  const work = `title: M\nstatus: scheduled\nscheduled_for: 2026-11-22T14:30Z\nscheduled_until: 2026-11-22T18:00Z`;

  it.each<[string, Record<string, string>, readonly string[]]>([
    ['is affected by an open incident', { 1000: opened, 1100: again }, [`1000Z.md:4 ${warning}`]],
    ['recovered', { 1000: opened, 1100: `${again}\ncomponents: { checkout: operational }` }, []],
    ['was affected until the incident was resolved', { 1000: opened, 1100: resolved }, []],
  ])('%s', async (_, updates, expected) => {
    const found = await warnings({ ...retired, ...incidentFiles(updates) });
    expect(found.map((line) => line.replace('2026-11-22T', ''))).toEqual(expected);
  });

  it('is under maintenance', async () => {
    const text = `---\n${work}\ncomponents: { checkout: under_maintenance }\n---\nText.\n`;
    const file = { 'maintenance/2026-11-22-m/2026-11-22T1000Z.md': text };
    expect(await warnings({ ...retired, ...file })).toEqual([`2026-11-22T1000Z.md:6 ${warning}`]);
  });
});
