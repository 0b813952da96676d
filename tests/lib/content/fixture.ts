import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readFile, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { ContentTree } from '../../../src/lib/content/content-tree.ts';
import { readTree } from '../../../src/lib/content/disk.ts';

const fixtures = join(import.meta.dirname, '../../fixtures');

/** The time at which the fixtures are read. */
export const fixtureNow = Date.parse('2026-11-22T15:00:00Z');

/** The complete, valid site that every broken one is based on. */
export const goodSite = join(fixtures, 'good', 'small');

export const brokenSites = join(fixtures, 'broken');

async function linesOf(file: string): Promise<string[]> {
  const text = await readFile(file, 'utf8').catch(() => '');
  return text.split('\n').filter((line) => line !== '');
}

/** Runs a step from `steps.txt`, for what git can't store, at least not on every system. */
async function take(step: string, root: string): Promise<void> {
  const [verb, path = ''] = step.split(/ (.*)/);
  const target = join(root, path);
  await mkdir(dirname(target), { recursive: true });
  switch (verb) {
    case 'folder':
      return void (await mkdir(target));
    case 'remove':
      return await rm(target, { recursive: true });
    case 'link':
      return await symlink(join(root, 'site.yml'), target);
    case 'large':
      // A sparse file: its ten mebibytes take almost no disk space.
      await writeFile(target, '---\nstatus: identified\n---\nWe know why.\n');
      return await truncate(target, 10 * 1024 * 1024);
    case 'write-latin-1':
      return await writeFile(Buffer.from(target, 'latin1'), 'Nobody can ask for this by its name.\n');
    case 'write':
      return await writeFile(target, '---\nstatus: identified\n---\nWe know why.\n');
    default:
      throw new Error(`${step} is not a step`);
  }
}

/** Copies the good site, with a broken one over it, to its own folder. */
export async function brokenSite(name: string): Promise<{ readonly root: string; readonly expected: string[] }> {
  const root = await mkdtemp(join(tmpdir(), 'halfpast-broken-'));
  await cp(goodSite, root, { recursive: true });
  await cp(join(brokenSites, name), root, { recursive: true });
  const steps = await linesOf(join(root, 'steps.txt'));
  const expected = await linesOf(join(root, 'expected.txt'));
  await rm(join(root, 'expected.txt'), { force: true });
  await rm(join(root, 'steps.txt'), { force: true });
  for (const step of steps) await take(step, root);
  return { root, expected };
}

const good = readTree(goodSite);

type BrokenTree = { readonly tree: ContentTree; readonly expected: readonly string[] };

/** The tree of a broken site laid over the good one, in memory unless there's a `steps.txt`. */
export async function brokenTree(name: string): Promise<BrokenTree> {
  const folder = join(brokenSites, name);
  if (existsSync(join(folder, 'steps.txt'))) {
    const { root, expected } = await brokenSite(name);
    const tree = await readTree(root);
    await rm(root, { recursive: true });
    return { tree, expected };
  }
  const [{ files, folders }, laid] = await Promise.all([good, readTree(folder)]);
  const byPath = new Map([...files, ...laid.files].map((file) => [file.path, file]));
  byPath.delete('expected.txt');
  const sorted = [...byPath.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
  const tree = { files: sorted, folders: [...new Set([...folders, ...laid.folders])].sort(), others: laid.others };
  return { tree, expected: await linesOf(join(folder, 'expected.txt')) };
}
