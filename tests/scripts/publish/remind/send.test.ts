import { createHmac } from 'node:crypto';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { isoTime } from '../../../../src/lib/domain/calendar.ts';
import type { Site } from '../../../../src/lib/domain/site.ts';
import { UserError } from '../../../../scripts/cli/errors.ts';
import { realDisk } from '../../../../scripts/cli/system.ts';
import type { GitHubPort } from '../../../../scripts/github/port.ts';
import { fileStore, type Store } from '../../../../scripts/publish/notify/deliveries.ts';
import type { Done } from '../../../../scripts/publish/remind/issues.ts';
import { sendReminders, sendToTeam } from '../../../../scripts/publish/remind/send.ts';
import { put, smallSite } from '../../site.ts';
import { siteOf } from '../guard/snapshot-of.ts';
import { headerOf, mailbox, receiver } from '../notify/receivers.ts';
import { loadContent } from '../../../support/load-content.ts';

const slug = '2026-11-22-slow';
const secret = `whsec_${Buffer.alloc(32, 1).toString('base64')}`;

function team(remind: string) {
  const folder = smallSite();
  const settings = 'name: Example\nurl: https://status.example.com\ntime_zone: UTC\n';
  put(folder, 'site.yml', `${settings}remind:\n${remind}`);
  put(
    folder,
    `incidents/${slug}/2026-11-22T1805Z.md`,
    '---\ntitle: "Slow <b>&"\nstatus: monitoring\nimpact: minor\nlead: Dana\ncomms: Priya\n---\nx\n',
  );
  // Otherwise, there would also be reminders about the small site's own incident.
  put(folder, 'incidents/2026-11-22-checkout-errors/2026-11-22T1500Z.md', '---\nstatus: resolved\n---\nx\n');
  const file = fileStore(join(folder, 'reminders.json'), 'reminders.json', realDisk, (work) => work());
  return async (time: string, env: Record<string, string>, store = file): Promise<Done> => {
    const now = Date.parse(`2026-11-22T${time}Z`);
    const parsed = await loadContent(join(folder, 'content'), now);
    if ('problems' in parsed) throw new Error(JSON.stringify(parsed.problems));
    const good = { ...parsed, tree: { files: [], symlinks: [] } as never, note: null };
    return sendReminders(good, { env, clock: () => now, store, github: null });
  };
}

it('each destination gets the reminders of its stage, once, in its own format', async () => {
  const [hook, discord, mail] = [await receiver(), await receiver(), await mailbox()];
  const remind = team(
    '  - webhook:\n      url_env: HOOK\n      secret_env: SECRET\n' +
      '  - discord:\n      url_env: DISCORD\n    for: lead\n' +
      '  - email:\n      to: all@example.com\n      from: Status <s@example.com>\n      smtp_env: MAIL\n    for: everyone\n',
  );
  const env = { HALFPAST_SECRETS: `HOOK=${hook.url}\nSECRET=${secret}\nDISCORD=${discord.url}\nMAIL=${mail.url}` };
  for (const time of ['18:10', '18:20', '18:20', '18:31', '18:31', '18:36', '18:46', '19:01', '20:00'])
    expect(await remind(time, env)).toMatchObject({ failures: [] });
  const events = hook.accepted.map(({ body }) => JSON.parse(body) as { type: string; data: { reminders: object[] } });
  expect(events.map(({ type, data }) => [type, data.reminders.length])).toEqual(
    Array.from({ length: 5 }, () => ['reminder', 1]),
  );
  expect(events.flatMap(({ data }) => data.reminders)).toMatchObject([
    { id: 'promise:2026-11-22T18:30:00.000Z', stage: 'comms', for: 'Priya' },
    { id: 'missed:2026-11-22T18:30:00.000Z', stage: 'comms', for: 'Priya' },
    { id: 'missed:2026-11-22T18:30:00.000Z:5m', stage: 'lead', for: 'Dana' },
    { id: 'missed:2026-11-22T18:30:00.000Z:15m', stage: 'everyone', for: 'everyone' },
    { id: 'missed:2026-11-22T18:30:00.000Z:30m', stage: 'everyone', for: 'everyone' },
  ]);
  const [first] = hook.accepted;
  const signed = `${String(first?.headers['webhook-id'])}.${String(first?.headers['webhook-timestamp'])}.${first?.body ?? ''}`;
  const key = Buffer.from(secret.slice(6), 'base64');
  expect(first?.headers['webhook-signature']).toBe(`v1,${createHmac('sha256', key).update(signed).digest('base64')}`);
  expect(new Set(hook.accepted.map(({ headers }) => headers['webhook-id'])).size).toBe(5);
  expect(discord.accepted).toHaveLength(3);
  expect(discord.accepted[0]?.body).toContain('For Dana: The update that customers were promised');
  expect(mail.letters.map((letter) => headerOf(letter, 'To'))).toEqual(['all@example.com', 'all@example.com']);
  expect(headerOf(mail.letters[0] ?? '', 'Subject')).toContain('[Example] Tell customers: Slow');
  expect(mail.letters.join('').replaceAll(/=\r\n/g, '')).toContain('npx halfpast update 2026-11-22-slow');
});

it('a failure is reported without its secret and sent by the next run, while other destinations get theirs', async () => {
  const [good, bad] = [await receiver(), await receiver()];
  bad.reply = () => ({ status: 500, body: 'no' });
  const remind = team(
    '  - slack:\n      url_env: BAD\n  - slack:\n      url_env: GOOD\n  - teams:\n      url_env: NONE\n  - issues: true\n',
  );
  const env = { GOOD: good.url, BAD: `${bad.url}/hush` };
  const { done, failures } = await remind('18:20', env);
  expect(done).toEqual(['reminded on slack: Tell customers: Slow <b>&']);
  expect(failures).toEqual([
    expect.stringContaining('remind: names issues, which need GitHub'),
    expect.stringMatching(/^slack BAD: Tell customers: Slow <b>& was not sent: status 500/),
    expect.stringContaining('teams NONE: NONE is not set'),
  ]);
  expect(failures.join()).not.toContain('hush');
  bad.reply = () => null;
  await remind('18:22', env);
  expect([good.accepted.length, bad.accepted.length]).toEqual([1, 1]);
});

describe('a reminder is recorded as soon as it has arrived', () => {
  const places = '  - slack:\n      url_env: A\n  - slack:\n      url_env: B\n';

  it("so a watch that's canceled before that repeats at most one", async () => {
    const [a, b] = [await receiver(), await receiver()];
    const remind = team(places);
    const env = { A: a.url, B: b.url };
    // It's canceled while the second destination is being reminded.
    b.reply = () => 'silence';
    void remind('18:20', env).catch(() => undefined);
    await vi.waitFor(() => expect(b.asked).toHaveLength(1), { timeout: 20_000 });
    b.reply = () => null;
    expect(await remind('18:21', env)).toEqual({
      done: ['reminded on slack: Tell customers: Slow <b>&'],
      failures: [],
    });
    expect([a.accepted.length, b.accepted.length]).toEqual([1, 1]);
  });

  it('and this run ends with a message if another run has recorded something in the meantime', async () => {
    const [a, b] = [await receiver(), await receiver()];
    const store = {
      name: 'the record',
      exclusively: <T>(work: () => Promise<T>): Promise<T> => work(),
      load: () => Promise.resolve({ text: null, version: null }),
      save: () => Promise.resolve(null),
    };
    expect(await team(places)('18:20', { A: a.url, B: b.url }, store)).toEqual({
      done: ['reminded on slack: Tell customers: Slow <b>&'],
      failures: ['the record was changed by another run, so a reminder may be sent twice'],
    });
    expect([a.accepted.length, b.accepted.length]).toEqual([1, 0]);
  });
});

const site = (settings: string, more: Readonly<Record<string, string>> = {}, time = '18:20'): Site => {
  const found = siteOf(
    new Map([
      ['site.yml', `name: Example\nurl: https://status.example.com\ntime_zone: UTC\n${settings}`],
      ['components.yml', 'components:\n  - id: api\n    name: API\n'],
      [
        `incidents/${slug}/2026-11-22T1805Z.md`,
        '---\ntitle: Slow\nstatus: monitoring\nimpact: minor\ncomms: Priya\n---\nx\n',
      ],
      ...Object.entries(more),
    ]),
    Date.parse(`2026-11-22T${time}Z`),
  );
  if (found === null) throw new Error('not faultless');
  return found;
};

/** A record in memory, with everything that was saved. */
function memory(text: string | null = null) {
  const saved: string[] = [];
  return {
    saved,
    name: 'the record',
    exclusively: <T>(work: () => Promise<T>): Promise<T> => work(),
    load: () => Promise.resolve({ text, version: null }),
    save: (now: string) => Promise.resolve(`${saved.push(now)}`),
  };
}

const good = (one: Site, note: string | null = null) => ({
  site: one,
  drafts: [],
  note,
  tree: {} as never,
  warnings: [],
});

const promise = `incident:${slug} promise:2026-11-22T18:30:00.000Z`;
const text =
  'Customers were promised an update by 22 November 2026, 18:30 UTC. Post one by then, even if there is no news.';
const command = `npx halfpast update ${slug} --status monitoring --template no-news --push`;

describe('a message', () => {
  const clock = (): number => Date.parse('2026-11-22T18:20:30Z');
  const sent = async (settings: string, note: string | null = null) => {
    const hook = await receiver();
    const env = { HOOK: hook.url, SECRET: secret };
    const store = memory();
    const done = await sendReminders(good(site(settings), note), { env, clock, store, github: null });
    return { done, store, asked: hook.accepted, bodies: hook.accepted.map(({ body }) => JSON.parse(body) as object) };
  };
  const webhook = 'remind:\n  - webhook:\n      url_env: HOOK\n      secret_env: SECRET\n';
  const slack = 'remind:\n  - slack:\n      url_env: HOOK\n';
  const repository = 'repository:\n  github: example/status\n';
  const form = `https://status.example.com/compose/?incident=${slug}&template=no-news`;
  const title = 'Tell customers: Slow';

  it.each([
    ['', null, null],
    [repository, form, 'a typo'],
  ])('to a webhook says everything: %j', async (settings, link, note) => {
    const { bodies, asked, store, done } = await sent(webhook + settings, note);
    expect(done).toEqual({ done: [`reminded on webhook: ${title}`], failures: [] });
    expect(bodies).toEqual([
      {
        type: 'reminder',
        timestamp: '2026-11-22T18:20:00.000Z',
        data: {
          site: 'Example',
          about: `incident:${slug}`,
          title,
          reminders: [{ id: 'promise:2026-11-22T18:30:00.000Z', text, stage: 'comms', for: 'Priya' }],
          form: link,
          command,
          note,
        },
      },
    ]);
    expect(asked[0]?.headers).toMatchObject({
      'webhook-id': 'msg_f66ec3beb9b90ebe88da4d857cee8c6c',
      'webhook-timestamp': '1795371630',
      'webhook-signature': expect.stringMatching(/^v1,/) as string,
    });
    expect(store.saved).toEqual([
      `${JSON.stringify({ form: 1, sent: { 'webhook HOOK': { [promise]: '2026-11-22T18:20:30.000Z' } } }, null, 2)}\n`,
    ]);
  });

  it.each([
    [
      '',
      null,
      `For Priya: ${text}\n\nTo post an update, run: ${command}`,
      '<https://status.example.com/|Open the status page>',
    ],
    [
      repository,
      'A typo.',
      `For Priya: ${text}\n\nFrom a terminal: ${command}\n\nA typo.`,
      `<${form.replace('&', '&amp;')}|Post an update>`,
    ],
  ])('to a chat has its paragraphs and a link: %j', async (settings, note, paragraphs, link) => {
    const { bodies } = await sent(slack + settings, note);
    expect(bodies).toMatchObject([
      {
        text: `Example: ${title}`,
        blocks: [{ text: { text: title } }, { text: { text: paragraphs } }, { elements: [{ text: link }] }],
      },
    ]);
  });
});

describe('the record of reminders', () => {
  const slack = 'remind:\n  - slack:\n      url_env: HOOK\n';
  const recorded = (entries: object): string => JSON.stringify({ form: 1, sent: { 'slack HOOK': entries } });

  it.each<[string, string | null, number, number]>([
    ['none', null, 1, 1],
    ['one that knows it', recorded({ [promise]: '2026-11-22T18:20:00.000Z' }), 0, 0],
    ['one that knows another place', recorded({}).replace('HOOK', 'OTHER'), 1, 1],
    [
      'one with what is over',
      recorded({ [promise]: '2026-11-22T18:20:00.000Z', other: '2026-11-22T18:00:00.000Z' }),
      0,
      1,
    ],
    ['one of another form', '{"form":2}', 1, 1],
    ['one that is damaged', '{', 1, 1],
  ])('%s: %#', async (_, before, sent, saves) => {
    const hook = await receiver();
    const store = memory(before);
    const clock = () => Date.parse('2026-11-22T18:20:00Z');
    await sendReminders(good(site(slack)), { env: { HOOK: hook.url }, clock, store, github: null });
    expect([hook.accepted.length, store.saved.length]).toEqual([sent, saves]);
    for (const text of store.saved)
      expect(JSON.parse(text)).toEqual(JSON.parse(recorded({ [promise]: isoTime(clock()) })));
  });
});

describe('a reminder that could not be recorded', () => {
  it.each<[string, Error, string]>([
    [
      'because the disk was full',
      Object.assign(new Error('no room'), { code: 'ENOSPC', path: 'r.json' }),
      'r.json could not be written: the disk is full',
    ],
    ['because GitHub did not answer', new UserError('GitHub did not write it'), 'GitHub did not write it'],
  ])('%s is recorded by the next run of this process, and not sent again', async (_, error, failure) => {
    const [hook, other] = [await receiver(), await receiver()];
    const slack = 'remind:\n  - slack:\n      url_env: HOOK\n  - slack:\n      url_env: OTHER\n';
    const clock = () => Date.parse('2026-11-22T18:20:00Z');
    const [store, remembered] = [memory(), new Map()];
    const outside = { env: { HOOK: hook.url, OTHER: other.url }, clock, github: null };
    const refusing = { ...store, save: () => Promise.reject(error) };
    const done = 'reminded on slack: Tell customers: Slow';
    expect(await sendReminders(good(site(slack)), { ...outside, store: refusing }, remembered)).toEqual({
      done: [done, done],
      failures: [failure],
    });
    expect(await sendReminders(good(site(slack)), { ...outside, store }, remembered)).toEqual({
      done: [],
      failures: [],
    });
    expect([hook.accepted.length, other.accepted.length]).toEqual([1, 1]);
    expect(store.saved.map((text) => JSON.parse(text) as object)).toEqual([
      {
        form: 1,
        sent: { 'slack HOOK': { [promise]: isoTime(clock()) }, 'slack OTHER': { [promise]: isoTime(clock()) } },
      },
    ]);
  });
});

describe('on GitHub', () => {
  const down = (): Promise<never> => Promise.reject(new UserError('status 502'));
  /** What a run posts, at a time when the lead is reminded, too. */
  async function posted(
    remind: string,
    refused = false,
    broken: Partial<GitHubPort> = {},
    store: Store = memory(),
    more: Readonly<Record<string, string>> = {},
  ) {
    const issues: { readonly title: string; readonly body: string }[] = [];
    const port = {
      readFile: () => Promise.resolve(null),
      issues: () => Promise.resolve([]),
      createIssue: (issue: { readonly title: string; readonly body: string }) =>
        refused
          ? Promise.reject(new UserError('GitHub did not open it'))
          : Promise.resolve({ number: issues.push(issue) }),
      ...broken,
    } as unknown as GitHubPort;
    const hook = await receiver();
    const found = await sendReminders(good(site(remind, more, '18:36'), 'A note.'), {
      env: { HOOK: hook.url },
      clock: () => Date.parse('2026-11-22T18:36Z'),
      store,
      github: { port, content: 'content' },
    });
    return { ...found, issues, chats: hook.accepted.length };
  }
  const slack = '  - slack:\n      url_env: HOOK\n';
  const opened = 'opened #1, Tell customers: Slow';
  const reminded = 'reminded on slack: Tell customers: Slow';

  it.each<[string, string, readonly string[]]>([
    ['issues where nothing else is said', '', [opened]],
    ['issues and a chat', `remind:\n  - issues: true\n${slack}`, [opened, reminded]],
    ['only a chat', `remind:\n${slack}`, [reminded]],
    ['issues for the lead', 'remind:\n  - issues: true\n    for: lead\n', [opened]],
    ['no issues for everyone yet', 'remind:\n  - issues: true\n    for: everyone\n', []],
  ])('reminders go to %s', async (_, remind, done) => {
    const { issues, chats, ...found } = await posted(remind);
    expect(found).toMatchObject({ done, failures: [] });
    expect([issues.length, chats]).toEqual([Number(done.includes(opened)), Number(done.includes(reminded))]);
    for (const { body } of issues) expect(body).toMatch(/missing after 5 minutes[^]*A note\./);
  });

  it.each<[string, Partial<GitHubPort>, string, readonly string[]]>([
    ['issues', { issues: down }, `remind:\n  - issues: true\n${slack}`, [reminded]],
    ['the log of releases', { readFile: down }, `remind:\n  - issues: true\n${slack}`, [opened, reminded]],
  ])('a failure to read %s is reported, and the others still get theirs', async (_, broken, remind, done) => {
    expect(await posted(remind, false, broken)).toMatchObject({ done, failures: ['status 502'] });
  });

  it('a failure to read the record is reported, and issues are still opened', async () => {
    const store = { ...memory(), load: down };
    expect(await posted(`remind:\n  - issues: true\n${slack}`, false, {}, store)).toMatchObject({
      done: [opened],
      failures: ['status 502'],
      chats: 0,
    });
  });

  it('no postmortem is drafted without the log of releases, which says when updates were live', async () => {
    const drafted: unknown[] = [];
    const proposes = {
      propose: (proposal: unknown) => Promise.resolve({ kind: 'made', number: drafted.push(proposal) }),
    };
    const over = {
      [`incidents/${slug}/2026-11-22T1805Z.md`]:
        '---\ntitle: Slow\nstatus: resolved\nimpact: critical\ncustomer_data: unaffected\n---\nx\n',
    };
    const draft = (more: object) => posted('', false, { ...proposes, ...more } as never, memory(), over);
    await draft({ readFile: down });
    expect(drafted).toEqual([]);
    await draft({});
    expect(drafted).toHaveLength(1);
  });

  it('an issue that GitHub refuses is reported, and chats still get theirs', async () => {
    expect(await posted(`remind:\n  - issues: true\n${slack}`, true)).toMatchObject({
      done: [reminded],
      failures: ['GitHub did not open it'],
    });
  });
});

describe('a note to the team', () => {
  const note = { about: 'check-in', title: 'Check-in: Slow', text: 'We know more.' };
  const clock = (): number => Date.parse('2026-11-22T18:20:30Z');
  const nowhere =
    'Not sent to the team: remind: in site.yml names no place that is only for the team and gets everything.';
  const slack = (name: string): string => `  - slack:\n      url_env: ${name}\n`;
  const email = (to: string): string =>
    `    to: ${to}\n      from: a@example.com\n      smtp_env: MAIL\n`.replace(/^ {4}/, '      ');
  const forCustomers = `notify:\n  slack:\n    url_env: PUBLIC\n  email:\n    to: all@example.com\n    from: a@example.com\n    smtp_env: MAIL\n`;

  it.each<[string, string, readonly string[]]>([
    ['no place', '', [nowhere]],
    ['issues', 'remind:\n  - issues: true\n', [nowhere]],
    ['a place for the lead', `remind:\n${slack('TEAM')}    for: lead\n`, [nowhere]],
    ['a place where customers get updates', `${forCustomers}remind:\n${slack('PUBLIC')}`, [nowhere]],
    ['a list of customers', `${forCustomers}remind:\n  - email:\n${email('all@example.com')}`, [nowhere]],
    ['a place of the team', `${forCustomers}remind:\n${slack('TEAM')}`, ['Sent to the team on slack.']],
    [
      'a mailbox of the team',
      `${forCustomers}remind:\n  - email:\n${email('team@example.com')}`,
      ['Sent to the team on email.'],
    ],
    [
      'several places',
      `remind:\n  - issues: true\n${slack('TEAM')}${slack('NONE')}${slack('BAD')}`,
      [
        'Sent to the team on slack.',
        expect.stringMatching(/^Not sent to slack NONE: NONE is not set.*\.$/) as string,
        expect.stringMatching(/^Not sent to slack BAD: status 500.*\.$/) as string,
      ],
    ],
    [
      'a webhook with a wrong secret',
      'remind:\n  - webhook:\n      url_env: TEAM\n      secret_env: TEAM\n',
      [
        'Not sent to webhook TEAM: TEAM is not a signing secret. Make one with: echo "whsec_$(openssl rand -base64 32)".',
      ],
    ],
    [
      'a webhook without one',
      'remind:\n  - webhook:\n      url_env: TEAM\n      secret_env: NONE\n',
      [expect.stringMatching(/^Not sent to webhook TEAM: NONE is not set/) as string],
    ],
    [
      'a webhook without an address',
      'remind:\n  - webhook:\n      url_env: NONE\n      secret_env: TEAM\n',
      [expect.stringMatching(/^Not sent to webhook NONE: NONE is not set/) as string],
    ],
  ])('is for %s: %#', async (_, settings, lines) => {
    const [team, bad, mail] = [await receiver(), await receiver(), await mailbox()];
    bad.reply = () => ({ status: 500, body: 'no' });
    const env = { TEAM: team.url, PUBLIC: team.url, BAD: bad.url, MAIL: mail.url };
    expect(await sendToTeam(note, site(settings), { env, clock })).toEqual(lines);
    expect(team.accepted.length).toBe(Number(lines.includes('Sent to the team on slack.')));
    expect(mail.letters.length).toBe(Number(lines.includes('Sent to the team on email.')));
    for (const { body } of team.accepted)
      expect(JSON.parse(body)).toMatchObject({
        text: 'Example: Check-in: Slow',
        blocks: [{ text: { text: 'Check-in: Slow' } }, { text: { text: 'We know more.' } }, {}],
      });
    for (const letter of mail.letters) expect(headerOf(letter, 'Subject')).toBe('[Example] Check-in: Slow');
  });

  it('to a webhook has its time as its id', async () => {
    const team = await receiver();
    const settings = 'remind:\n  - webhook:\n      url_env: TEAM\n      secret_env: SECRET\n';
    await sendToTeam(note, site(settings), { env: { TEAM: team.url, SECRET: secret }, clock });
    expect(team.accepted.map(({ body }) => (JSON.parse(body) as { readonly data: object }).data)).toEqual([
      {
        site: 'Example',
        about: 'check-in',
        title: 'Check-in: Slow',
        reminders: [{ id: '2026-11-22T18:20:30.000Z', text: 'We know more.', stage: 'comms', for: null }],
        form: null,
        command: null,
        note: null,
      },
    ]);
  });
});
