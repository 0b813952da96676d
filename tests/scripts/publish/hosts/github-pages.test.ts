import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Context } from '../../../../scripts/cli/context.ts';
import { UserError } from '../../../../scripts/cli/errors.ts';
import { type GitHubError, gitHubError, type GitHubPort } from '../../../../scripts/github/port.ts';
import type { Host } from '../../../../scripts/publish/hosts/host.ts';
import { runningWorkflow } from '../../../../scripts/github/github.ts';
import { openPages, pagesHost } from '../../../../scripts/publish/hosts/github-pages.ts';
import type { Published } from '../../../../scripts/publish/outcome.ts';
import type { StepResult } from '../../../../scripts/publish/publish.ts';
import { emptyLog, newRelease } from '../../../../scripts/publish/hosts/release-log.ts';
import { releaseOf } from '../../../support/release.ts';
import { temporaryFolder } from '../../../support/folders.ts';
import { type PagesStandIn, pagesStandIn } from './pages-stand-in.ts';
import { type GitHubPage, gitHubPage, type PageOptions } from './small-page.ts';

async function newPage(): Promise<{ readonly gitHub: PagesStandIn; readonly page: GitHubPage; readonly base: string }> {
  const base = temporaryFolder();
  const gitHub = await pagesStandIn(base);
  onTestFinished(() => gitHub.close());
  return { gitHub, page: gitHubPage(base, gitHub), base };
}

describe('a deployment to GitHub Pages', () => {
  it('reports what GitHub refuses for good in one line, and logs it as failed', async () => {
    const { gitHub, page } = await newPage();
    await page.publish('a');
    gitHub.answers.push({ status: 403, message: 'Resource not accessible by integration' });
    expect(await page.publish('b')).toEqual({
      outcome: 'not deployed',
      reason:
        'GitHub did not deploy to Pages: status 403, Resource not accessible by integration. The token lacks the permission. Add it to the job under permissions: in the workflow',
    });
    expect((await page.log()).releases[0]).toMatchObject({ content: 'b0000000', state: 'failed' });
    expect(page.served()).toBe('a0000000');
    expect(page.notified).toEqual(['a0000000']);
    expect(await page.publish('b')).toMatchObject({ outcome: 'published' });
  });

  it('waits while it is queued, and tries once more under a new name when it fails', async () => {
    const { gitHub, page } = await newPage();
    gitHub.statuses.push('', 'deployment_queued', 'syncing_files', 'deployment_failed');
    expect(await page.publish('a')).toMatchObject({ outcome: 'published' });
    expect(page.served()).toBe('a0000000');
    gitHub.statuses.push('deployment_failed', 'deployment_lost');
    expect(await page.publish('b')).toMatchObject({
      outcome: 'not deployed',
      reason: expect.stringMatching(/^GitHub Pages did not accept the site: the deployment was lost\. Run /) as string,
    });
  });

  it('that was reported as failed counts as deployed if the page shows it', async () => {
    const { gitHub, page } = await newPage();
    gitHub.liesAboutFailure = true;
    gitHub.statuses.push('deployment_failed');
    expect(await page.publish('a')).toMatchObject({ outcome: 'published' });
    expect(gitHub.statuses).toEqual([]);
  });
});

const state = (releases: readonly object[], hold: object | null): string => JSON.stringify({ form: 1, releases, hold });
const release = (letter: string) => ({
  commit: letter.repeat(40),
  now: '2026-11-22T14:00:00.000Z',
  content: `${letter}0000000`,
  newestUpdate: null,
  verifiedAt: '2026-11-22T14:01:00.000Z',
});

async function write(port: GitHubPort, text: string): Promise<void> {
  await port.writeFile({ path: 'releases.json', branch: 'halfpast-state', text, message: 'x', replaces: null });
}

describe('the log of an earlier version', () => {
  it('is read, including what was rolled back', async () => {
    const { gitHub, page } = await newPage();
    const hold = { from: 'b'.repeat(40), to: release('a'), at: '2026-11-22T15:00:00.000Z', reason: 'wrong' };
    await write(gitHub.port, state([release('a')], hold));
    const log = await page.log();
    expect(log.releases).toMatchObject([
      { commit: 'b'.repeat(40), rolledBack: { reason: 'wrong', by: 'person' } },
      { commit: 'a'.repeat(40), state: 'live', verifiedAt: '2026-11-22T14:01:00.000Z' },
    ]);
    expect(await page.host().served(log)).toBe(log.releases[1]?.id);
    // The simulated Pages never served what this log is about.
    const message = 'Halfpast-Allow: uncompared';
    expect(await page.publish('c', { message })).toMatchObject({ outcome: 'published' });
    await page.rollBack();
    expect(page.served()).toBe('a0000000');
  });

  it.each(['', '[]', '{"form":3,"releases":[]}', '{"form":1,"releases":[{"commit":"x"}],"hold":null}'])(
    'is never replaced when it is not understood: %s',
    async (text) => {
      const { gitHub, page } = await newPage();
      await write(gitHub.port, text);
      await expect(page.publish('a')).rejects.toThrow(/^releases\.json on the branch halfpast-state isn't a log/);
    },
  );
});

describe('the second job of a run', () => {
  /** The second job of a run whose first one has ended. */
  async function secondJob(
    page: GitHubPage,
    content: string,
    given: PageOptions = {},
  ): Promise<() => Promise<Published>> {
    const started = await page.start(content, given);
    if (typeof started !== 'function') throw new Error(`the first job ended: ${started.outcome}`);
    return started;
  }

  it('can be run again alone, after it died or was refused', async () => {
    const { gitHub, page } = await newPage();
    await page.publish('a');
    for (const content of ['b', 'c']) {
      let calls = 0;
      const verify = (): Promise<StepResult> =>
        (calls += 1) === 1 ? Promise.reject(new Error('as if killed')) : Promise.resolve({ ok: true, lines: [] });
      if (content === 'c') gitHub.answers.push({ status: 403, message: 'Resource not accessible by integration' });
      const job = await secondJob(page, content, { steps: content === 'b' ? { verify } : {} });
      await (content === 'b' ? expect(job()).rejects.toThrow('as if killed') : job());
      expect(await job()).toMatchObject({ outcome: 'published' });
      expect(page.served()).toBe(`${content}0000000`);
    }
    expect(page.notified).toEqual(['a0000000', 'b0000000', 'c0000000']);
  });

  it.each<[string, () => Promise<StepResult>]>([
    ['a channel was down', () => Promise.resolve({ ok: false, lines: ['slack is down'] })],
    ['it died while notifying', () => Promise.reject(new Error('as if killed'))],
  ])('notifies the channels if it is run again because %s', async (_, first) => {
    const { page } = await newPage();
    await page.publish('a');
    const notify = [first, () => Promise.resolve({ ok: true, lines: ['slack: 1 update sent'] })];
    const job = await secondJob(page, 'b', {
      steps: { notify: () => notify.shift()?.() ?? Promise.reject(new Error()) },
    });
    await job().catch(() => undefined);
    expect(await job()).toMatchObject({ outcome: 'published', verified: true, lines: ['slack: 1 update sent'] });
    const { releases } = await page.log();
    expect(releases.map(({ state, notified }) => [state, notified])).toEqual([
      ['live', undefined],
      ['live', undefined],
    ]);
  });

  it('doesn’t replace what was published since the first job', async () => {
    const { page } = await newPage();
    await page.publish('a', { commit: '1' });
    const older = await secondJob(page, 'b', { commit: '2' });
    await page.publish('c', { commit: '3' });
    expect(await older()).toMatchObject({ outcome: 'overtaken' });
    expect(page.served()).toBe('c0000000');
    expect(page.notified).toEqual(['a0000000', 'c0000000']);
  });
});

describe('a page that doesn’t answer', () => {
  const [early, late, next] = ['2026-11-22T1405Z', '2026-11-22T1410Z', '2026-11-22T1415Z'];
  const file = (update: string): string => `incidents/2026-11-22-checkout-errors/${update}.md`;

  /** Publishes to a page that used to answer. */
  async function publishUnseen(given: PageOptions): Promise<{ readonly ended: Published; readonly page: GitHubPage }> {
    const { gitHub, page, base } = await newPage();
    await page.publish('a', { commit: '1', updates: [early] });
    await page.publish('b', { commit: '2', updates: [early, late] });
    const unseen = gitHubPage(join(base, 'unseen'), { ...gitHub, url: 'http://127.0.0.1:1' });
    return { ended: await unseen.publish('c', given), page };
  }
  const silent = "http://127.0.0.1:1/release.json doesn't respond (bad port), so it can't be compared";

  it('keeps what’s newer than the commit', async () => {
    const { ended, page } = await publishUnseen({ commit: '1', updates: [] });
    const notes = ['not published: it was built from commit 1, but a newer one is live: 2'];
    expect(ended).toMatchObject({ outcome: 'refused', verdict: { outcome: 'older', notes } });
    expect(page.served()).toBe('b0000000');
  });

  it('keeps what a commit changes or removes until it answers again', async () => {
    const changes = { added: [file(next)], changed: [file(late)] };
    const { ended, page } = await publishUnseen({ commit: '3', updates: [early, next], changes });
    const reason = `${silent}, and ${file(late)} was changed or removed since its commit 2. Try again once the page answers; or allow it with this line in a commit message: Halfpast-Allow: uncompared`;
    expect(ended).toEqual({ outcome: 'not deployed', reason });
    expect(page.served()).toBe('b0000000');
  });

  it('gets new updates', async () => {
    const changes = { added: [file(next)], changed: [] };
    const { ended, page } = await publishUnseen({ commit: '3', updates: [early, late, next], changes });
    const notes = [`${silent}. Since its commit 2, updates were only added`];
    expect(ended).toMatchObject({ outcome: 'published', verdict: { notes }, release: { news: [{ update: next }] } });
    expect(page.served()).toBe('c0000000');
  });

  it('and never did gets everything, because its address may not work yet', async () => {
    const base = temporaryFolder();
    const gitHub = await pagesStandIn(base);
    onTestFinished(() => gitHub.close());
    const page = gitHubPage(base, { ...gitHub, url: 'http://127.0.0.1:1' });
    const verify = (): Promise<StepResult> => Promise.resolve({ ok: false, lines: [] });
    await page.publish('a', { commit: '1', steps: { verify } });
    const changes = { added: [], changed: [file(early)] };
    expect(await page.publish('b', { commit: '2', changes })).toMatchObject({ verdict: { outcome: 'first' } });
    expect(page.served()).toBe('b0000000');
  });
});

describe('a rollback that GitHub refuses', () => {
  it.each(['to start', 'to deploy'])('%s can be run again, and goes to the same release', async (what) => {
    const { gitHub, page } = await newPage();
    for (const content of ['a', 'b', 'c']) await page.publish(content);
    const answer = gitHubError('start the workflow', 403, 'Resource not accessible by integration');
    const through = (host: Host): Host => ({ ...host, restore: () => Promise.reject(answer) });
    if (what === 'to start') await expect(page.rollBack({ kind: 'previous' }, through)).rejects.toThrow('403');
    else {
      gitHub.answers.push({ status: 403, message: 'Resource not accessible by integration' });
      await page.rollBack();
    }
    expect(page.served()).toBe('c0000000');
    expect((await page.log()).releases.map(({ state }) => state)).toEqual(['live', 'deploying', 'live']);
    const name = (await page.log()).releases[1]?.id ?? '';
    await page.rollBack(what === 'to start' ? { kind: 'previous' } : { kind: 'named', name });
    expect(page.served()).toBe('b0000000');
    expect((await page.log()).releases[1]).toMatchObject({ id: name, state: 'live', rolledBack: null });
  });
});

describe('a run that dies', () => {
  /** Lets the first `calls` calls of GitHub through, and then no more. */
  function dying(gitHub: PagesStandIn, calls: number): { readonly port: GitHubPort; readonly died: () => boolean } {
    let left = calls;
    let died = false;
    const port = new Proxy(gitHub.port, {
      get:
        (target, name: keyof GitHubPort) =>
        (...args: unknown[]) => {
          left -= 1;
          if (left >= 0) return (target[name] as (...given: unknown[]) => unknown)(...args);
          died = true;
          throw new Error('as if killed');
        },
    });
    return { port, died: () => died };
  }

  it('at any request to GitHub is followed by one that publishes and notifies once', async () => {
    let deaths = 0;
    for (let calls = 0; ; calls += 1) {
      const { gitHub, page, base } = await newPage();
      await page.publish('a');
      const { port, died } = dying(gitHub, calls);
      const other = gitHubPage(base, { ...gitHub, port }, page.notified as string[]);
      await other.publish('b').catch(() => undefined);
      expect(['a0000000', 'b0000000']).toContain(page.served());
      expect(await page.publish('b'), `died after ${calls} requests`).toMatchObject({ outcome: 'published' });
      expect(page.served()).toBe('b0000000');
      expect(page.notified).toEqual(['a0000000', 'b0000000']);
      expect((await page.log()).releases.filter(({ state }) => state === 'deploying')).toEqual([]);
      if (!died()) break;
      deaths += 1;
    }
    expect(deaths).toBeGreaterThan(8);
  });
});

describe('a deployment, step by step', () => {
  const entry = newRelease(releaseOf({}), [], emptyLog, Date.parse('2026-11-22T15:00Z'));
  type Answers = {
    /** The answers to each request for the status. The last one is repeated. */
    readonly statuses: readonly string[];
    /** What happens at each request to deploy. */
    readonly deploys?: readonly (GitHubError | null)[];
  };

  /** What the host asked of GitHub, how long it waited, and what it printed. */
  async function deployment({ statuses, deploys = [] }: Answers) {
    const said: string[] = [];
    const pauses: number[] = [];
    const [left, errors] = [[...statuses], [...deploys]];
    let count = 0;
    const base = temporaryFolder();
    const gitHub = await pagesStandIn(base);
    onTestFinished(() => gitHub.close());
    const port: GitHubPort = {
      ...gitHub.port,
      deployPages: ({ artifact, token }) => {
        said.push(`deploy ${artifact} ${token}`);
        const error = errors.shift() ?? null;
        return error === null ? Promise.resolve(`D${(count += 1)}`) : Promise.reject(error);
      },
      pagesDeployment: (id) => {
        const status = (left.length > 1 ? left.shift() : left[0]) ?? '';
        said.push(`${id} ${status}`);
        return Promise.resolve(status);
      },
      cancelPagesDeployment: (id) => Promise.resolve(void said.push(`cancel ${id}`)),
      writeFile: async (file) => {
        said.push(`${file.path} on ${file.branch}: ${file.message}`);
        return gitHub.port.writeFile(file);
      },
    };
    let time = Date.parse('2026-11-22T15:00Z');
    const host = pagesHost({
      name: 'example/status',
      port,
      url: gitHub.url,
      work: { site: 'site', cache: 'cache' },
      artifact: { id: 7, token: () => Promise.resolve('token') },
      workflow: 'publish.yml',
      clock: () => time,
      sleep: (pause) => {
        pauses.push(pause);
        time += pause;
        return Promise.resolve();
      },
      print: (line) => said.push(`print ${line}`),
    });
    const end = await host
      .deploy({ release: entry, site: 'site', version: 'V1', replaces: null })
      .catch((error: unknown) => error);
    return { said, pauses, end, host };
  }

  const again = `releases.json on halfpast-state: Deploying ${entry.id} again`;
  const refused = (why: string): UserError =>
    new UserError(
      `GitHub Pages did not accept the site: ${why}. Run the workflow again; see https://www.githubstatus.com`,
    );

  it('checks every two seconds until it is live', async () => {
    const { said, pauses, end } = await deployment({ statuses: ['deployment_queued', 'succeed'] });
    expect({ said, pauses, end }).toEqual({
      said: ['deploy 7 token', 'D1 deployment_queued', 'D1 succeed'],
      pauses: [2000, 2000],
      end: { site: 'site' },
    });
  });

  it.each([
    ['deployment_failed', 'the deployment failed'],
    ['deployment_content_failed', 'the artifact could not be deployed: it has links, or more than 10 GB'],
    ['deployment_cancelled', 'the deployment was canceled'],
    ['deployment_lost', 'the deployment was lost'],
  ])('tries %s once more, and then says why', async (status, why) => {
    const { said, end } = await deployment({ statuses: [status] });
    expect(said).toEqual([
      'deploy 7 token',
      `D1 ${status}`,
      `print ${why}. Trying once more`,
      again,
      'deploy 7 token',
      `D2 ${status}`,
    ]);
    expect(end).toEqual(refused(why));
  });

  it('is canceled after ten minutes', async () => {
    const { said, pauses, end } = await deployment({ statuses: ['deployment_queued'] });
    const why = 'the deployment took longer than 10 minutes (deployment_queued)';
    expect(end).toEqual(refused(why));
    expect(pauses).toEqual(Array(600).fill(2000));
    expect(said.filter((line) => !line.endsWith('deployment_queued'))).toEqual([
      'deploy 7 token',
      'cancel D1',
      `print ${why}. Trying once more`,
      again,
      'deploy 7 token',
      'cancel D2',
    ]);
  });

  it.each<[string, number, string, number[]]>([
    ['another one', 400, 'due to in progress deployment', [10_000, 2000]],
    ['GitHub without an answer', 0, 'fetch failed', [2000, 2000]],
    ['fewer requests', 429, 'Slow down', [2000, 2000]],
    ['GitHub at the edge of an error', 500, 'Internal', [2000, 2000]],
  ])('waits for %s', async (_, status, message, pauses) => {
    const error = gitHubError('deploy to Pages', status, message);
    const found = await deployment({ statuses: ['succeed'], deploys: [error] });
    expect(found.pauses).toEqual(pauses);
    expect(found.said).toEqual(['deploy 7 token', 'deploy 7 token', 'D1 succeed']);
  });

  it.each([
    [400, 'Bad request'],
    [403, 'in progress'],
    [499, 'Closed'],
  ])('does not wait for status %i, %s', async (status, message) => {
    const error = gitHubError('deploy to Pages', status, message);
    const { end, pauses } = await deployment({ statuses: [], deploys: [error] });
    expect(end).toBe(error);
    expect(pauses).toEqual([]);
  });

  it('gives up after ten minutes of errors', async () => {
    const error = gitHubError('deploy to Pages', 502, 'Bad gateway');
    const { end, pauses } = await deployment({ statuses: [], deploys: Array<GitHubError>(400).fill(error) });
    expect(end).toBe(error);
    expect(pauses).toEqual(Array(300).fill(2000));
  });

  it('has nothing to clean up, remove or wait for', async () => {
    const { host } = await deployment({ statuses: ['succeed'] });
    expect([await host.tidy(), host.name, host.work, host.restores]).toEqual([
      null,
      'example/status',
      { site: 'site', cache: 'cache' },
      'started',
    ]);
    expect(
      await host.exclusively(
        0,
        () => undefined,
        () => Promise.resolve('done'),
      ),
    ).toBe('done');
  });
});

describe('the Pages of a repository', () => {
  /**
   * GitHub, on loopback. Has no files, and deploys immediately. `failures` are the statuses of the first requests for a
   * token.
   */
  async function server(token: string, failures: readonly number[]) {
    const asked: string[] = [];
    const left = [...failures];
    const answers: Readonly<Record<string, unknown>> = {
      'GET /token': {},
      'GET /repos/example/status': { default_branch: 'trunk' },
      'POST /repos/example/status/pages/deployments': { id: 'D1' },
      'GET /repos/example/status/pages/deployments/D1': { status: 'succeed' },
    };
    const gitHub = createServer((incoming, response) => {
      void incoming.toArray().then((parts) => {
        const path = `${incoming.method} ${(incoming.url ?? '').replace(/\?.*/, '')}`;
        asked.push(
          `${path} ${path.endsWith('/token') ? incoming.headers.authorization : Buffer.concat(parts as Buffer[]).toString()}`.trim(),
        );
        const isStart = path.endsWith('/dispatches');
        const failure = path.endsWith('/token') ? left.shift() : undefined;
        const status = failure ?? (path in answers ? 200 : isStart ? 204 : 404);
        response.writeHead(status, { 'content-type': 'application/json' });
        response.end(isStart ? undefined : path.endsWith('/token') ? token : JSON.stringify(answers[path] ?? {}));
      });
    });
    await new Promise<void>((resolve) => gitHub.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void gitHub.close());
    return { url: `http://127.0.0.1:${(gitHub.address() as AddressInfo).port}`, asked };
  }

  async function opened(
    env: Record<string, string>,
    {
      artifact = 7,
      token = '{"value":"T"}',
      workflow,
      failures = [],
    }: { artifact?: number | null; token?: string; workflow?: string | undefined; failures?: readonly number[] } = {},
  ) {
    const { url, asked } = await server(token, failures);
    const real = {
      GITHUB_TOKEN: 't',
      GITHUB_API_URL: url,
      ACTIONS_ID_TOKEN_REQUEST_URL: `${url}/token`,
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: 's',
    };
    let time = 0;
    const context = {
      clock: () => time,
      sleep: (length: number) => Promise.resolve((time += length)),
      env: { ...real, ...env },
      stderr: () => undefined,
    };
    const call = { name: 'example/status', url, work: { site: '', cache: '' }, artifact, workflow };
    return { host: await openPages(call, context as unknown as Context), asked };
  }

  const entry = newRelease(releaseOf({}), [], emptyLog, 0);
  const deploy = (host: Host) => host.deploy({ release: entry, site: 'site', version: 'V1', replaces: null });

  const runs = (file: string) => ({
    GITHUB_WORKFLOW_REF: `example/status/.github/workflows/${file}@refs/heads/main`,
  });
  it.each<[string, string, string | undefined]>([
    ['publish.yml, even if another workflow is running', 'publish.yml', runningWorkflow({})],
    ['the workflow that publishes', 'ours.yml', runningWorkflow(runs('ours.yml'))],
  ])('restore a release with %s', async (_, file, workflow) => {
    const { host, asked } = await opened(runs('watch.yml'), { workflow });
    await host.restore(entry, null);
    expect(asked.at(-1)).toBe(
      `POST /repos/example/status/actions/workflows/${file}/dispatches {"ref":"trunk","inputs":{"release":"${entry.id}"}}`,
    );
  });

  it('get the artifact, with a token that proves which workflow asks', async () => {
    const { host, asked } = await opened({});
    expect(await deploy(host)).toEqual({ site: 'site' });
    expect(asked.slice(-3)).toEqual([
      'GET /token bearer s',
      'POST /repos/example/status/pages/deployments {"artifact_id":7,"pages_build_version":"V1","oidc_token":"T"}',
      'GET /repos/example/status/pages/deployments/D1',
    ]);
  });

  it.each([[[503]], [[429, 500, 502]]])('ask for that token again after %j', async (failures) => {
    const { host, asked } = await opened({}, { failures });
    expect(await deploy(host)).toEqual({ site: 'site' });
    expect(asked.filter((line) => line.startsWith('GET /token'))).toHaveLength(failures.length + 1);
  });

  it('say what GitHub answers if it has no token for ten minutes', async () => {
    const { host, asked } = await opened({}, { failures: Array.from({ length: 400 }, () => 503) });
    await expect(deploy(host)).rejects.toThrow(
      /^GitHub did not give this job an identity token: status 503, .*githubstatus/,
    );
    expect(asked.filter((line) => line.startsWith('GET /token')).length).toBeGreaterThan(250);
  });

  const none = 'GitHub gives this job no identity token. Add id-token: write to its permissions';
  it.each<[string, Record<string, string>, string, string]>([
    ['an address', { ACTIONS_ID_TOKEN_REQUEST_URL: '' }, '{}', none],
    ['a secret', { ACTIONS_ID_TOKEN_REQUEST_TOKEN: '' }, '{}', none],
    ['a token in JSON', {}, '<html>', 'GitHub did not give this job an identity token. Run the workflow again'],
    ['a token', {}, '{}', 'GitHub did not give this job an identity token. Run the workflow again'],
  ])('refuse without %s', async (_, env, token, message) => {
    const { host } = await opened(env, { token });
    await expect(deploy(host)).rejects.toThrow(new UserError(message));
  });

  it('deploy nothing without an artifact', async () => {
    const { host } = await opened({}, { artifact: null });
    await expect(deploy(host)).rejects.toThrow('nothing can be deployed without an artifact');
  });
});
