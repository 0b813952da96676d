import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { prepareSteps } from '../../../scripts/publish/prepare.ts';
import { contentHash } from '../../../src/lib/content/content-tree.ts';
import { readTree } from '../../../src/lib/content/disk.ts';
import { releaseOf } from '../../support/release.ts';
import { put, smallSite } from '../site.ts';

const now = Date.parse('2026-11-22T15:00:00Z');

type Options = Parameters<typeof prepareSteps>[0];

function stepsOf(given: Partial<Options> = {}, env: Readonly<Record<string, string>> = {}) {
  const folder = smallSite();
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
    ...given,
  } as unknown as Options;
  return { folder, built, steps: prepareSteps(options, { env, version: '1.2.3' }) };
}

describe('a step before a site is deployed', () => {
  it('is held by the flag, the content, a file next to the releases, or a variable', async () => {
    expect(await stepsOf().steps.hold()).toBeNull();
    expect(await stepsOf({ hold: 'Wait' }).steps.hold()).toEqual({ reason: 'Wait', where: '--hold' });
    expect(await stepsOf({ hold: 'yes' }).steps.hold()).toEqual({ reason: 'no reason was given', where: '--hold' });
    for (const hold of ['no', '0', 'Off', 'false']) expect(await stepsOf({ hold }).steps.hold()).toBeNull();
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

  it('builds for the time and commit, and returns the release or the problems', async () => {
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
});
