import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Site } from '../../../src/lib/domain/site.ts';
import { gitHubStore, stateBranch, type Store } from '../../../scripts/publish/notify/deliveries.ts';
import { notifyChannels } from '../../../scripts/publish/notify/notify.ts';
import { heard, type Town, town } from '../../scripts/publish/notify/town.ts';
import { call } from '../../scripts/call.ts';
import { startGitHub, token } from './github.ts';
import { loadContent } from '../../support/load-content.ts';

async function siteOf(at: Town, now: string): Promise<Site> {
  const parsed = await loadContent(join(at.folder, 'content'), Date.parse(now));
  if ('problems' in parsed) throw new Error(JSON.stringify(parsed.problems));
  return parsed.site;
}

const all = { since: null, mark: false };

describe('the record on a branch of GitHub', () => {
  it('is kept between runs, on a separate branch', async () => {
    const gitHub = await startGitHub();
    const at = await town();
    const context = { env: at.env, sleep: () => Promise.resolve(), clock: () => Date.parse('2026-11-22T14:31Z') };
    const run = async (now: string) =>
      (await notifyChannels(await siteOf(at, now), gitHubStore(gitHub.port), all, context)).results.flatMap(
        ({ sent }) => sent,
      );
    expect(await run('2026-11-22T14:10Z')).toEqual([]);
    at.update('2026-11-22T1430Z', 'A price list is missing.');
    expect(await run('2026-11-22T14:31Z')).toHaveLength(6);
    expect(await run('2026-11-22T14:32Z')).toEqual([]);
    expect((await gitHub.port.readFile('deliveries.json', stateBranch))?.text).toContain('"state":"sent"');
    expect(await gitHub.port.readFile('deliveries.json')).toBeNull();
    expect(await gitHub.ask(`/commits?sha=${stateBranch}`), 'few commits').toSatisfy(
      (commits: unknown[]) => commits.length < 10,
    );
  });

  it('lets simultaneous runs send everything exactly once', async () => {
    const gitHub = await startGitHub();
    const at = await town();
    const context = { env: at.env, sleep: () => Promise.resolve(), clock: () => Date.parse('2026-11-22T14:41Z') };
    await notifyChannels(await siteOf(at, '2026-11-22T14:10Z'), gitHubStore(gitHub.port), all, context);
    at.update('2026-11-22T1430Z', 'A price list is missing.');
    at.update('2026-11-22T1440Z', 'Almost done.');
    const site = await siteOf(at, '2026-11-22T14:41Z');
    // Each has read the record before any of them writes: one that comes later would take the others for dead.
    const runs = 3;
    let read = 0;
    const allRead = Promise.withResolvers<undefined>();
    const atOnce = (store: Store): Store => ({
      ...store,
      load: async () => {
        const loaded = await store.load();
        read += 1;
        if (read === runs) allRead.resolve(undefined);
        await allRead.promise;
        return loaded;
      },
    });
    await Promise.all(
      Array.from({ length: runs }, () => notifyChannels(site, atOnce(gitHubStore(gitHub.port)), all, context)),
    );
    const told = heard(at, ['A price list', 'Almost done']);
    for (const channel of ['webhook', 'slack', 'discord', 'teams', 'email'])
      expect(told[channel]?.toSorted(), channel).toEqual(['A price list', 'Almost done']);
  });

  it('is found by the command through the environment', async () => {
    const gitHub = await startGitHub();
    const at = await town();
    const env = { ...at.env, GITHUB_TOKEN: token, GITHUB_API_URL: gitHub.url };
    const { code, stdout } = await call(['notify', '--state', 'github:dana/status'], at.folder, {
      now: '2026-11-22T14:10Z',
      context: { env },
    });
    expect({ code, begun: stdout.startsWith('New channels') }).toEqual({ code: 0, begun: true });
    expect(await gitHub.port.readFile('deliveries.json', stateBranch)).not.toBeNull();
    const without = await call(['notify', '--state', 'github:dana/status'], at.folder, { context: { env: at.env } });
    expect(without).toMatchObject({ code: 1, stderr: expect.stringContaining('GITHUB_TOKEN is not set') });
    expect((await call(['notify', '--state', 'github:dana'], at.folder)).code).toBe(2);
  });
});
