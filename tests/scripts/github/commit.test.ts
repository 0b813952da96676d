import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../support/folders.ts';
import { put, smallSite } from '../site.ts';
import { call } from '../call.ts';

function git(folder: string, ...args: string[]): string {
  return execFileSync('git', args, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trim();
}

/** The small site as a repository with one commit. */
function repository(): string {
  const folder = smallSite();
  git(folder, 'init', '--quiet');
  git(folder, 'add', '.');
  git(folder, 'commit', '--quiet', '-m', 'Begin');
  return folder;
}

/** The same with a bare repository to push to. */
function withRemote(): { readonly folder: string; readonly remote: string } {
  const folder = repository();
  const remote = join(temporaryFolder(), 'remote.git');
  git(folder, 'init', '--quiet', '--bare', remote);
  git(folder, 'remote', 'add', 'origin', remote);
  return { folder, remote };
}

const update = ['update', '--message', 'Still looking.'];

describe('--commit', () => {
  it('commits the new file alone, whatever is staged or changed', async () => {
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

  it.each([
    [['resolve', '--message', 'x'], 'Resolved: Checkout errors in Europe'],
    [
      ['update', '--title', 'Checkout down: "all" $HOME', '--message', 'x'],
      'Investigating: Checkout down: "all" $HOME',
    ],
    [
      [
        'schedule',
        '--title',
        'Servers',
        '--for',
        '2027-01-01T00:00Z',
        '--until',
        '2027-01-01T01:00Z',
        '--message',
        'x',
      ],
      'Scheduled: Servers',
    ],
  ])('%j says what it is about', async (args, subject) => {
    const folder = repository();
    expect((await call([...args, '--commit'], folder)).code).toBe(0);
    expect(git(folder, 'log', '-1', '--format=%s')).toBe(subject);
  });

  it('writes nothing outside of a repository', async () => {
    const folder = smallSite();
    const { code, stderr } = await call([...update, '--commit'], folder);
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: `halfpast: ${folder}/content is not in a git repository. Run git init in the project folder, or omit --commit and --push\n`,
    });
    expect((await call('status --json', folder)).stdout).toContain('"updated_at":"2026-11-22T14:05:00.000Z"');
  });

  it('writes nothing where no branch is checked out: nobody would get the commit', async () => {
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

  it('says what to type when git stood in the way, and that line does it', async () => {
    const folder = repository();
    writeFileSync(join(folder, '.git/index.lock'), '');
    const { stderr } = await call([...update, '--commit'], folder);
    expect(stderr).toMatch(/File exists\. Fix that, then run: git add /);
    rmSync(join(folder, '.git/index.lock'));
    execFileSync('sh', ['-c', /then run: (.+)$/m.exec(stderr)?.[1] ?? ''], { cwd: folder, stdio: 'ignore' });
    expect(git(folder, 'log', '-1', '--format=%s')).toBe('Investigating: Checkout errors in Europe');
    expect(git(folder, 'status', '--short')).toBe('');
  });

  it('says what to type when a hook refuses the commit, and keeps the file', async () => {
    const folder = repository();
    git(folder, 'config', 'core.hooksPath', 'hooks');
    execFileSync(
      'sh',
      [
        '-c',
        'mkdir hooks && printf "#!/bin/sh\\necho not on a Sunday >&2\\nexit 1\\n" > hooks/pre-commit && chmod +x hooks/pre-commit',
      ],
      { cwd: folder },
    );
    const { code, stderr } = await call([...update, '--commit'], folder);
    const path = `${folder}/content/incidents/2026-11-22-checkout-errors/2026-11-22T1500Z.md`;
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: `halfpast: ${path} is written but not committed: not on a Sunday. Fix that, then run: git add ${path} && git commit -m "Investigating: Checkout errors in Europe" --only -- ${path}\n`,
    });
  });
});

describe('after writing', () => {
  it('what it says to type publishes the file, whatever the title holds', async () => {
    const { folder, remote } = withRemote();
    git(folder, 'push', '--quiet', '--set-upstream', 'origin', 'main');
    const title = `It's "all" down $HOME!`;
    const { stdout } = await call(['open', '--title', title, '--impact', 'major', '--message', 'x'], folder);
    const line = /^To publish it: (git add .+ && git commit -m .+ && git push)$/m.exec(stdout)?.[1] ?? '';
    execFileSync('sh', ['-c', line], { cwd: folder, stdio: 'ignore' });
    expect(git(remote, 'show', '--name-status', '--format=%s', 'main')).toBe(
      `Investigating: ${title}\n\nA\tcontent/incidents/2026-11-22-its-all-down-home/2026-11-22T1500Z.md`,
    );
  });

  it('takes along the earlier updates of the incident that were never committed, and no others', async () => {
    const { folder, remote } = withRemote();
    await call('open --title Down --impact major --message x', folder);
    await call('open --title Other --impact major --message x', folder);
    const { stdout } = await call('update down --message y --push', folder, { now: '2026-11-22T15:10Z' });
    expect(stdout).toContain(
      "\nEarlier updates that weren't committed are included: content/incidents/2026-11-22-down/2026-11-22T1500Z.md\n",
    );
    expect(git(remote, 'show', '--name-only', '--format=', 'main').split('\n')).toEqual(
      ['T1500Z', 'T1510Z'].map((time) => `content/incidents/2026-11-22-down/2026-11-22${time}.md`),
    );
    expect(git(folder, 'status', '--short', '-uall')).toBe(
      '?? content/incidents/2026-11-22-other/2026-11-22T150030Z.md',
    );
    const byHand = await call('update other --message y', folder, { now: '2026-11-22T15:20Z' });
    expect(byHand.stdout).toContain(
      'To publish it: git add content/incidents/2026-11-22-other/2026-11-22T1520Z.md :/content/incidents/2026-11-22-other/2026-11-22T150030Z.md && git commit',
    );
  });

  it('says that what is committed is not live, and where it will be once it is pushed', async () => {
    const { folder } = withRemote();
    expect((await call([...update, '--commit'], folder)).stdout).toMatch(
      /\nCommitted, but not live until it is pushed\. Run: git push\n$/,
    );
    const { stdout } = await call([...update, '--push'], folder, { now: '2026-11-22T15:10Z' });
    expect(stdout).toMatch(
      /\nCommitted and pushed\. Once published, it is at https:\/\/status\.example\.com\/incidents\/2026-11-22-checkout-errors\/#2026-11-22T1510Z\n$/,
    );
  });

  it.each(['push', 'write', 'stop', 'ctrl-c'] as const)(
    'asks a person how far it goes before it writes: %s',
    async (answer) => {
      const { folder, remote } = withRemote();
      git(folder, 'push', '--quiet', '--set-upstream', 'origin', 'main');
      const { code } = await call('update', folder, {
        answers: ['monitoring', '', 'same', '', 'It works again.', answer],
      });
      expect(code).toBe(answer === 'push' || answer === 'write' ? 0 : 130);
      expect(git(remote, 'log', '-1', '--format=%s', 'main')).toBe(
        answer === 'push' ? 'Monitoring: Checkout errors in Europe' : 'Begin',
      );
      expect(git(folder, 'status', '--short')).toBe(
        answer === 'write' ? '?? content/incidents/2026-11-22-checkout-errors/2026-11-22T1500Z.md' : '',
      );
    },
  );

  it('does not ask again what the flags say', async () => {
    const { folder, remote } = withRemote();
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

  it.each([
    ['https://github.com/example/status.git', true],
    ['git@github.com:example/status', true],
    ['https://git.example.com/example/status.git', false],
  ])('says who publishes it, and where to watch that: %s', async (address, isGitHub) => {
    const { folder, remote } = withRemote();
    mkdirSync(join(folder, '.github/workflows'), { recursive: true });
    writeFileSync(join(folder, '.github/workflows/publish.yml'), 'name: Publish\n');
    git(folder, 'add', '.');
    git(folder, 'commit', '--quiet', '-m', 'Publish');
    git(folder, 'remote', 'set-url', 'origin', address);
    git(folder, 'config', `url.${remote}.insteadOf`, address);
    const { stdout } = await call([...update, '--push'], folder);
    const at = 'it is at https://status.example.com/incidents/2026-11-22-checkout-errors/#2026-11-22T1500Z';
    const told = isGitHub
      ? `GitHub is publishing it, which takes a few minutes. Then ${at}. To watch: https://github.com/example/status/actions`
      : `Once published, ${at}`;
    expect(stdout.split('\n').at(-2)).toBe(`Committed and pushed. ${told}`);
  });

  it('prints JSON alone to programs', async () => {
    const { stdout } = await call([...update, '--commit', '--json'], repository());
    expect(JSON.parse(stdout)).toMatchObject({ written: true, committed: true, pushed: false });
    const { folder } = withRemote();
    expect(JSON.parse((await call([...update, '--push', '--json'], folder)).stdout)).toMatchObject({
      written: true,
      committed: true,
      pushed: true,
    });
    const alone = await call([...update, '--json'], folder, { now: '2026-11-22T15:10Z' });
    expect(JSON.parse(alone.stdout)).toMatchObject({ written: true, committed: false, pushed: false });
  });
});

describe('--push', () => {
  it('commits and pushes, and sets where to push next time', async () => {
    const { folder, remote } = withRemote();
    expect((await call([...update, '--push'], folder)).code).toBe(0);
    expect(git(remote, 'log', '-1', '--format=%s', 'main')).toBe('Investigating: Checkout errors in Europe');
    expect((await call('resolve --message x --push', folder, { now: '2026-11-22T15:10Z' })).code).toBe(0);
    expect(git(remote, 'log', '-1', '--format=%s', 'main')).toBe('Resolved: Checkout errors in Europe');
  });

  it('takes in what somebody else pushed a moment before', async () => {
    const { folder, remote } = withRemote();
    git(folder, 'push', '--quiet', '--set-upstream', 'origin', 'main');
    const other = join(temporaryFolder(), 'other');
    git(folder, 'clone', '--quiet', remote, other);
    expect((await call('open --title Down --impact major --message x --push', other)).code).toBe(0);
    expect((await call([...update, '--push'], folder)).code).toBe(0);
    expect(git(remote, 'log', '-2', '--format=%s', 'main')).toBe(
      'Investigating: Checkout errors in Europe\nInvestigating: Down',
    );
  });

  it('says how two updates of the same minute, written by two people, come to stand beside each other', async () => {
    const { folder, remote } = withRemote();
    git(folder, 'push', '--quiet', '--set-upstream', 'origin', 'main');
    const other = join(temporaryFolder(), 'other');
    git(folder, 'clone', '--quiet', remote, other);
    expect((await call('update --message Theirs. --push', other)).code).toBe(0);
    const { code, stderr } = await call('update --message Ours. --push', folder);
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /^halfpast: the update is committed but not pushed: someone else added content\/incidents\/\S+T1500Z\.md too\. Rename yours and push again: cd .+\n$/,
    );
    execFileSync('sh', ['-c', /push again: (.+)$/m.exec(stderr)?.[1] ?? ''], {
      cwd: join(folder, 'content'),
      stdio: 'ignore',
    });
    const names = git(remote, 'ls-tree', '--name-only', 'main', 'content/incidents/2026-11-22-checkout-errors/')
      .split('\n')
      .slice(-2);
    expect(names.map((name) => name.split('/').at(-1))).toEqual(['2026-11-22T150030Z.md', '2026-11-22T1500Z.md']);
    expect(names.map((name) => git(remote, 'show', `main:${name}`).split('\n').at(-1))).toEqual(['Ours.', 'Theirs.']);
  });

  it('says that it is committed when there is nowhere to push to', async () => {
    const folder = repository();
    const { code, stderr } = await call([...update, '--push'], folder);
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr:
        'halfpast: the update is committed but not pushed: fatal: there is no remote to push to. Add one with: git remote add origin ADDRESS. Fix that, then run: git push\n',
    });
    expect(git(folder, 'log', '-1', '--format=%s')).toBe('Investigating: Checkout errors in Europe');
  });

  it.each([
    [
      'post-receive',
      0,
      'Committed and pushed. The reply is above. Once published, it is at https://status.example.com/incidents/2026-11-22-checkout-errors/#2026-11-22T1500Z',
    ],
    ['pre-receive', 1, ''],
  ])('passes on what the %s hook of the other side says, and claims no more', async (hook, code, last) => {
    const { folder, remote } = withRemote();
    git(folder, 'push', '--quiet', '--set-upstream', 'origin', 'main');
    const script = `#!/bin/sh\necho x >> calls\nprintf 'publishing is on hold: \\033[31mWait\\007\\n  (said by STOP)\\n' >&2\nexit ${code}\n`;
    writeFileSync(join(remote, 'hooks', hook), script, { mode: 0o755 });
    const told = await call([...update, '--push'], folder);
    expect(told.code).toBe(code);
    expect(told.stderr.split('\n').slice(0, 2)).toEqual([
      'remote: publishing is on hold: Wait\uFFFD',
      'remote:   (said by STOP)',
    ]);
    expect(told.stdout).not.toContain('on its way');
    expect(told.stdout.endsWith(`\n${last}\n`)).toBe(code === 0);
    expect(told.stderr.split('\n').slice(2).join('\n')).toMatch(
      code === 0 ? /^$/ : /^halfpast: the update is committed but not pushed: .* Fix that, then run: git push\n$/,
    );
    expect(readFileSync(join(remote, 'calls'), 'utf8'), 'it is asked once').toBe('x\n');
  });

  it('tells programs in one object that the file is written but not pushed', async () => {
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
