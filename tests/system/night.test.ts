import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, lstatSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';
import { type Finished, halfpast, plainEnvironment } from '../support/halfpast.ts';
import { temporaryFolder, write } from '../support/folders.ts';
import { ownServer } from './own-server.ts';

/** The clock of the night, in UTC. */
const evening = '2027-01-14';
const morning = '2027-01-15';

/** The test's own clock, for every program that it starts. */
function testClock(folder: string): { readonly set: (time: string) => void; readonly env: Record<string, string> } {
  const file = join(folder, 'clock');
  const set = (time: string): void => {
    const day = time < '12:00' ? morning : evening;
    writeFileSync(file, time.includes('T') ? time : `${day}T${time}:00Z`);
  };
  set('21:00');
  const preload = pathToFileURL(join(import.meta.dirname, 'clock.mjs')).href;
  return { set, env: { TEST_CLOCK: file, NODE_OPTIONS: `--import=${preload}` } };
}

const remind = `remind:
  - slack:
      url_env: TEAM_URL
`;

it('a nine-hour night: no matter what fails, customers get every update once, and the team knows what’s live', async () => {
  const folder = temporaryFolder();
  const clock = testClock(folder);
  const server = await ownServer(folder, remind, clock.env);
  const { web, served, bare, checkout, clone, content, git, received, mails, lost, secrets } = server;

  const run = (...args: string[]): Promise<Finished> => halfpast(args, clone, clock.env);
  const inNight = (time: string, ...args: string[]): Promise<Finished> => {
    clock.set(time);
    return run(...args);
  };
  const post = (time: string, message: string, ...more: string[]): Promise<Finished> =>
    inNight(time, 'update', '--message', message, '--push', '--wait', '0', ...more);
  /** What the service does at a moment. */
  const watchAt = (time: string): Promise<Finished> => {
    clock.set(time);
    const place = ['--to', served, '--url', web.url, '--repository', bare, '--commit-id', 'HALFPAST_HEAD'];
    const args = ['watch', '--once', '--content', join(checkout, 'content'), ...place, '--tries', '1'];
    return halfpast(args, folder, { ...clock.env, ...secrets });
  };
  const team = (): string[] =>
    received.filter(({ path, body }) => path === '/team' && body.includes('Checkout fails')).map(({ body }) => body);
  const page = async (path = '/'): Promise<string> => (await fetch(`${web.url}${path}`)).text();
  const live = (text: string): Promise<boolean> => page('/rss.xml').then((feed) => feed.includes(text));

  // 21:00 The page is live, and nothing old is news.
  await git('add', '.');
  await git('commit', '--quiet', '--message', 'The beginning');
  expect(await git('push', '--quiet', 'origin', 'main')).toContain('ended with 0');
  expect(mails).toEqual([]);

  // 21:04 The incident is opened, and the command ends when customers can read it.
  const opened = await inNight(
    '21:04',
    ...['open', '--title', 'Checkout fails', '--component', 'checkout=major_outage', '--lead', 'Dana'],
    ...['--comms', 'Priya', '--message', 'No order can be placed.', '--push', '--wait', '0'],
  );
  expect(opened.stdout, opened.stderr).toMatch(/^LIVE after \d+ s: /m);
  expect(opened.code).toBe(0);
  const slug = `${evening}-checkout-fails`;
  expect(mails).toHaveLength(1);

  // 21:20 to 22:01 Nobody posts: one reminder before the promised time, and four after it, to more and more people.
  for (const time of ['21:20', '21:25', '21:31', '21:36', '21:46', '22:01', '22:02']) await watchAt(time);
  const reminders = team().flatMap(
    (body) => /For (\w+): (?:The update that c|C)ustomers were promised/.exec(body)?.[1] ?? [],
  );
  expect(reminders).toEqual(['Priya', 'Priya', 'Dana', 'everyone', 'everyone']);
  expect(await page()).toContain('overdue');

  // 22:05 A typo is pushed: the hook refuses it, the page stays, and reminders are based on the content before it.
  const typo = `incidents/${slug}/${evening}T2205Z.md`;
  write(content, typo, '---\nstatus: identifed\n---\nWe know why.\n');
  clock.set('22:05');
  await git('add', '.');
  await git('commit', '--quiet', '--message', 'We know why');
  expect(await git('push', '--quiet', 'origin', 'main')).toContain('Did you mean "identified"?');
  expect(await live('We know why')).toBe(false);
  const before = team().length;
  await watchAt('22:20');
  expect(team().length).toBeGreaterThan(before);
  expect(team().at(-1)).toContain('identifed');
  // A new update with the typo still there isn't live, and the command says so.
  const refused = await post('22:22', 'A fix is on its way.');
  expect(refused.stderr + refused.stdout).toMatch(/NOT LIVE|identifed/);
  expect(refused.code).toBe(1);
  write(content, typo, '---\nstatus: identified\n---\nWe know why.\n');
  await git('add', '.');
  await git('commit', '--quiet', '--message', 'Spelling');
  const fixed = await post('22:24', 'Card payments work again.');
  expect(fixed.stdout, fixed.stderr).toMatch(/^LIVE after/m);
  expect(await live('We know why')).toBe(true);

  // 22:40 The power fails while a push is being published. What it left doesn't keep the next one from going live.
  write(content, `incidents/${slug}/${evening}T2240Z.md`, '---\nstatus: identified\n---\nInvoices are late.\n');
  clock.set('22:40');
  await git('add', '.');
  await git('commit', '--quiet', '--message', 'Invoices are late');
  const pushing = spawn('git', ['push', '--quiet', 'origin', 'main'], {
    cwd: clone,
    env: { ...plainEnvironment, ...clock.env },
    detached: true,
    stdio: 'ignore',
  });
  // The lock is a link that leads nowhere.
  while (lstatSync(join(served, 'publish.lock'), { throwIfNoEntry: false }) === undefined) await sleep(20);
  await sleep(1000);
  process.kill(-(pushing.pid ?? 0), 'SIGKILL');
  await once(pushing, 'exit');
  writeFileSync(join(bare, 'index.lock'), '');
  const after = await post('22:44', 'Invoices will follow.');
  expect(after.stdout, after.stderr).toMatch(/^LIVE after/m);
  expect(await live('Invoices are late')).toBe(true);

  // 23:10 The web server is down: what is pushed isn't live, and the command says so. Later, it is published again.
  await web.stop();
  const down = await post('23:10', 'Refunds take a day.');
  expect(down.code).toBe(1);
  expect(down.stderr).toMatch(/NOT LIVE/);
  await web.serve(join(served, 'current'));
  for (const time of ['23:12', '23:45']) await watchAt(time);
  expect(await live('Refunds take a day')).toBe(true);

  // 00:10 The web server serves an old copy: verification fails, and the release before is restored.
  const old = join(folder, 'old-copy');
  cpSync(join(served, 'current/'), old, { recursive: true, dereference: true });
  await web.serve(old);
  const stale = await post('00:10', 'The cause was a certificate.');
  expect(stale.code).toBe(1);
  expect(stale.stderr).toMatch(/NOT LIVE/);
  await web.serve(join(served, 'current'));
  await watchAt('00:12');
  expect(await live('The cause was a certificate')).toBe(false);
  await watchAt('00:45');
  expect(await live('The cause was a certificate')).toBe(true);

  // 01:00 Publishing is on hold.
  writeFileSync(join(served, 'STOP'), 'the database moves');
  const held = await post('01:00', 'The new certificate is in place.');
  expect(held.code).toBe(1);
  expect(held.stderr).toMatch(/NOT LIVE.*hold/s);
  rmSync(join(served, 'STOP'));
  await watchAt('01:05');
  expect(await live('The new certificate is in place')).toBe(true);

  // 01:20 Someone else has pushed.
  const other = join(folder, 'other');
  await git('clone', '--quiet', bare, other);
  const theirs = ['-c', 'user.name=Dana', '-c', 'user.email=dana@example.com', '-C', other];
  write(other, `content/incidents/${slug}/${morning}T0120Z.md`, '---\nstatus: monitoring\n---\nDana is watching.\n');
  clock.set('01:20');
  await git('-C', other, 'add', '.');
  await git(...theirs, 'commit', '--quiet', '--message', 'Dana is watching');
  await git('-C', other, 'push', '--quiet', 'origin', 'main');
  expect(await live('Dana is watching')).toBe(true);
  const status = await inNight('01:22', 'status');
  expect(status.stdout).toMatch(/pull/);
  const both = await post('01:24', 'All orders of the night are being sent.');
  expect(both.stdout, both.stderr).toMatch(/^LIVE after/m);
  expect(await live('Dana is watching')).toBe(true);

  // 02:00 An update was wrong and is rolled back. Its commit doesn't come back by itself.
  await post('02:00', 'Everyone gets a refund.');
  expect(await live('Everyone gets a refund')).toBe(true);
  clock.set('02:02');
  await run('rollback', '--to', served, '--reason', 'not decided');
  expect(await live('Everyone gets a refund')).toBe(false);
  await watchAt('02:04');
  expect(await live('Everyone gets a refund')).toBe(false);
  expect((await inNight('02:05', 'status', '--to', served)).stdout).toContain('ROLLED BACK');
  const again = await post('02:06', 'We decide about refunds tomorrow.');
  expect(again.code).toBe(1);
  expect(again.stderr).toContain('NOT LIVE');
  expect(again.stderr).toContain('Halfpast-Allow: restore');

  // The update that was taken back is removed, on purpose.
  await git('rm', '--quiet', `content/incidents/${slug}/${morning}T0200Z.md`);
  clock.set('02:10');
  await git('commit', '--quiet', '--message', `Not decided\n\nHalfpast-Allow: remove ${slug}/${morning}T0200Z`);
  await git('push', '--quiet', 'origin', 'main');
  expect(await live('We decide about refunds tomorrow')).toBe(true);
  expect(await live('Everyone gets a refund')).toBe(false);

  // 03:00 The chat accepts a message, but its answer is lost. It gets the message at most once more.
  lost.add('/slack');
  await post('03:00', 'Half of the orders are sent.');
  for (const time of ['03:10', '03:20', '03:40', '04:30']) {
    clock.set(time);
    await git('commit', '--quiet', '--allow-empty', '--message', 'Again');
    await git('push', '--quiet', 'origin', 'main');
  }
  lost.clear();
  const times = received.filter(({ path, body }) => path === '/slack' && body.includes('Half of the orders')).length;
  expect(times).toBeGreaterThanOrEqual(1);
  expect(times).toBeLessThanOrEqual(2);

  // 06:00 It is over.
  const resolved = await inNight(
    '06:00',
    ...['resolve', '--message', 'All orders are sent.', '--customer-data', 'unaffected', '--push', '--wait', '0'],
  );
  expect(resolved.stdout, resolved.stderr).toMatch(/^LIVE after/m);

  // Every update reached every channel once, in its order, except those that were never live.
  const said = [
    ...['No order can be placed', 'We know why', 'Card payments work again', 'Invoices are late'],
    ...['Invoices will follow', 'Refunds take a day', 'The cause was a certificate', 'The new certificate is in place'],
    ...[
      'Dana is watching',
      'All orders of the night',
      'We decide about refunds',
      'Half of the orders',
      'All orders are',
    ],
  ];
  const { items } = JSON.parse(await page('/feed.json')) as { items: { content_html: string }[] };
  const webhooks = received.filter(({ path }) => path === '/webhook');
  for (const text of said) {
    expect(
      mails.filter((mail) => mail.replaceAll('=\r\n', '').includes(text)),
      text,
    ).toHaveLength(1);
    const ids = webhooks.filter(({ body }) => body.includes(text)).map(({ headers }) => headers['webhook-id']);
    expect(new Set(ids).size, text).toBe(1);
    expect(
      items.filter(({ content_html: html }) => html.includes(text)),
      text,
    ).toHaveLength(1);
  }
  const slack = received.filter(({ path, body }) => path === '/slack' && !body.includes('Half of the orders'));
  for (const text of said.filter((one) => !one.startsWith('Half')))
    expect(
      slack.filter(({ body }) => body.includes(text)),
      text,
    ).toHaveLength(1);

  // 09:00 The postmortem reaches every feed and channel, once.
  write(
    content,
    `postmortems/${slug}.md`,
    `---
title: What a certificate cost us
published: ${morning}T09:00Z
notify: true
authors: [Dana]
summary: A certificate expired, and no order could be placed for nine hours.
customer_data: unaffected
---
## What happened

Nobody had renewed it.
`,
  );
  clock.set('09:01');
  await git('add', '.');
  await git('commit', '--quiet', '--message', 'The postmortem');
  expect(await git('push', '--quiet', 'origin', 'main')).toContain('ended with 0');
  await git('commit', '--quiet', '--allow-empty', '--message', 'Nothing new');
  await git('push', '--quiet', 'origin', 'main');
  for (const feed of ['/rss.xml', '/atom.xml', '/feed.json'])
    expect(await page(feed)).toContain('What a certificate cost us');
  const { incidents } = JSON.parse(await page('/api/v2/incidents.json')) as {
    incidents: { name: string; status: string }[];
  };
  expect(incidents.find(({ name }) => name === 'Checkout fails')?.status).toBe('postmortem');
  expect(mails.filter((mail) => mail.includes('What a certificate cost us'))).toHaveLength(1);
  for (const channel of ['/slack', '/webhook'])
    expect(
      received.filter(({ path, body }) => path === channel && body.includes('What a certificate cost us')),
      channel,
    ).toHaveLength(1);
}, 1_200_000);
