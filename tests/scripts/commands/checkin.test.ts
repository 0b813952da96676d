import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readTree } from '../../../src/lib/content/disk.ts';
import { temporaryFolder, write } from '../../support/folders.ts';
import { git, repository, withRemote } from '../github/publisher.ts';
import { mailbox, receiver } from '../publish/notify/receivers.ts';
import { put, smallSite } from '../site.ts';
import { call as callWithGit, callWithoutGit as call, hostileEnvironment } from '../call.ts';

const sh = (cwd: string, line: string): void => void execFileSync('sh', ['-c', line], { cwd, stdio: 'ignore' });

const slug = '2026-11-22-checkout-errors';

/** A GitHub API that knows whether these repositories are private, and returns 404 for others. Returns its address. */
async function gitHub(isPrivate: Readonly<Record<string, boolean>>): Promise<string> {
  const server = createServer(({ url }, response) => {
    const known = isPrivate[(url ?? '').replace('/repos/', '')];
    response.writeHead(known === undefined ? 404 : 200, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ private: known, message: 'Not Found' }));
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  afterAll(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const logs = (folder: string): { shared: string | null; local: string | null } => {
  const read = (path: string) => (existsSync(join(folder, path)) ? readFileSync(join(folder, path), 'utf8') : null);
  return { shared: read(`log/${slug}.md`), local: read(`log/local/${slug}.md`) };
};

/** Has git's settings say that the remote is on GitHub. */
function isOnGitHub(folder: string, remote: string, name = 'example/private'): void {
  const address = `https://github.com/${name}.git`;
  sh(folder, `git remote set-url origin ${address} && git config url.${remote}.insteadOf ${address}`);
}

/** A clone whose settings say that its remote is on GitHub. */
async function clone(name = 'example/private'): Promise<{ readonly folder: string; readonly remote: string }> {
  const { folder, remote } = await withRemote({ publishes: false, follows: true });
  isOnGitHub(folder, remote, name);
  return { folder, remote };
}

const api = await gitHub({ 'example/private': true, 'example/public': false });
const env = { ...hostileEnvironment, GITHUB_API_URL: api };
const checkIn = (folder: string, words: string, now = '2026-11-22T14:15:10Z') =>
  callWithGit(`checkin --known "${words}"`, folder, { now, context: { env } });

describe('the log', () => {
  it('has a line for each check-in, with its time and text', async () => {
    const folder = smallSite();
    const line = ['checkin', slug, '--known', 'Cards of\none bank fail', '--next', 'Roll back.'];
    expect((await call(line, folder, { now: '2026-11-22T14:15:10Z' })).code).toBe(0);
    await call('checkin --help-needed "A DBA" --data "Not affected"', folder, { now: '2026-11-22T14:31Z' });
    expect(logs(folder)).toEqual({
      shared: null,
      local:
        '# Check-ins: Checkout errors in Europe\n\nFor the team only. Nothing here is published.\n\n' +
        '- 2026-11-22T14:15Z **Known:** Cards of one bank fail. **Next:** Roll back.\n' +
        '- 2026-11-22T14:31Z **Help needed:** A DBA. **Customer data:** Not affected.\n',
    });
  });

  it('is asked for in a terminal; some answers can be blank, but not all', async () => {
    const folder = smallSite();
    expect((await call('checkin', folder, { answers: ['It is slow', '', '', 'safe'] })).code).toBe(0);
    expect(logs(folder).local).toContain('**Known:** It is slow. **Customer data:** safe.\n');
    const blank = await call('checkin', folder, { answers: ['', '', '', ''] });
    expect(blank).toMatchObject({ code: 2, stderr: expect.stringContaining('every answer is blank') as string });
    expect((await call('checkin --known " "', folder)).stderr).toContain('nothing to record');
    expect((await call('checkin', folder)).stderr).toContain('nothing to record');
  });

  it.each([
    ['a maintenance', '2026-12-01-database-upgrade', /is maintenance/],
    ['a resolved incident', '2026-11-20-slow-search', /is resolved/],
  ])('isn’t kept for %s', async (_, name, message) => {
    const folder = smallSite();
    expect((await call(`checkin ${name} --known x`, folder)).stderr).toMatch(message);
    expect(logs(folder)).toEqual({ shared: null, local: null });
  });
});

describe('where the log is kept', () => {
  it("in a private repository, it's committed separately and pushed", async () => {
    const { folder, remote } = await clone();
    put(folder, 'incidents/2026-11-22-checkout-errors/2026-11-22T1410Z.md', '---\nstatus: identified\n---\nx\n');
    expect((await checkIn(folder, 'private words')).stdout).toContain('Committed and pushed.\n');
    expect(git(remote, 'show', '--name-only', '--format=%s')).toBe(
      `Check-in: Checkout errors in Europe\n\nlog/.gitattributes\nlog/${slug}.md`,
    );
    expect(logs(folder).local).toBeNull();
  });

  it('a check-in never pushes an unpushed update', async () => {
    const { folder, remote } = await clone();
    put(folder, `incidents/${slug}/2026-11-22T1410Z.md`, '---\nstatus: identified\n---\nWaits.\n');
    sh(folder, 'git add . && git commit --quiet -m Update');
    expect((await checkIn(folder, 'x')).stdout).toContain('Committed, but not pushed, because earlier commits');
    expect(git(remote, 'log', '--format=%s')).not.toContain('Check-in');
  });

  it("a check-in that can't be pushed is committed, and says so", async () => {
    const { folder, remote } = await clone();
    write(remote, 'hooks/pre-receive', '#!/bin/sh\nexit 1\n');
    chmodSync(join(remote, 'hooks/pre-receive'), 0o755);
    expect((await checkIn(folder, 'x')).stdout).toContain('Not shared yet: the check-in is committed but not pushed: ');
  });

  it('two people can check in at the same time', async () => {
    const { folder, remote } = await clone();
    await checkIn(folder, 'first');
    const other = temporaryFolder();
    git(other, 'clone', '--quiet', '--template=', remote, '.');
    isOnGitHub(other, remote);
    await checkIn(other, 'theirs', '2026-11-22T14:30Z');
    expect((await checkIn(folder, 'ours', '2026-11-22T14:30Z')).stdout).toContain('Committed and pushed.\n');
    expect(logs(folder).shared).toMatch(/first.*\n.*theirs.*\n.*ours/);
  });

  it('stays on this machine if others may be able to read the repository', async () => {
    const { folder, remote } = await clone();
    const settings = readFileSync(join(folder, '.git/config'), 'utf8');
    const to = (address: string): string => `remote set-url origin ${address}`;
    for (const [change, why] of [
      [to('https://github.com/example/public'), 'example/public is public'],
      [to('https://github.com/example/hidden'), "GitHub didn't say whether example/hidden is private"],
      ['remote add mirror git@github.com:example/public.git', 'example/public is public'],
      ['remote set-url --push origin https://github.com/example/public', 'example/public is public'],
      [to('https://me:hush@git.example.com/status'), "because https://git.example.com/status isn't on GitHub"],
      ['remote remove origin', 'it has no remote on GitHub'],
    ] as const) {
      git(folder, ...change.split(' '));
      const { code, stdout } = await checkIn(folder, `private words: ${change}`);
      expect({ code, stdout }, change).toEqual({ code: 0, stdout: expect.stringContaining(why) as string });
      expect(stdout.replace(change, '')).not.toContain('hush');
      expect(logs(folder)).toMatchObject({ shared: null, local: expect.stringContaining(change) as string });
      writeFileSync(join(folder, '.git/config'), settings);
    }
    git(folder, 'add', '--all');
    expect(git(folder, 'status', '--porcelain')).toBe('');
    expect(git(remote, 'log', '--format=%s')).not.toContain('Check-in');
  });

  it('lines kept on this machine are added to the log once it can be committed', async () => {
    const { folder } = await clone();
    await callWithGit('checkin --known offline', folder, {
      now: '2026-11-22T14:15Z',
      context: { env: { ...env, GITHUB_API_URL: 'http://127.0.0.1:9' } },
    });
    expect(logs(folder)).toMatchObject({ shared: null, local: expect.stringContaining('offline') as string });
    await checkIn(folder, 'online', '2026-11-22T14:30Z');
    expect(logs(folder)).toEqual({
      shared: expect.stringMatching(/T14:15Z .*offline.*\n.*T14:30Z .*online/) as string,
      local: null,
    });
  });

  it("content at the top level of its repository can contain it, and it isn't read as content", async () => {
    const folder = repository();
    const content = join(folder, 'content');
    git(content, 'init', '--quiet');
    await callWithGit('checkin --content . --known "private words"', content, { now: '2026-11-22T14:15Z' });
    write(content, `log/${slug}.md`, '- 2026-11-22T14:00Z shared words\n');
    expect((await call('check --content .', content)).code).toBe(0);
    const { files } = await readTree(content);
    expect(files.filter(({ path }) => path.startsWith('log'))).toEqual([]);
    expect(new TextDecoder().decode(Buffer.concat(files.map(({ bytes }) => bytes)))).not.toMatch(
      /(?:private|shared) words/,
    );
  });
});

describe('the team', () => {
  const remind = (folder: string, places: string): void => {
    const settings = readFileSync(join(folder, 'content/site.yml'), 'utf8');
    put(folder, 'site.yml', `${settings}remind:\n${places}`);
  };

  it('gets it in channels that only the team reads and that get everything', async () => {
    const [team, mail, leads] = [await receiver(), await mailbox(), await receiver()];
    const folder = smallSite();
    remind(
      folder,
      '  - slack:\n      url_env: TEAM\n  - email:\n      to: team@example.com\n      from: s@example.com\n      smtp_env: MAIL\n  - discord:\n      url_env: LEADS\n    for: lead\n  - issues: true\n',
    );
    const { stdout } = await call('checkin --known "It is <slow>" --next wait', folder, {
      context: { env: { ...env, TEAM: team.url, MAIL: mail.url, LEADS: leads.url } },
    });
    expect(stdout).toContain('Sent to the team on slack.\nSent to the team on email.\n');
    expect(team.accepted[0]?.body).toContain('Known: It is &lt;slow&gt;. Next: wait.');
    expect(mail.letters.join('')).toContain('Known: It is <slow>. Next: wait.');
    expect(leads.accepted).toEqual([]);
  });

  it('never gets it where customers get updates, or in issues', async () => {
    const customers = await receiver();
    const folder = smallSite();
    put(
      folder,
      'site.yml',
      `${readFileSync(join(folder, 'content/site.yml'), 'utf8')}notify:\n  slack:\n    url_env: CUSTOMERS\n`,
    );
    remind(folder, '  - slack:\n      url_env: CUSTOMERS\n  - issues: true\n');
    const { stdout } = await call('checkin --known x', folder, {
      context: { env: { ...env, CUSTOMERS: customers.url } },
    });
    expect(stdout).toContain('Not sent to the team: remind: in site.yml names no place that is only for the team');
    expect(customers.accepted).toEqual([]);
  });

  it("sees why it wasn't sent, and the line is kept", async () => {
    const folder = smallSite();
    remind(folder, '  - slack:\n      url_env: NOT_SET\n');
    const { code, stdout } = await call('checkin --known kept', folder, { context: { env } });
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: expect.stringContaining('Not sent to slack NOT_SET') as string,
    });
    expect(logs(folder).local).toContain('kept');
  });
});
