import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isoTime, minute } from '../../../../src/lib/domain/calendar.ts';
import { emptyLog, type LoggedRelease } from '../../../../scripts/publish/hosts/release-log.ts';
import { reconcile } from '../../../../scripts/publish/remind/issues.ts';
import { asWritten, loginOf } from '../../../../scripts/publish/remind/reminder.ts';
import { put, smallSite } from '../../site.ts';
import { call } from '../../call.ts';
import { release } from '../releases.ts';
import { desk, lineOf, wantedAt } from './walk.ts';

const slug = '2026-11-22-checkout-errors';

/**
 * The small site with one open incident, major, of 14:05, that Priya tells of; check-ins each quarter of an hour,
 * updates at :30.
 */
function site(
  settings = '',
  first = '',
): {
  readonly content: string;
  readonly update: (name: string, status: string, fields?: string) => void;
  readonly put: (path: string, text: string) => void;
} {
  const folder = smallSite();
  put(folder, 'site.yml', `name: Example\nurl: https://status.example.com\ntime_zone: Europe/Berlin\n${settings}`);
  put(
    folder,
    'postmortems/2026-11-20-slow-search.md',
    '---\ntitle: Slow\npublished: 2026-11-21T10:00Z\nauthors:\n  - Dana\nsummary: Slow.\ncustomer_data: unaffected\n---\nText.\n',
  );
  put(
    folder,
    `incidents/${slug}/2026-11-22T1405Z.md`,
    `---\ntitle: Checkout errors\nstatus: investigating\nimpact: major\nlead: "@dana"\ncomms: Priya\n${first}---\nWe look into it.\n`,
  );
  return {
    content: join(folder, 'content'),
    update: (name, status, fields = '') =>
      put(folder, `incidents/${slug}/${name}.md`, `---\nstatus: ${status}\n${fields}---\nText.\n`),
    put: (path, text) => put(folder, path, text),
  };
}

it('of two issues about one incident the first opened gets the comments', async () => {
  const at = site();
  const { reminders } = await wantedAt(at.content, '2026-11-22T14:21Z');
  const [opened] = reconcile(reminders, []);
  const body = opened?.kind === 'open' ? opened.body : '';
  const issue = (number: number, open: boolean) => ({
    issue: { number, title: '', body, open },
    text: body,
  });
  const later = await wantedAt(at.content, '2026-11-22T14:36Z');
  for (const numbers of [
    [7, 12],
    [12, 7],
    [103, 12, 7],
  ]) {
    const steps = reconcile(
      later.reminders,
      numbers.map((number) => issue(number, number !== 7)),
    );
    expect(steps).toMatchObject([{ kind: 'comment', number: 7, reopen: true }]);
  }
});

describe('an incident, minute by minute', () => {
  it('raises each reminder once, at its minute, and closes its issue when it is resolved', async () => {
    const at = site();
    const log: string[] = [];
    const { remind } = desk();
    const from = Date.parse('2026-11-22T14:05:00Z');
    for (let now = from; now <= Date.parse('2026-11-22T15:20:00Z'); now += minute) {
      const time = isoTime(now).slice(11, 16);
      if (time === '14:28') at.update('2026-11-22T1428Z', 'identified');
      if (time === '14:50') at.update('2026-11-22T1450Z', 'monitoring');
      if (time === '15:15') at.update('2026-11-22T1515Z', 'resolved');
      const plan = await wantedAt(at.content, now);
      log.push(...remind(plan).map((step) => `${time} ${lineOf(step)}`));
      expect(remind(plan), 'at once again').toEqual([]);
    }
    expect(log).toEqual([
      '14:15 open incident:2026-11-22-checkout-errors: check-in:2026-11-22T14:15:00.000Z',
      '14:20 comment #1: promise:2026-11-22T14:30:00.000Z',
      // The update of 14:28 kept the promise of 14:30 and made one for 15:30.
      '14:30 comment #1: check-in:2026-11-22T14:30:00.000Z',
      '14:45 comment #1: check-in:2026-11-22T14:45:00.000Z',
      // From 14:50 it is watched: no more check-ins.
      '15:15 close #1',
    ]);
  });

  it('without updates leads to reminders before the promised time, when it passes, and 5, 15 and 30 minutes later', async () => {
    const at = site();
    const { remind } = desk();
    const said: string[] = [];
    for (let now = Date.parse('2026-11-22T14:05Z'); now <= Date.parse('2026-11-22T15:25Z'); now += minute)
      for (const step of remind(await wantedAt(at.content, now)))
        if (step.kind === 'open' || step.kind === 'comment')
          said.push(
            ...[...step.body.matchAll(/lapse:((?:promise|missed):\S+)/g)].map(
              ([, key = '']) => `${isoTime(now).slice(11, 16)} ${key.replace('2026-11-22T14:30:00.000Z', '14:30')}`,
            ),
          );
    expect(said).toEqual([
      '14:20 promise:14:30',
      '14:31 missed:14:30',
      '14:36 missed:14:30:5m',
      '14:46 missed:14:30:15m',
      '15:01 missed:14:30:30m',
    ]);
  });

  it.each([
    [
      'comms, then the lead, then everyone',
      'people:\n  Priya: priya-k\n',
      '',
      ['', '@dana: ', 'Everyone, @priya-k, @dana: '],
    ],
    ['the lead, where no one does comms', '', 'comms: "@dana"\n', ['', '@dana: ', 'Everyone, @dana: ']],
  ])('reaches %s', async (_, settings, fields, expected) => {
    const at = site(settings);
    if (fields !== '') at.update('2026-11-22T1406Z', 'investigating', fields);
    const said = async (time: string): Promise<string> =>
      (await wantedAt(at.content, `2026-11-22T${time}Z`)).reminders[0]?.lapses[0]?.markdown ?? '';
    const whom = await Promise.all(['14:31', '14:36', '14:46'].map(said));
    expect(whom.map((text) => text.replace(/The update that.*/s, ''))).toEqual(expected);
  });

  it('that wasn’t checked for an hour only gets the latest check-in', async () => {
    const at = site();
    const { remind } = desk();
    expect(remind(await wantedAt(at.content, '2026-11-22T15:07Z')).map(lineOf)).toEqual([
      `open incident:${slug}: missed:2026-11-22T14:30:00.000Z:30m, check-in:2026-11-22T15:00:00.000Z`,
    ]);
  });

  it('that is reopened has its one issue opened again', async () => {
    const at = site();
    const { remind } = desk();
    remind(await wantedAt(at.content, '2026-11-22T14:21Z'));
    at.update('2026-11-22T1425Z', 'resolved');
    expect(remind(await wantedAt(at.content, '2026-11-22T14:26Z')).map(lineOf)).toEqual(['close #1']);
    at.update('2026-11-22T1440Z', 'investigating', 'next_update: 10m\n');
    expect(remind(await wantedAt(at.content, '2026-11-22T14:41Z')).map(lineOf)).toEqual([
      'reopen #1: promise:2026-11-22T14:50:00.000Z',
    ]);
  });

  it('that promised nothing only gets reminders of check-ins', async () => {
    const { remind } = desk();
    const { content } = site('', 'next_update: none\n');
    expect(remind(await wantedAt(content, '2026-11-22T14:40Z')).map(lineOf)).toEqual([
      `open incident:${slug}: check-in:2026-11-22T14:30:00.000Z`,
    ]);
  });
});

describe('missing roles in a serious incident', () => {
  const path = `incidents/${slug}/2026-11-22T1405Z.md`;
  const file = (fields: string): string => `---\ntitle: Checkout errors\nstatus: investigating\n${fields}---\nText.\n`;

  it('are only in the first reminder', async () => {
    const at = site();
    at.put(path, file('impact: major\n'));
    const { remind } = desk();
    const steps: string[] = [];
    for (let now = Date.parse('2026-11-22T14:05Z'); now < Date.parse('2026-11-22T14:33Z'); now += minute) {
      if (now === Date.parse('2026-11-22T14:18Z')) at.update('2026-11-22T1418Z', 'identified', 'lead: Kim\n');
      steps.push(...remind(await wantedAt(at.content, now)).map(lineOf));
    }
    expect(steps).toEqual([
      `open incident:${slug}: check-in:2026-11-22T14:15:00.000Z, roles`,
      'comment #1: promise:2026-11-22T14:30:00.000Z',
      'comment #1: check-in:2026-11-22T14:30:00.000Z',
      'comment #1: missed:2026-11-22T14:30:00.000Z',
    ]);
  });

  it.each([
    [
      'both',
      'impact: critical\n',
      'Nobody leads the response or updates customers yet. Name someone: npx halfpast hand-over 2026-11-22-checkout-errors --lead NAME --comms NAME',
    ],
    [
      'one',
      'impact: major\nlead: Kim\n',
      'Nobody updates customers yet. Name someone: npx halfpast hand-over 2026-11-22-checkout-errors --comms NAME',
    ],
    ['none', 'impact: major\nlead: Kim\ncomms: Priya\n', undefined],
    ['both, in a minor one', 'impact: minor\n', undefined],
  ])('%s', async (_, fields, text) => {
    const at = site();
    at.put(path, file(fields));
    const { reminders } = await wantedAt(at.content, '2026-11-22T14:16Z');
    expect(reminders[0]?.lapses.find(({ key }) => key === 'roles')?.text).toBe(text);
  });
});

describe('a review of customer data that goes on after the incident', () => {
  it('gets a reminder each day, then each week, until there is a verdict', async () => {
    const at = site('postmortem_within: 90d\n');
    at.update('2026-11-22T1500Z', 'resolved', 'customer_data: under_review\n');
    const { remind } = desk();
    const steps: string[] = [];
    for (let day = 0; day < 30; day += 1) {
      const now = Date.parse('2026-11-22T15:00:00Z') + day * 24 * 60 * minute;
      steps.push(...remind(await wantedAt(at.content, now)).map((step) => `${day} ${lineOf(step)}`));
    }
    expect(steps).toEqual([
      `1 open review:${slug}: review:1`,
      ...[2, 3, 4, 5, 6, 7, 14, 21, 28].map((day) => `${day} comment #1: review:${day}`),
    ]);
    at.update('2026-12-22T1600Z', 'resolved', 'customer_data: unaffected\n');
    expect(remind(await wantedAt(at.content, '2026-12-22T16:01Z')).map(lineOf)).toContain('close #1');
  });

  it.each([
    ['a verdict', 'customer_data: affected\n', ''],
    ['never stated', '', ''],
    ['an imported incident', 'customer_data: under_review\n', 'source: elsewhere\n'],
  ])('is not one: %s', async (_, fields, first) => {
    const at = site('', first);
    at.update('2026-11-22T1500Z', 'resolved', fields);
    const { reminders } = await wantedAt(at.content, '2026-11-24T15:00Z');
    expect(reminders.filter(({ about }) => about.startsWith('review:'))).toEqual([]);
  });
});

describe('a reminder', () => {
  it('is for the login of the person in comms, or for their name without a known login', async () => {
    const login = async (settings: string, first: string) =>
      (await wantedAt(site(settings, first).content, '2026-11-22T14:21Z')).reminders[0]?.login;
    expect(await login('', '')).toBeNull();
    expect(await login('people:\n  Priya: priya-k\n', '')).toBe('priya-k');
    const at = site();
    at.update('2026-11-22T1410Z', 'identified', 'comms: "@sam-b"\n');
    expect((await wantedAt(at.content, '2026-11-22T14:21Z')).reminders[0]?.login).toBe('sam-b');
    const names = site('people:\n  Priya: priya-k\n', '');
    names.update('2026-11-22T1410Z', 'identified', 'comms: toString\n');
    expect((await wantedAt(names.content, '2026-11-22T14:21Z')).reminders[0]?.login).toBeNull();
  });

  it('mentions nobody in a title, and ignores markers in it', async () => {
    const at = site();
    at.put(
      `incidents/${slug}/2026-11-22T1405Z.md`,
      '---\ntitle: "@all `x` <!-- halfpast:about:incident:other --> [y](https://evil.example)"\nstatus: investigating\nimpact: major\n---\nx\n',
    );
    const { reminders } = await wantedAt(at.content, '2026-11-22T14:21Z');
    const { body = '' } = reminders[0] ?? {};
    expect(body).not.toMatch(/@all|<!--|[^\\]\]\(https:\/\/evil/);
    expect(body).toContain('npx halfpast update 2026-11-22-checkout-errors --status investigating');
    expect(body).toContain('1. Customer data is safe\n2. Customers are informed');
  });
});

describe('a postmortem', () => {
  it('is drafted after a serious incident, until there is a file, and is overdue when its time is over', async () => {
    const at = site('postmortem_within: 3d\n');
    const { remind } = desk();
    at.update('2026-11-22T1500Z', 'resolved');
    const fresh = await wantedAt(at.content, '2026-11-22T15:01Z');
    expect(fresh.drafts.map(({ path, person, login }) => [path, person, login])).toEqual([
      [`postmortems/${slug}.md`, '@dana', 'dana'],
    ]);
    expect(fresh.drafts[0]?.text).toContain('authors:\n  - dana\n');
    expect(remind(fresh)).toEqual([]);
    // The draft itself is content that passes.
    at.put(`postmortems/${slug}.md`, fresh.drafts[0]?.text ?? '');
    expect((await wantedAt(at.content, '2026-11-22T15:02Z')).drafts).toEqual([]);
    // The day in the time zone of the page, as customers read it there.
    expect(remind(await wantedAt(at.content, '2026-11-25T22:59Z'))).toEqual([]);
    expect(remind(await wantedAt(at.content, '2026-11-25T23:00Z')).map(lineOf)).toEqual([
      `open postmortem:${slug}: due:2026-11-25T15:00:00.000Z`,
    ]);
    expect(remind(await wantedAt(at.content, '2027-03-25T15:00Z')), 'nor is it forgotten').toEqual([]);
    at.put(
      `postmortems/${slug}.md`,
      (fresh.drafts[0]?.text ?? '')
        .replace('draft: true', 'published: 2026-11-26T10:00Z')
        .replaceAll(/_Question: .*_/g, 'Answer.'),
    );
    expect(remind(await wantedAt(at.content, '2026-11-26T10:01Z')).map(lineOf)).toEqual(['close #1']);
  });

  it('has the times at which its updates went live, and waits up to an hour for that of the last one', async () => {
    const at = site();
    at.update('2026-11-22T1500Z', 'resolved');
    const first = release('20261122T140700000Z-1', '2026-11-22T14:08Z', [{ slug, update: '2026-11-22T1405Z' }]);
    const last = release('20261122T150100000Z-1', '2026-11-22T15:02Z', [{ slug, update: '2026-11-22T1500Z' }]);
    const draftsAt = async (now: string, ...releases: LoggedRelease[]): Promise<readonly string[]> =>
      (await wantedAt(at.content, now, { ...emptyLog, releases })).drafts.map(({ text }) => text);
    expect(await draftsAt('2026-11-22T15:01Z', first)).toEqual([]);
    expect(await draftsAt('2026-11-22T16:00Z', first)).toEqual([
      expect.stringMatching(/investigating.*\(live: 15:08\)/),
    ]);
    expect(await draftsAt('2026-11-22T15:03Z', last, first)).toEqual([
      expect.stringMatching(/investigating.*\(live: 15:08\)[^]*resolved.*\(live: 16:02\)/),
    ]);
  });

  it('isn’t requested after a minor incident, an imported one or one from long ago', async () => {
    const at = site();
    at.update('2026-11-22T1500Z', 'resolved', 'impact: minor\n');
    const old = (day: string, extra: string): void =>
      at.put(
        `incidents/${day}-old/${day}T0000Z.md`,
        `---\ntitle: Old\nstatus: resolved\nimpact: critical\n${extra}---\nx\n`,
      );
    old('2026-11-21', 'source: https://www.example.com/incidents/1\n');
    old('2026-01-02', '');
    const { drafts, reminders } = await wantedAt(at.content, '2026-11-22T15:01Z');
    expect(drafts).toEqual([]);
    expect(reminders.filter(({ lapses }) => lapses.length > 0)).toEqual([]);
  });
});

describe('a remedy', () => {
  const terms = 'remedy: A refund.\nclaim: Write to us.\nclaim_until: 2026-12-10\n';

  it('gets a reminder once the last day to claim it is over, until the content says that customers have it', async () => {
    const at = site();
    const { remind } = desk();
    at.update('2026-11-22T1500Z', 'resolved', `impact: minor\n${terms}`);
    expect(remind(await wantedAt(at.content, '2026-12-10T22:59Z'))).toEqual([]);
    expect(remind(await wantedAt(at.content, '2026-12-10T23:00Z')).map(lineOf)).toEqual([
      `open remedy:${slug}: remedy:2026-12-10`,
    ]);
    at.update('2026-12-11T1000Z', 'resolved', 'remedied: 2026-12-11\n');
    expect(remind(await wantedAt(at.content, '2026-12-11T10:01Z')).map(lineOf)).toEqual(['close #1']);
  });

  it('that is pending is due with the postmortem, and one that needs no delivery never is', async () => {
    const at = site('postmortem_within: 3d\n');
    at.update('2026-11-22T1500Z', 'resolved', 'impact: minor\nremedy: A refund.\nremedied: pending\n');
    const about = async (now: string): Promise<string[]> =>
      (await wantedAt(at.content, now)).reminders.flatMap(({ about, lapses }) => (lapses.length > 0 ? [about] : []));
    expect(await about('2026-11-25T22:59Z')).toEqual([]);
    expect(await about('2026-11-25T23:00Z')).toEqual([`remedy:${slug}`]);
    const other = site();
    other.update('2026-11-22T1500Z', 'resolved', 'impact: minor\nremedy: Nobody was charged.\n');
    expect((await wantedAt(other.content, '2027-01-25T15:00Z')).reminders.map(({ about }) => about)).not.toContain(
      `remedy:${slug}`,
    );
  });
});

describe('an action of a postmortem', () => {
  const post = (actions: string): string =>
    `---\ntitle: Slow search\npublished: 2026-11-21T10:00Z\nauthors:\n  - Dana\nsummary: It was slow.\ncustomer_data: unaffected\nactions:\n${actions}---\nText.\n`;
  const action = (what: string, due: string, done = ''): string =>
    `  - what: ${what}\n    owner: Tomas\n    due: ${due}\n${done === '' ? '' : `    done: ${done}\n`}`;

  it('that’s overdue is sent once, and the issue is closed when all are done', async () => {
    const at = site('', 'next_update: none\n');
    at.update('2026-11-22T1406Z', 'resolved', 'impact: minor\n');
    const { remind } = desk();
    const file = 'postmortems/2026-11-20-slow-search.md';
    at.put(
      file,
      post(
        action('Measure', '2026-11-25') + action('Alarm', '2026-11-27') + action('Test', '2026-11-24', '2026-11-23'),
      ),
    );
    // The day ends in Berlin, an hour before it does in UTC.
    expect(remind(await wantedAt(at.content, '2026-11-25T22:59Z'))).toEqual([]);
    const first = remind(await wantedAt(at.content, '2026-11-25T23:01Z'));
    expect(first.map(lineOf)).toEqual([
      expect.stringMatching(/^open actions:2026-11-20-slow-search: action:2026-11-25:[0-9a-f]{12}$/),
    ]);
    expect(first[0]?.kind === 'open' ? first[0].body : '').toContain('- **Measure** was due on 2026-11-25: Tomas');
    expect(remind(await wantedAt(at.content, '2026-11-26T12:00Z'))).toEqual([]);
    expect(remind(await wantedAt(at.content, '2026-11-28T12:00Z')).map(lineOf)).toEqual([
      expect.stringMatching(/^comment #1: action:2026-11-27:/),
    ]);
    at.put(file, post(action('Measure', '2026-11-25', '2026-11-28') + action('Alarm', '2026-12-27')));
    expect(remind(await wantedAt(at.content, '2026-11-28T13:00Z')).map(lineOf)).toEqual(['close #1']);
  });
});

describe('the command without --github', () => {
  it('prints what’s due, or that nothing is', async () => {
    const at = site('people:\n  Priya: priya-k\n');
    const folder = join(at.content, '..');
    expect(await call('remind', folder, { now: '2026-11-22T14:06Z' })).toEqual({
      code: 0,
      stdout: 'Nothing is due.\n',
      stderr: '',
    });
    const { stdout } = await call('remind', folder, { now: '2026-11-22T14:21Z' });
    expect(stdout).toBe(
      'Tell customers: Checkout errors (for @priya-k)\n' +
        '  Customers were promised an update by 22 November 2026, 15:30 CET. Post one by then, even if there is no news.\n' +
        '  Check-in at 22 November 2026, 15:15 CET: what do we know, what do we try next, does anyone need help, is customer data safe? To log it for the team: npx halfpast checkin 2026-11-22-checkout-errors\n',
    );
    const json = JSON.parse((await call('remind --json', folder, { now: '2026-11-22T14:21Z' })).stdout) as {
      readonly reminders: readonly object[];
    };
    expect(json.reminders).toMatchObject([{ about: `incident:${slug}`, login: 'priya-k' }]);
  });
});

describe('a reminder is due from its minute on', () => {
  it.each([
    ['the check-in', '14:15:00.000', ['check-in:2026-11-22T14:15:00.000Z']],
    [
      'the promise, ten minutes ahead',
      '14:20:00.000',
      ['promise:2026-11-22T14:30:00.000Z', 'check-in:2026-11-22T14:15:00.000Z'],
    ],
    ['the miss', '14:31:00.000', ['missed:2026-11-22T14:30:00.000Z', 'check-in:2026-11-22T14:30:00.000Z']],
    ['five minutes', '14:36:00.000', ['missed:2026-11-22T14:30:00.000Z:5m', 'check-in:2026-11-22T14:30:00.000Z']],
  ])('%s at %s, and not a millisecond before', async (_, time, expected) => {
    const { content } = site();
    const keys = async (now: number): Promise<readonly string[]> =>
      (await wantedAt(content, now)).reminders[0]?.lapses.map(({ key }) => key) ?? [];
    const due = Date.parse(`2026-11-22T${time}Z`);
    expect(await keys(due)).toEqual(expected);
    expect(await keys(due + 1)).toEqual(expected);
    expect(await keys(due - 1)).not.toContain(expected[0]);
  });

  it('has everything that an issue has, with and without the form', async () => {
    const at = async (settings: string) =>
      (await wantedAt(site(settings).content, '2026-11-22T14:21Z')).reminders.find(({ lapses }) => lapses.length > 0);
    const update = `npx halfpast update ${slug} --status investigating --template no-news --push`;
    const goals = (await at('priorities:\n  - Safe data\n  - "Clear *words*"\n'))?.body;
    expect(goals).toBe(
      `For Priya. Open: [Checkout errors](https://status.example.com/incidents/${slug}/). Lead: @\u200bdana.\n\nIn this order:\n\n1. Safe data\n2. Clear \\*words\\*\n\nTo post an update:\n\n\`\`\`\n${update}\n\`\`\`\n\nThis issue closes when the incident is resolved.`,
    );
    const form = `https://status.example.com/compose/?incident=${slug}&template=no-news`;
    const withForm = await at('repository:\n  github: example/status\npriorities:\n  - Safe data\n');
    expect(withForm?.body).toBe(
      `For Priya. Open: [Checkout errors](https://status.example.com/incidents/${slug}/). Lead: @\u200bdana.\n\nIn this order:\n\n1. Safe data\n\n[Post an update](${form}), starting from the template for no news.\n\nOr run:\n\n\`\`\`\n${update}\n\`\`\`\n\nThis issue closes when the incident is resolved.`,
    );
    expect(withForm?.answer).toEqual({ link: form, command: update });
  });

  it('describes what was missed in full sentences: plain in a terminal, bold in an issue', async () => {
    const lapse = async (time: string) =>
      (await wantedAt(site().content, `2026-11-22T${time}Z`)).reminders[0]?.lapses[0];
    const by = '22 November 2026, 15:30 CET';
    expect(await lapse('14:31')).toMatchObject({
      text: `The update that customers were promised by ${by} is overdue. Post one now, even if there is no news.`,
      markdown: `The update that customers were promised by **${by}** is overdue. Post one now, even if there is no news.`,
      to: { stage: 'comms', name: 'Priya', mention: 'Priya' },
    });
    expect(await lapse('14:36')).toMatchObject({
      text: `The update that customers were promised by ${by} is still missing after 5 minutes. Post one now, even if there is no news.`,
      markdown: `@dana: The update that customers were promised by **${by}** is still missing after 5 minutes. Post one now, even if there is no news.`,
      to: { stage: 'lead', name: '@dana', mention: '@dana' },
    });
    expect(await lapse('14:46')).toMatchObject({
      to: { stage: 'everyone', name: 'everyone', mention: 'Everyone, Priya, @dana' },
    });
  });
});

it.each([
  ['a', 'a'],
  ['  two\n lines ', ' two lines '],
  ['\\`*_[]#|~', '\\\\\\`\\*\\_\\[\\]\\#\\|\\~'],
  ['<b> @all', '&lt;b> @\u200ball'],
])('text from the content is shown literally: %j', (text, expected) => {
  expect(asWritten(text)).toBe(expected);
});

it.each([
  [null, null],
  ['Priya', 'priya-k'],
  ['Kim', null],
  ['@kim', 'kim'],
  ['@k-1', 'k-1'],
  ['@-kim', null],
  ['@kim-', null],
  ['@ki--m', null],
  [`@${'k'.repeat(39)}`, 'k'.repeat(39)],
  [`@${'k'.repeat(40)}`, null],
  ['toString', null],
])('the login of %j is %j', (person, expected) => {
  expect(loginOf(person, { people: { Priya: 'priya-k' } })).toBe(expected);
});
