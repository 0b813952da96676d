import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Ask } from '../../../scripts/cli/context.ts';
import { put, smallSite } from '../site.ts';
import { callWithoutGit as call } from '../call.ts';

/** An incident over two days that was opened again once. */
function withIncident(): string {
  const folder = smallSite();
  const update = (time: string, text: string): void =>
    put(folder, `incidents/2026-11-20-declined-cards/2026-11-${time}Z.md`, text);
  update(
    '20T2200',
    '---\ntitle: Declined cards\nstatus: investigating\ncomponents:\n  checkout: degraded_performance\nlead: Dana\nstarted: 2026-11-20T21:48Z\n---\nSome cards are declined.\n\n- Visa\n- others\n',
  );
  update(
    '20T2230',
    '---\nstatus: identified\ncomponents:\n  checkout: major_outage\n  api: partial_outage\ncustomer_data: unaffected\n---\nWe know why.\n',
  );
  update('20T2300', '---\nstatus: resolved\n---\nFixed.\n');
  update('21T0300', '---\nstatus: investigating\n---\nNot quite.\n');
  update('21T0345', '---\nstatus: resolved\nremedy: Nobody pays twice.\n---\nFixed now.\n');
  return folder;
}

const read = (folder: string): string =>
  readFileSync(join(folder, 'content/postmortems/2026-11-20-declined-cards.md'), 'utf8');

describe('the draft of a postmortem', () => {
  it('contains what’s known about the incident', async () => {
    const folder = withIncident();
    expect((await call('postmortem declined', folder)).code).toBe(0);
    expect(read(folder).split('\n## ')[0]).toBe(
      [
        '---',
        'title: Declined cards',
        'draft: true',
        'notify: true',
        'authors:',
        '  - Dana',
        'summary: "Declined cards: this lasted 1 hour 57 minutes between 20 November 2026 and 21 November 2026."',
        'customer_data: unaffected',
        'remedy: Nobody pays twice.',
        '# cause: change   # or data, defect, manual_work, capacity, hardware, dependency, security, unknown',
        '# lessons:',
        '#   - What you learned, in one sentence',
        '# actions:',
        '#   - what: Rehearse the rollback',
        '#     owner: Dana',
        '#     due: 2026-12-19',
        '---',
        '- **Customer data:** not affected',
        '- **Duration:** 1 hour 57 minutes, from 20 November 2026, 22:48 to 21 November 2026, 04:45; reopened once',
        '- **Time to the first customer update:** 12 minutes',
        '- **Longest silence between updates:** 45 minutes, from 21 November 2026, 04:00 to 04:45',
        '- **Components:** Checkout (major outage), Partner API (partial outage)',
        '- **Remedy:** Nobody pays twice.',
        '- **Times:** in the time zone Europe/Berlin',
        '',
      ].join('\n'),
    );
  });

  it('has lessons and actions that pass check when uncommented', async () => {
    const folder = withIncident();
    await call('postmortem declined', folder);
    put(folder, 'postmortems/2026-11-20-declined-cards.md', read(folder).replaceAll(/^# /gm, ''));
    expect(read(folder)).toContain('\nlessons:\n  - What you learned');
    expect((await call('check', folder)).stdout).toContain('2 postmortems (1 draft): no problems');
  });

  it('has the kind of cause as a field once it’s known, without a hint', async () => {
    const folder = withIncident();
    await call('postmortem declined --cause data', folder);
    expect(read(folder)).toContain('customer_data: unaffected\ncause: data\nremedy:');
    expect(read(folder)).not.toContain('# cause');
  });

  it('keeps the line breaks of updates', async () => {
    const folder = withIncident();
    put(
      folder,
      'incidents/2026-11-20-declined-cards/2026-11-20T2215Z.md',
      '---\nstatus: investigating\n---\nCards fail.\nTransfers work.\n- Visa\n\n```\na\nb\n```\n',
    );
    await call('postmortem declined', folder);
    expect(read(folder)).toContain('  Cards fail.  \n  Transfers work.\n  - Visa\n\n  ```\n  a\n  b\n  ```\n');
  });

  it('asks each question in its own section', async () => {
    const folder = withIncident();
    await call('postmortem declined', folder);
    const sections = read(folder).split('\n## ').slice(1);
    expect(sections.map((section) => section.split('\n')[0])).toEqual([
      'What happened',
      'Who was affected, and how',
      'What we did, and when',
      'How we noticed',
      'How we rolled back, or why we couldn’t',
      'What we changed',
      'What we promise',
      'What we learned',
    ]);
    for (const section of sections) expect(section).toMatch(/^.+\n\n_Question: .+\?.*_/);
  });

  it('holds the whole timeline, in the time zone of the page', async () => {
    const folder = withIncident();
    await call('postmortem declined', folder);
    expect(read(folder)).toContain(
      '- **20 November 2026, 23:00, investigating:**\n\n  Some cards are declined.\n\n  - Visa\n  - others\n\n- **23:30, identified:**\n\n  We know why.\n\n- **21 November 2026, 00:00, resolved:**\n\n  Fixed.\n\n- **04:00, investigating:**\n\n  Not quite.\n\n- **04:45, resolved:**\n\n  Fixed now.\n',
    );
  });

  it('says when customers could read updates that were posted later, and reports no silence between them', async () => {
    const folder = smallSite();
    const path = 'incidents/2026-11-20-late/2026-11-20T';
    const posted = (second: number) => `posted: 2026-11-22T09:00:0${second}Z`;
    put(folder, `${path}1000Z.md`, `---\ntitle: Late\nstatus: investigating\nimpact: minor\n${posted(0)}\n---\nx\n`);
    put(folder, `${path}1100Z.md`, `---\nstatus: resolved\n${posted(1)}\n---\ny\n`);
    await call('postmortem late --author Dana --customer-data unaffected', folder);
    const text = readFileSync(join(folder, 'content/postmortems/2026-11-20-late.md'), 'utf8');
    expect(text).toContain('- **20 November 2026, 11:00, investigating:** (live: 22 November 2026, 10:00)\n');
    expect(text).not.toContain('Longest silence');
  });

  it('includes the check-ins that the author selects, one by one, among the updates', async () => {
    const folder = smallSite();
    for (const [time, text] of [
      ['14:15', 'We guess'],
      ['14:30', 'It is the **gateway**'],
      ['14:45', 'Kim is tired'],
      ['15:00', 'Never asked'],
    ])
      await call(`checkin --known "${text}"`, folder, { now: `2026-11-22T${time}Z` });
    await call('resolve --message x', folder, { now: '2026-11-22T15:10Z' });
    const asked: string[] = [];
    const answers = ['out', 'in', 'rest'];
    const ask = {
      choose: (question: string) => {
        asked.push(question);
        return Promise.resolve(answers.shift() ?? '');
      },
      say: (line: string) => void asked.push(line),
    } as unknown as Ask;
    const made = await call('postmortem checkout --customer-data unaffected --cause data', folder, {
      now: '2026-11-22T16:00Z',
      context: { ask },
    });
    expect(made).toMatchObject({ code: 0, stderr: '' });
    expect(asked).toEqual([
      "The team's log has 4 check-ins. The draft is as public as your repository, so choose line by line.",
      '15:15+01:00 Known: We guess.',
      '15:30+01:00 Known: It is the **gateway**.',
      '15:45+01:00 Known: Kim is tired.',
    ]);
    const text = readFileSync(join(folder, 'content/postmortems/2026-11-22-checkout-errors.md'), 'utf8');
    expect(text).toMatch(
      /15:05, investigating:\*\*\n\n[^]*\n\n- \*\*15:30, check-in:\*\*\n\n {2}\*\*Known:\*\* It is the \*\*gateway\*\*\.\n\n- \*\*16:10, resolved:/,
    );
    expect(text).not.toMatch(/guess|tired|Never/);
  });

  it('has none of them without a terminal, but says that there are some', async () => {
    const folder = smallSite();
    await call('checkin --known hush', folder, { now: '2026-11-22T14:15Z' });
    await call('resolve --message x', folder, { now: '2026-11-22T15:10Z' });
    const { stdout } = await call('postmortem checkout --customer-data unaffected', folder, {
      now: '2026-11-22T16:00Z',
    });
    expect(stdout).toContain("The team's log has 1 check-in. In a terminal, this command offers them for the draft.");
    expect(readFileSync(join(folder, 'content/postmortems/2026-11-22-checkout-errors.md'), 'utf8')).not.toContain(
      'hush',
    );
  });

  it('passes check as a draft, and is not published', async () => {
    const folder = withIncident();
    await call('postmortem declined', folder);
    expect((await call('check', folder)).stdout).toBe(
      '3 incidents, 1 maintenance window, 2 postmortems (1 draft): no problems\n',
    );
  });

  it('asks when it began, and publishes no hint to the author, if the incident doesn’t say', async () => {
    const folder = smallSite();
    await call('resolve --message x', folder);
    await call(
      [
        'postmortem',
        'checkout',
        '--customer-data',
        'affected',
        '--author',
        'Priya',
        '--title',
        'Why: checkout',
        '--remedy',
        'Money back.',
      ],
      folder,
    );
    const text = readFileSync(join(folder, 'content/postmortems/2026-11-22-checkout-errors.md'), 'utf8');
    expect(text).toContain(
      '- **Time to the first customer update:** _Question: When were customers first affected, and how long did it take us to tell them?_\n',
    );
    expect(text).not.toContain('`started`');
    expect(text).toMatch(/^---\ntitle: "Why: checkout"\ndraft: true\nnotify: true\nauthors:\n {2}- Priya\n/);
    expect(text).toContain('- **Customer data:** affected\n');
    expect(text).toContain('- **Remedy:** Money back.');
  });

  it.each([
    [
      ['postmortem', 'checkout', '--author', 'x'],
      '--customer-data is missing, and no update of 2026-11-22-checkout-errors says whether customer data is safe. Use one of: --customer-data unaffected, --customer-data under_review, --customer-data affected',
    ],
    [
      ['postmortem', 'checkout', '--author', '', '--customer-data', 'affected'],
      '--author: is blank. Type a value, or leave it out',
    ],
    [['postmortem', 'checkout', '--cause', 'chang'], '--cause: "chang" is not a cause. Did you mean "change"?'],
    [
      ['postmortem', 'checkout', '--customer-data', 'safe'],
      '--customer-data: "safe" is not a verdict on customer data.',
    ],
  ])('%j: %s', async (args, line) => {
    const folder = smallSite();
    await call('resolve --message x', folder);
    const { code, stderr } = await call(args, folder);
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining(`halfpast: ${line}`) });
  });

  it('takes the newest incident resolved in the last 14 days without a postmortem, and says which', async () => {
    const folder = withIncident();
    await call('resolve --customer-data unaffected --message x', folder);
    expect((await call('postmortem', folder)).stdout).toContain(
      'It is about the incident "Checkout errors in Europe", resolved at 2026-11-22T15:00Z (16:00 CET).',
    );
    expect((await call('postmortem --json', folder)).stdout).toContain('"incident":"2026-11-20-declined-cards"');
    expect(await call('postmortem', folder)).toMatchObject({
      code: 1,
      stderr: 'halfpast: every resolved incident has a postmortem\n',
    });
  });

  it('lists them when all are older', async () => {
    const folder = withIncident();
    await call('resolve --message x', folder);
    expect(await call('postmortem', folder, { now: '2026-12-06T15:01Z' })).toMatchObject({
      code: 2,
      stderr:
        'halfpast: which incident? None was resolved in the last 14 days. Name one of: 2026-11-22-checkout-errors, 2026-11-20-declined-cards\n',
    });
  });

  it('says what to do first if nothing is resolved', async () => {
    const folder = smallSite();
    rmSync(join(folder, 'content/incidents/2026-11-20-slow-search'), { recursive: true });
    rmSync(join(folder, 'content/postmortems'), { recursive: true });
    expect((await call('postmortem', folder)).stderr).toBe(
      'halfpast: no incident is resolved yet. Resolve it first: npx halfpast resolve\n',
    );
    rmSync(join(folder, 'content/incidents'), { recursive: true });
    expect((await call('postmortem', folder)).stderr).toBe(
      'halfpast: there is no incident yet. To report one: npx halfpast open\n',
    );
  });
});
