import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { UserError } from '../../../scripts/cli/errors.ts';
import type { Host } from '../../../scripts/publish/hosts/host.ts';
import { temporaryFolder } from '../../support/folders.ts';
import type { LoggedRelease } from '../../../scripts/publish/hosts/release-log.ts';
import { rollBackFailed } from '../../../scripts/publish/rollback.ts';
import { folderPage, type SmallPage } from './hosts/small-page.ts';

describe('a rollback while a publish', () => {
  /** A publish of `c` that would remove `a`. Something else happens right before that. */
  async function removing(meanwhile: (page: SmallPage, a: string) => Promise<unknown>): Promise<SmallPage> {
    const folder = temporaryFolder();
    const page = folderPage(folder);
    const given = { keep: 2, steps: { verify: null } };
    for (const content of ['a', 'b']) await page.publish(content, given);
    const [a = ''] = readdirSync(join(folder, 'releases'));
    const through = (host: Host): Host => ({
      ...host,
      remove: async (...surplus) => {
        await meanwhile(page, a);
        return host.remove(...surplus);
      },
    });
    await page.publish('c', { ...given, through });
    return page;
  }

  it('is about to remove the release it goes to keeps that release', async () => {
    const page = await removing((beside, a) => beside.rollBack({ kind: 'named', name: a }));
    expect(page.served()).toBe('a0000000');
  });

  it('removes old releases keeps the one that is about to be served', async () => {
    let resume = (): void => undefined;
    let done: Promise<unknown> = Promise.resolve();
    const page = await removing(async (beside, a) => {
      await new Promise<void>((marked) => {
        const restore =
          (host: Host) =>
          async (...given: Parameters<Host['restore']>): Promise<void> => {
            marked();
            await new Promise<void>((resolve) => (resume = resolve));
            return host.restore(...given);
          };
        done = beside.rollBack({ kind: 'named', name: a }, (host) => ({ ...host, restore: restore(host) }));
      });
    });
    resume();
    await done;
    expect(page.served()).toBe('a0000000');
  });

  it.each<[string, (page: SmallPage, failed: LoggedRelease) => Promise<unknown>]>([
    ['by a person', (page) => page.rollBack()],
    ['by verification', (page, failed) => rollBackFailed(page.host(), failed, Date.now(), () => undefined)],
  ])('is about to serve a newer commit, %s, lets that commit be published later', async (_, goBack) => {
    const page = folderPage(temporaryFolder());
    await page.publish('a', { commit: '1' });
    await page.publish('b', { commit: '2' });
    const [b] = (await page.log()).releases;
    if (b === undefined) throw new Error('b is not in the log');
    const through = (host: Host): Host => ({
      ...host,
      deploy: async (deployment) => {
        await goBack(page, b);
        return host.deploy(deployment);
      },
    });
    expect(await page.publish('c', { commit: '3', through })).toMatchObject({ outcome: 'overtaken' });
    expect(page.served()).toBe('a0000000');
    const marks = (await page.log()).releases.map(({ content, rolledBack }) => [content, rolledBack !== null]);
    expect(marks).toEqual([
      ['b0000000', true],
      ['a0000000', false],
    ]);
    expect(await page.publish('b', { commit: '2' })).toMatchObject({ outcome: 'rolled back' });
    expect(await page.publish('c', { commit: '3' })).toMatchObject({ outcome: 'published' });
  });

  it('is about to serve another build of the same commit keeps that commit from being published', async () => {
    const page = folderPage(temporaryFolder());
    for (const commit of ['1', '2']) await page.publish(commit, { commit });
    const through = (host: Host): Host => ({
      ...host,
      deploy: async (deployment) => {
        await page.rollBack();
        return host.deploy(deployment);
      },
    });
    expect(await page.publish('2', { commit: '2', through })).toMatchObject({ outcome: 'overtaken' });
    expect(await page.publish('2', { commit: '2' })).toMatchObject({ outcome: 'rolled back' });
    expect(await page.publish('2', { commit: '2', again: true })).toMatchObject({ outcome: 'published' });
    expect(await page.publish('2', { commit: '2' })).toMatchObject({ outcome: 'published' });
  });

  it('removes the release it goes to is refused, and changes nothing', async () => {
    const folder = temporaryFolder();
    const page = folderPage(folder);
    for (const content of ['a', 'b']) await page.publish(content, { keep: 2 });
    const [a = ''] = readdirSync(join(folder, 'releases'));
    const through = (host: Host): Host => ({
      ...host,
      changeLog: async (...change) => {
        await page.publish('c', { keep: 2 });
        return host.changeLog(...change);
      },
    });
    await expect(page.rollBack({ kind: 'named', name: a }, through)).rejects.toThrow(
      new UserError(`the files of ${a} were removed from ${folder}. Go back to a release that rollback --list shows`),
    );
    expect(page.served()).toBe('c0000000');
    expect((await page.log()).releases.filter(({ rolledBack }) => rolledBack !== null)).toEqual([]);
  });
});
