import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openBuild } from '../src/build-cache.ts';
import { temporaryFolder, write } from './support/folders.ts';

it('a page that is gone leaves no empty folder behind', () => {
  const root = temporaryFolder();
  const [cache, out] = [join(root, 'cache'), join(root, 'dist')];
  const kept = ['release.json', 'about/index.html'];
  for (const path of [...kept, 'about/team/index.html', 'de/about/index.html']) write(out, path, '{}');
  openBuild(root, cache, out).finish();
  openBuild(root, cache, out).removeStale(kept.map((path) => join(out, path)));
  expect(readdirSync(out, { recursive: true }).toSorted()).toEqual([
    'about',
    join('about', 'index.html'),
    'release.json',
  ]);
});

it.each(['', 'null', '\0\0'])(
  'a state file that a power failure damaged only keeps a build from being reused: %j',
  (text) => {
    const root = temporaryFolder();
    const [cache, out] = [join(root, 'cache'), join(root, 'dist')];
    write(out, 'release.json', '{}');
    write(cache, 'here', '');
    const reuses = (): boolean => openBuild(root, cache, out).reusesOutput;
    openBuild(root, cache, out).finish();
    const state = readdirSync(cache).find((name) => name !== 'here') ?? '';
    expect(reuses()).toBe(true);
    write(cache, state, text);
    expect(reuses()).toBe(false);
  },
);
