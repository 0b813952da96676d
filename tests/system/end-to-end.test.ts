import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { SMTPServer } from 'smtp-server';
import { afterEach, expect, it } from 'vitest';
import { sampleContent, temporaryFolder, write } from '../support/folders.ts';
import { plainEnvironment, root } from '../support/halfpast.ts';

const run = promisify(execFile);
const stops: (() => void)[] = [];
afterEach(() => stops.splice(0).forEach((stop) => stop()));

type Received = { readonly path: string; readonly headers: IncomingMessage['headers']; readonly body: string };

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  stops.push(() => server.close());
  return (server.address() as AddressInfo).port;
}

/** One receiver for all channels that speak HTTP: a hub, a webhook, a chat. */
async function receiver(received: Received[]): Promise<string> {
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      received.push({ path: request.url ?? '', headers: request.headers, body });
      response.writeHead(204).end();
    });
  });
  return `http://127.0.0.1:${await listen(server)}`;
}

async function mailServer(mails: string[]): Promise<string> {
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData(stream, _session, done) {
      let mail = '';
      stream.on('data', (chunk: Buffer) => (mail += chunk.toString()));
      stream.on('end', () => {
        mails.push(mail);
        done();
      });
    },
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  stops.push(() => server.close(() => undefined));
  return `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`;
}

async function freePort(): Promise<number> {
  const server = createServer();
  const port = await listen(server);
  stops.pop();
  await new Promise<void>((resolve) => server.close(() => resolve()));
  return port;
}

/** The code block of a page of the docs that begins so. */
function fenced(page: string, beginning: string): string {
  const blocks = [...readFileSync(join(root, page), 'utf8').matchAll(/^```\w*\n([\s\S]*?)^```/gm)].map(
    ([, block = '']) => block,
  );
  const found = blocks.find((block) => block.startsWith(beginning));
  if (found === undefined) throw new Error(`${page} has no block that begins with ${beginning}`);
  return found;
}

/** nginx with the lines of the docs, as a process of its own. */
async function nginx(folder: string, served: string): Promise<string> {
  const port = await freePort();
  const home = join(folder, 'nginx');
  mkdirSync(home);
  // Started by root, its workers would be another user, who may not enter a temporary folder.
  const user = process.getuid?.() === 0 ? 'user root;' : '';
  writeFileSync(
    join(home, 'nginx.conf'),
    `${user}
daemon off; pid ${home}/pid; error_log ${home}/error.log;
events {}
http {
  include /etc/nginx/mime.types; access_log off;
  client_body_temp_path ${home}; proxy_temp_path ${home}; fastcgi_temp_path ${home}; uwsgi_temp_path ${home}; scgi_temp_path ${home};
  server {
    listen 127.0.0.1:${port};
    ${fenced('docs/publishing.md', 'root /srv').replace('/srv/status/current', served)}
  }
}
`,
  );
  const child: ChildProcess = spawn('nginx', ['-c', join(home, 'nginx.conf'), '-e', join(home, 'error.log')], {
    stdio: 'ignore',
  });
  stops.push(() => void child.kill());
  return `http://127.0.0.1:${port}`;
}

/** What the lines of the docs have nginx say of each kind of file. */
async function expectHeaders(url: string): Promise<void> {
  const of = async (path: string): Promise<(string | null)[]> => {
    const { headers } = await fetch(`${url}${path}`);
    const always = ['x-content-type-options', 'referrer-policy', 'permissions-policy', 'strict-transport-security'];
    expect(
      always.map((name) => headers.get(name)),
      path,
    ).toEqual([
      'nosniff',
      'no-referrer',
      'camera=(), geolocation=(), microphone=()',
      // Only over https.
      null,
    ]);
    return ['content-type', 'content-security-policy', 'access-control-allow-origin'].map((name) => headers.get(name));
  };
  const alone = "frame-ancestors 'none'";
  const data = `default-src 'none'; style-src 'self' 'unsafe-inline'; ${alone}`;
  expect(await of('/')).toEqual(['text/html; charset=utf-8', alone, null]);
  expect(await of('/history/')).toEqual(['text/html; charset=utf-8', alone, null]);
  for (const path of ['/no-such-page/', '/embed/no-such-page', '/api/v2/', '/incidents/', '/components/'])
    expect((await of(path)).slice(0, 2), path).toEqual(['text/html; charset=utf-8', alone]);
  const codes = ['/no-such-page/', '/api/v2/', '/api/', '/incidents/', '/maintenance/', '/components/'].map(
    async (path) => (await fetch(`${url}${path}`)).status,
  );
  expect(await Promise.all(codes)).toEqual([404, 404, 200, 200, 200, 200]);
  expect(await of('/embed/')).toEqual(['text/html; charset=utf-8', null, null]);
  expect(await of('/api/v2/summary.json')).toEqual(['application/json; charset=utf-8', data, '*']);
  expect(await of('/embed.js')).toEqual(['application/javascript; charset=utf-8', alone, '*']);
  expect(await of('/feed.json')).toEqual(['application/json; charset=utf-8', data, '*']);
  expect(await of('/history.rss')).toEqual(['text/xml; charset=utf-8', data, null]);
  expect(await of('/maintenance.ics')).toEqual(['text/calendar; charset=utf-8', data, null]);
  expect(await of('/badge.svg')).toEqual(['image/svg+xml; charset=utf-8', data, null]);
}

it('a pushed update goes live, is verified and sent to every channel, and the duration is printed', async () => {
  const folder = temporaryFolder();
  const received: Received[] = [];
  const mails: string[] = [];
  const [http, smtp] = [await receiver(received), await mailServer(mails)];
  const served = join(folder, 'status');
  const url = await nginx(folder, join(served, 'current'));

  const bare = join(folder, 'status.git');
  const work = join(folder, 'checkout');
  const clone = join(folder, 'clone');
  const git = async (...args: string[]): Promise<string> => {
    const { stdout, stderr } = await run('git', args, { cwd: clone, env: plainEnvironment });
    return stdout + stderr;
  };
  await run('git', ['init', '--quiet', '--bare', '--initial-branch=main', bare]);
  await run('git', ['clone', '--quiet', bare, clone]);
  await git('config', 'user.name', 'Priya');
  await git('config', 'user.email', 'priya@example.com');
  const hook = join(bare, 'hooks/post-receive');
  // The text of the docs, with this test's folders in its first lines.
  const places = { halfpast: root, bare, checkout: work, branch: 'main', served, url };
  const text = Object.entries(places).reduce(
    (script, [name, value]) => {
      expect(script).toMatch(new RegExp(`\\b${name}=\\S+`));
      return script.replace(new RegExp(`\\b${name}=\\S+`), `${name}='${value}'`);
    },
    fenced('docs/publishing.md', '#!/bin/sh'),
  );
  writeFileSync(hook, `${text}echo "ended with $?"\n`);
  writeFileSync(
    join(bare, 'channels'),
    `
export HALFPAST_WEBHOOK_URL=${http}/webhook HALFPAST_WEBHOOK_SECRET=whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw
export HALFPAST_SLACK_URL=${http}/slack HALFPAST_SMTP_URL=${smtp}
`,
  );
  chmodSync(hook, 0o755);

  const content = sampleContent(clone);
  writeFileSync(
    join(content, 'site.yml'),
    `${readFileSync(join(content, 'site.yml'), 'utf8')}
notify:
  websub:
    hub: ${http}/hub
  webhook:
    url_env: HALFPAST_WEBHOOK_URL
    secret_env: HALFPAST_WEBHOOK_SECRET
  slack:
    url_env: HALFPAST_SLACK_URL
  email:
    to: status@lists.example.com
    from: Example Status <status@example.com>
    smtp_env: HALFPAST_SMTP_URL
`,
  );
  await git('add', '.');
  await git('commit', '--quiet', '--message', 'The beginning');
  const first = await git('push', '--quiet', 'origin', 'main');
  expect(first).toContain('ended with 0');
  expect(mails, 'nothing old is told on the first publish').toEqual([]);
  await expectHeaders(url);
  received.length = 0;

  const now = new Date(Math.floor(Date.now() / 60_000) * 60_000).toISOString();
  const name = `${now.slice(0, 16).replace(':', '')}Z`;
  const update = `incidents/${now.slice(0, 10)}-gift-cards/${name}.md`;
  write(
    content,
    update,
    '---\ntitle: Gift cards cannot be bought\nstatus: investigating\ncomponents:\n  checkout: partial_outage\n---\nWe are looking into it.\n',
  );
  await git('add', '.');
  await git('commit', '--quiet', '--message', 'Investigating: Gift cards cannot be bought');
  const began = Date.now();
  const pushed = await git('push', '--quiet', 'origin', 'main');
  const took = Date.now() - began;
  expect(pushed).toContain('ended with 0');
  expect(pushed).toMatch(/verified/);
  console.info(`From push to verified and told: ${took} ms\n${pushed}`);

  expect(await (await fetch(`${url}/`)).text()).toContain('Gift cards cannot be bought');
  expect(await (await fetch(`${url}/rss.xml`)).text()).toContain(`#${name}</guid>`);
  expect(
    received
      .filter(({ path }) => path === '/hub')
      .map(({ body }) => body)
      .join(' '),
  ).toContain(encodeURIComponent('/rss.xml'));
  const hooks = received.filter(({ path }) => path === '/webhook');
  expect(hooks).toHaveLength(1);
  expect(hooks[0]?.body).toContain('We are looking into it.');
  expect(hooks[0]?.headers['webhook-signature']).toMatch(/^v1,/);
  expect(received.filter(({ path }) => path === '/slack')).toHaveLength(1);
  expect(mails).toHaveLength(1);
  expect(mails[0]).toContain('Gift cards cannot be bought');

  const told = received.length;
  await git('commit', '--quiet', '--allow-empty', '--message', 'Nothing new');
  expect(await git('push', '--quiet', 'origin', 'main')).toContain('ended with 0');
  expect(received.filter(({ path }) => path !== '/hub').length, 'nobody is told twice').toBeLessThanOrEqual(told);
  expect(mails).toHaveLength(1);

  const good = readFileSync(join(served, 'current/index.html'), 'utf8');
  write(
    content,
    update,
    '---\ntitle: Gift cards cannot be bought\nstatus: investigatin\n---\nWe are looking into it.\n',
  );
  await git('commit', '--quiet', '--all', '--message', 'A typo');
  const refused = await git('push', '--quiet', 'origin', 'main');
  expect(refused).toContain('is not a status. Did you mean "investigating"?');
  expect(refused).toContain('ended with 1');
  expect(readFileSync(join(served, 'current/index.html'), 'utf8')).toBe(good);
});
