import { lstatSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Context } from '../../../scripts/cli/context.ts';
import type { LoggedRelease } from '../../../scripts/publish/hosts/release-log.ts';
import { realSteps, rebuild } from '../../../scripts/publish/steps.ts';
import { contentHash } from '../../../src/lib/content/content-tree.ts';
import { readTree } from '../../../src/lib/content/disk.ts';
import { temporaryFolder } from '../../support/folders.ts';
import { releaseOf } from '../../support/release.ts';
import { put, smallSite } from '../site.ts';
import { receiver } from './notify/receivers.ts';

const now = Date.parse('2026-11-22T15:00:00Z');

type Options = Parameters<typeof realSteps>[0];

function stepsOf(given: Partial<Options> = {}, env: Readonly<Record<string, string>> = {}) {
  const folder = smallSite();
  const saved: string[] = [];
  const built: object[] = [];
  const options = {
    content: join(folder, 'content'),
    shown: 'content',
    now: () => now,
    hold: undefined,
    stopFile: () => Promise.resolve(null),
    commit: undefined,
    repository: { head: () => Promise.resolve('head') },
    messages: null,
    build: (of: { readonly out: string }) => {
      built.push(of);
      mkdirSync(of.out);
      writeFileSync(join(of.out, 'release.json'), JSON.stringify(releaseOf({ content: 'built' })));
      return Promise.resolve({ out: of.out });
    },
    deliveries: {
      name: 'deliveries.json',
      load: () => Promise.resolve({ text: saved.at(-1) ?? null, version: `${saved.length}` }),
      save: (text: string) => Promise.resolve(`${saved.push(text)}`),
    },
    verify: null,
    ...given,
  } as unknown as Options;
  const context = { env, version: '1.2.3', clock: () => now, sleep: () => Promise.resolve() } as unknown as Context;
  return { folder, saved, built, steps: realSteps(options, context) };
}

const notify =
  'name: Example\nurl: https://status.example.com\ntime_zone: UTC\nnotify:\n  slack:\n    url_env: SLACK\n';

describe('a step of a publish', () => {
  it('is held by the flag, the content, a file beside the releases, or a variable', async () => {
    expect(await stepsOf().steps.hold()).toBeNull();
    expect(await stepsOf({ hold: 'Wait' }).steps.hold()).toEqual({ reason: 'Wait', where: '--hold' });
    const beside = { stopFile: () => Promise.resolve({ name: 'STOP', text: 'Wait' }) };
    expect(await stepsOf(beside).steps.hold()).toMatchObject({ where: 'the file STOP beside the releases' });
    expect(await stepsOf({}, { HALFPAST_HOLD: 'Wait' }).steps.hold()).toMatchObject({ reason: 'Wait' });
    const { folder, steps } = stepsOf();
    put(folder, 'STOP', 'Wait');
    expect(await steps.hold()).toEqual({ reason: 'Wait', where: 'the stop file in content' });
  });

  it('names the source: content, code, and the given commit or that of the repository', async () => {
    const { folder, steps } = stepsOf();
    const content = contentHash(await readTree(join(folder, 'content')));
    expect(await steps.source()).toEqual({ content, commit: 'head', version: '1.2.3' });
    expect(await stepsOf({ commit: 'c1' }).steps.source()).toMatchObject({ commit: 'c1' });
  });

  it('builds for the time and the commit, and gives the release or the problems', async () => {
    const { folder, steps, built } = stepsOf();
    const site = join(folder, 'site');
    expect(await steps.build(site, 'cache')).toEqual({ release: releaseOf({ content: 'built' }) });
    expect(built).toEqual([{ content: join(folder, 'content'), out: site, cache: 'cache', now, commit: 'head' }]);
    const problems = { problems: [], content: 'content' };
    const broken = stepsOf({ build: () => Promise.resolve(problems as never) });
    expect(await broken.steps.build(site, 'cache')).toBe(problems);
    const empty = stepsOf({ build: () => Promise.resolve({ out: join(folder, 'none') } as never) });
    await expect(empty.steps.build('site', 'cache')).rejects.toThrow('the build left no release.json in site');
  });

  it('begins channels once, and notifies them of what is new', async () => {
    const slack = await receiver();
    const { folder, saved, steps } = stepsOf({}, { SLACK: slack.url });
    put(folder, 'site.yml', notify);
    const release = async () =>
      releaseOf({ content: contentHash(await readTree(join(folder, 'content'))), now: '2026-11-22T15:00:00.000Z' });
    await steps.beginChannels();
    expect(saved).toHaveLength(1);
    put(
      folder,
      'incidents/2026-11-22-new/2026-11-22T1459Z.md',
      '---\ntitle: New\nstatus: investigating\nimpact: minor\n---\nText.\n',
    );
    expect(await steps.notify(await release())).toEqual({
      ok: true,
      lines: [
        'New channels, notified from now on: slack. To send earlier updates too, delete its part of the record, and run: npx halfpast notify --state deliveries.json --since 2026-11-22T14:00Z',
        'slack: 1 update sent',
      ],
    });
    expect(slack.accepted).toHaveLength(1);
    slack.reply = () => ({ status: 400 });
    put(folder, 'incidents/2026-11-22-new/2026-11-22T1500Z.md', '---\nstatus: identified\n---\nText.\n');
    expect(await steps.notify(await release())).toMatchObject({
      ok: false,
      lines: [expect.stringContaining('New channels'), expect.stringMatching(/^slack: refused/)],
    });
  });

  it('notifies nobody without channels, of other content, or with problems in it', async () => {
    const { folder, saved, steps } = stepsOf();
    const content = contentHash(await readTree(join(folder, 'content')));
    await steps.beginChannels();
    expect(await steps.notify(releaseOf({ content }))).toEqual({ ok: true, lines: [] });
    expect(await steps.notify(releaseOf({ content: 'other' }))).toEqual({
      ok: false,
      lines: ['The content changed during publishing, so no channel was notified. Publish again'],
    });
    put(folder, 'site.yml', 'x');
    await steps.beginChannels();
    const broken = contentHash(await readTree(join(folder, 'content')));
    expect(await steps.notify(releaseOf({ content: broken }))).toEqual({ ok: true, lines: [] });
    expect(saved).toEqual([]);
  });
});

describe('an earlier release', () => {
  const release = { id: 'R1', commit: 'c1', now: '2026-11-22T14:00:00.000Z' } as LoggedRelease;

  /** Builds it again in a repository with or without the code; `codes` are the exit codes of the programs. */
  async function again(hasCode: boolean, codes: Readonly<Record<string, number>> = {}, one = release, known = true) {
    const base = temporaryFolder();
    const [checkout, out] = [join(base, 'checkout'), join(base, 'out')];
    const run: string[] = [];
    const repository = {
      checkOut: (_: string, folder: string) => {
        mkdirSync(join(folder, 'scripts'), { recursive: true });
        if (hasCode) writeFileSync(join(folder, 'scripts/halfpast.ts'), '');
        return Promise.resolve(known);
      },
    } as unknown as Parameters<typeof rebuild>[0]['repository'];
    const runProgram = (program: string, args: readonly string[], cwd: string, env?: object) => {
      const name = program === process.execPath ? 'node' : program;
      run.push(
        `${[name, ...args].join(' ').replaceAll(base, '')} in ${cwd.replace(base, '')} ${env === undefined ? '' : 'with variables'}`.trim(),
      );
      if (name === 'node') {
        mkdirSync(out);
        writeFileSync(join(out, 'release.json'), JSON.stringify(releaseOf({ content: 'again' })));
      }
      return Promise.resolve({ code: codes[name] ?? 0, stdout: '', stderr: 'no\n' });
    };
    const outside = { root: '/root', env: {}, runProgram } as unknown as Parameters<typeof rebuild>[1];
    const result = await rebuild({ release: one, repository, content: 'content', checkout, out }, outside).catch(
      (error: unknown) => (error as Error).message,
    );
    const linked = lstatSync(join(checkout, 'node_modules'), { throwIfNoEntry: false })?.isSymbolicLink() === true;
    return { result, run, linked };
  }
  const build = (code: string): string =>
    `node ${code}/scripts/halfpast.ts build --content /checkout/content --out /out --clean --commit-id c1 --now 2026-11-22T14:00:00.000Z in /checkout with variables`;
  const cmp = 'cmp -s package-lock.json /root/package-lock.json in /checkout';
  const install = 'npm ci --omit=dev --ignore-scripts --no-audit --no-fund in /checkout';
  const same = releaseOf({ content: 'again' });

  it.each<[string, Parameters<typeof again>, Awaited<ReturnType<typeof again>>]>([
    ['of content alone is built with this code', [false], { result: same, run: [build('/root')], linked: false }],
    [
      'with its own code uses the same packages',
      [true],
      { result: same, run: [cmp, build('/checkout')], linked: true },
    ],
    [
      'with other packages gets them',
      [true, { cmp: 1 }],
      { result: same, run: [cmp, install, build('/checkout')], linked: false },
    ],
    [
      'whose packages are gone is not built',
      [true, { cmp: 1, npm: 1 }],
      { result: "the packages of R1 can't be installed: no\n", run: [cmp, install], linked: false },
    ],
    [
      'that fails to build says why',
      [false, { node: 1 }],
      { result: "R1 can't be built again: no", run: [build('/root')], linked: false },
    ],
    [
      'without a commit is not built',
      [false, {}, { ...release, commit: null }],
      {
        result: "R1 can't be built again: its commit is not in the repository. Fetch all of its history",
        run: [],
        linked: false,
      },
    ],
    [
      'whose commit is unknown is not built',
      [false, {}, release, false],
      {
        result: "R1 can't be built again: its commit is not in the repository. Fetch all of its history",
        run: [],
        linked: false,
      },
    ],
  ])('%s', async (_, given, expected) => {
    expect(await again(...given)).toEqual(expected);
  });
});
