import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder, write } from '../../support/folders.ts';
import { runProgram } from '../../../scripts/cli/system.ts';
import { gitIn } from '../../../scripts/github/git.ts';
import { put, smallSite } from '../site.ts';
import { call, hostileEnvironment } from '../call.ts';

const git = (folder: string, ...args: string[]): string =>
  execFileSync('git', args, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trim();

function begin(folder: string): void {
  const line = 'git init --quiet --template= && git add . && git commit --quiet --allow-empty -m Begin';
  execFileSync('sh', ['-c', line], { cwd: folder });
}

/** A clone of Halfpast that somebody stands in, and beside it a repository with nothing but content. */
function sideBySide(): {
  readonly here: string;
  readonly words: string;
  readonly site: string;
  readonly remote: string;
} {
  const [here, site, remote] = [temporaryFolder(), smallSite(), join(temporaryFolder(), 'remote.git')];
  begin(here);
  begin(site);
  git(site, 'init', '--quiet', '--template=', '--bare', remote);
  git(site, 'remote', 'add', 'origin', remote);
  git(site, 'push', '--quiet', '--set-upstream', 'origin', 'main');
  return { here, words: join(site, 'content'), site, remote };
}

it('suggested commands work on the content’s repository, not on that of the working folder', async () => {
  const { here, words, site, remote } = sideBySide();
  const first = await call(['update', '--message', 'Still looking.', '--content', words], here);
  const byHand = /^To publish it: (.+)$/m.exec(first.stdout)?.[1] ?? '';
  execFileSync('sh', ['-c', byHand], { cwd: here, stdio: 'ignore' });
  expect(git(remote, 'show', '--name-only', '--format=%s', 'main')).toBe(
    'Investigating: Checkout errors in Europe\n\ncontent/incidents/2026-11-22-checkout-errors/2026-11-22T1500Z.md',
  );
  const second = await call(['update', '--message', 'Found it.', '--commit', '--content', words], here, {
    now: '2026-11-22T15:10Z',
  });
  const push = /not live until it is published\. Run: (.+)$/m.exec(second.stdout)?.[1] ?? '';
  execFileSync('sh', ['-c', push], { cwd: here, stdio: 'ignore' });
  expect(git(remote, 'rev-parse', 'main')).toBe(git(site, 'rev-parse', 'main'));
  expect(git(here, 'rev-list', '--count', 'HEAD'), 'the other repository is left alone').toBe('1');
});

it('without git, it suggests publish and no git commands', async () => {
  const site = smallSite();
  const { stdout } = await call('update --message "Still looking."', site);
  expect(stdout).toMatch(/\nThe folder is not in a git repository\. To publish it: npx halfpast publish --to DIR\n$/);
  const elsewhere = await call(
    ['update', '--message', 'Found it.', '--content', join(site, 'content')],
    temporaryFolder(),
    { now: '2026-11-22T15:10Z' },
  );
  expect(elsewhere.stdout).toContain(`To publish it: npx halfpast publish --content ${site}/content --to DIR\n`);
});

it('reads signed commits, and text and paths that aren’t ASCII, in a hostile environment', async () => {
  const folder = smallSite();
  begin(folder);
  const signature = 'gpgsig -----BEGIN PGP SIGNATURE-----\n \n iQ==\n -----END PGP SIGNATURE-----';
  const commit = git(folder, 'cat-file', 'commit', 'HEAD').replace(
    /\n\n[^]*/,
    `\n${signature}\n\nCafé\n\nHalfpast-Allow: feed\n`,
  );
  const signed = execFileSync('git', ['hash-object', '-t', 'commit', '-w', '--stdin'], {
    cwd: folder,
    input: commit,
    encoding: 'utf8',
  }).trim();
  git(folder, 'reset', '--quiet', signed);
  put(folder, 'störung.md', 'x');
  git(folder, 'add', '.');
  git(folder, 'mv', 'content/site.yml', 'content/größe.yml');
  put(folder, 'neu.md', 'x');
  const repository = gitIn(join(folder, 'content'), { env: hostileEnvironment, runProgram });
  expect(await repository.messages('HEAD')).toEqual([
    { commit: signed.slice(0, 7), text: 'Café\n\nHalfpast-Allow: feed\n' },
  ]);
  expect(await repository.filesNotIn('HEAD')).toEqual(['größe.yml', 'neu.md', 'störung.md']);
  expect((await repository.neverCommitted('.')).toSorted()).toEqual([
    'content/größe.yml',
    'content/neu.md',
    'content/störung.md',
  ]);
});

it('files of a folder that were added or changed between two commits are listed, wherever the folder is', async () => {
  const site = smallSite();
  begin(site);
  const from = git(site, 'rev-parse', 'HEAD');
  const incident = 'incidents/2026-11-22-checkout-errors';
  const [first = ''] = readdirSync(join(site, 'content', incident)).sort();
  put(site, `${incident}/2026-11-22T1500Z.md`, 'new');
  put(site, 'site.yml', 'not asked for');
  write(site, 'incidents/a.md', 'of another folder');
  git(site, 'mv', `content/${incident}/${first}`, `content/${incident}/2026-11-22T1501Z.md`);
  git(site, 'add', '.');
  git(site, 'commit', '--quiet', '-m', 'Changes');
  const content = gitIn(join(site, 'content'), { env: hostileEnvironment, runProgram });
  expect(await content.changedFiles(from, 'HEAD', ['incidents', 'maintenance'])).toEqual({
    added: [`${incident}/2026-11-22T1500Z.md`, `${incident}/2026-11-22T1501Z.md`],
    changed: [`${incident}/${first}`],
  });
  expect(await content.changedFiles('HEAD', 'HEAD', ['incidents'])).toEqual({ added: [], changed: [] });
  expect(await content.changedFiles('feedbeef', 'HEAD', ['incidents'])).toBeNull();
  expect(await content.changedFiles(from, '--output=x', ['incidents'])).toBeNull();
});

it('check warns about what isn’t in git yet and Slack would drop, because an update with a later date is out', async () => {
  const { site } = sideBySide();
  const old = 'postmortems/2026-11-20-slow-search.md';
  const late = 'postmortems/2026-11-22-checkout-errors.md';
  const fields = '---\ntitle: A\nauthors: [Dana]\nsummary: S\ncustomer_data: unaffected\nnotify: true\n';
  const published = `${fields}published: 2026-11-22T14:10Z\n---\nText.\n`;
  const prices = (from: string) => `---\ntitle: Prices\nfrom: ${from}\nuntil: 2026-11-25T10:00Z\n---\nText.\n`;
  put(site, 'incidents/2026-11-22-checkout-errors/2026-11-22T1430Z.md', '---\nstatus: monitoring\n---\nText.\n');
  put(site, late, `${fields}draft: true\n---\nText.\n`);
  git(site, 'add', '.');
  git(site, 'commit', '--quiet', '-m', 'A draft');
  put(site, old, `${readFileSync(join(site, 'content', old), 'utf8')}More.\n`);
  put(site, 'announcements/prices.md', prices('2026-11-22T14:00Z'));
  put(site, 'announcements/later.md', prices('2026-11-22T14:50Z'));
  put(site, late, published);
  const { code, stderr } = await call('check', site);
  expect(code).toBe(0);
  const line = (path: string, field: string, time: string): string =>
    `content/${path}:1:1  warning: is dated ${time}, but an update from 2026-11-22T14:30Z is already out, and Slack only shows feed items that are later than the last one. Set ${field} to the time when you publish it`;
  expect(stderr.split('\n').slice(0, -1)).toEqual([
    line(late, 'published', '2026-11-22T14:10Z'),
    line('announcements/prices.md', 'from', '2026-11-22T14:00Z'),
  ]);
  git(site, 'add', '.');
  git(site, 'commit', '--quiet', '-m', 'Published');
  expect((await call('check', site)).stderr).toBe('');
});
