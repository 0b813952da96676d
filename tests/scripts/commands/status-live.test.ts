import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type LoggedRelease, logText, type ReleaseLog } from '../../../scripts/publish/hosts/release-log.ts';
import { temporaryFolder, write } from '../../support/folders.ts';
import { releaseOf } from '../../support/release.ts';
import { call } from '../call.ts';
import { git, type Remote, takeDown, withRemote } from '../github/publisher.ts';
import { put } from '../site.ts';

const file = 'content/incidents/2026-11-22-checkout-errors/2026-11-22T1430Z.md';

function writeUpdate({ folder }: Remote, text = 'More.'): void {
  put(folder, file.slice('content/'.length), `---\nstatus: identified\n---\n${text}\n`);
}

const sh = (cwd: string, line: string): void => void execFileSync('sh', ['-c', line], { cwd, stdio: 'ignore' });

const commit = ({ folder }: Remote): void => sh(folder, 'git add . && git commit --quiet -m Identified');
const push = ({ folder }: Remote): void =>
  sh(folder, 'git add . && git commit --quiet -m Identified && git push --quiet');

const rolledBack = { at: '2026-11-22T14:35:00.000Z', by: 'person', reason: 'wrong text' } as const;
const [older, newer] = ['20261122T140000000Z-aaaaaaaa', '20261122T143000000Z-bbbbbbbb'];
const entry: Omit<LoggedRelease, 'id'> = {
  commit: null,
  now: '2026-11-22T14:00:00.000Z',
  content: 'a',
  version: '1',
  newestUpdate: null,
  state: 'live',
  verifiedAt: null,
  rolledBack: null,
  news: [],
};
const news = {
  id: '/incidents/2026-11-22-checkout-errors/#2026-11-22T1430Z',
  kind: 'incident',
  slug: '2026-11-22-checkout-errors',
  update: '2026-11-22T1430Z',
  at: '2026-11-22T14:30:00.000Z',
  status: 'identified',
  title: 'Checkout errors in Europe',
  hash: 'a',
  edited: null,
} as const;
const log: ReleaseLog = {
  form: 2,
  run: null,
  releases: [
    { ...entry, id: newer, content: 'b', rolledBack, news: [news] },
    { ...entry, id: older },
  ],
};

/** The branch with the log of releases, as Publish writes it. */
function pushLog({ folder }: Remote): void {
  writeFileSync(join(folder, 'releases.json'), logText(log));
  sh(
    folder,
    'git switch --quiet --orphan halfpast-state && git add --force releases.json && git commit --quiet -m State && git push --quiet origin halfpast-state && git switch --quiet main',
  );
}

async function lines(folder: string, ...flags: string[]): Promise<string[]> {
  const { code, stdout, stderr } = await call(['status', '--now', '2026-11-22T14:41Z', ...flags], folder);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return stdout.trimEnd().split('\n\n').at(-1)?.split('\n') ?? [];
}

describe('status compares with the live page', () => {
  const missing = String.raw`NOT LIVE: 1 update here isn't on http:\S+, the newest: Checkout errors in Europe, 15:30\+01:00\. `;

  it.each<[string, (there: Remote) => unknown, readonly string[]]>([
    ['which has everything', () => undefined, [String.raw`LIVE: http:\S+ has every update here`]],
    ['an update that is not committed', writeUpdate, [`${missing}${file} isn't committed. Commit and push it`]],
    [
      'one that is not pushed',
      (there) => (writeUpdate(there), commit(there)),
      [`${missing}1 commit not pushed. Run: git push`],
    ],
    [
      'one that nothing has published',
      (there) => (writeUpdate(there), push(there)),
      [
        `${missing}Nothing has published it yet. On the server, npx halfpast status --to DIR shows whether publishing is on`,
      ],
    ],
    [
      'one with another text',
      (there) => {
        writeUpdate(there);
        push(there);
        there.page.serve(there.remote, 'main');
        writeUpdate(there, 'Less.');
      },
      [`${missing}${file} isn't committed`],
    ],
    [
      'while publishing is on hold',
      (there) => {
        writeUpdate(there);
        put(there.folder, 'stop.md', 'Dana looks at it');
        push(there);
      },
      [`${missing}Publishing is on hold`, 'ON HOLD: Dana looks at it \\(set by the stop file in content; remove it'],
    ],
    [
      'after a rollback on GitHub',
      (there) => {
        writeUpdate(there);
        push(there);
        pushLog(there);
      },
      [
        `${missing}The release with it was rolled back`,
        `ROLLED BACK: ${newer}, at 15:35\\+01:00 \\(wrong text\\). Commit a fix, or publish it again, with this line in a commit message: Halfpast-Allow: restore 2026-11-22-checkout-errors/2026-11-22T1430Z`,
      ],
    ],
    [
      'when others have pushed',
      ({ remote, folder }) => {
        const other = join(temporaryFolder(), 'other');
        git(folder, 'clone', '--quiet', '--template=', remote, other);
        sh(other, 'git commit --quiet --allow-empty -m Theirs && git push --quiet');
      },
      ['LIVE: ', 'OTHERS HAVE PUSHED 1 commit. Get them: git pull --rebase --autostash'],
    ],
    [
      'one that can’t be pushed',
      (there) => {
        writeUpdate(there);
        commit(there);
        git(there.folder, 'remote', 'remove', 'origin');
      },
      [`${missing}There is no remote to push to. Add one: git remote add origin ADDRESS. To publish from here, run: `],
    ],
    [
      'one in a clone that only has the remote of new versions',
      (there) => {
        writeUpdate(there);
        commit(there);
        git(there.folder, 'remote', 'rename', 'origin', 'halfpast');
      },
      [`${missing}There is no remote to push to`],
    ],
    ['while the host is down', takeDown, [String.raw`Not compared with the live page: http:\S+ doesn't respond`]],
    [
      'where another site is served',
      ({ page }) => (page.foreign = true),
      [String.raw`Not compared with the live page: http:\S+ isn't a Halfpast page yet`],
    ],
    [
      'without a connection to the remote',
      ({ folder }) => git(folder, 'remote', 'set-url', 'origin', '/nowhere/remote.git'),
      ['LIVE: ', "Not fetched, so what others have pushed isn't known: fatal: '/nowhere/remote.git' does not appear"],
    ],
  ])('%s', async (_, arrange, expected) => {
    const there = await withRemote({ publishes: false, follows: true });
    await arrange(there);
    const found = await lines(there.folder);
    expect(found, found.join('\n')).toHaveLength(expected.length);
    expected.forEach((line, index) => expect(found[index]).toMatch(new RegExp(`^${line}`)));
  });

  it('and finds the hold beside the releases where the hook of its remote is on this machine', async () => {
    const there = await withRemote({ publishes: false, follows: true });
    writeUpdate(there);
    push(there);
    const served = join(temporaryFolder(), 'served');
    write(there.remote, 'hooks/post-receive', `#!/bin/sh\nbranch=main\nserved=${served} url=${there.page.url}\n`);
    const before = await lines(there.folder);
    expect(before).toEqual([expect.stringContaining('Nothing has published it yet. On the server') as string]);
    write(served, 'STOP', 'Dana looks at it');
    expect(await lines(there.folder)).toEqual([
      expect.stringMatching(`^${missing}Publishing is on hold$`) as string,
      'ON HOLD: Dana looks at it (set by the file STOP beside the releases; remove it to continue)',
    ]);
  });

  it('on a server, where releases are in a folder', async () => {
    const there = await withRemote({ publishes: false });
    const releases = join(there.folder, 'served');
    write(releases, 'publish.json', logText(log));
    for (const id of [older, newer]) write(releases, `releases/${id}/release.json`, JSON.stringify(releaseOf()));
    symlinkSync(`releases/${older}`, join(releases, 'current'));
    mkdirSync(join(releases, 'cache'));
    writeFileSync(join(releases, 'STOP'), 'Wait');
    const found = await lines(there.folder, '--to', 'served');
    expect(found.slice(1)).toEqual([
      'ON HOLD: Wait (set by the file STOP beside the releases; remove it to continue)',
      expect.stringMatching(`^ROLLED BACK: ${newer}, at 15:35\\+01:00`),
    ]);
  });

  it('with --to, names the command that publishes', async () => {
    const pushes = String.raw`1 commit not pushed\. Run: git push`;
    const publishes = String.raw`Nothing has published it yet\. Run: npx halfpast publish --to served`;
    const there = await withRemote({ publishes: false, follows: true });
    const { folder, remote } = there;
    writeUpdate(there);
    commit(there);
    mkdirSync(join(folder, 'served'));
    const hook = join(remote, 'hooks/post-receive');
    const settings = readFileSync(join(folder, '.git/config'), 'utf8');
    for (const [where, arrange, expected] of [
      ['nothing publishes from the remote', () => undefined, publishes],
      ['the branch was never pushed', () => git(folder, 'branch', '--unset-upstream'), publishes],
      [
        'a hook publishes from the remote',
        () => write(remote, 'hooks/post-receive', `#!/bin/sh\nserved=${join(folder, 'served')}\n`),
        pushes,
      ],
      [
        'GitHub publishes from the remote',
        () => {
          write(folder, '.github/workflows/publish.yml', '');
          sh(folder, 'git add --force .github && git remote set-url origin git@github.com:dana/status.git');
        },
        pushes,
      ],
      // Git also forgets the commit of the remote's branch, so this comes last.
      ['there is no remote', () => git(folder, 'remote', 'remove', 'origin'), publishes],
    ] as const) {
      arrange();
      expect((await lines(folder, '--to', 'served'))[0], where).toMatch(new RegExp(`^${missing}${expected}$`));
      rmSync(hook, { force: true });
      writeFileSync(join(folder, '.git/config'), settings);
    }
  });

  it('uses the newest valid content while the folder has a problem, and says so', async () => {
    const there = await withRemote({ publishes: false });
    writeUpdate(there, 'More.');
    put(there.folder, 'stray.txt', 'x');
    const { code, stdout, stderr } = await call('status --now 2026-11-22T14:41Z', there.folder);
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /^1 problem in content, the first: content\/stray\.txt:1:1 .*\nNothing goes live until you fix that\. This is about/,
    );
    expect(stdout).toContain('Checkout errors in Europe');
    expect(stdout).toMatch(/^LIVE: http\S+ has every update in that content$/m);
  });

  it('for programs', async () => {
    const there = await withRemote({ publishes: false });
    writeUpdate(there);
    const { stdout } = await call('status --json --now 2026-11-22T14:41Z', there.folder);
    expect(JSON.parse(stdout)).toMatchObject({
      live: {
        compared: true,
        missing: [`${there.page.url}/incidents/2026-11-22-checkout-errors/#2026-11-22T1430Z`],
        rolled_back: null,
        notes: [],
      },
    });
  });
});
