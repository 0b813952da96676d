import { describe, expect, it } from 'vitest';
import { carryOut } from '../../../scripts/publish/remind/issues.ts';
import { wanted } from '../../../scripts/publish/remind/due.ts';
import { GitHubError, type GitHubPort } from '../../../scripts/github/port.ts';
import { hiddenMarker } from '../../../scripts/github/comments.ts';
import { octokitPort } from '../../../scripts/github/octokit.ts';
import { join } from 'node:path';
import { startGitHub, token } from './github.ts';
import { emptyLog, logText } from '../../../scripts/publish/hosts/release-log.ts';
import { release } from '../../scripts/publish/releases.ts';
import { put, smallSite } from '../../scripts/site.ts';
import { call } from '../../scripts/call.ts';
import { loadContent } from '../../support/load-content.ts';

const slug = '2026-11-22-checkout-errors';

function site(comms = 'Priya'): string {
  const folder = smallSite();
  put(
    folder,
    'site.yml',
    'name: Example\nurl: https://status.example.com\ntime_zone: Europe/Berlin\npeople:\n  Priya: priya-k\n',
  );
  put(
    folder,
    `incidents/${slug}/2026-11-22T1405Z.md`,
    `---\ntitle: Checkout errors\nstatus: investigating\nimpact: major\ncomms: "${comms}"\n---\nWe look into it.\n`,
  );
  return folder;
}

async function remind(
  port: GitHubPort,
  folder: string,
  now: string,
): Promise<{ readonly done: readonly string[]; readonly failures: readonly string[] }> {
  const parsed = await loadContent(join(folder, 'content'), Date.parse(now));
  if ('problems' in parsed) throw new Error(JSON.stringify(parsed.problems));
  return carryOut(port, wanted(parsed.site, parsed.drafts, null), 'content');
}

describe('reminders on GitHub', () => {
  it('are one issue an incident from open to resolved, assigned, then a pull request; a second run does nothing', async () => {
    const { port, ask } = await startGitHub();
    const folder = site();
    const twice = async (now: string): Promise<readonly string[]> => {
      const { done, failures } = await remind(port, folder, now);
      expect(failures).toEqual([]);
      expect(await remind(port, folder, now), 'the second run').toEqual({ done: [], failures: [] });
      return done;
    };
    expect(await twice('2026-11-22T14:06Z')).toEqual([]);
    expect(await twice('2026-11-22T14:21Z')).toEqual([
      'opened #1, Tell customers: Checkout errors, assigned to priya-k',
    ]);
    expect(await twice('2026-11-22T14:36Z')).toEqual(['commented on #1, Tell customers: Checkout errors']);
    expect(await ask('/issues/1')).toMatchObject({
      state: 'open',
      labels: [{ name: 'halfpast' }],
      assignees: [{ login: 'priya-k' }],
    });
    expect(await port.comments(1)).toHaveLength(1);
    put(folder, `incidents/${slug}/2026-11-22T1440Z.md`, '---\nstatus: resolved\n---\nDone.\n');
    expect(await twice('2026-11-22T14:41Z')).toEqual([
      'closed #1, Tell customers: Checkout errors',
      'opened pull request #2, Postmortem: Checkout errors',
    ]);
    expect(await ask('/issues/1')).toMatchObject({ state: 'closed' });
    const draft = await port.readFile(`content/postmortems/${slug}.md`, `halfpast/postmortem-${slug}`);
    expect(draft?.text).toContain('draft: true');
    // The proposed content passes.
    put(folder, `postmortems/${slug}.md`, draft?.text ?? '');
    expect(await call(['check'], folder)).toMatchObject({ code: 0 });
    expect(await twice('2026-11-30T14:41Z')).toEqual([
      'opened #3, Publish the postmortem: Checkout errors, assigned to priya-k',
    ]);
  });

  it('are not silenced by a stranger who writes what their own marks look like', async () => {
    const { port, stranger } = await startGitHub();
    const folder = site();
    await remind(port, folder, '2026-11-22T14:21Z');
    const parsed = await loadContent(join(folder, 'content'), Date.parse('2026-11-22T14:36Z'));
    const lapses =
      'site' in parsed ? wanted(parsed.site, parsed.drafts, null).reminders.flatMap((reminder) => reminder.lapses) : [];
    await stranger.comment(1, lapses.map(({ key }) => hiddenMarker(`lapse:${key}`)).join('\n'));
    expect(lapses).not.toEqual([]);
    expect((await remind(port, folder, '2026-11-22T14:36Z')).done).toEqual([
      'commented on #1, Tell customers: Checkout errors',
    ]);
  });

  it('leave the issues of others alone, also those with the label', async () => {
    const { port } = await startGitHub();
    const theirs = await port.createIssue({ title: 'A wish', body: 'Please', labels: ['halfpast'] });
    await remind(port, site(), '2026-11-22T14:21Z');
    expect((await port.issues('halfpast')).find(({ number }) => number === theirs.number)).toMatchObject({
      open: true,
    });
  });

  it('are also opened for people without a GitHub account', async () => {
    const { port } = await startGitHub();
    const { done, failures } = await remind(port, site('@stranger'), '2026-11-22T14:21Z');
    expect(failures).toEqual([]);
    expect(done).toEqual([
      'opened #1, Tell customers: Checkout errors; stranger cannot be assigned in this repository',
    ]);
    expect((await port.issues('halfpast'))[0]?.body).toContain('For @stranger.');
  });

  it('leave the draft on its branch if workflows can’t open pull requests, and say what to allow, without failing', async () => {
    const { url, port } = await startGitHub();
    const folder = site();
    put(folder, `incidents/${slug}/2026-11-22T1440Z.md`, '---\nstatus: resolved\n---\nDone.\n');
    const forbidding: typeof fetch = async (input, init) => {
      const request = new Request(input, init);
      if (request.method !== 'POST' || !request.url.endsWith('/pulls')) return fetch(request);
      return Response.json(
        {
          message: 'GitHub Actions is not permitted to create or approve pull requests.',
          documentation_url: 'https://docs.github.com/rest/pulls/pulls#create-a-pull-request',
        },
        { status: 403 },
      );
    };
    const forbidden = octokitPort({
      owner: 'dana',
      repo: 'status',
      token,
      baseUrl: url,
      warn: () => undefined,
      patient: false,
      fetch: forbidding,
    });
    for (const _ of ['the first run', 'the next']) {
      const { done, failures } = await remind(forbidden, folder, '2026-11-22T14:41Z');
      expect(failures).toEqual([]);
      expect(done).toEqual([
        expect.stringMatching(
          /^the draft of Postmortem: Checkout errors is on the branch halfpast\/postmortem-\S+, without a pull request: .*"Allow GitHub Actions to create and approve pull requests"/,
        ),
      ]);
    }
    expect((await port.readFile(`content/postmortems/${slug}.md`, `halfpast/postmortem-${slug}`))?.text).toContain(
      'draft: true',
    );
    expect((await remind(port, folder, '2026-11-22T14:41Z')).done, 'once it is allowed').toEqual([
      expect.stringMatching(/^opened pull request #\d+/),
    ]);
  });

  it('go on when GitHub refuses one step, and say which', async () => {
    const { port } = await startGitHub();
    const folder = site();
    put(
      folder,
      'incidents/2026-11-22-other/2026-11-22T1405Z.md',
      '---\ntitle: Other\nstatus: investigating\nimpact: minor\n---\nx\n',
    );
    const stubborn: GitHubPort = {
      ...port,
      createIssue: (issue) =>
        issue.title.includes('Other')
          ? Promise.reject(new GitHubError(403, 'GitHub did not open an issue'))
          : port.createIssue(issue),
    };
    const { done, failures } = await remind(stubborn, folder, '2026-11-22T14:21Z');
    expect(failures).toEqual(['GitHub did not open an issue']);
    expect(done).toHaveLength(1);
    expect((await remind(port, folder, '2026-11-22T14:21Z')).done).toEqual(['opened #2, Tell customers: Other']);
  });
});

describe('the command', () => {
  it('works with GitHub as the environment has it', async () => {
    const gitHub = await startGitHub();
    const folder = site();
    const env = { GITHUB_TOKEN: token, GITHUB_API_URL: gitHub.url };
    const run = (...flags: string[]) =>
      call(['remind', '--github', 'dana/status', ...flags], folder, { now: '2026-11-22T14:21Z', context: { env } });
    expect(await run()).toEqual({
      code: 0,
      stdout: 'opened #1, Tell customers: Checkout errors, assigned to priya-k\n',
      stderr: '',
    });
    expect(await run()).toEqual({ code: 0, stdout: 'Nothing to do.\n', stderr: '' });
    expect(JSON.parse((await run('--json')).stdout)).toEqual({ ok: true, done: [], failures: [] });
  });

  it('drafts a postmortem with the times at which its updates were live, by the log of releases', async () => {
    const { url, port } = await startGitHub();
    const folder = site();
    put(folder, `incidents/${slug}/2026-11-22T1440Z.md`, '---\nstatus: resolved\n---\nDone.\n');
    const updates = ['2026-11-22T1405Z', '2026-11-22T1440Z'].map((update) => ({ slug, update }));
    const releases = [release('20261122T144100000Z-1', '2026-11-22T14:42:00Z', updates)];
    const log = { path: 'releases.json', text: logText({ ...emptyLog, releases }), message: 'Releases' };
    await port.writeFile({ ...log, branch: 'halfpast-state', replaces: null });
    const env = { GITHUB_TOKEN: token, GITHUB_API_URL: url };
    await call(['remind', '--github', 'dana/status'], folder, { now: '2026-11-22T14:43Z', context: { env } });
    const draft = await port.readFile(`content/postmortems/${slug}.md`, `halfpast/postmortem-${slug}`);
    expect(draft?.text).toMatch(/resolved.*\(live: 15:42\)/);
  });

  it('says in a line what GitHub refused, and ends with 1', async () => {
    const gitHub = await startGitHub();
    const env = { GITHUB_TOKEN: 'wrong', GITHUB_API_URL: gitHub.url };
    const { code, stderr } = await call(['remind', '--github', 'dana/none'], site(), {
      now: '2026-11-22T14:21Z',
      context: { env },
    });
    expect(code).toBe(1);
    expect(stderr).toMatch(/^GitHub did not list issues: status (?:401|404), /);
  });
});
