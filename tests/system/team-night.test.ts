import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';
import { type Finished, halfpast } from '../support/halfpast.ts';
import { filesBelow, temporaryFolder } from '../support/folders.ts';
import { ownServer } from './own-server.ts';

const remind = `remind:
  - slack:
      url_env: TEAM_URL
`;

/** What the team writes in its log. Customers must never see any of it. */
const secretsOfTheTeam = ['Quagga router', 'Numbat vendor', 'Okapi refunds'];

it('a night of nine hours: three people, two incidents, a log that stays with the team, and a postmortem', async () => {
  const folder = temporaryFolder();
  const file = join(folder, 'clock');
  const setClock = (time: string): void =>
    writeFileSync(file, `${time < '12:00' ? '2027-01-15' : '2027-01-14'}T${time}:00Z`);
  setClock('21:00');
  const preload = pathToFileURL(join(import.meta.dirname, 'clock.mjs')).href;
  const env = { TEST_CLOCK: file, NODE_OPTIONS: `--import=${preload}` };
  const { served, bare, clone, content, git, received, mails, secrets, web } = await ownServer(folder, remind, env);
  const at = (time: string, ...args: string[]): Promise<Finished> => {
    setClock(time);
    return halfpast(args, clone, { ...env, ...secrets });
  };
  const live = async (time: string, ...args: string[]): Promise<void> => {
    const { stdout, stderr } = await at(time, ...args, '--push', '--wait', '0');
    expect(stdout, stderr).toMatch(/^LIVE after/m);
  };
  const [checkout, cards] = ['2027-01-14-checkout-fails', '2027-01-14-refunds-are-late'];

  await git('add', '.');
  await git('commit', '--quiet', '--message', 'The beginning');
  await git('push', '--quiet', 'origin', 'main');

  // 21:04 Dana leads, Priya writes. The first check-in is logged and sent to the team, but not to customers.
  const opening = ['open', '--title', 'Checkout fails', '--component', 'checkout=major_outage', '--lead', 'Dana'];
  await live('21:04', ...opening, '--comms', 'Priya', '--message', 'No order can be placed.');
  const kept = await at(
    '21:15',
    'checkin',
    '--known',
    'The Quagga router is down.',
    '--next',
    'Call the Numbat vendor.',
  );
  expect(kept.code, kept.stderr).toBe(0);
  const team = received.filter(({ path, body }) => path === '/team' && body.includes('Quagga'));
  expect(team).toHaveLength(1);
  await live('21:29', 'update', '--message', 'We are still looking.');

  // 22:10 A second incident, with another lead and the same comms. `status` reports that, and the missing check-ins.
  const second = ['open', '--title', 'Refunds are late', '--component', 'card-payments=degraded_performance'];
  await live('22:10', ...second, '--lead', 'Sam', '--comms', 'Priya', '--message', 'Refunds take a day.');
  const status = (await at('22:20', 'status')).stdout;
  expect(status).toMatch(/More than one lead: (?:Dana and Sam|Sam and Dana)\./);
  expect(status).toContain('Not logged');

  // 23:00 Priya goes home. The hand-over is recorded, but isn't an update.
  const before = mails.length;
  const handed = await at('23:00', 'hand-over', checkout, '--comms', 'Sam', '--push');
  expect(handed.code, handed.stderr).toBe(0);
  expect(mails).toHaveLength(before);
  expect((await at('23:01', 'status', '--json')).stdout).toContain('"comms":"Sam"');

  // 00:30 The incident can't be resolved without a verdict on customer data, which comes at 02:00.
  const ending = ['resolve', checkout, '--message', 'All orders go through again.'];
  const refused = await at('00:30', ...ending);
  expect(refused.stderr).toContain('--customer-data');
  expect(refused.code).not.toBe(0);
  expect((await at('01:15', 'checkin', checkout, '--data', 'Okapi refunds are the only trace.')).code).toBe(0);
  const claim = ['--claim', 'Write to support@example.com.', '--claim-until', '2027-02-28'];
  await live('02:00', 'update', checkout, '--customer-data', 'unaffected', '--message', 'Your data is safe.');
  await live('05:50', 'resolve', cards, '--customer-data', 'unaffected', '--message', 'Refunds arrive.');
  await live('06:00', ...ending, '--remedy', 'Failed orders get free delivery.', ...claim);
  expect(await (await fetch(`${web.url}/incidents/${checkout}/`)).text()).toContain('Write to support@example.com');

  // 06:05 The postmortem is drafted. No line of the log was confirmed, so the draft contains none.
  const drafted = await at('06:05', 'postmortem', checkout);
  expect(drafted.code, drafted.stderr).toBe(0);
  const draft = join(content, 'postmortems', `${checkout}.md`);
  const text = readFileSync(draft, 'utf8');
  for (const secret of secretsOfTheTeam) expect(text).not.toContain(secret);
  writeFileSync(
    draft,
    `---\ntitle: What a router cost us\npublished: 2027-01-15T06:10Z\nnotify: true\nauthors: [Dana]\nsummary: A router failed.\ncustomer_data: unaffected\n---\n## What happened\n\nNobody could order.\n`,
  );
  setClock('06:11');
  await git('add', 'content');
  await git('commit', '--quiet', '--message', 'The postmortem');
  expect(await git('push', '--quiet', 'origin', 'main')).toContain('ended with 0');
  await git('commit', '--quiet', '--allow-empty', '--message', 'Nothing new');
  await git('push', '--quiet', 'origin', 'main');
  expect(await (await fetch(`${web.url}/rss.xml`)).text()).toContain('What a router cost us');
  const about = 'What a router cost us';
  expect(mails.filter((mail) => mail.includes(about))).toHaveLength(1);
  for (const channel of ['/slack', '/webhook'])
    expect(received.filter(({ path, body }) => path === channel && body.includes(about))).toHaveLength(1);

  // Nothing in the log left the team: it isn't in anything that was published, sent or pushed.
  const pushed = await git('--git-dir', bare, 'log', '--all', '--patch', '--format=%B');
  const published = filesBelow(served).map((path) => [path, readFileSync(join(served, path))] as const);
  expect(published.length).toBeGreaterThan(100);
  const sent = received.filter(({ path }) => path !== '/team').map(({ body }) => body);
  for (const secret of secretsOfTheTeam) {
    expect(published.filter(([, bytes]) => bytes.includes(secret)).map(([path]) => path)).toEqual([]);
    expect([pushed, ...sent, ...mails].filter((one) => one.replaceAll('=\r\n', '').includes(secret))).toEqual([]);
  }
}, 1_200_000);
