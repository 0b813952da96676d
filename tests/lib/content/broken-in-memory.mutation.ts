import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { checkContent } from '../../../src/lib/content/check-content.ts';
import type { ContentTree } from '../../../src/lib/content/content-tree.ts';
import { readTree } from '../../../src/lib/content/disk.ts';
import { problemLine, type SourceFile } from '../../../src/lib/content/problem.ts';
import { brokenSites, fixtureNow, goodSite } from './fixture.ts';

// For mutation testing only, and no part of `npm test` (docs/fuzzing.md): what broken-fixtures.test.ts lays
// on the disk is laid over the good site in memory here, which takes a tenth of its time.

type Tree = { readonly files: Map<string, SourceFile>; readonly folders: Set<string>; readonly others: Set<string> };

const linesOf = (bytes: Uint8Array | undefined): string[] => new TextDecoder().decode(bytes).split('\n').filter((line) => line !== '');
const isAt = (root: string, path: string): boolean => path === root || path.startsWith(`${root}/`);

/** A path and the folders above it. */
const wayTo = (path: string): string[] => path.split('/').map((_, at, parts) => parts.slice(0, at + 1).join('/'));

function put({ files, folders }: Tree, file: SourceFile): void {
  files.set(file.path, file);
  for (const folder of wayTo(file.path).slice(0, -1)) folders.add(folder);
}

/** As `take` of fixture.ts does it on the disk. */
function take(step: string, tree: Tree): void {
  const [verb, path = ''] = step.split(/ (.*)/);
  const bytes = new TextEncoder().encode('---\nstatus: identified\n---\nWe know why.\n');
  if (verb === 'write') return put(tree, { path, bytes });
  if (verb === 'large') return put(tree, { path, bytes: new Uint8Array(), tooLarge: 10 * 1024 * 1024 });
  if (verb === 'link') return void tree.others.add(path);
  if (verb === 'write-latin-1') return void tree.others.add(path.replace('é', '\uFFFD'));
  if (verb === 'folder') {
    for (const folder of wayTo(path).slice(0, 20)) tree.folders.add(folder);
    return void wayTo(path).slice(20, 21).forEach((folder) => tree.others.add(folder));
  }
  for (const paths of [tree.files, tree.folders]) for (const each of paths.keys()) if (isAt(path, each)) paths.delete(each);
}

const good = await readTree(goodSite);

async function brokenInMemory(name: string): Promise<{ readonly tree: ContentTree; readonly expected: readonly string[] }> {
  const laid = new Map((await readTree(join(brokenSites, name))).files.map((file) => [file.path, file]));
  const said = (file: string): string[] => (laid.has(file) ? linesOf(readFileSync(join(brokenSites, name, file))) : []);
  const tree: Tree = { files: new Map(good.files.map((file) => [file.path, file])), folders: new Set(good.folders), others: new Set() };
  for (const file of laid.values()) if (!['expected.txt', 'steps.txt'].includes(file.path)) put(tree, file);
  for (const step of said('steps.txt')) take(step, tree);
  const files = [...tree.files.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
  return { expected: said('expected.txt'), tree: { files, folders: [...tree.folders].sort(), others: [...tree.others] } };
}

it.each(readdirSync(brokenSites))('%s', async (name) => {
  const { tree, expected } = await brokenInMemory(name);
  const checked = await checkContent(tree, fixtureNow);
  expect('problems' in checked ? checked.problems.map((problem) => problemLine(problem, 'content')) : []).toEqual(expected);
});

it('finds nothing wrong with the good site', async () => {
  expect(await checkContent(good, fixtureNow)).not.toHaveProperty('problems');
});
