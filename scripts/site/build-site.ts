import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { checkContent } from '../../src/content/check-content.ts';
import { readTree } from '../../src/content/disk.ts';
import { emptyShelves, type Memory, type Shelves } from '../../src/content/memory.ts';
import type { Problem } from '../../src/content/problem.ts';
import type { Instant } from '../../src/domain/instant.ts';
import type { Site } from '../../src/domain/site.ts';
import { UserError } from '../cli/errors.ts';
import { placed } from '../cli/file-errors.ts';
import { openAttic } from './attic.ts';
import { cacheFolder } from './cache-folder.ts';
import { requireCache } from './cache-place.ts';
import { codeOf } from './code-digest.ts';
import { contentMemory } from './content-memory.ts';
import { isWithin } from './inside.ts';
import { giveBack, placesBeside, removeLeftovers } from './leftovers.ts';
import { contentHash } from './release.ts';
import { renderPages } from './render-pages.ts';
import { requirePlace, swap } from './swap.ts';
import { writeRelease } from './write-release.ts';

export type BuildOptions = {
  /** The content folder. */
  readonly content: string;
  /** Where the site goes; what was there is replaced at the end, and only if all went well. */
  readonly out: string;
  /** The moment at which the content is looked at. */
  readonly now: Instant;
  /** Whether to read all content, bundle the pages and make every file again, whatever an earlier build left. */
  readonly clean: boolean;
  /** Where rendered pages and what was read are kept for the next build; left out, in `node_modules` of Halfpast itself. */
  readonly cache?: string | undefined;
  /** The commit to name in `release.json`; left out, none, so that the same content gives the same bytes. */
  readonly commit?: string | null | undefined;
  /** The folder of Halfpast itself. */
  readonly root: string;
};

export type Built = { readonly out: string; readonly files: number; readonly site: Site };

export type BuildResult = { readonly problems: readonly Problem[] } | Built;

/**
 * Left to itself, the heap of a large build grows to four times what is alive in it before it is
 * cleaned up; ten thousand incidents then take more memory than small machines have.
 */
const leanHeap = '--heap-growing-percent=50';

type Read = { readonly site: Site; readonly digest: string; readonly memorable: Memory };

/** Reads the content folder; its bytes are not held on to. */
async function readContent(content: string, now: Instant, known: Shelves): Promise<Read | { readonly problems: readonly Problem[] }> {
  const tree = await readTree(content);
  const memorable = { known, met: emptyShelves() };
  const parsed = await checkContent(tree, now, memorable);
  return 'problems' in parsed ? parsed : { site: parsed.site, digest: contentHash(tree), memorable };
}

/**
 * Builds the site. With problems in the content nothing is written.
 * Throws UserError when `out` holds something that is not a site, NoContentFolder without content.
 */
export async function buildSite({ content, out, now, clean, cache, commit = null, root }: BuildOptions): Promise<BuildResult> {
  setFlagsFromString(leanHeap);
  const kept = resolve(cache ?? cacheFolder(root, content));
  const target = resolve(out);
  giveBack(target);
  const code = codeOf(root);
  const memory = contentMemory(kept, code.digest);
  const read = await readContent(content, now, clean ? emptyShelves() : memory.read());
  if ('problems' in read) return read;
  if (isWithin(target, content)) {
    throw new UserError(`${out} is inside the content folder, where only content has a place. Name another folder with --out DIR`);
  }
  if (cache !== undefined) await requireCache(cache, content);
  await requirePlace(target);
  const { site, digest, memorable } = read;
  const attic = openAttic(kept);
  const beside = placesBeside(target);
  try {
    memory.write(memorable);
    mkdirSync(dirname(target), { recursive: true });
    removeLeftovers(target, attic);
    mkdirSync(beside.built);
    const rendered = await renderPages({ site, root, cache: kept, clean, code, folder: beside.built });
    const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { version: string };
    const files = await writeRelease(beside.built, { content: digest, site, version, commit, ...rendered });
    await swap(beside, target, attic);
    return { out: target, files, site };
  } catch (error) {
    throw placed(error, `a file in ${kept} or ${beside.built}`);
  } finally {
    if (existsSync(beside.built)) rmSync(beside.built, { recursive: true, force: true });
    await attic.cleared;
  }
}
