import { lstatSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Host } from '../../../scripts/publish/hosts/host.ts';
import type { LoggedRelease } from '../../../scripts/publish/hosts/release-log.ts';
import { notRolledBack, rebuild, redeploy } from '../../../scripts/publish/restore.ts';
import { temporaryFolder } from '../../support/folders.ts';
import { releaseOf } from '../../support/release.ts';
import type { Steps } from './hosts/small-page.ts';
import { runsOn } from './runs.ts';

describe('an earlier release, built again,', () => {
  const release = { id: 'R1', commit: 'c1', now: '2026-11-22T14:00:00.000Z' } as LoggedRelease;

  /** Builds it again in a repository with or without the code. `codes` are the exit codes of the programs. */
  async function again(
    hasCode: boolean,
    codes: Readonly<Record<string, number>> = {},
    one = release,
    known: boolean | string = true,
  ) {
    const base = temporaryFolder();
    const [checkout, out] = [join(base, 'checkout'), join(base, 'out')];
    const run: string[] = [];
    const fetched: string[] = [];
    const repository = {
      checkOut: (_: string, folder: string) => {
        mkdirSync(join(folder, 'scripts'), { recursive: true });
        if (hasCode) writeFileSync(join(folder, 'scripts/halfpast.ts'), '');
        return Promise.resolve(known === true || fetched.length > 0);
      },
      fetchCommit: (commit: string) => {
        if (typeof known === 'boolean') fetched.push(commit);
        return Promise.resolve(typeof known === 'boolean' ? null : known);
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
        result: "R1 can't be built again: its commit is unknown. Go back to another release",
        run: [],
        linked: false,
      },
    ],
    [
      'whose commit was removed from the branch is built after fetching it',
      [false, {}, release, false],
      { result: same, run: [build('/root')], linked: false },
    ],
    [
      'whose commit is gone is not built',
      [false, {}, release, 'fatal: not our ref'],
      {
        result:
          "R1 can't be built again: its commit c1 is not in the repository, and can't be fetched: fatal: not our ref. Go back to another release",
        run: [],
        linked: false,
      },
    ],
  ])('%s', async (_, given, expected) => {
    expect(await again(...given)).toEqual(expected);
  });
});

describe('an earlier release', () => {
  it('is deployed again and verified, and marks the newer ones as rolled back', async () => {
    const { run, context, calls, hostOf } = runsOn(join(temporaryFolder(), 'site'));
    const ended = await run('a');
    const { release } = ended.ended as { release: { id: string } };
    const given = context('a');
    const host: Host = {
      ...given.host,
      deploy: (deployment) =>
        Promise.resolve((calls.push(`deploy in place of ${String(deployment.replaces)}`), { site: deployment.site })),
    };
    const restored = async (id: string, replaces: string | null, steps: Partial<Steps> = {}) => {
      calls.length = 0;
      const result = await redeploy(
        { ...given, host, steps: { ...given.steps, ...steps } },
        { id, reason: 'wrong' },
        { site: 'site', release: releaseOf({}), replaces },
      );
      return { result, calls: calls.map((line) => line.replaceAll(release.id, 'ID')) };
    };
    const looked = (ok: boolean) => ({ verify: () => Promise.resolve({ ok, lines: ['looked'] }) });
    const steps = ['log "Restoring a0000000"', 'deploy in place of ID'];
    expect(await restored(release.id, release.id, looked(true))).toMatchObject({
      result: { outcome: 'published', release: { id: release.id }, replaces: release.id, verified: true, lines: [] },
      calls: [...steps, 'print looked', 'log "Live: a0000000"'],
    });
    expect((await hostOf().log()).releases[0]).toMatchObject({
      state: 'live',
      verifiedAt: expect.any(String) as string,
    });
    expect(await restored(release.id, null, looked(false))).toMatchObject({
      result: { outcome: 'unverified', back: null, lines: ['looked'] },
      calls: [...steps, 'print looked', 'log "Live: a0000000"'],
    });
    const log = await hostOf().log();
    expect([log.releases[0]?.state, log.run]).toEqual(['live', null]);
    expect((await restored(release.id, null, { verify: null })).result).toMatchObject({
      outcome: 'published',
      verified: false,
    });
    expect(await restored('R9', release.id)).toEqual({
      result: notRolledBack('R9 is no longer in the log of releases'),
      calls: [],
    });
  });

  it("doesn't replace a release that went live in the meantime, and says so", async () => {
    const { run, context, hostOf } = runsOn(join(temporaryFolder(), 'site'));
    await run('a');
    const host = hostOf();
    const [a] = (await host.log()).releases;
    const ended = await redeploy(
      { ...context('a'), host: { ...host, served: () => Promise.resolve('R9') } },
      { id: a?.id ?? '', reason: 'x' },
      { site: '', release: releaseOf({}), replaces: null },
    );
    expect(ended).toEqual({
      outcome: 'not rolled back',
      message:
        'NOT ROLLED BACK, so the page is unchanged: R9 is now served. To try again, go to Actions, Publish, select Run workflow, and enter a release',
    });
    expect(await host.log()).toMatchObject({ releases: [{ state: 'live' }] });
  });
});
