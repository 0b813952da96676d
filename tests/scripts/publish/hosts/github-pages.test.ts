import { describe, expect, it, onTestFinished } from 'vitest';
import { gitHubError, type GitHubPort } from '../../../../scripts/github/port.ts';
import type { Host } from '../../../../scripts/publish/hosts/host.ts';
import type { Published, StepResult } from '../../../../scripts/publish/publish.ts';
import { temporaryFolder } from '../../../support/folders.ts';
import { type PagesStandIn, pagesStandIn } from './pages-stand-in.ts';
import { type Given, type GitHubPage, gitHubPage } from './small-page.ts';

async function newPage(): Promise<{ readonly gitHub: PagesStandIn; readonly page: GitHubPage; readonly base: string }> {
  const base = temporaryFolder();
  const gitHub = await pagesStandIn(base);
  onTestFinished(() => gitHub.close());
  return { gitHub, page: gitHubPage(base, gitHub), base };
}

describe('a deployment to GitHub Pages', () => {
  it.each([
    ['another deployment is in progress', 400, 'Deployment request failed for 1 due to in progress deployment'],
    ['GitHub has a problem', 502, 'Bad gateway'],
    ['GitHub asks for fewer requests', 429, 'Slow down'],
  ])('waits when %s', async (_, status, message) => {
    const { gitHub, page } = await newPage();
    gitHub.answers.push({ status, message }, { status, message });
    expect(await page.publish('a')).toMatchObject({ outcome: 'published' });
    expect(page.served()).toBe('a0000000');
  });

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

  it('that is reported as failed counts as deployed when the page shows it', async () => {
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
  it('is taken over, with what was rolled back', async () => {
    const { gitHub, page } = await newPage();
    const hold = { from: 'b'.repeat(40), to: release('a'), at: '2026-11-22T15:00:00.000Z', reason: 'wrong' };
    await write(gitHub.port, state([release('a')], hold));
    const log = await page.log();
    expect(log.releases).toMatchObject([
      { commit: 'b'.repeat(40), rolledBack: { reason: 'wrong', by: 'person' } },
      { commit: 'a'.repeat(40), state: 'live', verifiedAt: '2026-11-22T14:01:00.000Z' },
    ]);
    expect(await page.host().served(log)).toBe(log.releases[1]?.id);
    expect(await page.publish('c')).toMatchObject({ outcome: 'published' });
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
  async function secondJob(page: GitHubPage, content: string, given: Given = {}): Promise<() => Promise<Published>> {
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

  it('does not replace what was published since its first one', async () => {
    const { page } = await newPage();
    await page.publish('a', { commit: '1' });
    const older = await secondJob(page, 'b', { commit: '2' });
    await page.publish('c', { commit: '3' });
    expect(await older()).toMatchObject({ outcome: 'overtaken' });
    expect(page.served()).toBe('c0000000');
    expect(page.notified).toEqual(['a0000000', 'c0000000']);
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
      expect(await page.publish('b'), `died after ${calls} requests`).toMatchObject({ outcome: 'published' });
      expect(page.served()).toBe('b0000000');
      expect(page.notified).toEqual(['a0000000', 'b0000000']);
      if (!died()) break;
      deaths += 1;
    }
    expect(deaths).toBeGreaterThan(8);
  });
});
