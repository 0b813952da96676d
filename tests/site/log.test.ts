import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { assert, expect, it, onTestFinished } from 'vitest';
import { rssXml } from '../../src/lib/feeds/formats.ts';
import { updatesFeed } from '../../src/lib/feeds/site-feeds.ts';
import { call, hostileEnvironment, wordsOf } from '../scripts/call.ts';
import { git } from '../scripts/github/publisher.ts';
import { mailbox, receiver } from '../scripts/publish/notify/receivers.ts';
import { copyOfSite } from '../support/built-sites.ts';
import { filesBelow, temporaryFolder, write } from '../support/folders.ts';
import { brokenLinks } from '../support/links.ts';
import { loadContent } from '../support/load-content.ts';

/** What only the team may read: lines of both logs, and a name of a hand-over. */
const words = { shared: 'quokka one', local: 'quokka two', name: 'Quokka Three' };

/** A GitHub where every repository is private. */
async function privateGitHub(): Promise<string> {
  const server = createServer((_, response) => {
    response.writeHead(200, { 'content-type': 'application/json' }).end('{"private":true}');
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

it('an incident and its postmortem are published in full, without the log or names from a hand-over', async () => {
  // The content is at the top of its repository, so that the log is in the content folder itself.
  const { address, content, site, cache } = copyOfSite('calm', temporaryFolder());
  const [hook, customers, mail] = [await receiver(), await receiver(), await mailbox()];
  const settings = readFileSync(join(content, 'site.yml'), 'utf8');
  const channels = `notify:\n  slack:\n    url_env: CUSTOMERS\n  webhook:\n    url_env: HOOK\n    secret_env: SECRET\n  email:\n    to: all@example.com\n    from: s@example.com\n    smtp_env: MAIL\n`;
  write(content, 'site.yml', `${settings}${channels}`);
  git(content, 'init', '--quiet');
  git(content, 'add', '.');
  git(content, 'commit', '--quiet', '-m', 'Sample');
  const env = {
    ...hostileEnvironment,
    ...{ HOOK: hook.url, CUSTOMERS: customers.url, MAIL: mail.url },
    SECRET: `whsec_${Buffer.alloc(32, 1).toString('base64')}`,
    GITHUB_API_URL: await privateGitHub(),
  };
  const run = async (now: string, line: string): Promise<string> => {
    const words = [...wordsOf(line), '--content', content];
    const { code, stdout, stderr } = await call(words, content, { now: `2026-11-20T${now}Z`, context: { env } });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    return stdout;
  };
  await run('19:00', 'notify --state ../sent.json');
  await run('19:05', 'open --title "Only a kangaroo" --impact major --lead Dana --comms Kim --message "We look."');
  await run('19:15', `checkin kangaroo --known "${words.local}"`);
  git(content, 'remote', 'add', 'origin', 'https://github.com/example/private.git');
  await run('19:30', `checkin kangaroo --known "${words.shared}"`);
  git(content, 'remote', 'remove', 'origin');
  await run('19:45', `checkin kangaroo --known "${words.local}"`);
  // Those of an open incident name its lead, who stands in the content.
  const reminders = await run('19:46', 'remind --json');
  await run('19:50', `hand-over kangaroo --lead "${words.name}"`);
  const log = filesBelow(content).filter((path) => path.startsWith('log/') && path.endsWith('.md'));
  expect(log).toHaveLength(2);
  await run('20:00', 'resolve kangaroo --customer-data under_review --message "All is well."');
  await run('20:05', 'postmortem kangaroo --author Dana');
  await run('20:05', 'postmortem order-emails-late --author Dana');
  const slug = '2026-11-20-only-a-kangaroo';
  const path = `postmortems/${slug}.md`;
  const answered = readFileSync(join(content, path), 'utf8')
    .replace('draft: true', 'published: 2026-11-20T20:10Z')
    .replace(/\n---\n[^]*$/, (body) => body.replaceAll(/_[^_\n]+_/g, 'Answered.'));
  write(content, path, answered);
  await run('20:20', `build --out ${site} --cache ${cache}`);
  const sent = await run('20:20', 'notify --state ../sent.json');

  const read = (name: string): string => readFileSync(join(site, name), 'utf8');
  for (const text of ['We look.', 'All is well.']) expect(read(`incidents/${slug}/index.html`)).toContain(text);
  for (const text of ['Only a kangaroo', 'All Systems Operational']) expect(read('index.html')).toContain(text);
  expect(read(`postmortems/${slug}/index.html`)).toContain('"@type":"BlogPosting"');
  expect(read(`postmortems/${slug}/index.html`)).toContain(`href="/status/incidents/${slug}/"`);
  expect(read(`incidents/${slug}/index.html`)).toContain(`href="/status/postmortems/${slug}/"`);
  expect(read('postmortems/rss.xml')).toContain(`>${address}/postmortems/${slug}/</guid>`);
  expect(existsSync(join(site, 'postmortems/2026-11-09-order-emails-late')), 'a draft is not published').toBe(false);
  expect(brokenLinks(site, address)).toEqual([]);
  const checked = await loadContent(content, Date.parse('2026-11-20T20:20Z'));
  assert('site' in checked);
  expect(read('rss.xml')).toBe(await rssXml(updatesFeed(checked.site)));

  const published = filesBelow(site).map((path) => [path, readFileSync(join(site, path))] as const);
  const messages = [...hook.accepted, ...customers.accepted].map(({ body }) => body).join('\n');
  const all = [
    ...published,
    ['messages', Buffer.from(messages)] as const,
    ['mail', Buffer.from(mail.letters.join('\n').replaceAll('=\r\n', ''))] as const,
    ['reminders', Buffer.from(`${sent}${reminders}`)] as const,
  ];
  const having = (text: string): string[] => all.filter(([, bytes]) => bytes.includes(text)).map(([path]) => path);
  // What is public is found.
  const found = ['index.html', 'rss.xml', 'api/v2/incidents.json', 'messages', 'mail', 'reminders'];
  expect(having('Only a kangaroo')).toEqual(expect.arrayContaining(found));
  for (const text of Object.values(words)) expect(having(text), text).toEqual([]);
});
