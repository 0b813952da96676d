import { describe, expect, it } from 'vitest';
import { planUpptime } from '../../../../scripts/import/upptime-plan.ts';
import { readUpptimeConfig, savedIssues } from '../../../../scripts/import/upptime-read.ts';
import type { Plan } from '../../../../scripts/import/plan.ts';
import { shortUtc } from '../../../../src/lib/schema/time-fields.ts';
import { noContent, siteOf } from '../imported.ts';

describe('Upptime', () => {
  const config = readUpptimeConfig(
    'owner: a\nrepo: b\nsites:\n  - name: Shop\n    tags: [eu]\n  - name: Mail\n',
    '.upptimerc.yml',
    () => undefined,
  );
  const comment = '<!-- start: 2025-01-02T10:00:00Z end: 2025-01-02T11:00:00Z expectedDown: shop -->';
  const plan = (body: string): Plan => {
    const issue = {
      number: 1,
      title: 'Work',
      body,
      state: 'open',
      labels: ['maintenance'],
      created_at: '2025-01-01T00:00:00Z',
    };
    return planUpptime(
      savedIssues({ name: 'i', text: JSON.stringify([issue]) }, [], () => undefined),
      config,
      noContent,
      'c',
      [],
    );
  };

  it.each([
    [`${comment}\n\nNew disks.`, 'New disks.'],
    [`\`\`\`\n${comment}\n\`\`\`\n\nNew disks.`, 'New disks.'],
    [`New disks.\n\n\`\`\`md\n${comment}\n\`\`\``, 'New disks.'],
    [`~~~~\n${comment}\n~~~~\nNew disks.`, 'New disks.'],
    [`${comment}\nNew disks:\n\n\`\`\`\nsda\n\`\`\``, 'New disks:\n\n```\nsda\n```'],
  ])('no empty code block is left of the comment: %j', (body, text) => {
    expect(siteOf(plan(body)).maintenances[0]?.updates[0].record.body.trim()).toBe(text);
  });

  /** An issue that announces maintenance between two times of day. */
  const work = (from = '', to = '', more = 'expectedDown: shop') => ({
    title: 'Work',
    labels: ['maintenance'],
    body: `<!-- start: 2025-01-02T${from}Z end: 2025-01-02T${to}Z ${more} -->\n\nNew disks.`,
  });
  type Given = { readonly closed?: string; readonly [field: string]: unknown };
  it.each<[string, Given, string[], string[], (typeof config | null)?]>([
    [
      'a degraded site',
      { title: '⚠️ Shop  has degraded performance' },
      [],
      ['Shop has degraded performance (minor)', '10:00Z investigating shop=degraded_performance: It fails.'],
    ],
    [
      'another title',
      { title: '🛑 Shop fails' },
      [],
      [
        'Shop fails (major)',
        '10:00Z investigating shop=major_outage: It fails.',
        '#1: its title does not say how bad it was; its sites were imported as down, as in Upptime',
      ],
    ],
    [
      'only a sign as its title',
      { title: '🛑' },
      [],
      [
        '🛑 (major)',
        '10:00Z investigating shop=major_outage: It fails.',
        '#1: its title does not say how bad it was; its sites were imported as down, as in Upptime',
      ],
    ],
    [
      'a last comment just before it was closed',
      { closed: '11:00' },
      ['10:59:01 Works.'],
      ['Shop is down (major)', '10:00Z investigating shop=major_outage: It fails.', '10:59:01Z resolved: Works.'],
    ],
    [
      'a last comment a minute before it was closed',
      { closed: '11:00' },
      ['10:59 Works.'],
      [
        'Shop is down (major)',
        '10:00Z investigating shop=major_outage: It fails.',
        '10:59Z investigating shop=major_outage: Works.',
        '11:00Z resolved: Resolved.',
        '#1: was closed without saying that it is resolved; an update that does was added at 2025-01-02T11:00Z',
      ],
    ],
    [
      'a last comment with another status',
      { closed: '11:00' },
      ['10:59:01 **Identified:** X.'],
      [
        'Shop is down (major)',
        '10:00Z investigating shop=major_outage: It fails.',
        '10:59:01Z identified shop=major_outage: X.',
        '11:00Z resolved: Resolved.',
        '#1: was closed without saying that it is resolved; an update that does was added at 2025-01-02T11:00Z',
      ],
    ],
    [
      'an end at its beginning',
      { closed: '10:00' },
      [],
      [
        'Shop is down (major)',
        '10:00Z investigating shop=major_outage: It fails.',
        '10:00:00.001Z resolved: Resolved.',
        '#1: was closed without saying that it is resolved; an update that does was added at 2025-01-02T10:00Z',
        '#1: had the same time as another update, and was moved to 2025-01-02T100000.001Z',
      ],
    ],
    [
      'a comment after it was resolved, before it was closed',
      { closed: '11:00' },
      ['10:30 **Resolved:** Done.', '10:40 Thanks.'],
      [
        'Shop is down (major)',
        '10:00Z investigating shop=major_outage: It fails.',
        '10:30Z resolved: Done.',
        '10:40Z resolved: Thanks.',
        '#1 comment 1: follows an update that says resolved, while the issue was open until 2025-01-02T11:00Z; if the incident went on, change its status',
      ],
    ],
    [
      'comments after it was closed',
      { closed: '11:00' },
      ['10:30 **Fixed** Done.', '11:30 **Identified:** Why.', '12:00 **Postmortem** A cable.'],
      [
        'Shop is down (major)',
        '10:00Z investigating shop=major_outage: It fails.',
        '10:30Z resolved: **Fixed** Done.',
        '11:30Z resolved: **Identified:** Why.',
        '12:00Z resolved: **Postmortem** A cable.',
      ],
    ],
    [
      'an end in words, but is open',
      {},
      ['10:30 **Resolved:** Done.', '10:40 Thanks.'],
      [
        'Shop is down (major)',
        '10:00Z investigating shop=major_outage: It fails.',
        '10:30Z monitoring shop=major_outage: **Resolved:** Done.',
        '10:40Z monitoring shop=major_outage: Thanks.',
        '#1 comment 0: says that it is resolved, but the issue is open, so it became monitoring',
        '#1 comment 1: says that it is resolved, but the issue is open, so it became monitoring',
      ],
    ],
    [
      'an end that did not last',
      {},
      ['10:30 *Resolved*', '10:40 **Investigating** Again.', '10:50 See ![a](b.png)'],
      [
        'Shop is down (major)',
        '10:00Z investigating shop=major_outage: It fails.',
        '10:30Z resolved: *Resolved*',
        '10:40Z investigating: Again.',
        '10:50Z investigating: See [a](b.png)',
        '#1 comment 2: the image "b.png" became a link, because its https address is unknown',
      ],
    ],
    [
      'a window',
      work('11:00', '12:00', 'expectedDown: shop, mail\nexpectedDegraded: shop'),
      ['10:30 Soon.', '11:00 Now.', '11:59 Still.', '12:00 Over.', '12:30 Thanks.'],
      [
        'Work (11:00Z to 12:00Z shop=under_maintenance mail=under_maintenance)',
        '10:00Z scheduled: New disks.',
        '10:30Z scheduled: Soon.',
        '11:00Z in_progress: Now.',
        '11:59Z in_progress: Still.',
        '12:00Z completed: Over.',
        '12:30Z completed: Thanks.',
      ],
    ],
    [
      'a window of an unknown site',
      work('11:00', '12:00', 'expectedDegraded: old-thing'),
      [],
      [
        'Work (11:00Z to 12:00Z old-thing=under_maintenance)',
        '10:00Z scheduled: New disks.',
        '"old-thing" is no longer a site in the configuration, and became a retired component',
      ],
    ],
    [
      'the label of a window alone',
      { ...work(), body: 'x' },
      [],
      ['#1: is maintenance that has no HTML comment that says when, and was not imported'],
    ],
    [
      'a window without a start',
      { ...work(), body: '<!-- end: 2025-01-02 -->' },
      [],
      ['#1: is maintenance that has no start that is a time in its HTML comment, and was not imported'],
    ],
    [
      'a window without an end',
      { ...work(), body: '<!-- start: 2025-01-02 -->' },
      [],
      ['#1: is maintenance that has no end that is a time in its HTML comment, and was not imported'],
    ],
    [
      'a window without a length',
      work('11:00', '11:00'),
      [],
      ['#1: is maintenance that has a window that does not end after it begins, and was not imported'],
    ],
    [
      'a cancelled window',
      { ...work('11:00', '12:00'), closed: '10:30' },
      ['10:15 Hm.', '10:45 Sorry.'],
      [
        'Work (11:00Z to 12:00Z shop=under_maintenance)',
        '10:00Z scheduled: New disks.',
        '10:15Z scheduled: Hm.',
        '10:30Z completed: Cancelled.',
        '10:45Z completed: Sorry.',
        '#1: was closed before its window began; an update that says so was added at 2025-01-02T10:30Z',
      ],
    ],
    [
      'a window that was closed at its beginning',
      { ...work('11:00', '12:00'), closed: '11:00' },
      [],
      [
        'Work (11:00Z to 12:00Z shop=under_maintenance)',
        '10:00Z scheduled: New disks.',
        '11:00Z completed: Completed.',
        '#1: was closed before its window ended; an update that says so was added at 2025-01-02T11:00Z',
      ],
    ],
    [
      'a window that ended early',
      { ...work('11:00', '12:00'), closed: '11:30' },
      ['11:30 Works.'],
      [
        'Work (11:00Z to 12:00Z shop=under_maintenance)',
        '10:00Z scheduled: New disks.',
        '11:30Z in_progress: Works.',
        '11:30:00.001Z completed: Completed.',
        '#1: was closed before its window ended; an update that says so was added at 2025-01-02T11:30Z',
        '#1: had the same time as another update, and was moved to 2025-01-02T113000.001Z',
      ],
    ],
    [
      'a window that ended late',
      { ...work('11:00', '12:00'), closed: '13:00' },
      ['12:00 Still.', '13:30 Thanks.'],
      [
        'Work (11:00Z to 13:00Z shop=under_maintenance)',
        '10:00Z scheduled: New disks.',
        '12:00Z in_progress: Still.',
        '13:00Z completed: Completed.',
        '13:30Z completed: Thanks.',
        '#1: was closed after its window ended; an update that says so was added at 2025-01-02T13:00Z',
        '#1 comment 0: the work ran past its window, which was extended',
      ],
    ],
    [
      'a window that ended late with a comment',
      { ...work('11:00', '12:00'), closed: '13:00' },
      ['12:30 Still.', '12:59:01 Works.'],
      [
        'Work (11:00Z to 12:59:01Z shop=under_maintenance)',
        '10:00Z scheduled: New disks.',
        '12:30Z in_progress: Still.',
        '12:59:01Z completed: Works.',
        '#1 comment 0: the work ran past its window, which was extended',
      ],
    ],
    [
      'a window that ended late with a status',
      { ...work('11:00', '12:00'), closed: '13:00' },
      ['12:30 **Resolved** Works.'],
      [
        'Work (11:00Z to 12:30Z shop=under_maintenance)',
        '10:00Z scheduled: New disks.',
        '12:30Z completed: **Resolved** Works.',
        '#1 comment 0: the work ran past its window, which was extended',
      ],
    ],
    [
      'a window that was closed late',
      { ...work('11:00', '12:00'), closed: '13:00' },
      ['11:30 At it.'],
      ['Work (11:00Z to 12:00Z shop=under_maintenance)', '10:00Z scheduled: New disks.', '11:30Z in_progress: At it.'],
    ],
    [
      'a window that was closed within its last minute',
      { ...work('11:00', '12:00'), closed: '12:00:59' },
      ['12:00 Done.'],
      ['Work (11:00Z to 12:00Z shop=under_maintenance)', '10:00Z scheduled: New disks.', '12:00Z completed: Done.'],
    ],
    ['a pull request', { pull_request: {} }, [], ['#1: is a pull request, and was not imported']],
    ['no label', { labels: [] }, [], ['#1: has no label, and was not imported']],
    [
      'other labels',
      { labels: ['bug', 'help'] },
      [],
      ['#1: has neither the label status nor maintenance, but bug, help, and was not imported'],
    ],
    [
      'only a tag',
      { labels: ['Status', 'eu'] },
      [],
      ['Shop is down (major)', '10:00Z investigating: It fails.', '#1: names no site, and affects no component'],
    ],
    [
      'a label that is no site',
      { labels: ['status', 'shop', 'urgent'] },
      [],
      [
        'Shop is down (major)',
        '10:00Z investigating shop=major_outage: It fails.',
        '#1: the label "urgent" is not a site, and was not imported',
      ],
    ],
    [
      'two sites',
      { labels: ['status', 'shop', 'mail'], title: 'Both are degraded' },
      [],
      [
        'Both are degraded (minor)',
        '10:00Z investigating shop=degraded_performance mail=degraded_performance: It fails.',
        '#1: nothing says which of its labels is the site; all became components: shop, mail',
      ],
    ],
    [
      'a former site and another one',
      { labels: ['status', 'Old thing', 'mail'], title: 'Old Thing is down' },
      [],
      [
        'Old Thing is down (major)',
        '10:00Z investigating mail=major_outage old-thing=major_outage: It fails.',
        '"Old Thing" is no longer a site in the configuration, and became a retired component',
      ],
    ],
    [
      'a site that only the title confirms',
      { labels: ['status', 'A & B', 'x'], title: 'a and b is down' },
      [],
      [
        'a and b is down (major)',
        '10:00Z investigating a-b=major_outage: It fails.',
        '#1: the label "x" is not a site, and was not imported',
      ],
      null,
    ],
    [
      'labels that nothing explains',
      { labels: ['status', 'A & B', 'x'], title: 'Down' },
      [],
      [
        'Down (major)',
        '10:00Z investigating a-b=major_outage x=major_outage: It fails.',
        '#1: nothing says which of its labels is the site; all became components: A & B, x',
        '#1: its title does not say how bad it was; its sites were imported as down, as in Upptime',
      ],
      null,
    ],
  ])('an issue with %s becomes this, with a report', (_, { closed, ...given }, said, expected, configured = config) => {
    const at = (time: string): string => `2025-01-02T${time.padEnd(8, ':00')}Z`;
    const issue = {
      number: 1,
      title: 'Shop is down',
      body: 'It fails.',
      state: closed === undefined ? 'open' : 'closed',
      labels: ['status', 'shop'],
      created_at: at('10:00'),
      closed_at: closed === undefined ? null : at(closed),
      ...given,
    };
    const comments = said.map((text, id) => {
      const [time = '', ...words] = text.split(' ');
      return { id, issue_url: 'x/1', created_at: at(time), body: words.join(' ') };
    });
    const notes: string[] = [];
    const file = { name: 'c', text: JSON.stringify(comments) };
    const placed = savedIssues({ name: 'i', text: JSON.stringify([issue]) }, [file], (text) => void notes.push(text));
    const settings = { path: 'site.yml', text: 'name: Mine\nurl: https://mine.example\ntime_zone: UTC\n' };
    const bytes = new TextEncoder().encode(settings.text);
    const tree = { ...noContent, files: configured === null ? [{ path: settings.path, bytes }] : [] };
    const made = planUpptime(placed, configured, tree, 'c', notes);
    const { incidents, maintenances } = siteOf(
      configured === null ? { ...made, files: [settings, ...made.files] } : made,
    );
    const clock = (time: number): string => shortUtc(time).slice(11);
    const states = (set: object): string =>
      Object.entries(set)
        .map(([id, state]) => ` ${id}=${String(state)}`)
        .join('');
    expect([
      ...incidents.map(({ title, impact }) => `${title} (${impact})`),
      ...incidents.flatMap(({ updates }) =>
        updates.map(
          ({ record, components }) =>
            `${clock(record.at)} ${record.status}${states(components)}: ${record.body.trim()}`,
        ),
      ),
      ...maintenances.map(
        ({ title, window, components }) =>
          `${title} (${clock(window.from)} to ${clock(window.to)}${states(components)})`,
      ),
      ...maintenances.flatMap(({ updates }) =>
        updates.map(({ record }) => `${clock(record.at)} ${record.status}: ${record.body.trim()}`),
      ),
      ...made.notes.map((text) => text.replace('i: 0 (#1)', '#1')),
    ]).toEqual(expected);
  });
});
