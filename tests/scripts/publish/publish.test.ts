import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { UserError } from '../../../scripts/cli/errors.ts';
import { realDisk } from '../../../scripts/cli/system.ts';
import { folderHost } from '../../../scripts/publish/hosts/folder.ts';
import type { Host } from '../../../scripts/publish/hosts/host.ts';
import { publish, redeploy, type Steps } from '../../../scripts/publish/publish.ts';
import { temporaryFolder } from '../../support/folders.ts';
import { releaseOf } from '../../support/release.ts';
import { lockTools, smallSteps } from './hosts/small-page.ts';

const start = Date.parse('2026-11-22T15:00Z');

/** What a run calls, in order, on a real folder. Each step takes as long as `takes` says. */
function runsOn(folder: string) {
  const calls: string[] = [];
  let time = start;
  const takes: Readonly<Record<string, number>> = {
    build: 10,
    guard: 100,
    deploy: 1000,
    verify: 10_000,
    notify: 100_000,
  };
  const called = <T extends object>(functions: T, words: (name: string, args: unknown[]) => string | null): T =>
    new Proxy(functions, {
      get: (target, name) => {
        const found: unknown = Reflect.get(target, name);
        if (typeof found !== 'function') return found;
        return (...args: unknown[]): unknown => {
          const line = words(String(name), args);
          if (line !== null) calls.push(line);
          time += takes[String(name)] ?? 0;
          return (found as (...given: unknown[]) => unknown)(...args);
        };
      },
    });
  const plain = (id: unknown): string => String(id).replaceAll(/\S+-(?=[a-z]0000000)/g, '');
  const hostOf = (): Host =>
    called(folderHost(folder, 'our/site', { ...lockTools(), clock: () => time }, realDisk), (name, [first]) => {
      if (name === 'begin') return `begin ${String(first)}`;
      if (name === 'changeLog') return `log "${plain(first)}"`;
      if (name === 'remove') return `remove ${plain(first)}`;
      return name === 'deploy' || name === 'tidy' ? name : null;
    });
  const stepsOf = (content: string, given: Partial<Steps> = {}): Steps =>
    called({ ...smallSteps(content, [], { now: time }), ...given }, (name) => `${name}?`);
  const context = (content: string, given: Partial<Steps> = {}) => ({
    host: hostOf(),
    steps: stepsOf(content, given),
    repository: null,
    keep: 1,
    again: false,
    now: () => time,
    clock: () => time,
    print: (line: string) => calls.push(`print ${line}`),
  });
  const run = async (content: string, given: Partial<Steps> = {}) => {
    calls.length = 0;
    time += 60_000;
    return { ended: await publish(context(content, given), 0).catch((error: unknown) => error), calls: [...calls] };
  };
  return { run, hostOf, context, calls };
}

const untilGuard = [
  'tidy',
  'begin check',
  'hold?',
  'source?',
  'beginChannels?',
  'begin build',
  'build?',
  'begin guard',
  'guard?',
];
const untilLive = (content: string): string[] => [
  ...untilGuard,
  'begin deploy',
  'hold?',
  `log "Deploying ${content}0000000"`,
  'deploy',
  'begin verify',
  'verify?',
];

describe('a run of publish', () => {
  it('does one step after the other, each noted before it begins', async () => {
    const { run } = runsOn(join(temporaryFolder(), 'site'));
    const looked = { verify: () => Promise.resolve({ ok: true, lines: ['one looked at', 'two looked at'] }) };
    const { ended, calls } = await run('a', looked);
    expect(calls).toEqual([
      ...untilLive('a'),
      'print one looked at',
      'print two looked at',
      'log "Live: a0000000"',
      'begin notify',
      'notify?',
      'begin record',
      'log "Done"',
    ]);
    expect(ended).toMatchObject({
      outcome: 'published',
      replaces: null,
      verified: true,
      lines: [],
      timing: { all: 11_110, steps: { check: 0, build: 10, guard: 100, deploy: 1000, verify: 10_000 } },
    });
    const second = await run('b');
    expect(second.calls.slice(-3)).toEqual(['begin record', 'remove a0000000', 'log "Done"']);
  });

  it('without an address is not verified', async () => {
    const { run, hostOf } = runsOn(join(temporaryFolder(), 'site'));
    const { ended, calls } = await run('a', { verify: null });
    expect(ended).toMatchObject({ outcome: 'published', verified: false });
    expect(calls).not.toContain('verify?');
    expect((await hostOf().log()).releases[0]).toMatchObject({ state: 'live', verifiedAt: null });
  });

  const stop = { reason: 'Wait', where: 'STOP' };
  it.each<[string, Partial<Steps>, string[], object]>([
    ['on hold', { hold: () => Promise.resolve(stop) }, untilGuard.slice(0, 3), { outcome: 'held', hold: stop }],
    [
      'with problems',
      { build: () => Promise.resolve({ problems: [] }) },
      untilGuard.slice(0, 7),
      { outcome: 'problems', problems: [] },
    ],
  ])('ends early %s', async (_, given, expected, outcome) => {
    const { run } = runsOn(join(temporaryFolder(), 'site'));
    expect(await run('a', given)).toEqual({ ended: outcome, calls: [...expected, 'log "Done"'] });
  });

  it('says at which step the last one was killed', async () => {
    const { run } = runsOn(join(temporaryFolder(), 'site'));
    await run('a', { guard: () => Promise.reject(new Error('as if killed')) });
    const { calls } = await run('a');
    expect(calls.slice(0, 2)).toEqual(['tidy', 'print the last run stopped during guard. Its leftovers were removed']);
  });

  it('that fails verification is taken back, and not announced', async () => {
    const { run, hostOf } = runsOn(join(temporaryFolder(), 'site'));
    await run('a');
    const { ended, calls } = await run('b', { verify: () => Promise.resolve({ ok: false, lines: ['it differs'] }) });
    expect(calls).toEqual([...untilLive('b'), 'log "Rolling back to a0000000"', 'log "Done"']);
    expect(ended).toMatchObject({ outcome: 'unverified', back: { how: 'served' }, lines: ['it differs'] });
    const { releases } = await hostOf().log();
    expect(releases.map(({ rolledBack }) => rolledBack)).toEqual([
      { at: '2026-11-22T15:04:02.220Z', by: 'verification', reason: 'it failed verification' },
      null,
    ]);
  });

  it.each([
    ['a full disk', Object.assign(new Error('no room'), { code: 'ENOSPC', path: '/x' }), /disk is full/],
    ['another error', new Error('no disk'), null],
  ])('that cannot note its end because of %s', async (_, error, printed) => {
    const { context, calls } = runsOn(join(temporaryFolder(), 'site'));
    const given = context('a');
    const host: Host = {
      ...given.host,
      changeLog: (message, edit) => (message === 'Done' ? Promise.reject(error) : given.host.changeLog(message, edit)),
    };
    const ended = publish({ ...given, host }, 0);
    if (printed === null) await expect(ended).rejects.toBe(error);
    else {
      expect(await ended).toMatchObject({ outcome: 'published' });
      expect(calls.at(-1)).toMatch(printed);
    }
  });

  it('whose deployment is refused is logged as failed', async () => {
    const { context, calls, hostOf } = runsOn(join(temporaryFolder(), 'site'));
    for (const error of [new UserError('GitHub is down'), new Error('a mistake')]) {
      const given = context('a');
      const ended = publish({ ...given, host: { ...given.host, deploy: () => Promise.reject(error) } }, 0);
      if (error instanceof UserError) {
        expect(await ended).toEqual({ outcome: 'not deployed', reason: 'GitHub is down' });
        expect(calls.slice(-2)).toEqual(['log "Not deployed: a0000000"', 'log "Done"']);
        expect((await hostOf().log()).releases.map(({ state }) => state)).toEqual([]);
      } else await expect(ended).rejects.toBe(error);
    }
  });
});

describe('an earlier release', () => {
  it('is deployed again, verified, and takes the marks of the newer ones along', async () => {
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
      result: { outcome: 'overtaken', served: release.id },
      calls: [],
    });
  });

  it('does not replace what went live in the meantime', async () => {
    const { run, context, hostOf } = runsOn(join(temporaryFolder(), 'site'));
    await run('a');
    await run('b');
    const given = { ...context('a'), host: hostOf() };
    const [b, a] = (await given.host.log()).releases;
    if (b === undefined) throw new Error('nothing was published');
    expect(a).toBeUndefined();
    const ended = await redeploy(
      given,
      { id: 'R0', reason: 'x' },
      { site: '', release: releaseOf({}), replaces: null },
    );
    expect(ended).toEqual({ outcome: 'overtaken', served: b.id });
  });
});
