import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { UserError } from '../../../scripts/cli/errors.ts';
import type { Host } from '../../../scripts/publish/hosts/host.ts';
import { deploySteps, runPipeline } from '../../../scripts/publish/publish.ts';
import { contentHash } from '../../../src/lib/content/content-tree.ts';
import { readTree } from '../../../src/lib/content/disk.ts';
import { temporaryFolder } from '../../support/folders.ts';
import { releaseOf } from '../../support/release.ts';
import { put, smallSite } from '../site.ts';
import type { Steps } from './hosts/small-page.ts';
import { receiver } from './notify/receivers.ts';
import { runsOn } from './runs.ts';

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
  it('does one step after the other, and records each before it begins', async () => {
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
      'remove 1',
      'log "Done"',
    ]);
    expect(ended).toMatchObject({
      outcome: 'published',
      replaces: null,
      verified: true,
      lines: [],
      timing: { all: 11_110, steps: { check: 0, build: 10, guard: 100, deploy: 1000, verify: 10_000 } },
    });
  });

  it('without an address is not verified', async () => {
    const { run, hostOf } = runsOn(join(temporaryFolder(), 'site'));
    const { ended, calls } = await run('a', { verify: null });
    expect(ended).toMatchObject({ outcome: 'published', verified: false });
    expect(calls).not.toContain('verify?');
    expect((await hostOf().log()).releases[0]).toMatchObject({ state: 'live', verifiedAt: null });
  });

  it('that couldn’t notify every channel records that in the log until a later one has', async () => {
    const { run, hostOf } = runsOn(join(temporaryFolder(), 'site'));
    const log = async () => (await hostOf().log()).releases.map(({ notified }) => notified);
    const isDown = { notify: () => Promise.resolve({ ok: false, lines: ['slack is down'] }) };
    await run('a', isDown);
    expect(await log()).toEqual([false]);
    await run('b', { notify: () => Promise.reject(new Error('as if killed')) });
    expect((await log())[0]).toBe(false);
    const { calls } = await run('b');
    expect(calls).toContain('log "Notified: b0000000"');
    expect((await log())[0]).toBeUndefined();
  });

  it('that repeats one whose channels are still waiting records since when; new content starts over', async () => {
    const { run, hostOf } = runsOn(join(temporaryFolder(), 'site'));
    const isDown = { notify: () => Promise.resolve({ ok: false, lines: ['slack is down'] }) };
    const newest = async () => (await hostOf().log()).releases[0];
    await run('a', isDown);
    const first = await newest();
    expect(first?.notifySince).toBeUndefined();
    for (let retry = 0; retry < 2; retry += 1) {
      await run('a', isDown);
      expect(await newest()).toMatchObject({ notified: false, notifySince: first?.verifiedAt });
    }
    await run('b', isDown);
    expect(await newest()).toMatchObject({ notified: false });
    expect(await newest()).not.toHaveProperty('notifySince');
    await run('b', isDown);
    await run('b');
    for (const field of ['notified', 'notifySince']) expect(await newest()).not.toHaveProperty(field);
  });

  it('with new content, such as a postmortem, leaves in the log that it was killed before it notified channels', async () => {
    const { run, hostOf } = runsOn(join(temporaryFolder(), 'site'));
    await run('a');
    const killed = { notify: () => Promise.reject(new Error('as if killed')) };
    await run('a', killed);
    expect((await hostOf().log()).releases[0]?.notified, 'nothing new').toBeUndefined();
    await run('b', killed);
    expect((await hostOf().log()).releases[0]?.notified).toBe(false);
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

  it('that ended with an error isn’t reported as stopped by the next one', async () => {
    const { run } = runsOn(join(temporaryFolder(), 'site'));
    await run('a', { guard: () => Promise.reject(new UserError('the disk is read-only')) });
    expect((await run('a')).calls.slice(0, 2)).toEqual(['tidy', 'begin check']);
  });

  it('that fails verification is rolled back, and not announced', async () => {
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
  ])('that can’t record its end because of %s', async (_, error, printed) => {
    const { context, calls } = runsOn(join(temporaryFolder(), 'site'));
    const given = context('a');
    const host: Host = {
      ...given.host,
      changeLog: (message, edit) => (message === 'Done' ? Promise.reject(error) : given.host.changeLog(message, edit)),
    };
    const ended = runPipeline({ ...given, host }, 0);
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
      const ended = runPipeline({ ...given, host: { ...given.host, deploy: () => Promise.reject(error) } }, 0);
      if (error instanceof UserError) {
        expect(await ended).toEqual({ outcome: 'not deployed', reason: 'GitHub is down' });
        expect(calls.slice(-2)).toEqual(['log "Not deployed: a0000000"', 'log "Done"']);
        expect((await hostOf().log()).releases.map(({ state }) => state)).toEqual([]);
      } else await expect(ended).rejects.toBe(error);
    }
  });
});

describe('a step after a site is built', () => {
  const now = Date.parse('2026-11-22T15:00:00Z');

  function stepsOf(env: Readonly<Record<string, string>> = {}) {
    const folder = smallSite();
    const saved: string[] = [];
    const deliveries = {
      name: 'deliveries.json',
      exclusively: <T>(work: () => Promise<T>): Promise<T> => work(),
      load: () => Promise.resolve({ text: saved.at(-1) ?? null, version: `${saved.length}` }),
      save: (text: string) => Promise.resolve(`${saved.push(text)}`),
    };
    const outside = { env, clock: () => now, sleep: () => Promise.resolve() };
    const notifyCommand = 'npx halfpast notify --state /srv/status/deliveries.json';
    const options = { content: join(folder, 'content'), now: () => now, deliveries, verify: null, notifyCommand };
    return { folder, saved, steps: deploySteps(options, outside) };
  }

  it('starts channels once, and sends them new updates', async () => {
    const slack = await receiver();
    const { folder, saved, steps } = stepsOf({ SLACK: slack.url });
    put(
      folder,
      'site.yml',
      'name: Example\nurl: https://status.example.com\ntime_zone: UTC\nnotify:\n  slack:\n    url_env: SLACK\n',
    );
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
        'New channels, notified from now on: slack. To send earlier updates too, delete its part of the record, and run: npx halfpast notify --state /srv/status/deliveries.json --since 2026-11-22T14:00Z',
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

  it('publishes although the record of deliveries is damaged, and says that nobody was notified', async () => {
    const { folder, saved, steps } = stepsOf();
    put(
      folder,
      'site.yml',
      'name: Example\nurl: https://status.example.com\ntime_zone: UTC\nnotify:\n  slack:\n    url_env: SLACK\n',
    );
    saved.push('{');
    await steps.beginChannels();
    const content = contentHash(await readTree(join(folder, 'content')));
    expect(await steps.notify(releaseOf({ content, now: '2026-11-22T15:00:00.000Z' }))).toEqual({
      ok: false,
      lines: [expect.stringMatching(/^deliveries\.json is not a record of deliveries\. Restore an earlier version/)],
    });
  });

  it('sends nothing without channels, for other content, or for content with problems', async () => {
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
