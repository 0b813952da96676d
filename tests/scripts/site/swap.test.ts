import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, it } from 'vitest';
import { placesBeside } from '../../../scripts/site/leftovers.ts';
import { requirePlace, swap } from '../../../scripts/site/swap.ts';
import { temporaryFolder, write } from '../../support/folders.ts';

let folder = '';
let out = '';
beforeEach(() => {
  folder = temporaryFolder();
  out = join(folder, 'dist');
});

const attic = { take: (path: string): void => rmSync(path, { recursive: true }), cleared: Promise.resolve() };
const site = (path: string, text: string): void => {
  write(path, 'release.json', '{}');
  write(path, 'index.html', text);
};

it('twelve builds at once into the same place leave one whole site and nothing beside it', async () => {
  site(out, 'before');
  const builds = Array.from({ length: 12 }, (_, at) => ({ beside: placesBeside(out), text: `build ${at}` }));
  for (const { beside, text } of builds) site(beside.built, text);
  await Promise.all(builds.map(({ beside }) => swap(beside, out, attic)));
  expect(readdirSync(folder)).toEqual(['dist']);
  expect(readFileSync(join(out, 'index.html'), 'utf8')).toMatch(/^build \d+$/);
});

it('the old site stays when there is no new one to put there', async () => {
  site(out, 'before');
  write(folder, 'part/release.json', '{}');
  const beside = { ...placesBeside(out), built: join(folder, 'part') };
  rmSync(beside.built, { recursive: true });
  await expect(swap(beside, out, attic)).rejects.toThrow('ENOENT');
  expect(readdirSync(folder)).toEqual(['dist']);
  expect(readFileSync(join(out, 'index.html'), 'utf8')).toBe('before');
});

it('a disk of its own cannot be replaced, and that is said before anything is built', async () => {
  await expect(requirePlace('/proc')).rejects.toThrow('/proc is a disk of its own (a mount), and a build takes the place of a whole folder. Name a folder inside it with --out DIR');
});
