import { readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fileErrorMessage } from '../../../../scripts/cli/errors.ts';
import { type ReleaseStorage, fileStorage } from '../../../../scripts/cli/system.ts';
import { temporaryFolder, write } from '../../../support/folders.ts';
import { smallSite } from '../../site.ts';
import { call } from '../../call.ts';
import { folderPage } from './small-page.ts';

/** A disk without free bytes: what holds nothing can still be made. */
const fullGround: ReleaseStorage = {
  ...fileStorage,
  write: (path, text) => fileStorage.write(text === '' ? path : '/dev/full', text),
};

type Place = { readonly base: string; readonly site: string; readonly current: () => string };

async function twoReleases(): Promise<Place> {
  const base = temporaryFolder();
  const site = join(base, 'site');
  for (const content of ['a', 'b']) await folderPage(site).publish(content);
  return {
    base,
    site,
    current: () =>
      (JSON.parse(readFileSync(join(site, 'current/release.json'), 'utf8')) as { content: string }).content,
  };
}

/** From now on, the system refuses to write the state: there is no room behind the name it is written under. */
const fill = (site: string): void => symlinkSync('/dev/full', join(site, 'publish.json.part'));

describe('on a full disk', () => {
  it('rollback serves the previous release, and says what it couldn’t record and what to do', async () => {
    const { base, site, current } = await twoReleases();
    fill(site);
    const { code, stdout, stderr } = await call('rollback --to site', base);
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: expect.stringMatching(/^\S+-a0000000 is served now in place of \S+-b0000000\n$/) as string,
    });
    expect(stderr).toBe(
      `${site}/publish.json could not be written: the disk is full. The rollback couldn't be recorded, so the next publish may undo it. To prevent that, put publishing on hold\n`,
    );
    expect(current()).toBe('a0000000');
    expect(readdirSync(site).filter((name) => name.includes('lock') || name.startsWith('.'))).toEqual([]);
  });

  it('going to a newer release does the same, and says what else wasn’t recorded', async () => {
    const { base, site, current } = await twoReleases();
    await call('rollback --to site', base);
    fill(site);
    const { code, stderr } = await call(
      ['rollback', '--to', 'site', readdirSync(join(site, 'releases')).at(-1) ?? ''],
      base,
    );
    expect({ code, stderr }).toEqual({
      code: 0,
      stderr: expect.stringContaining("the disk is full. The rollback couldn't be recorded") as string,
    });
    expect(current()).toBe('b0000000');
  });

  it('rollback reports the same as JSON', async () => {
    const { base, site } = await twoReleases();
    fill(site);
    const { stdout } = await call('rollback --to site --json', base);
    expect(JSON.parse(stdout)).toMatchObject({
      ok: true,
      note: expect.stringContaining("the disk is full. The rollback couldn't be recorded") as string,
    });
  });

  it('a release that fails verification is still rolled back', async () => {
    const { site, current } = await twoReleases();
    const said: string[] = [];
    const verify = () => {
      fill(site);
      return Promise.resolve({ ok: false, lines: [] });
    };
    const ended = await folderPage(site).publish('c', { steps: { verify }, print: (line) => void said.push(line) });
    expect(ended).toMatchObject({
      outcome: 'unverified',
      back: { id: expect.stringContaining('b0000000') as string, how: 'served' },
    });
    expect(said).toEqual([
      expect.stringContaining(
        `${site}/publish.json could not be written: the disk is full. The rollback couldn't be recorded`,
      ),
      `${site}/publish.json could not be written: the disk is full`,
    ]);
    expect(current()).toBe('b0000000');
  });

  it('publish ends with an error that names the file, and the live release doesn’t change', async () => {
    const { site, current } = await twoReleases();
    const error = await folderPage(site, fullGround)
      .publish('c')
      .catch((thrown: unknown) => thrown);
    expect(fileErrorMessage(error)).toBe(`${site}/publish.json could not be written: the disk is full`);
    expect(current()).toBe('b0000000');
    expect(await folderPage(site).publish('c'), 'there is room again').toMatchObject({
      outcome: 'published',
    });
  });

  it('a deployment without space for its link is removed by the next run', async () => {
    const { site, current } = await twoReleases();
    const noLinks: ReleaseStorage = {
      ...fileStorage,
      makeLink: (target, path) =>
        path.includes('.current-')
          ? Promise.reject(Object.assign(new Error('no room'), { code: 'ENOSPC' }))
          : fileStorage.makeLink(target, path),
    };
    await expect(folderPage(site, noLinks).publish('c')).rejects.toThrow('no room');
    expect(current()).toBe('b0000000');
    await folderPage(site).publish('d');
    expect(readdirSync(join(site, 'releases')).map((id) => id.slice(-8))).toEqual(['a0000000', 'b0000000', 'd0000000']);
  });

  it('a build that ran out of space leaves nothing behind that keeps the disk full', async () => {
    const { site } = await twoReleases();
    const build = (out: string): Promise<never> => {
      write(out, 'index.html', 'half of it');
      return Promise.reject(Object.assign(new Error('no room'), { code: 'ENOSPC' }));
    };
    await expect(folderPage(site).publish('c', { steps: { build } })).rejects.toThrow('no room');
    expect(readdirSync(site)).not.toContain('staging');
  });

  it('notify ends with one line that says which record wasn’t written', async () => {
    const folder = smallSite();
    symlinkSync('/dev/full', join(folder, '.deliveries.json.part'));
    const { code, stderr } = await call('notify --state deliveries.json --mark', folder);
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: `halfpast: ${folder}/deliveries.json could not be written: the disk is full\n`,
    });
  });
});
