import { mkdirSync, readdirSync, readlinkSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findStop, readStopFile } from '../../../../scripts/cli/stop-switch.ts';
import { fileStorage, runProgram } from '../../../../scripts/cli/system.ts';
import { uncommittedNote } from '../../../../scripts/publish/commits.ts';
import { temporaryFolder, write } from '../../../support/folders.ts';
import { call, type Outcome } from '../../call.ts';
import { gitSite, type GitSite } from './git-site.ts';
import { folderPage } from './small-page.ts';

/** A publish that ends before anything is built. */
const publish = (site: GitSite, ...flags: string[]): Promise<Outcome> =>
  call(['publish', '--to', site.to, '--content', 'content', ...flags], site.folder);

it('publish refuses, before it builds and in one line, what it can’t use', async () => {
  const site = gitSite(temporaryFolder());
  writeFileSync(join(site.folder, 'file'), '');
  const options: readonly (readonly [readonly string[], RegExp])[] = [
    [
      ['--commit-id', 'feedbeef'],
      /^halfpast: --commit-id: git can't find commit "feedbeef" in the repository of content\. Use one that git log shows there, or name the repository .* --repository DIR\n$/,
    ],
    [['--commit-id', '-x'], /^halfpast: --commit-id: git can't find commit "-x"/],
    [
      ['--range', 'nowhere..HEAD'],
      /^halfpast: --range: git can't find the commits "nowhere\.\.HEAD" in .*\. Use a range that git log accepts there, such as HEAD~3\.\.HEAD/,
    ],
    [
      ['--repository', 'nowhere.git'],
      /^halfpast: --repository: there is no git repository at "nowhere\.git"\. Use the folder of one/,
    ],
    [['--hold', ''], /^halfpast: --hold is blank\. Add a reason/],
    [['--hold', '  '], /^halfpast: --hold is blank/],
  ];
  for (const [flags, said] of options)
    expect(await publish(site, ...flags), flags.join(' ')).toEqual({
      code: 2,
      stdout: '',
      stderr: expect.stringMatching(said) as string,
    });
  const folders = [
    ['/proc/x', "can't be created there. Name another folder"],
    ['/proc/x/y', "can't be created there. Name another folder"],
    ['content/site.yml', 'is inside the content folder'],
    ['file', 'is a file. Name a folder'],
    ['file/below', 'is below a file. Name another folder'],
  ] as const;
  for (const [to, said] of folders) {
    const refused = await call(['publish', '--to', to], site.folder);
    expect(refused.code, to).toBeGreaterThan(0);
    expect(refused.stderr).toMatch(/^halfpast: --to: .*\n$/);
    expect(refused.stderr).toContain(said);
  }
  expect(readdirSync(join(site.folder, '..'))).toEqual(['repository']);
});

it('publish refuses a current that isn’t a link, or links to a missing release, and leaves nothing behind', async () => {
  const site = gitSite(temporaryFolder());
  const path = join(site.to, 'current');
  write(site.to, 'current/index.html', 'precious');
  expect(await publish(site)).toEqual({
    code: 1,
    stdout: '',
    stderr: `halfpast: ${path} is not a link to a release. Move it away: mv ${path} ${path}.old\n`,
  });
  expect(readdirSync(site.to)).toEqual(['current']);
  rmSync(path, { recursive: true });
  await folderPage(site.to).publish('a');
  const [kept = ''] = readdirSync(join(site.to, 'releases'));
  rmSync(path);
  symlinkSync('releases/gone', path);
  // There'd be nothing to compare with.
  expect(await publish(site)).toEqual({
    code: 1,
    stdout: '',
    stderr: `halfpast: ${site.to}/current leads to releases/gone, which isn't there. Serve one that is: npx halfpast rollback --to ${site.to} ${kept}\n`,
  });
  expect(await call(['rollback', '--to', site.to, kept], site.folder)).toMatchObject({ code: 0 });
  expect(readlinkSync(path)).toBe(`releases/${kept}`);
});

describe('rollback', () => {
  it('lists the releases, and says what rollback without a name would do, and when a release is already served', async () => {
    const base = temporaryFolder();
    const back = (...args: string[]): Promise<Outcome> => call(['rollback', '--to', 'site', ...args], base);
    for (const content of ['a', 'b', 'c']) await folderPage(join(base, 'site')).publish(content);
    const ids = readdirSync(join(base, 'site/releases'));
    const [a = '', b = '', c = ''] = ids;
    const list = await back('--list');
    expect(list.stdout.split('\n').map((line) => [line.slice(0, c.length), /\((.*)\)$/.exec(line)?.[1]])).toEqual([
      [c, 'served, verified'],
      [b, 'verified, rollback goes here'],
      [a, 'verified'],
      ['', undefined],
    ]);
    expect(await back('1999')).toEqual({
      code: 1,
      stdout: '',
      stderr: `halfpast: "1999" matches none of the releases. Use one of: ${c}, ${b}, ${a}\n`,
    });
    expect(await back('')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('the release is blank') as string,
    });
    expect(await back('--list', b)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('--list shows all releases') as string,
    });
    expect(await back('--keep', '0')).toMatchObject({
      code: 2,
      stderr: "halfpast: unknown option '--keep'. Did you mean --help?\n",
    });
    expect((await back(c)).stdout).toBe(`${c} is already served\n`);
    expect((await back()).stdout).toBe(`${b} is served now in place of ${c}\n`);
    const marks = async (): Promise<readonly (string | undefined)[]> =>
      (await back('--list')).stdout.split('\n').map((line) => /\((.*)\)$/.exec(line)?.[1]);
    expect(await marks()).toEqual([
      'verified, rolled back: no reason was given',
      'served, verified',
      'verified, rollback goes here',
      undefined,
    ]);
    await back(c);
    expect(await marks(), 'forward again').toEqual([
      'served, verified',
      'verified, rollback goes here',
      'verified',
      undefined,
    ]);
  });
});

it('releases that a power failure damaged stop neither a rollback nor the next publish', async () => {
  const base = temporaryFolder();
  const page = folderPage(join(base, 'site'));
  for (const content of ['a', 'b', 'c']) await page.publish(content);
  const [a = '', b = '', c = ''] = readdirSync(join(base, 'site/releases'));
  for (const id of [b, c]) writeFileSync(join(base, 'site/releases', id, 'release.json'), '');
  const list = await call(['rollback', '--to', 'site', '--list'], base);
  expect(list.stdout.split('\n').map((line) => /\((.*)\)$/.exec(line)?.[1])).toEqual([
    'served, damaged, verified',
    'damaged, verified',
    'verified, rollback goes here',
    undefined,
  ]);
  const back = await call(['rollback', '--to', 'site'], base);
  expect(back).toEqual({ code: 0, stdout: `${a} is served now in place of ${c}\n`, stderr: '' });
  expect(await page.publish('d')).toMatchObject({ outcome: 'published' });
});

describe('without --url, a served release whose release.json is damaged is no first publish:', () => {
  const [early, late] = ['2026-11-22T1405Z', '2026-11-22T1430Z'];
  const fileOf = (update: string): string => `incidents/2026-11-22-checkout-errors/${update}.md`;
  const steps = { verify: null };

  const damaged = async (text: string | null) => {
    const folder = join(temporaryFolder(), 'site');
    const page = folderPage(folder);
    await page.publish('a', { commit: '1', updates: [early], steps });
    const [id = ''] = readdirSync(join(folder, 'releases'));
    const path = join(folder, 'releases', id, 'release.json');
    if (text === null) rmSync(path);
    else writeFileSync(path, text);
    const silence = `${path} is missing, or this version can't read it, so it can't be compared`;
    return { folder, page, silence, current: (): string => readlinkSync(join(folder, 'current')), id };
  };
  const ways =
    'Check that nothing is lost, and allow it with this line in a commit message: Halfpast-Allow: uncompared';

  it.each(['', '{}', null])('what a commit changes or removes needs permission (%j)', async (text) => {
    const { page, silence, current, id } = await damaged(text);
    const changes = { added: [fileOf(late)], changed: [fileOf(early)] };
    const next = { commit: '2', updates: [late], changes, steps };
    const reason = `${silence}, and ${fileOf(early)} was changed or removed since its commit 1. ${ways}`;
    expect(await page.publish('b', next)).toEqual({ outcome: 'not deployed', reason });
    expect(current()).toBe(`releases/${id}`);
    const message = 'Halfpast-Allow: uncompared';
    expect(await page.publish('b', { ...next, message })).toMatchObject({ outcome: 'published' });
  });

  it('a new update is published', async () => {
    const { page, silence } = await damaged('');
    const changes = { added: [fileOf(late)], changed: [] };
    expect(await page.publish('b', { commit: '2', updates: [early, late], changes, steps })).toMatchObject({
      outcome: 'published',
      verdict: { notes: [`${silence}. Since its commit 1, updates were only added`], news: [{ update: late }] },
    });
  });

  it('even if the log is gone, too', async () => {
    const { folder, page, silence } = await damaged('');
    rmSync(join(folder, 'publish.json'));
    const reason = `${silence}, and git doesn't know what changed since its commit. ${ways}`;
    expect(await page.publish('b', { commit: '2', updates: [early], steps })).toEqual({
      outcome: 'not deployed',
      reason,
    });
  });
});

it('a rolled-back release whose files were removed isn’t listed, can’t be rolled back to, and its commit isn’t published', async () => {
  const base = temporaryFolder();
  const page = folderPage(join(base, 'site'));
  const back = (...args: string[]): Promise<Outcome> => call(['rollback', '--to', 'site', ...args], base);
  const given = { keep: 2, updates: ['2026-11-22T1405Z'] };
  await page.publish('a', { commit: '1', ...given });
  await page.publish('b', { commit: '2', ...given });
  await page.rollBack();
  for (const [content, commit] of Object.entries({ c: '3', d: '4' })) await page.publish(content, { commit, ...given });
  const b = (await page.log()).releases.at(-1);
  const id = b?.id ?? '';
  const kept = readdirSync(join(base, 'site/releases')).toReversed();
  expect(id).toMatch(/-b0000000$/);
  const listed = (await back('--list')).stdout.trimEnd().split('\n');
  expect(listed.map((line) => line.slice(0, id.length))).toEqual(kept);
  const { releases } = JSON.parse((await back('--list', '--json')).stdout) as { releases: { id: string }[] };
  expect(releases.map((one) => one.id)).toEqual(kept);
  expect(await back(id)).toEqual({
    code: 1,
    stdout: '',
    stderr: `halfpast: "${id}" matches none of the releases. Use one of: ${kept.join(', ')}\n`,
  });
  expect(page.served()).toBe('d0000000');
  expect(b).toMatchObject({ state: 'live', rolledBack: { by: 'person' } });
  expect(await page.publish('b', { commit: '2' })).toMatchObject({ outcome: 'rolled back' });
});

describe('the stop file next to the releases', () => {
  it.each(['STOP', 'stop', 'Stop.md', 'STOP.txt'])('may be called %s', async (name) => {
    const folder = temporaryFolder();
    write(folder, name, 'Wait');
    const hold = findStop({
      content: 'content',
      files: [],
      env: { HALFPAST_HOLD: '' },
      beside: await readStopFile(folder, fileStorage),
    });
    expect(hold).toEqual({ reason: 'Wait', where: `the file ${name} beside the releases` });
  });

  it('stops a publish before it builds', async () => {
    const site = gitSite(temporaryFolder());
    write(site.to, 'Stop.md', 'Wait');
    expect(await publish(site)).toEqual({
      code: 3,
      stdout: '',
      stderr:
        'NOT LIVE: publishing is on hold: Wait (set by the file Stop.md beside the releases; remove it to continue)\n',
    });
  });

  it('isn’t a file whose name only begins the same, and a blank variable doesn’t hold anything', async () => {
    const folder = temporaryFolder();
    write(folder, 'stopped.md', 'x');
    expect(
      findStop({
        content: 'content',
        files: [],
        env: { HALFPAST_HOLD: ' ' },
        beside: await readStopFile(folder, fileStorage),
      }),
    ).toBeNull();
  });
});

describe('the variable HALFPAST_HOLD', () => {
  const holdOf = (value: string): unknown => findStop({ content: 'content', files: [], env: { HALFPAST_HOLD: value } });

  it.each(['', ' ', '0', 'no', 'off', 'false', ' False '])('doesn’t hold publishing with the value "%s"', (value) => {
    expect(holdOf(value)).toBeNull();
  });

  it.each([
    ['1', 'no reason was given'],
    ['true', 'no reason was given'],
    ['no network until noon', 'no network until noon'],
  ])('holds publishing with the value "%s"', (value, reason) => {
    expect(holdOf(value)).toEqual({ reason, where: 'the variable HALFPAST_HOLD' });
  });
});

describe('content that isn’t in its commit', () => {
  const noteOf = (
    site: GitSite,
    repository = site.content,
    commit = site.git('rev-parse', 'HEAD'),
  ): Promise<string | null> => uncommittedNote(site.content, 'content', repository, commit, { env: {}, runProgram });

  it('is reported: changed files, and files that were never added to git', async () => {
    const site = gitSite(temporaryFolder());
    const first = site.git('rev-parse', 'HEAD');
    write(site.content, '.hidden', 'no content');
    expect(await noteOf(site)).toBeNull();
    site.put('incidents/2026-11-22-checkout-errors/2026-11-22T1430Z.md', 'x');
    expect(await noteOf(site)).toBe(
      `differs from commit ${first.slice(0, 9)}: content/incidents/2026-11-22-checkout-errors/2026-11-22T1430Z.md. Commit it, so that the history matches the page`,
    );
    site.put('site.yml', 'name: Other\n');
    expect(await noteOf(site)).toContain('2026-11-22T1430Z.md and 1 more.');
    site.commit('All');
    expect(await noteOf(site)).toBeNull();
    expect(await noteOf(site, site.content, first), 'an older commit was named').toContain(' and 1 more.');

    // It isn't checked in a folder outside that repository.
    const bare = join(site.folder, '..', 'bare.git');
    site.git('clone', '--quiet', '--bare', '.', bare);
    const id = site.git('rev-parse', 'HEAD');
    site.put('site.yml', 'name: Another\n');
    expect(await noteOf(site, bare, id), 'a checkout of another repository').toBeNull();
    const tree = join(site.folder, '..', 'tree');
    mkdirSync(tree);
    expect(
      await uncommittedNote(tree, 'content', bare, id, { env: {}, runProgram }),
      'no repository at all',
    ).toBeNull();
  });
});
