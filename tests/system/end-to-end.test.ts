import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder, write } from '../support/folders.ts';
import { ownServer } from './own-server.ts';

/** Checks the headers that nginx sends for each kind of file, with the configuration in the docs. */
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
  for (const path of ['/embed/', '/de/embed/'])
    expect(await of(path), path).toEqual(['text/html; charset=utf-8', null, null]);
  expect(await of('/api/v2/summary.json')).toEqual(['application/json; charset=utf-8', data, '*']);
  expect(await of('/embed.js')).toEqual(['application/javascript; charset=utf-8', alone, '*']);
  for (const path of ['/feed.json', '/de/feed.json'])
    expect(await of(path), path).toEqual(['application/json; charset=utf-8', data, '*']);
  expect(await of('/history.rss')).toEqual(['text/xml; charset=utf-8', data, null]);
  for (const path of ['/maintenance.ics', '/de/maintenance.ics'])
    expect(await of(path), path).toEqual(['text/calendar; charset=utf-8', data, null]);
  expect(await of('/badge.svg')).toEqual(['image/svg+xml; charset=utf-8', data, null]);
}

it('a pushed update goes live, is verified and sent to every channel, and the duration is printed', async () => {
  const { web, served, content, git, received, mails } = await ownServer(temporaryFolder());
  const { url } = web;
  const settings = readFileSync(join(content, 'site.yml'), 'utf8');
  write(content, 'site.yml', settings.replace(/^locale:.*$/m, 'locales: [en-GB, de]'));
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
