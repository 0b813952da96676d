import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { minute } from '../../../src/lib/domain/calendar.ts';
import { updateRecords } from '../../../src/lib/api/history.ts';
import { type Context, noProgress } from '../../../scripts/cli/context.ts';
import type { UserError } from '../../../scripts/cli/errors.ts';
import { runProgram } from '../../../scripts/cli/system.ts';
import { gitIn } from '../../../scripts/github/git.ts';
import { awaitLive, type Sent } from '../../../scripts/write/await-live.ts';
import { temporaryFolder, write } from '../../support/folders.ts';
import { put, smallSite } from '../site.ts';
import { call, hostileEnvironment } from '../call.ts';
import { git, type Remote, repository, withRemote } from './publisher.ts';
import { loadContent } from '../../support/load-content.ts';

/** Time that passes while someone sleeps. */
function passingTime(): Pick<Context, 'clock' | 'sleep'> {
  let now = Date.parse('2026-11-22T15:00:30Z');
  return {
    clock: () => now,
    sleep: (time) => {
      now += time;
      return Promise.resolve();
    },
  };
}

/** Runs a line in a shell, as a user would. */
const sh = (cwd: string, line: string): void => void execFileSync('sh', ['-c', line], { cwd, stdio: 'ignore' });

const update = ['update', '--message', 'Still looking.'];
const permalink = (time: string): string => `/incidents/2026-11-22-checkout-errors/#2026-11-22${time}`;

describe('--commit', () => {
  it('only commits the new file, whatever is staged or changed', async () => {
    const folder = repository();
    put(folder, 'incidents/2026-11-20-slow-search/2026-11-20T1000Z.md', '---\nstatus: resolved\n---\nx\n');
    git(folder, 'add', '.');
    put(folder, 'site.yml', 'name: Example\nurl: https://status.example.com\ntime_zone: UTC\n');
    expect((await call([...update, '--commit'], folder)).code).toBe(0);
    expect(git(folder, 'show', '--name-status', '--format=%s', 'HEAD')).toBe(
      'Investigating: Checkout errors in Europe\n\nA\tcontent/incidents/2026-11-22-checkout-errors/2026-11-22T1500Z.md',
    );
    expect(git(folder, 'status', '--short')).toBe(
      'A  content/incidents/2026-11-20-slow-search/2026-11-20T1000Z.md\n M content/site.yml',
    );
  });

  it('has a commit message that says what it’s about', async () => {
    const folder = repository();
    const title = 'Checkout down: "all" $HOME';
    const maintenance = ['--for', '2027-01-01T00:00Z', '--until', '2027-01-01T01:00Z'];
    for (const [args, subject] of [
      [['update', '--title', title], `Investigating: ${title}`],
      [['schedule', '--title', 'Servers', ...maintenance], 'Scheduled: Servers'],
      [['resolve'], `Resolved: ${title}`],
    ] as const) {
      const now = args[0] === 'resolve' ? '2026-11-22T15:10Z' : '2026-11-22T15:00:30Z';
      expect((await call([...args, '--message', 'x', '--commit'], folder, { now })).code).toBe(0);
      expect(git(folder, 'log', '-1', '--format=%s')).toBe(subject);
    }
  });

  it('writes nothing outside a repository', async () => {
    const folder = smallSite();
    const { code, stderr } = await call([...update, '--commit'], folder);
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: `halfpast: ${folder}/content is not in a git repository. Run git init in the project folder, or omit --commit and --push\n`,
    });
    expect((await call('status --json', folder)).stdout).toContain('"updated_at":"2026-11-22T14:05:00.000Z"');
  });

  it('writes nothing without a branch, because the commit would be lost', async () => {
    const folder = repository();
    git(folder, 'checkout', '--quiet', '--detach');
    const { code, stderr } = await call([...update, '--push'], folder);
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr:
        'halfpast: no git branch is checked out (detached HEAD). Run git switch main, or omit --commit and --push\n',
    });
    expect(git(folder, 'status', '--short')).toBe('');
  });

  it('suggests a command when Git fails, and the command works', async () => {
    const folder = repository();
    writeFileSync(join(folder, '.git/index.lock'), '');
    const { stderr } = await call([...update, '--commit'], folder);
    expect(stderr).toMatch(/File exists\. Fix that, then run: git add /);
    rmSync(join(folder, '.git/index.lock'));
    sh(folder, /then run: (.+)$/m.exec(stderr)?.[1] ?? '');
    expect(git(folder, 'log', '-1', '--format=%s')).toBe('Investigating: Checkout errors in Europe');
    expect(git(folder, 'status', '--short')).toBe('');
  });

  it('says what to type if a hook refuses the commit, and keeps the file', async () => {
    const folder = repository();
    git(folder, 'config', 'core.hooksPath', 'hooks');
    hook(folder, 'pre-commit', 'echo not on a Sunday >&2\nexit 1');
    const { code, stderr } = await call([...update, '--commit'], folder);
    const path = `${folder}/content/incidents/2026-11-22-checkout-errors/2026-11-22T1500Z.md`;
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: `halfpast: ${path} is written but not committed: not on a Sunday. Fix that, then run: git add ${path} && git commit -m "Investigating: Checkout errors in Europe" --only -- ${path}\n`,
    });
  });
});

describe('after writing', () => {
  it('the suggested command publishes the file, whatever the title contains', async () => {
    const { folder, remote } = await withRemote({ follows: true });
    const title = `It's "all" down $HOME!`;
    const { stdout } = await call(['open', '--title', title, '--impact', 'major', '--message', 'x'], folder);
    const line = /^To publish it: (git add .+ && git commit -m .+ && git push)$/m.exec(stdout)?.[1] ?? '';
    sh(folder, line);
    expect(git(remote, 'show', '--name-status', '--format=%s', 'main')).toBe(
      `Investigating: ${title}\n\nA\tcontent/incidents/2026-11-22-its-all-down-home/2026-11-22T1500Z.md`,
    );
  });

  it('includes earlier updates of the incident that were never committed, and no other files', async () => {
    const { folder, remote } = await withRemote();
    await call('open --title Down --impact major --message x', folder);
    const leftByEditors = ['.2026-11-22T1500Z.md.swp', '.idea/notes.md'].map(
      (name) => `incidents/2026-11-22-down/${name}`,
    );
    for (const path of leftByEditors) put(folder, path, 'We think that it was Dana.\n');
    await call('open --title Other --impact major --message x', folder);
    const tried = await call('update down --message y --dry-run', folder, { now: '2026-11-22T15:10Z' });
    expect(tried.stdout).not.toContain('Earlier updates');
    const { stdout } = await call('update down --message y --push', folder, { now: '2026-11-22T15:10Z' });
    expect(stdout).toContain(
      "\nEarlier updates that weren't committed are included: content/incidents/2026-11-22-down/2026-11-22T1500Z.md\n",
    );
    expect(git(remote, 'show', '--name-only', '--format=', 'main').split('\n')).toEqual(
      ['T1500Z', 'T1510Z'].map((time) => `content/incidents/2026-11-22-down/2026-11-22${time}.md`),
    );
    expect(git(folder, 'status', '--short', '-uall').split('\n')).toEqual(
      [...leftByEditors, 'incidents/2026-11-22-other/2026-11-22T150030Z.md'].map((path) => `?? content/${path}`),
    );
    const byHand = await call('update other --message y', folder, { now: '2026-11-22T15:20Z' });
    expect(byHand.stdout).toContain(
      'To publish it: git add content/incidents/2026-11-22-other/2026-11-22T1520Z.md :/content/incidents/2026-11-22-other/2026-11-22T150030Z.md && git commit',
    );
  });

  const pushes = 'Run: git push\n';
  const publishes = 'npx halfpast publish --to DIR\n';
  it.each<[string, (folder: string) => unknown, string, string]>([
    [
      'it knows of nothing that publishes from the remote',
      () => undefined,
      `published. ${pushes}If nothing publishes from the remote, run: ${publishes}`,
      `git push\nIf nothing publishes from the remote, then run: ${publishes}`,
    ],
    [
      'GitHub publishes from the remote',
      (folder) => {
        put(folder, '../.github/workflows/publish.yml', '');
        git(folder, 'add', '--force', '.github');
        git(folder, 'remote', 'set-url', 'origin', 'https://github.com/dana/status');
      },
      `pushed. ${pushes}`,
      'git push\n',
    ],
    [
      'there is no remote',
      (folder) => git(folder, 'remote', 'remove', 'origin'),
      `published. Run: ${publishes}`,
      `"Investigating: Checkout errors in Europe"\nThen run: ${publishes}`,
    ],
  ])('says how to publish a commit or a file when %s', async (_, arrange, expected, byHand) => {
    const { folder } = await withRemote();
    await arrange(folder);
    const written = await call(update, folder);
    expect(written.stdout.slice(-byHand.length)).toBe(byHand);
    const { stdout } = await call([...update, '--commit'], folder, { now: '2026-11-22T15:10Z' });
    expect(stdout).toContain(`\nCommitted, but not live until it is ${expected}`);
    expect(stdout.endsWith(expected)).toBe(true);
  });

  it('asks how far to go before it writes', async () => {
    const { folder, remote } = await withRemote({ follows: true });
    const found: Record<string, unknown> = {};
    for (const answer of ['stop', 'ctrl-c', 'write', 'push']) {
      const { code } = await call('update', folder, {
        now: answer === 'push' ? '2026-11-22T15:10Z' : '2026-11-22T15:00:30Z',
        answers: ['monitoring', '', 'same', '', 'It works again.', answer],
      });
      found[answer] = [code, git(folder, 'status', '--short'), git(remote, 'log', '-1', '--format=%s', 'main')];
    }
    expect(found).toEqual({
      stop: [130, '', 'Begin'],
      'ctrl-c': [130, '', 'Begin'],
      write: [0, '?? content/incidents/2026-11-22-checkout-errors/2026-11-22T1500Z.md', 'Begin'],
      push: [0, '', 'Monitoring: Checkout errors in Europe'],
    });
  });

  it('doesn’t ask for what the flags already say', async () => {
    const { folder, remote } = await withRemote();
    expect(
      (await call('update --push', folder, { answers: ['monitoring', '', 'same', '', 'It works again.', 'push'] }))
        .code,
    ).toBe(0);
    expect(git(remote, 'log', '-1', '--format=%s', 'main')).toBe('Monitoring: Checkout errors in Europe');
    const { code } = await call('update --commit', folder, {
      now: '2026-11-22T15:10Z',
      answers: ['monitoring', '', 'same', '', 'Still.', 'commit'],
    });
    expect({ code, ahead: git(folder, 'log', '--oneline', '@{upstream}..').split('\n').length }).toEqual({
      code: 0,
      ahead: 1,
    });
  });

  it('only prints JSON for programs', async () => {
    const { folder } = await withRemote();
    const committed = await call([...update, '--commit', '--json'], folder);
    expect(JSON.parse(committed.stdout)).toMatchObject({ written: true, committed: true, pushed: false });
    const pushed = await call([...update, '--push', '--json'], folder, { now: '2026-11-22T15:10Z' });
    expect(JSON.parse(pushed.stdout)).toMatchObject({ written: true, committed: true, pushed: true, live: true });
    const alone = await call([...update, '--json'], folder, { now: '2026-11-22T15:20Z' });
    expect(JSON.parse(alone.stdout)).toMatchObject({ written: true, committed: false, pushed: false });
  });
});

/** Commits a file in another clone, and pushes it. */
function pushAsSomeoneElse(remote: string, path: string, text: string): void {
  const other = temporaryFolder();
  sh(other, `git clone --quiet --template= ${remote} .`);
  write(other, path, text);
  sh(other, 'git add . && git commit --quiet -m Theirs && git push --quiet');
}

/** Makes the branch follow the remote of new versions, which has a newer one. */
function followHalfpast(folder: string): void {
  const upstream = join(temporaryFolder(), 'halfpast');
  const newVersion = 'commit --quiet --allow-empty -m "A new version of Halfpast"';
  sh(folder, `git clone --quiet --template= . ${upstream} && git -C ${upstream} ${newVersion}`);
  sh(folder, `git remote add -f halfpast ${upstream} && git branch --set-upstream-to halfpast/main`);
}

describe('--push', () => {
  it('commits and pushes, sets where to push next time, and says that it is live', async () => {
    const { folder, remote, page } = await withRemote();
    const { code, stdout } = await call([...update, '--push'], folder);
    expect(code).toBe(0);
    expect(stdout.endsWith(`\nCommitted and pushed.\nLIVE after 0 s: ${page.url}${permalink('T1500Z')}\n`)).toBe(true);
    expect(git(remote, 'log', '-1', '--format=%s', 'main')).toBe('Investigating: Checkout errors in Europe');
    expect((await call('resolve --message x --push', folder, { now: '2026-11-22T15:10Z' })).code).toBe(0);
    expect(git(remote, 'log', '-1', '--format=%s', 'main')).toBe('Resolved: Checkout errors in Europe');
  });

  it('merges what someone else has just pushed', async () => {
    const { folder, remote } = await withRemote({ follows: true });
    pushAsSomeoneElse(remote, 'content/templates/theirs.md', '---\nlabel: Theirs\n---\nx\n');
    expect((await call([...update, '--push'], folder)).code).toBe(0);
    expect(git(remote, 'log', '-2', '--format=%s', 'main')).toBe('Investigating: Checkout errors in Europe\nTheirs');
  });

  it.each([
    ['keeps changes to other files that are not committed', '../notes.txt', ''],
    [
      'keeps them in the file and the stash if they conflict with what others pushed, and says how to go on',
      'site.yml',
      'Your uncommitted changes conflict with what others pushed. Both are in content/site.yml, and yours are also in the stash. Edit it, then run: git add :/content/site.yml && git stash drop\n',
    ],
  ])('%s', async (_, changed, warning) => {
    const { folder, remote } = await withRemote();
    git(folder, 'branch', '--quiet', '--set-upstream-to', 'origin/main');
    put(folder, '../notes.txt', 'Begin\n');
    git(folder, 'add', '.');
    git(folder, 'commit', '--quiet', '-m', 'Another file');
    git(folder, 'push', '--quiet');
    const other = join(temporaryFolder(), 'other');
    git(folder, 'clone', '--quiet', remote, other);
    const settings = readFileSync(join(folder, 'content/site.yml'), 'utf8');
    put(other, 'site.yml', settings.replace('Example', 'Theirs'));
    git(other, 'commit', '--quiet', '--all', '-m', 'Theirs');
    git(other, 'push', '--quiet');
    put(folder, changed, changed === 'site.yml' ? settings.replace('Example', 'Ours') : 'Ours\n');
    const { code, stderr } = await call([...update, '--push'], folder);
    expect({ code, stderr }).toEqual({ code: 0, stderr: warning });
    expect(git(remote, 'log', '-2', '--format=%s', 'main')).toBe('Investigating: Checkout errors in Europe\nTheirs');
    expect(readFileSync(join(folder, 'content', changed), 'utf8')).toContain('Ours');
    if (warning === '') return;
    put(folder, changed, settings);
    execFileSync('sh', ['-c', /then run: (.+)$/m.exec(stderr)?.[1] ?? ''], { cwd: folder, stdio: 'ignore' });
    expect(git(folder, 'stash', 'list')).toBe('');
    expect(git(folder, 'status', '--short')).toBe('M  content/site.yml');
  });

  it('says what to fix first if a file that was never committed is in the way', async () => {
    const { folder, remote } = await withRemote();
    git(folder, 'branch', '--quiet', '--set-upstream-to', 'origin/main');
    const other = join(temporaryFolder(), 'other');
    git(folder, 'clone', '--quiet', remote, other);
    put(other, '../notes.txt', 'Theirs\n');
    git(other, 'add', '.');
    git(other, 'commit', '--quiet', '-m', 'Theirs');
    git(other, 'push', '--quiet');
    put(folder, '../notes.txt', 'Ours\n');
    const { stderr } = await call([...update, '--push'], folder);
    expect(stderr).toMatch(
      /someone pushed before you, and git could not merge it: .* overwritten by checkout: notes\.txt\. Fix that, then run: git pull --rebase --autostash && git push\n$/,
    );
  });

  it.each<[string, (folder: string) => unknown, string | null]>([
    ['the default branch', () => undefined, null],
    ['another branch', (folder) => git(folder, 'switch', '--quiet', '--create', 'feature'), 'feature main'],
    [
      'a branch that follows the default one',
      (folder) => git(folder, 'switch', '--quiet', '--create', 'mine', '--track', 'origin/main'),
      null,
    ],
    [
      'another branch, while site.yml names the published one',
      (folder) => {
        const settings = readFileSync(join(folder, 'content/site.yml'), 'utf8');
        put(folder, 'site.yml', `${settings}repository:\n  github: example/status\n  branch: release/live\n`);
        git(folder, 'switch', '--quiet', '--create', 'feature');
      },
      'feature release/live',
    ],
  ])('says before waiting whether customers will see it, on %s', async (_, arrange, branches) => {
    const { remote } = await withRemote();
    const folder = join(temporaryFolder(), 'clone');
    git(temporaryFolder(), 'clone', '--quiet', remote, folder);
    git(folder, 'config', 'push.default', 'upstream');
    await arrange(folder);
    const { stdout } = await call([...update, '--push', '--wait', '0'], folder);
    const [pushed, published] = branches?.split(' ') ?? [];
    expect(/^This goes to .*$/m.exec(stdout)?.[0] ?? null).toBe(
      branches === null
        ? null
        : `This goes to the branch ${pushed}. If the page is published from ${published}, customers will not see it until you merge it.`,
    );
  });

  it('pulls from the new remote, while the branch still follows Halfpast’s', async () => {
    const { folder, remote } = await withRemote();
    followHalfpast(folder);
    pushAsSomeoneElse(remote, 'content/templates/theirs.md', '---\nlabel: Theirs\n---\nx\n');
    expect(await call([...update, '--push'], folder)).toMatchObject({ code: 0, stderr: '' });
    expect(git(remote, 'log', '--format=%s', 'main')).toBe('Investigating: Checkout errors in Europe\nTheirs\nBegin');
    expect(git(folder, 'rev-parse', '--abbrev-ref', '@{upstream}')).toBe('origin/main');
  });

  it('names the new remote if the commits can’t be merged', async () => {
    const { folder, remote } = await withRemote();
    pushAsSomeoneElse(remote, 'content/site.yml', 'name: Theirs\n');
    put(folder, 'site.yml', 'name: Ours\nurl: https://status.example.com\ntime_zone: UTC\n');
    git(folder, 'commit', '--quiet', '--all', '-m', 'Ours');
    const { stderr } = await call([...update, '--push'], folder);
    expect(stderr).toMatch(
      /^halfpast: NOT LIVE: the update is committed but not pushed: someone pushed before you, and git could not merge it: .*\. Run: git pull --rebase --autostash origin main && git push --set-upstream origin HEAD\n$/,
    );
  });

  it('says how to keep two updates that two people wrote in the same minute', async () => {
    const { folder, remote } = await withRemote({ follows: true });
    pushAsSomeoneElse(
      remote,
      'content/incidents/2026-11-22-checkout-errors/2026-11-22T1500Z.md',
      '---\nstatus: investigating\n---\nTheirs.\n',
    );
    const { code, stderr } = await call('update --message Ours. --push', folder);
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /^halfpast: NOT LIVE: the update is committed but not pushed: someone else added content\/incidents\/\S+T1500Z\.md too\. Rename yours and push again: cd .+\n$/,
    );
    sh(join(folder, 'content'), /push again: (.+)$/m.exec(stderr)?.[1] ?? '');
    const names = git(remote, 'ls-tree', '--name-only', 'main', 'content/incidents/2026-11-22-checkout-errors/')
      .split('\n')
      .slice(-2);
    expect(names.map((name) => name.split('/').at(-1))).toEqual(['2026-11-22T150030Z.md', '2026-11-22T1500Z.md']);
    expect(names.map((name) => git(remote, 'show', `main:${name}`).split('\n').at(-1))).toEqual(['Ours.', 'Theirs.']);
  });

  it('says that the file is committed if there’s nowhere to push to', async () => {
    const folder = repository();
    const { code, stderr } = await call([...update, '--push'], folder);
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr:
        'halfpast: NOT LIVE: the update is committed but not pushed: there is no remote to push to. Add one: git remote add origin ADDRESS. Then run: git push --set-upstream origin HEAD\n',
    });
    expect(git(folder, 'log', '-1', '--format=%s')).toBe('Investigating: Checkout errors in Europe');
  });

  it('passes on the reply of a hook that refuses the push, which is asked once', async () => {
    const { folder, remote } = await withRemote();
    hook(
      remote,
      'pre-receive',
      "echo x >> calls\nprintf 'closed: \\033[31mWait\\007\\n  (see the wiki)\\n' >&2\nexit 1",
    );
    const { code, stdout, stderr } = await call([...update, '--push'], folder);
    expect(code).toBe(1);
    expect(stderr.split('\n').slice(0, 2)).toEqual(['remote: closed: Wait\uFFFD', 'remote:   (see the wiki)']);
    expect(stderr.split('\n').slice(2).join('\n')).toMatch(
      /^halfpast: NOT LIVE: the update is committed but not pushed: .*pre-receive hook declined\)\. Fix that, then run: git push --set-upstream origin HEAD\n$/,
    );
    expect(stdout).not.toContain('LIVE after');
    expect(readFileSync(join(remote, 'calls'), 'utf8')).toBe('x\n');
  });

  it('reports to programs, in one object, that the file is written but not pushed', async () => {
    const folder = repository();
    const { code, stdout } = await call([...update, '--push', '--json'], folder);
    expect({ code, said: JSON.parse(stdout) as unknown }).toMatchObject({
      code: 1,
      said: {
        ok: false,
        error: expect.stringContaining('the update is committed but not pushed') as string,
        written: true,
        committed: true,
        pushed: false,
        file: 'content/incidents/2026-11-22-checkout-errors/2026-11-22T1500Z.md',
      },
    });
  });
});

/** Adds a hook to a bare repository, or to the folder `hooks` of one. */
function hook(remote: string, name: string, script: string): void {
  mkdirSync(join(remote, 'hooks'), { recursive: true });
  writeFileSync(join(remote, 'hooks', name), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
}

/** A remote that is on GitHub as far as git's settings say, with its runs at the publisher. */
async function onGitHub(): Promise<Remote & { readonly env: Context['env'] }> {
  const there = await withRemote({ publishes: false });
  const { folder, remote, page } = there;
  const address = 'https://github.com/example/status.git';
  write(folder, '.github/workflows/publish.yml', 'name: Publish\n');
  sh(folder, `git add . && git commit --quiet -m Publish && git remote set-url origin ${address}`);
  sh(folder, `git config url.${remote}.insteadOf ${address}`);
  return { ...there, env: { ...hostileEnvironment, GITHUB_API_URL: page.url } };
}

describe('whether it is live', () => {
  const push = async (folder: string, context: Partial<Context> = {}, ...more: string[]) =>
    call([...update, '--push', ...more], folder, { context: { ...passingTime(), ...context } });
  const run = (conclusion: string | null) => ({
    conclusion,
    html_url: 'https://github.com/example/status/actions/runs/7',
  });

  it('waits until the page has it', async () => {
    const { folder, page } = await withRemote();
    page.delay = 60;
    const { code, stdout } = await push(folder);
    expect({ code, last: stdout.split('\n').at(-2) }).toEqual({
      code: 0,
      last: expect.stringMatching(/^LIVE after (?:[1-9]\d+) s: http:\S+#2026-11-22T1500Z$/) as string,
    });
  });

  it.each<[string, (there: Remote) => unknown, string, string[]]>([
    ['it only looks once', () => undefined, 'NOT LIVE after 0 s: nothing has published it yet', ['--wait', '0']],
    [
      'a hook reports that the release failed verification',
      ({ remote }) =>
        hook(remote, 'post-receive', "echo 'NOT LIVE: 2 failed verification; 1 is served again' >&2; exit 1"),
      'NOT LIVE after 0 s: the server reports: 2 failed verification; 1 is served again',
      [],
    ],
    [
      'the content has a stop file',
      ({ folder }) => put(folder, 'stop.md', 'We move house'),
      'NOT LIVE: publishing is on hold: We move house \\(set by the stop file in content; remove it to continue\\)',
      [],
    ],
  ])('isn’t if %s', async (_, arrange, expected, flags) => {
    const there = await withRemote({ publishes: false });
    await arrange(there);
    const { code, stdout, stderr } = await push(there.folder, {}, ...flags);
    expect({ code, last: stderr.trimEnd().split('\n').at(-1) }).toEqual({
      code: 1,
      last: expect.stringMatching(new RegExp(`^halfpast: ${expected}`)) as string,
    });
    expect(stdout).toContain('\nCommitted and pushed.\n');
    expect(stdout).not.toContain('LIVE after');
  });

  it('is if a hook reports a problem of another release, but the page has it', async () => {
    const { folder, remote } = await withRemote();
    hook(remote, 'post-receive', "echo 'NOT LIVE: something'");
    expect(await push(folder)).toMatchObject({ code: 0, stdout: expect.stringContaining('LIVE after 0 s') as string });
  });

  it('isn’t if the run on GitHub fails, and stops waiting then', async () => {
    const { folder, page, env } = await onGitHub();
    page.run = run('failure');
    const { code, stderr } = await push(folder, { env });
    const failed = String.raw`Publish failed \(failure\)\. The summary of the run has the reason: https://\S+/runs/7`;
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: expect.stringMatching(`^halfpast: NOT LIVE after \\d\\d s: ${failed}`) as string,
    });
  });

  it('is one object for programs', async () => {
    const { folder } = await withRemote({ publishes: false });
    const { code, stdout } = await push(folder, {}, '--json');
    expect({ code, said: JSON.parse(stdout) as unknown }).toMatchObject({
      code: 1,
      said: {
        ok: false,
        pushed: true,
        live: false,
        notes: expect.arrayContaining(['Committed and pushed.']) as string[],
        error: expect.stringMatching(/^NOT LIVE after 30\d s: /) as string,
      },
    });
  });

  it('is looked up for what was pushed, with the reason if it isn’t live', async () => {
    const there = await withRemote({ publishes: false });
    const { folder, remote, page } = there;
    put(folder, 'incidents/2026-11-22-checkout-errors/2026-11-22T1500Z.md', '---\nstatus: identified\n---\nx\n');
    sh(folder, 'git add . && git commit --quiet -m Identified && git push --quiet origin main');
    const site = await loadContent(join(folder, 'content'), Date.parse('2026-11-22T15:00:30Z'));
    if ('problems' in site) throw new Error(JSON.stringify(site.problems));
    const expected = updateRecords(site.site).find(({ id }) => id === permalink('T1500Z'));
    if (expected === undefined) throw new Error('the update is missing');
    const env = { ...hostileEnvironment, GITHUB_API_URL: page.url };
    const commit = git(remote, 'rev-parse', 'main');

    /** The answer for it, with these changes to what was sent. */
    const answer = async (change: Partial<Sent> = {}): Promise<string> => {
      const time = passingTime();
      const context = { ...time, env, progress: noProgress, stderr: () => undefined } as unknown as Context;
      const known = { expected, commit, reply: [], repository: null, hold: null, sentAt: time.clock() };
      const git = gitIn(folder, { env, runProgram });
      const sent = { ...known, git, url: page.url, permalink: `${page.url}${expected.id}`, ...change };
      return awaitLive(sent, minute, context).catch((error: unknown) => (error as UserError).message);
    };
    const late = (reason: string): RegExp => new RegExp(`^NOT LIVE after 6\\d s: ${reason}`);
    const onceOver = (reason: string): RegExp => new RegExp(`^NOT LIVE after [345]\\d s: ${reason}`);

    expect(await answer()).toMatch(late('nothing has published it yet.* set that up: docs/publishing'));
    expect(await answer({ url: 'http://127.0.0.1:9' })).toMatch(late("http:\\S+ doesn't respond .*Check the server"));
    expect(await answer({ reply: ['remote: NOT LIVE: publishing is on hold: Wait (set by STOP)'] })).toMatch(
      /^NOT LIVE after 0 s: the server reports: publishing is on hold: Wait \(set by STOP\)/,
    );

    const onGitHub = { repository: 'example/status' };
    expect(await answer(onGitHub)).toMatch(
      late(`GitHub hasn't started Publish for ${commit.slice(0, 7)}\\. Enable workflows`),
    );
    for (const [conclusion, reason] of [
      [null, late(String.raw`Publish is still running\. Watch it: https://\S+/runs/7`)],
      // A newer run, which includes the update, may be waiting.
      ['cancelled', late(String.raw`Publish failed \(cancelled\)`)],
      ['success', onceOver(String.raw`Publish ended without publishing it: .*https://\S+/runs/7`)],
    ] as const) {
      page.run = run(conclusion);
      expect(await answer(onGitHub)).toMatch(reason);
    }

    const before = page.asked.length;
    expect(await answer({ url: 'https://status.example.com' })).toBe(
      'NOT LIVE: https://status.example.com is an example. Set url: in site.yml to the address where the page is served: docs/publishing.md',
    );
    expect(page.asked).toHaveLength(before);

    page.foreign = true;
    expect(await answer()).toMatch(late("http:\\S+ isn't a Halfpast page. Set url:"));
    page.foreign = false;

    page.serve(remote, 'main');
    expect(await answer()).toBe(`LIVE after 0 s: ${page.url}${expected.id}`);
    page.change = (text) => text.replaceAll(/"hash":"[^"]*"/g, '"hash":"other"');
    expect(await answer()).toMatch(late('http:\\S+ has different text'));
    page.change = (text) => text.replace('<li id="2026-11-22T1500Z">', '');
    expect(await answer(), 'the list has it, and its page does not').toMatch(
      late("http:\\S+ was published from a commit that has the update, but doesn't show it"),
    );
  });
});
