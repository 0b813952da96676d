import { join, resolve } from 'node:path';
import type { ContentTree } from '../../src/content/content-tree.ts';
import { problemLine } from '../../src/content/problem.ts';
import type { Instant } from '../../src/domain/instant.ts';
import { UserError } from '../cli/errors.ts';
import type { World } from '../cli/world.ts';
import { count } from '../../src/views/words.ts';
import { newProblems } from '../writing/new-problems.ts';
import { type Kept, settleMoved } from './moved-updates.ts';
import type { Plan } from './plan.ts';

export type Carried = {
  readonly written: number;
  readonly unchanged: number;
  /** Files that say something else than the dump does, or the same at another time; they were left as they are. */
  readonly kept: readonly Kept[];
  /** Files that the dump does not have, in folders in which this run wrote something. */
  readonly besides: readonly string[];
  /** Problems of other files, which keep the site from being built. */
  readonly otherProblems: number;
};

const shownProblems = 20;

/** The folder of an update; empty for what stands above all. */
const folderOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')));

function refuse(lines: readonly string[]): UserError {
  const more = lines.length > shownProblems ? [`and ${lines.length - shownProblems} more`] : [];
  return new UserError(
    [
      `nothing was written, since ${count(lines.length, 'problem')} would be in it:`,
      ...lines.slice(0, shownProblems),
      ...more,
    ].join('\n'),
  );
}

/**
 * Writes the planned files that are not there yet, and the edits; nothing else that is there is changed. Nothing is written
 * when the result would not pass `check`. `origin` is what the files were made from, as "the dump". Throws UserError.
 */
export async function carryOut(
  plan: Pick<Plan, 'files' | 'edits'>,
  tree: ContentTree,
  content: string,
  origin: string,
  now: Instant,
  world: World,
): Promise<Carried> {
  const { edits } = plan;
  const { files, kept: moved } = settleMoved(plan.files, tree, content, origin);
  const decoder = new TextDecoder();
  const there = new Map(tree.files.map(({ path, bytes }) => [path, decoder.decode(bytes)]));
  const missing = files.filter(({ path }) => !there.has(path));
  const changed = files
    .filter(({ path, text }) => there.has(path) && there.get(path) !== text)
    .map(({ path }): Kept => ({ path, why: null }));
  const kept = [...changed, ...moved];
  const known = new Set([...plan.files, ...moved].map(({ path }) => path));
  const touched = new Set(missing.map(({ path }) => folderOf(path)));
  const besides = [...there.keys()].filter(
    (path) => path.includes('/') && touched.has(folderOf(path)) && !known.has(path),
  );
  world.progress.show(`Checking ${count(files.length, 'file')}`);
  const { caused, others } = await newProblems(tree, [...edits, ...missing], now);
  if (caused.length > 0) throw refuse(caused.map((problem) => problemLine(problem, content)));
  for (const { path, text } of edits) await world.disk.replace(join(resolve(world.cwd, content), path), text);
  for (const [index, { path, text }] of missing.entries()) {
    world.progress.show(`Writing ${content}: ${index + 1} of ${missing.length} files`);
    await world.disk.create(join(resolve(world.cwd, content), path), text);
  }
  return {
    written: missing.length,
    unchanged: files.length - missing.length - changed.length,
    kept,
    besides,
    otherProblems: others.length,
  };
}
