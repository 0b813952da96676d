import { describe, expect, it } from 'vitest';
import { parseContent } from '../../../src/lib/content/check-content.ts';

const now = Date.parse('2026-11-22T15:00:40Z');

type Texts = Readonly<Record<string, string>>;

/** What is told of a site, each as its file, field and message; empty for one without fault. */
function told(texts: Texts, at = now): string[] {
  const all: Texts = {
    'site.yml': 'name: Acme\nurl: https://status.example.com\ntime_zone: Europe/Berlin\n',
    'components.yml': 'components:\n  - id: a\n    name: A\n',
    ...texts,
  };
  const files = Object.entries(all).map(([path, text]) => ({ path, bytes: new TextEncoder().encode(text) }));
  const parsed = parseContent({ files, folders: [], others: [] }, at);
  return 'problems' in parsed
    ? parsed.problems.map(({ file, field, message }) =>
        [file.split('/').at(-1), ...(field === null ? [] : [field]), message].join(' '),
      )
    : [];
}

const incident = (updates: Texts, folder = 'one'): string[] =>
  told(
    Object.fromEntries(
      Object.entries(updates).map(([name, fields]) => [
        `incidents/${folder}/2026-11-22T${name}Z.md`,
        `---\n${fields}\n---\nText.\n`,
      ]),
    ),
  );
const work = (updates: Texts): string[] =>
  told(
    Object.fromEntries(
      Object.entries(updates).map(([name, fields]) => [
        `maintenance/one/2026-11-22T${name}Z.md`,
        `---\n${fields}\n---\nText.\n`,
      ]),
    ),
  );
const post = (fields: string, name = 'one'): string[] =>
  told({
    'incidents/one/2026-11-22T1000Z.md':
      '---\ntitle: One\nstatus: resolved\nimpact: minor\ncustomer_data: unaffected\n---\nText.\n',
    [`postmortems/${name}.md`]: `---\ntitle: Post\nauthors: [Dana]\nsummary: Short.\ncustomer_data: unaffected\n${fields}\n---\nText.\n`,
  });

const first = 'title: One\nstatus: investigating\nimpact: minor';
const window = 'title: One\nstatus: scheduled\nscheduled_for: 2026-11-22T10:00Z\nscheduled_until: 2026-11-22T12:00Z';

describe('a time is wrong from the next second on, and not at the limit itself', () => {
  it('of an update, as far as clocks differ', () => {
    expect(incident({ '150540': first })).toEqual([]);
    expect(incident({ '150541': first })).toEqual([
      '2026-11-22T150541Z.md 2026-11-22T150541Z is in the future; it is now 2026-11-22T15:00Z. Did you use local time? 15:05 in Europe/Berlin is 14:05:41Z: rename it to 2026-11-22T140541Z.md',
    ]);
  });

  it('of an edit', () => {
    const edited = (time: string): number => incident({ '1400': `${first}\nedited: 2026-11-22T${time}Z` }).length;
    expect(['14:00:00', '13:59:59', '15:05:40', '15:05:41'].map(edited)).toEqual([0, 1, 0, 1]);
  });

  it('of the beginning and of the next update', () => {
    expect(
      ['13:59:59', '14:00:00', '14:00:01'].map(
        (time) => incident({ '1400': `${first}\nstarted: 2026-11-22T${time}Z` }).length,
      ),
    ).toEqual([0, 0, 1]);
    expect(
      ['13:59:59', '14:00:00', '14:00:01'].map(
        (time) => incident({ '1400': `${first}\nnext_update: 2026-11-22T${time}Z` }).length,
      ),
    ).toEqual([1, 1, 0]);
  });

  it('of a window and the work in it', () => {
    expect(
      ['10:00:00', '10:00:01'].map(
        (time) =>
          work({
            '0900': `title: One\nstatus: scheduled\nscheduled_for: 2026-11-22T10:00Z\nscheduled_until: 2026-11-22T${time}Z`,
          }).length,
      ),
    ).toEqual([1, 0]);
    for (const status of ['scheduled', 'in_progress', 'verifying'])
      expect(
        ['115959', '1200'].map((time) => work({ '0900': window, [time]: `status: ${status}` }).length),
        status,
      ).toEqual([0, 1]);
    expect(work({ '0900': window, '1200': 'status: completed', '1300': 'status: completed' })).toEqual([]);
  });

  it('of a postmortem', () => {
    expect(
      ['10:00:00', '09:59:59', '15:05:40', '15:05:41'].map((time) => post(`published: 2026-11-22T${time}Z`).length),
    ).toEqual([0, 1, 0, 1]);
    expect(post('published: 2026-11-22T15:05:41Z')).toEqual([
      'one.md published 2026-11-22T15:05:41Z is in the future. Enter the time of publication, or use draft: true until then',
    ]);
  });
});

describe('a window', () => {
  it('is reported at the field that made it wrong, even if a later update moves one end of it', () => {
    expect(work({ '0900': window, '0930': 'status: scheduled\nscheduled_for: 2026-11-22T13:00Z' })).toEqual([
      '2026-11-22T0930Z.md scheduled_for starts the window at 2026-11-22T13:00Z, but it ends at 2026-11-22T12:00Z. Correct one of them',
    ]);
    expect(work({ '0900': window, '0930': 'status: scheduled\nscheduled_until: 2026-11-22T09:45Z' })).toEqual([
      '2026-11-22T0930Z.md scheduled_until ends the window at 2026-11-22T09:45Z, but it starts at 2026-11-22T10:00Z. Correct one of them',
    ]);
  });

  it('that’s wrong is reported once, not again for each update that doesn’t change it', () => {
    expect(work({ '0900': window.replace('12:00', '10:00'), '0930': 'status: scheduled' })).toHaveLength(1);
    expect(work({ '0900': window.replace(/\nscheduled_until.*/, ''), '0930': 'status: in_progress' })).toHaveLength(1);
  });

  it('that’s extended contains the work', () => {
    expect(
      work({
        '0900': window,
        '1230': 'status: in_progress\nscheduled_until: 2026-11-22T13:00Z',
        '1245': 'status: verifying',
      }),
    ).toEqual([]);
  });
});

describe('the name of a folder', () => {
  it('can have up to 200 characters', () => {
    expect([200, 201].map((length) => incident({ '1400': first }, 'a'.repeat(length)).length)).toEqual([0, 1]);
  });

  it('without a character for an address is reported with an example', () => {
    expect(incident({ '1400': first }, '漢字')).toEqual([
      '漢字 "漢字" cannot be used in an address. Rename the folder to 2026-11-22-checkout-errors',
    ]);
  });
});

it('a later update can have a wrong time, and both names are reported', () => {
  const late = (name: string, opener: string): string[] => incident({ [name]: 'status: identified', [opener]: first });
  expect(late('1200', '1230')).toEqual([
    '2026-11-22T1200Z.md is earlier than the first update of the incident, 2026-11-22T1230Z.md, which has the title. Rename it to its time in UTC; or, if 12:30 was local time in Europe/Berlin, rename 2026-11-22T1230Z.md to 2026-11-22T1130Z.md',
  ]);
  expect(late('1130', '1230'), 'not when both would be at one time').toEqual([
    '2026-11-22T1130Z.md is earlier than the first update of the incident, 2026-11-22T1230Z.md, which has the title. Rename it to the time of the update in UTC',
  ]);
  expect(incident({ '1200': 'status: identified', '1210': 'status: identified', '1230': first })).toHaveLength(2);
});

it('fields of the first update are reported on each later one', () => {
  expect(incident({ '1400': first, '1410': 'status: identified\nstarted: 2026-11-22T13:00Z\nsource: here' })).toEqual([
    '2026-11-22T1410Z.md started belongs on the first update of the incident. Move it there',
    '2026-11-22T1410Z.md source belongs on the first update of the incident. Move it there',
  ]);
});

it("an incident needs an impact or a component, and an empty list doesn't count", () => {
  const least = (more: string): number => incident({ '1400': `title: One\nstatus: investigating\n${more}` }).length;
  expect(['', 'components: {}', 'components: { a: major_outage }', 'impact: none'].map(least)).toEqual([1, 1, 0, 0]);
});

it('a draft isn’t compared with the clock or the incident', () => {
  expect(post('draft: true')).toEqual([]);
  expect(post('draft: false')).toEqual([
    'one.md published is missing. Add when it goes public, such as published: 2026-11-25T10:00Z, or draft: true',
  ]);
  expect(post('draft: true\npublished: 2026-11-22T18:00Z')).toEqual([
    'one.md draft is true, but published is set too. Delete one of them: a draft is not public',
  ]);
});

it('times without an offset are reported in the time zone of site.yml, if there is one', () => {
  const changed = (zone: string): string | undefined =>
    told({ 'site.yml': `name: Acme\nurl: https://status.example.com\n${zone}\nchanged: 2026-11-22T12:00\n` }).find(
      (line) => line.includes(' changed '),
    );
  expect(changed('time_zone: Europe/Berlin')).toContain('For 12:00 in Europe/Berlin, use 2026-11-22T11:00Z');
  for (const zone of ['time_zone: Mars/Base', 'time_zone: 5', 'time_zone: [Europe/Berlin]', ''])
    expect(changed(zone), zone).toContain('For 12:00 in UTC, use 2026-11-22T12:00Z');
});

it('an unreadable file is the only problem that is reported', () => {
  const latin = '\uFFFF\u0000';
  for (const path of ['components.yml', 'site.yml', 'postmortems/one.md']) {
    const lines = (text: string): number =>
      told({
        'incidents/one/2026-11-22T1000Z.md': '---\ntitle: One\nstatus: resolved\nimpact: minor\n---\nText.\n',
        [path]: text,
      }).length;
    expect([lines(latin), lines('a: [\n'), lines('')], path).toEqual([1, 1, 1]);
  }
});

it("a stray file among the postmortems is the only problem reported, with a similar incident's name", () => {
  expect(told({ 'postmortems/notes.txt': 'Text.' })).toEqual([
    'notes.txt is not a postmortem, which must be an .md file. Delete it or move it out of the content folder',
  ]);
  expect(post('published: 2026-11-22T12:00Z', 'ome')).toEqual([
    'ome.md no incident folder has this name. If the folder was renamed, rename it back to ome, because links to it are public. If not, rename this file after its incident, perhaps one.md',
  ]);
  expect(post('published: 2026-11-22T12:00Z', 'something-else')).toEqual([
    'something-else.md no incident folder has this name. If the folder was renamed, rename it back to something-else, because links to it are public. If not, rename this file after its incident',
  ]);
});

it('the text of a postmortem is checked like that of an update', () => {
  expect(post('published: 2026-11-22T12:00Z\n---\n![plot](plot.png)\n')).toEqual([
    expect.stringContaining('has an image at "plot.png"'),
  ]);
});

it('a draft can have questions, and a different verdict than the incident until it is public', () => {
  const other = (fields: string): number =>
    told({
      'incidents/one/2026-11-22T1000Z.md':
        '---\ntitle: One\nstatus: resolved\nimpact: minor\ncustomer_data: affected\n---\nText.\n',
      'postmortems/one.md': `---\ntitle: Post\nauthors: [Dana]\nsummary: Short.\ncustomer_data: unaffected\n${fields}\n---\n_Question: Why?_\n`,
    }).length;
  expect(
    ['draft: true', 'draft: false\npublished: 2026-11-22T12:00Z', 'published: 2026-11-22T12:00Z'].map(other),
  ).toEqual([0, 2, 2]);
});

it("the window isn’t required while the first update can't be read", () => {
  expect(work({ '0900': `${window}\nlead: Dana`, '0930': 'status: in_progress' })).toHaveLength(1);
  expect(work({ '0800': 'status: scheduled', '0900': window })).toHaveLength(1);
});
