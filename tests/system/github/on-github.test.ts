import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { hiddenMarker } from '../../../scripts/github/comments.ts';
import { releaseOf } from '../../support/release.ts';
import { isoTime } from '../../../src/lib/domain/calendar.ts';
import { runProgram } from '../../../scripts/cli/system.ts';
import { type Actions, startActions } from '../../support/actions.ts';
import { write } from '../../support/folders.ts';
import { fakes } from '../../support/fake-secrets.ts';
import { type GitHub, startGitHub, token } from './github.ts';
import { serveFolder } from '../../support/static-server.ts';
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

const site = (commit: string | null, now: string) => releaseOf({ commit, now });

const ids = { a: 'a'.repeat(40), b: 'b'.repeat(40) } as const;

describe('an update that is written through GitHub', () => {
  it('is the file that --commit would write, on the default branch, and publishing is started', async () => {
    const { github, actions, halfpast, folder } = await desk();
    const text = 'Line "one" $(touch x) `id`\n::set-output name=a::b\n${{ secrets.X }}';
    const result = await halfpast(['update', 'checkout-errors', '--status', 'identified', '--message', '-'], {
      piped: text,
    });
    expect(result).toMatchObject({ code: 0, stderr: '' });
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

it('a commit gets one comment per step, also when two runs fail on it', async () => {
  const { folder, github, actions, halfpast } = await desk();
  const made = await github.port.writeFile({ path: 'x.md', text: 'x', message: 'x', replaces: null });
  const commit = made.kind === 'written' ? made.commit : '';
  put(folder, 'incidents/2026-11-22-checkout-errors/2026-11-22T1455Z.md', '---\nstatus: resovled\n---\nx\n');
  const checked = await call(['check', '--json'], folder);
  const args = ['tell', '--commit', commit];
  await github.port.commentOnCommit(commit, `${hiddenMarker('tell check')} somebody else wrote this`);
  await github.stranger.commentOnCommit(commit, `A stranger would have nobody told. ${hiddenMarker('tell check')}`);
  expect((await halfpast(args, { piped: checked.stdout })).stdout).toBe(`commented on ${commit.slice(0, 7)}\n`);
  expect((await halfpast(args, { piped: checked.stdout })).stdout).toBe(
    `${commit.slice(0, 7)} already has this comment\n`,
  );
  const [, , comment, ...more] = await github.port.commitComments(commit);
  expect(more).toEqual([]);
  expect(comment?.body).toContain('```diff\n- status: resovled\n+ status: resolved\n```');
  expect(comment?.body).toContain(
    '/dana/status/edit/main/content/incidents/2026-11-22-checkout-errors/2026-11-22T1455Z.md#L2',
  );
  expect(actions.started).toEqual([]);
  await halfpast([...args, '--step', 'verify', '--roll-back', '--built', '2026-11-22T14:00:00.000Z'], {
    piped: '/rss.xml  is empty',
  });
  expect(actions.started).toEqual([
    {
      file: 'rollback.yml',
      ref: 'main',
      inputs: { of: commit, built: '2026-11-22T14:00:00.000Z', reason: 'verify failed' },
    },
  ]);
  expect((await github.port.commitComments(commit)).at(-1)?.body).toContain('/rss.xml  is empty');
});

it('the comment on a credential does not repeat it', async () => {
  const { folder, github, halfpast } = await desk();
  const made = await github.port.writeFile({ path: 'x.md', text: 'x', message: 'x', replaces: null });
  const commit = made.kind === 'written' ? made.commit : '';
  const path = 'incidents/2026-11-22-checkout-errors/2026-11-22T1455Z.md';
  put(folder, path, `---\nstatus: ${fakes.slack}\n---\nWe use ${fakes.github} here.\n`);
  const { stdout } = await call(['check', '--json'], folder);
  const { problems } = JSON.parse(stdout) as { readonly problems: readonly object[] };
  const place = { file: path, line: 4, column: 1, field: null, fix: null };
  const piped = JSON.stringify({ problems: [...problems, { ...place, message: 'is odd' }] });
  await halfpast(['tell', '--commit', commit], { piped });
  const [comment] = await github.port.commitComments(commit);
  expect(comment?.body).toContain(`content/${path}:4`);
  expect(comment?.body).toContain('is odd');
  for (const secret of [fakes.slack, fakes.github])
    expect(`${stdout}${comment?.body}`).not.toContain(secret.slice(6, 16));
});

it('the timer starts a publish when the clock has changed the page, and says why it did not', async () => {
  const { folder, actions, halfpast } = await desk();
  const live = join(folder, 'live');
  write(live, '404.html', 'nothing');
  const server = await serveFolder(live);
  const tick = (now: string, env = {}) => halfpast(['tick', '--url', server.origin, '--now', now], { env });
  expect((await tick('2026-11-22T15:00Z')).stdout).toContain('no Halfpast site is live yet');
  write(live, 'release.json', JSON.stringify(site(ids.a, '2026-11-22T15:00:00.000Z')));
  expect((await tick('2026-11-22T15:00:30Z')).stdout).toContain('time has changed nothing');
  expect(actions.started).toEqual([]);
  expect((await tick('2026-11-22T23:01Z')).stdout).toMatch(/^publishing: /);
  expect(actions.started).toEqual([{ file: 'publish.yml', ref: 'main', inputs: {} }]);
  expect((await tick('2026-11-22T23:01Z', { HALFPAST_HOLD: 'not now' })).stdout).toContain('on hold: not now');
  put(folder, 'incidents/2026-11-22-checkout-errors/2026-11-22T1455Z.md', '---\nstatus: resovled\n---\nx\n');
  expect((await tick('2026-11-22T23:01Z')).stdout).toContain('has problems, so nothing is published');
  await server.close();
  expect(await tick('2026-11-22T23:01Z')).toMatchObject({ code: 0 });
  expect(actions.started).toHaveLength(1);
});

it('the timer does not try a commit again and again that is refused, until the clock changes the page anew', async () => {
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
  write(folder, 'live/release.json', JSON.stringify(site(ids.a, '2026-11-22T15:00:00.000Z')));
  write(folder, 'live/404.html', 'nothing');
  const server = await serveFolder(join(folder, 'live'));
  const tick = async (now: string) => (await halfpast(['tick', '--url', server.origin, '--now', now])).stdout;
  const tried = (at: string, commit = head) => actions.runs.push({ file: 'publish.yml', commit, at });
  // Before the day of the site began: for something else. Of another commit: another matter.
  for (const [at, commit] of [
    ['2026-11-22T22:50:00Z', head],
    ['2026-11-22T23:02:00Z', ids.b],
    ['2026-11-22T23:03:00Z', ids.b],
    ['2026-11-22T23:04:00Z', ids.b],
  ] as const)
    tried(at, commit);
  for (const minute of ['04', '14', '24']) {
    expect(await tick(`2026-11-22T23:${minute}Z`)).toMatch(/^publishing: /);
    tried(`2026-11-22T23:${minute}:05Z`);
  }
  expect(await tick('2026-11-22T23:34Z')).toMatch(/^not tried again: .*failed 3 times since/);
  expect(actions.started).toHaveLength(3);
  expect(await tick('2026-11-23T23:04Z'), 'a new day').toMatch(/^publishing: /);
  await git('commit', '--quiet', '--allow-empty', '--message', 'Put right');
  expect(await tick('2026-11-22T23:34Z'), 'a new commit').toMatch(/^publishing: /);
  await server.close();
});

it('releases that were verified are noted, gone back to and held until a newer commit', async () => {
  const { folder, actions, halfpast } = await desk();
  const git = (...args: string[]) =>
    runProgram('git', ['-c', 'user.name=Dana', '-c', 'user.email=dana@example.com', ...args], folder);
  await git('init', '--quiet');
  const commits: string[] = [];
  for (const name of ['one', 'two', 'three']) {
    writeFileSync(join(folder, 'file'), name);
    await git('add', '--all');
    await git('commit', '--quiet', '--message', name);
    commits.push((await git('rev-parse', 'HEAD')).stdout.trim());
  }
  const [one = '', two = '', three = ''] = commits;
  const built = (commit: string, minute: number) =>
    write(
      folder,
      'dist/release.json',
      JSON.stringify(site(commit, isoTime(Date.parse('2026-11-22T14:00Z') + minute * 60_000))),
    );
  write(folder, 'live/404.html', 'nothing');
  const server = await serveFolder(join(folder, 'live'));
  const may = () => halfpast(['releases', 'may', '--url', server.origin]);
  expect((await halfpast(['releases', 'list'])).stdout).toContain('no verified releases yet');
  built(one, 1);
  expect((await halfpast(['releases', 'record', '--look-again', '77'])).code).toBe(0);
  expect(actions.started).toEqual([{ file: 'verify-again.yml', ref: 'main', inputs: { run: '77' } }]);
  built(two, 2);
  await halfpast(['releases', 'record']);
  expect((await may()).code).toBe(0);
  expect((await halfpast(['releases', 'back', '--of', two, '--reason', 'wrong\nprices'])).stdout).toBe(
    `commit=${one}\nnow=2026-11-22T14:01:00.000Z\n`,
  );
  const older = () => halfpast(['releases', 'may', '--put-back', '--url', server.origin]);
  write(folder, 'live/release.json', JSON.stringify(site(two, '2026-11-22T14:02:00.000Z')));
  expect(await older(), 'two is not what was chosen').toMatchObject({
    code: 3,
    stdout: expect.stringContaining("isn't the release chosen last"),
  });
  built(one, 1);
  expect((await older()).code).toBe(0);
  write(folder, 'live/release.json', JSON.stringify(site(three, '2026-11-22T14:03:00.000Z')));
  expect(await older(), 'three went live meanwhile').toMatchObject({
    code: 3,
    stdout: expect.stringMatching(/^not restored: .* is live now, and newer/),
  });
  write(folder, 'live/release.json', JSON.stringify(site(one, '2026-11-22T14:01:00.000Z')));
  built(two, 2);
  expect((await halfpast(['releases', 'list'])).stdout).toMatch(
    /^on hold: .* was rolled back at .* \(wrong prices\); .*\n.{7} {2}2026-11-22T14:01/,
  );
  expect(await may()).toMatchObject({ code: 3, stdout: expect.stringContaining('was rolled back') });
  expect((await halfpast(['releases', 'record'])).stdout).toContain('was rolled back in the meantime');
  expect(
    (await halfpast(['tick', '--url', server.origin, '--content', 'content', '--now', '2026-11-23T00:00Z'])).code,
  ).toBe(0);
  built(three, 3);
  expect((await may()).code).toBe(0);
  write(folder, 'live/release.json', JSON.stringify(site(three, '2026-11-22T14:03:00.000Z')));
  built(two, 9);
  await halfpast(['releases', 'record']);
  expect(await may()).toMatchObject({ code: 3 });
  await server.close();
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
  write(folder, 'preview.md', 'first');
  const post = (number: string, comment = 'preview.md') =>
    halfpast(['preview', 'post', '--number', number, '--head', head, '--comment', comment]);
  expect(await post(String(other.number))).toMatchObject({
    code: 1,
    stderr: expect.stringContaining("doesn't end with"),
  });
  expect(await post('999')).toMatchObject({ code: 1 });
  for (const wrong of ['0', '1e3', '../1', '1 ', '$(id)', '9'.repeat(30)].filter((text) => text.trim() !== '1'))
    expect((await post(wrong)).code).toBe(2);
  expect(await post(String(mine.number))).toMatchObject({ code: 0 });
  write(folder, 'preview.md', 'second');
  expect(await post(String(mine.number))).toMatchObject({ code: 0 });
  write(folder, 'long.md', 'x'.repeat(70_000));
  expect(await post(String(mine.number), 'long.md')).toMatchObject({ code: 1 });
  expect((await github.port.comments(mine.number)).map(({ body }) => body)).toEqual([
    `second\n\n${hiddenMarker('preview')}`,
  ]);
  expect(await github.port.comments(other.number)).toEqual([]);
});
