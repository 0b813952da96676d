import { existsSync, mkdirSync, readdirSync, readFileSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { PublishSteps } from '../../../../scripts/publish/hosts/folder.ts';
import { rollBack } from '../../../../scripts/publish/rollback.ts';
import { temporaryFolder, write } from '../../../support/folders.ts';
import { smallPublish, tools } from './small-publish.ts';

function place(): {
  readonly folder: string;
  readonly told: string;
  readonly served: () => string;
  readonly releases: () => string[];
} {
  const base = temporaryFolder();
  const folder = join(base, 'site');
  return {
    folder,
    told: join(base, 'told'),
    served: () =>
      (JSON.parse(readFileSync(join(folder, 'current', 'release.json'), 'utf8')) as { content: string }).content,
    releases: () => readdirSync(join(folder, 'releases')),
  };
}

const fails = { ok: false, lines: ['/index.html  is not as built'] };

describe('publish into a folder', () => {
  it('keeps the last releases of different content, and not those made again from the same', async () => {
    const { folder, told, releases } = place();
    for (const content of ['a', 'b', 'b', 'b', 'c', 'c', 'd', 'd', 'd'])
      await smallPublish(folder, content, told, { keep: 3 });
    expect(releases().map((id) => id.slice(-8))).toEqual(['b0000000', 'c0000000', 'd0000000']);
    expect(new Set(releases()).size).toBe(3);
  });

  it('serves the last verified release again when a new one fails where it is served, and tells nobody', async () => {
    const { folder, told, served } = place();
    await smallPublish(folder, 'a', told);
    await smallPublish(folder, 'b', told);
    const failed = await smallPublish(folder, 'c', told, { steps: { verify: () => Promise.resolve(fails) } });
    expect(failed).toMatchObject({
      outcome: 'unverified',
      lines: fails.lines,
      backTo: expect.stringContaining('b0000000') as string,
    });
    expect(served()).toBe('b0000000');
    expect(readFileSync(told, 'utf8')).toBe('a0000000\nb0000000\n');
    expect(await smallPublish(folder, 'c', told), 'it does not come back by itself').toMatchObject({ outcome: 'bad' });
    expect(await smallPublish(folder, 'c', told, { again: true })).toMatchObject({ outcome: 'published' });
    expect(served()).toBe('c0000000');
  });

  it('compares with the newest release that is kept when the link to the served one is lost', async () => {
    const { folder, told } = place();
    const compared: string[] = [];
    const guard: PublishSteps['guard'] = (_, live) => {
      compared.push(
        existsSync(live)
          ? (JSON.parse(readFileSync(join(live, 'release.json'), 'utf8')) as { content: string }).content
          : 'nothing',
      );
      return Promise.resolve({ outcome: 'passed', refusals: [], allowed: [], notes: [] });
    };
    await smallPublish(folder, 'a', told, { steps: { guard } });
    await smallPublish(folder, 'b', told, { steps: { guard } });
    rmSync(join(folder, 'current'));
    await smallPublish(folder, 'c', told, { steps: { guard } });
    expect(compared).toEqual(['nothing', 'a0000000', 'b0000000']);
  });

  it('leaves a first release that fails where it is, for there is nothing better', async () => {
    const { folder, told, served } = place();
    expect(await smallPublish(folder, 'a', told, { steps: { verify: () => Promise.resolve(fails) } })).toMatchObject({
      outcome: 'unverified',
      backTo: null,
    });
    expect(served()).toBe('a0000000');
  });

  it('never removes the last verified release, however many fail after it', async () => {
    const { folder, told, releases } = place();
    await smallPublish(folder, 'a', told, { keep: 2 });
    for (const content of ['b', 'c', 'd', 'e'])
      await smallPublish(folder, content, told, { keep: 2, steps: { verify: null } });
    expect(releases().map((id) => id.slice(-8))).toEqual(['a0000000', 'd0000000', 'e0000000']);
  });

  it('stops at the last moment when somebody stops publishing while the site is built', async () => {
    const { folder, told, served, releases } = place();
    await smallPublish(folder, 'a', told);
    let asked = 0;
    const hold = () => Promise.resolve((asked += 1) === 1 ? null : { reason: 'Wait', where: 'STOP' });
    expect(await smallPublish(folder, 'b', told, { steps: { hold } })).toMatchObject({
      outcome: 'held',
      hold: { reason: 'Wait' },
    });
    expect(served()).toBe('a0000000');
    expect(releases()).toHaveLength(1);
  });

  it('does not put a release over a rollback that was made while it was built', async () => {
    const { folder, told, served } = place();
    await smallPublish(folder, 'a', told);
    await smallPublish(folder, 'b', told);
    const guard = async () => {
      await rollBack(folder, { kind: 'previous' }, tools());
      return { outcome: 'passed', refusals: [], allowed: [], notes: [] } as const;
    };
    expect(await smallPublish(folder, 'c', told, { steps: { guard } })).toMatchObject({ outcome: 'overtaken' });
    expect(served()).toBe('a0000000');
  });

  it('tells nobody of a release that was rolled back while it was verified', async () => {
    const { folder, told, served } = place();
    await smallPublish(folder, 'a', told);
    const verify = async () => {
      await rollBack(folder, { kind: 'previous' }, tools());
      return { ok: true, lines: [] };
    };
    expect(await smallPublish(folder, 'b', told, { steps: { verify } })).toMatchObject({ outcome: 'overtaken' });
    expect(served()).toBe('a0000000');
    expect(readFileSync(told, 'utf8')).toBe('a0000000\n');
  });

  it('is live, and says so, when a channel cannot be told', async () => {
    const { folder, told, served } = place();
    const notify = () => Promise.resolve({ ok: false, lines: ['slack does not answer'] });
    expect(await smallPublish(folder, 'a', told, { steps: { notify } })).toMatchObject({
      outcome: 'untold',
      lines: ['slack does not answer'],
    });
    expect(served()).toBe('a0000000');
  });

  it('builds anew after a build that was killed, and only then', async () => {
    const { folder, told } = place();
    const caches: boolean[] = [];
    const build = (out: string, cache: string) => {
      caches.push(existsSync(cache));
      mkdirSync(cache, { recursive: true });
      mkdirSync(out);
      throw new Error('as if killed');
    };
    for (let time = 0; time < 2; time += 1)
      await expect(smallPublish(folder, 'a', told, { steps: { build } })).rejects.toThrow('as if killed');
    expect(caches).toEqual([false, false]);
    const problems = (_: string, cache: string) => {
      caches.push(existsSync(cache));
      mkdirSync(cache, { recursive: true });
      return Promise.resolve({ problems: [] });
    };
    for (let time = 0; time < 2; time += 1) await smallPublish(folder, 'a', told, { steps: { build: problems } });
    expect(caches).toEqual([false, false, false, true]);
  });

  it('says what is wrong with a folder that holds something else', async () => {
    const { folder, told } = place();
    write(folder, 'current/index.html', 'precious');
    await expect(smallPublish(folder, 'a', told)).rejects.toThrow(/current is not a link to a release/);
    const other = place();
    mkdirSync(other.folder);
    writeFileSync(join(other.folder, 'publish.json'), '{');
    await expect(smallPublish(other.folder, 'a', other.told)).rejects.toThrow(
      /publish\.json cannot be read\. Delete it/,
    );
  });
});

describe('rollback', () => {
  it('goes back to other content, not to the same made again; and again, and by name forward', async () => {
    const { folder, told, served } = place();
    for (const content of ['a', 'b', 'c', 'c']) await smallPublish(folder, content, told, { keep: 5 });
    const newest = readlinkSync(join(folder, 'current')).slice('releases/'.length);
    await rollBack(folder, { kind: 'previous' }, tools());
    expect(served()).toBe('b0000000');
    await rollBack(folder, { kind: 'previous' }, tools());
    expect(served()).toBe('a0000000');
    await expect(rollBack(folder, { kind: 'previous' }, tools())).rejects.toThrow(/no earlier release/);
    await expect(rollBack(folder, { kind: 'named', name: '1999' }, tools())).rejects.toThrow(
      /"1999" matches none of the releases/,
    );
    await rollBack(folder, { kind: 'named', name: newest }, tools());
    expect(served()).toBe('c0000000');
    expect(await smallPublish(folder, 'c', told), 'a person chose it, so it is good again').toMatchObject({
      outcome: 'published',
    });
  });

  it('has what comes next compared with each release that readers saw since, until something newer is served', async () => {
    const { folder, told } = place();
    for (const content of ['a', 'b', 'c']) await smallPublish(folder, content, told, { keep: 5 });
    for (let time = 0; time < 2; time += 1) await rollBack(folder, { kind: 'previous' }, tools());
    const compared: string[][] = [];
    const guard: PublishSteps['guard'] = (_, __, seen) => {
      compared.push(seen.map((id) => id.slice(-8)));
      return Promise.resolve({ outcome: 'passed', refusals: [], allowed: [], notes: [] });
    };
    for (const content of ['d', 'e']) await smallPublish(folder, content, told, { keep: 5, steps: { guard } });
    expect(compared).toEqual([['c0000000', 'b0000000'], []]);
  });

  it('holds until another commit or other content comes', async () => {
    const { folder, told, served } = place();
    await smallPublish(folder, 'a', told, { commit: '1' });
    await smallPublish(folder, 'b', told, { commit: '2' });
    await rollBack(folder, { kind: 'previous' }, tools());
    expect(await smallPublish(folder, 'b', told, { commit: '2' })).toMatchObject({ outcome: 'bad' });
    expect(served()).toBe('a0000000');
    expect(await smallPublish(folder, 'b', told, { commit: '3' })).toMatchObject({ outcome: 'published' });
    expect(served()).toBe('b0000000');
  });
});
