import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { octokitPort } from '../../../scripts/github/octokit.ts';
import { keepTimer, timerOff } from '../../../scripts/github/github.ts';
import { hiddenMarker } from '../../../scripts/github/comments.ts';
import { emptyLog, logText } from '../../../scripts/publish/hosts/release-log.ts';
import { loggedRelease, news } from '../../support/logged-release.ts';
import { releaseOf } from '../../support/release.ts';
import { runProgram } from '../../../scripts/cli/system.ts';
import { type Actions, startActions } from '../../support/actions.ts';
import { write } from '../../support/folders.ts';
import { type GitHub, startGitHub, token } from './github.ts';
import { serveFolder } from '../../support/static-server.ts';
import { receiver } from '../../scripts/publish/notify/receivers.ts';
import { put, smallSite } from '../../scripts/site.ts';
import { call, type Outcome } from '../../scripts/call.ts';

type Desk = {
  readonly folder: string;
  readonly github: GitHub;
  readonly actions: Actions;
  readonly halfpast: (
    args: readonly string[],
    given?: { readonly piped?: string; readonly now?: string; readonly env?: Record<string, string> },
  ) => Promise<Outcome>;
};

async function desk(): Promise<Desk> {
  const github = await startGitHub();
  const actions = await startActions(github.url);
  const folder = smallSite();
  const halfpast: Desk['halfpast'] = (args, { env, ...given } = {}) =>
    call([...args, '--github', 'dana/status'], folder, {
      ...given,
      context: { env: { GITHUB_TOKEN: token, GITHUB_API_URL: actions.url, ...env } },
    });
  return { folder, github, actions, halfpast };
}

/** The workflows that publish which were started. */
const published = ({ started }: Actions): Actions['started'] => started.filter(({ file }) => file === 'publish.yml');

const site = (commit: string | null, now: string) => releaseOf({ commit, now });

const ids = { a: 'a'.repeat(40), b: 'b'.repeat(40) } as const;

describe('an update that is written through GitHub', () => {
  it('is the file that --commit would write, on the default branch, and publishing is started', async () => {
    const { github, actions, halfpast, folder } = await desk();
    const text = 'Line "one" $(touch x) `id`\n::set-output name=a::b\n${{ secrets.X }}';
    const result = await halfpast(['update', 'checkout-errors', '--status', 'identified', '--message', '-'], {
      piped: text,
    });
    // The small site's address is an example: no update can be live there.
    expect(result).toMatchObject({ code: 1, stderr: expect.stringContaining('NOT LIVE: https://status.example.com') });
    expect(result.stdout).toMatch(/Committed on GitHub as [0-9a-f]{7}, and publishing has started\./);
    const path = /^(content\/\S+)/.exec(result.stdout)?.[1] ?? '';
    expect((await github.port.readFile(path))?.text).toBe(`---\nstatus: identified\n---\n${text}\n`);
    expect((await runProgram('ls', [join(folder, path)], folder)).code, 'nothing is written here').not.toBe(0);
    expect(actions.started).toEqual([{ file: 'publish.yml', ref: 'main', inputs: {} }]);
  });

  it('is refused as any other: nothing reaches GitHub', async () => {
    const { actions, halfpast } = await desk();
    expect(await halfpast(['update', 'checkout-errors', '--status', 'fixed', '--message', 'x'])).toMatchObject({
      code: 2,
    });
    expect(await halfpast(['update', 'checkout-errors', '--message', 'x', '--push'])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('Leave out --commit and --push'),
    });
    expect(
      await halfpast(['update', 'checkout-errors', '--message', 'x'], { env: { GITHUB_TOKEN: '' } }),
    ).toMatchObject({ code: 1, stderr: expect.stringContaining('GITHUB_TOKEN is not set') });
    expect(actions.sent).toEqual([]);
  });
});

it('the timer starts a publish when the clock has changed the page, and says why it did not', async () => {
  const { folder, actions, halfpast } = await desk();
  const live = join(folder, 'live');
  write(live, '404.html', 'nothing');
  const server = await serveFolder(live);
  const watch = (now: string, env = {}) => halfpast(['watch', '--once', '--url', server.origin, '--now', now], { env });
  expect((await watch('2026-11-22T15:00Z')).stdout).toContain('no Halfpast site is live yet');
  write(live, 'release.json', JSON.stringify(site(ids.a, '2026-11-22T15:00:00.000Z')));
  expect((await watch('2026-11-22T15:00:30Z')).stdout).toContain('time has changed nothing');
  expect(published(actions)).toEqual([]);
  expect((await watch('2026-11-22T23:01Z')).stdout).toMatch(/^publishing: /m);
  expect(published(actions)).toEqual([{ file: 'publish.yml', ref: 'main', inputs: {} }]);
  expect((await watch('2026-11-22T23:01Z', { HALFPAST_HOLD: 'not now' })).stdout).toContain('on hold: not now');
  put(folder, 'incidents/2026-11-22-checkout-errors/2026-11-22T1455Z.md', '---\nstatus: resovled\n---\nx\n');
  expect((await watch('2026-11-22T23:01Z')).stdout).toContain('has problems, so nothing is published');
  await server.close();
  expect(await watch('2026-11-22T23:01Z'), 'reminders need content without problems').toMatchObject({ code: 1 });
  expect(published(actions)).toHaveLength(1);
});

it('the timer doesn’t keep retrying a refused commit until time changes the page again', async () => {
  const { folder, actions, halfpast } = await desk();
  const git = (...args: string[]) =>
    runProgram('git', ['-c', 'user.name=Dana', '-c', 'user.email=dana@example.com', ...args], folder);
  for (const args of [
    ['init', '--quiet'],
    ['add', '--all'],
    ['commit', '--quiet', '--message', 'Begin'],
  ])
    await git(...args);
  const head = (await git('rev-parse', 'HEAD')).stdout.trim();
  write(folder, 'live/release.json', JSON.stringify(site(head, '2026-11-22T15:00:00.000Z')));
  write(folder, 'live/404.html', 'nothing');
  const server = await serveFolder(join(folder, 'live'));
  const watch = async (now: string) =>
    (await halfpast(['watch', '--once', '--url', server.origin, '--now', now])).stdout;
  const tried = (at: string, commit = head, conclusion = 'failure') =>
    actions.runs.push({ file: 'publish.yml', commit, at, conclusion });
  // Before the day of the site began: for something else. Of another commit: another matter.
  for (const [at, commit] of [
    ['2026-11-22T22:50:00Z', head],
    ['2026-11-22T23:02:00Z', ids.b],
    ['2026-11-22T23:03:00Z', ids.b],
    ['2026-11-22T23:04:00Z', ids.b],
  ] as const)
    tried(at, commit);
  // While publishing was on hold.
  for (const time of ['00', '01', '02']) tried(`2026-11-22T23:00:${time}Z`, head, 'success');
  for (const minute of ['15', '26', '37']) {
    expect(await watch(`2026-11-22T23:${minute}Z`)).toMatch(/^publishing: /m);
    tried(`2026-11-22T23:${minute}:05Z`);
  }
  expect(await watch('2026-11-22T23:48Z')).toMatch(/^not tried again: .*failed 3 times since/m);
  expect(published(actions)).toHaveLength(3);
  expect(await watch('2026-11-23T23:04Z'), 'a new day').toMatch(/^publishing: /m);
  await git('commit', '--quiet', '--allow-empty', '--message', 'Put right');
  const next = (await git('rev-parse', 'HEAD')).stdout.trim();
  expect(await watch('2026-11-22T15:10Z'), 'a new commit').toMatch(/^publishing: [0-9a-f]{7} isn't live/m);
  tried('2026-11-22T15:10:05Z', next);
  expect(await watch('2026-11-22T15:14Z')).toMatch(/^already being published: [0-9a-f]{7}/m);
  for (const minute of ['24', '36']) {
    expect(await watch(`2026-11-22T15:${minute}Z`)).toMatch(/^publishing: /m);
    tried(`2026-11-22T15:${minute}:05Z`, next);
  }
  expect(await watch('2026-11-22T15:48Z')).toMatch(/^not tried again: [0-9a-f]{7} isn't live/m);
  await server.close();
});

it('the watch sends reminders on the minute, and leaves later ones to its successor', async () => {
  const { folder, github, actions } = await desk();
  put(
    folder,
    'incidents/2026-11-22-slow/2026-11-22T1800Z.md',
    '---\ntitle: Slow\nstatus: investigating\nimpact: minor\n---\nx\n',
  );
  let time = Date.parse('2026-11-22T18:12:00Z');
  const opened: string[] = [];
  const context = {
    env: { GITHUB_TOKEN: token, GITHUB_API_URL: actions.url },
    clock: () => time,
    sleep: async (length: number) => {
      const [issue] = (await github.port.issues('halfpast')).filter(({ title }) => title.includes('Slow'));
      const said = issue === undefined ? 0 : 1 + (await github.port.comments(issue.number)).length;
      if (said > opened.length) opened.push(new Date(time).toISOString().slice(11, 16));
      time += length;
    },
  };
  const args = ['watch', '--github', 'dana/status', '--url', 'http://127.0.0.1:1'];
  const { stdout } = await call(args, folder, { context });
  expect(stdout).toMatch(/the watch was started$/m);
  expect(opened).toEqual(['18:15', '18:20', '18:30', '18:31', '18:36', '18:45', '18:46', '19:00', '19:01']);
  expect(actions.started.at(-1)).toEqual({ file: 'watch.yml', ref: 'main', inputs: {} });
});

it('the watch sends what a chat refused again a minute later, and gives up after three times', async () => {
  const { folder, actions } = await desk();
  const chat = await receiver();
  put(
    folder,
    'site.yml',
    'name: Example\nurl: https://status.example.com\ntime_zone: UTC\nremind:\n  - slack:\n      url_env: TEAM\n',
  );
  put(folder, 'incidents/2026-11-22-checkout-errors/2026-11-22T1805Z.md', '---\nstatus: monitoring\n---\nx\n');
  let time = Date.parse('2026-11-22T18:19:30Z');
  const asked: string[] = [];
  chat.reply = () => {
    asked.push(new Date(time).toISOString().slice(11, 16));
    return asked.length <= 2 || asked.length > 3 ? { status: 503 } : null;
  };
  const context = {
    env: { GITHUB_TOKEN: token, GITHUB_API_URL: actions.url, TEAM: chat.url },
    clock: () => time,
    sleep: (length: number) => Promise.resolve(void (time += length)),
  };
  const args = ['watch', '--github', 'dana/status', '--url', 'http://127.0.0.1:1'];
  const { code } = await call(args, folder, { context });
  expect(code).toBe(1);
  expect(chat.accepted).toHaveLength(1);
  expect(asked.slice(0, 8)).toEqual(['18:20', '18:21', '18:22', '18:31', '18:32', '18:33', '18:34', '18:36']);
});

it.each(['watch.yml', 'timer.yml'])(
  'a second look by %s rolls back with Publish, and tells the author',
  async (file) => {
    const { folder, github, actions } = await desk();
    const live = join(folder, 'live');
    write(live, '404.html', 'nothing');
    const server = await serveFolder(live);
    onTestFinished(() => server.close());
    const { sha: commit } = (await github.ask('/commits/main')) as { readonly sha: string };
    const releases = [loggedRelease({ id: 'b', commit, news, content: 'y' }), loggedRelease({ id: 'a' })];
    const text = logText({ ...emptyLog, releases });
    await github.port.writeFile({
      ...{ path: 'releases.json', branch: 'halfpast-state', message: 'Recording b', text, replaces: null },
    });
    const context = {
      env: {
        ...{ GITHUB_TOKEN: token, GITHUB_API_URL: actions.url },
        GITHUB_WORKFLOW_REF: `dana/status/.github/workflows/${file}@refs/heads/main`,
      },
      clock: () => Date.parse('2026-11-22T14:06:00Z'),
      sleep: () => Promise.resolve(),
    };
    const args = ['watch', '--once', '--github', 'dana/status', '--url', server.origin];
    const { code, stderr } = await call(args, folder, { context });
    expect([code, stderr]).toEqual([
      1,
      expect.stringContaining('b failed its second verification. a is being restored'),
    ]);
    expect(published(actions)).toEqual([{ file: 'publish.yml', ref: 'main', inputs: { release: 'a' } }]);
    expect(await github.port.commitComments(commit)).toHaveLength(1);
  },
);

it('the timer leaves reminders to a watch that runs, and starts one that is missing', async () => {
  const { actions, github, halfpast } = await desk();
  const once = ['watch', '--once', '--url', 'http://127.0.0.1:1', '--now', '2026-11-22T14:21Z'];
  actions.runs.push({ file: 'watch.yml', commit: ids.a, at: '2026-11-22T14:10:00Z', status: 'in_progress' });
  await halfpast(once);
  expect([await github.port.issues('halfpast'), actions.started]).toEqual([[], []]);
  actions.runs.pop();
  await halfpast(once);
  expect(await github.port.issues('halfpast')).toHaveLength(1);
  expect(actions.started).toEqual([{ file: 'watch.yml', ref: 'main', inputs: {} }]);
});

it.each([
  ['disabled_inactivity', /^the timer was turned on again/, null],
  ['disabled_manually', null, /^the timer is off: it was disabled/],
  ['active', null, null],
])('a timer that is %s: publishing only turns on what GitHub turned off', async (state, kept, off) => {
  const github = await startGitHub();
  const actions = await startActions(github.url);
  if (state !== 'active') actions.states.set('timer.yml', state);
  const port = octokitPort({ owner: 'dana', repo: 'status', token, baseUrl: actions.url, warn: () => undefined });
  const text = (line: string | null, expected: RegExp | null) =>
    expected === null ? expect(line).toBeNull() : expect(line).toMatch(expected);
  const { stdout } = await call(['status', '--github', 'dana/status'], smallSite(), {
    context: { env: { GITHUB_TOKEN: token, GITHUB_API_URL: actions.url } },
  });
  expect(stdout.includes('the timer is off')).toBe(state !== 'active');
  text(await keepTimer(port), kept);
  text(await timerOff(port), off);
});

it('a preview is posted on the pull request it was made for and on no other', async () => {
  const { folder, github, halfpast } = await desk();
  const proposal = (branch: string) => ({
    branch,
    title: 't',
    body: 'b',
    message: 'm',
    files: [{ path: `${branch}.md`, text: branch }],
  });
  const mine = await github.port.propose(proposal('one'));
  const other = await github.port.propose(proposal('two'));
  const head = (await github.port.pullRequest(mine.number))?.head ?? '';
  const prepared = (pullRequest: unknown, line = 'a problem'): void =>
    write(folder, 'prepared/prepared.json', JSON.stringify({ pullRequest, lines: [line] }));
  const post = (pullRequest: unknown, line?: string) => {
    prepared(pullRequest, line);
    return halfpast(['preview', 'post', '--head', head]);
  };
  expect(await post(other.number)).toMatchObject({ code: 1, stderr: expect.stringContaining("doesn't end with") });
  expect(await post(999)).toMatchObject({ code: 1 });
  for (const wrong of [0, -1, 1.5, '1', '../1', '$(id)', 1e30, null])
    expect(await post(wrong)).toMatchObject({ code: 1, stderr: expect.stringContaining('has no preview') });
  expect(await post(mine.number)).toMatchObject({ code: 0 });
  expect(await post(mine.number, 'x'.repeat(70_000))).toMatchObject({ code: 0 });
  expect(await post(mine.number, 'the last')).toMatchObject({ code: 0 });
  expect((await github.port.comments(mine.number)).map(({ body }) => body)).toEqual([
    `### This would not be published\n\n\`\`\`text\nthe last\n\`\`\`\n\n${hiddenMarker('preview')}`,
  ]);
  expect(await github.port.comments(other.number)).toEqual([]);
});
