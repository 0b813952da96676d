import { type Checked, checkContent } from '../../src/content/check-content.ts';
import type { ContentTree } from '../../src/content/content-tree.ts';
import type { Problem } from '../../src/content/problem.ts';
import type { NewFile } from '../../src/content/writing/new-update.ts';
import type { Instant } from '../../src/domain/instant.ts';

export type { NewFile };

/** The tree as it would be with these files in it. */
function withFiles(tree: ContentTree, files: readonly NewFile[]): ContentTree {
  const encoder = new TextEncoder();
  const paths = new Set(files.map(({ path }) => path));
  const added = files.map(({ path, text }) => ({ path, bytes: encoder.encode(text) }));
  const kept = tree.files.filter(({ path }) => !paths.has(path));
  return { ...tree, files: [...kept, ...added].sort((a, b) => (a.path < b.path ? -1 : 1)) };
}

const problemsOf = (checked: Checked): readonly Problem[] => ('problems' in checked ? checked.problems : []);

export type NewProblems = {
  readonly caused: readonly Problem[];
  /** Those that are there anyway. */
  readonly others: readonly Problem[];
  /** What in the new files is better looked at before it is public. */
  readonly warnings: readonly Problem[];
};

/**
 * What writing these new files would break: problems in them, and problems elsewhere that were not
 * there before.
 */
export async function newProblems(tree: ContentTree, files: readonly NewFile[], now: Instant): Promise<NewProblems> {
  const checked = await checkContent(withFiles(tree, files), now);
  const paths = new Set(files.map(({ path }) => path));
  const warnings = checked.warnings.filter(({ file }) => paths.has(file));
  const after = problemsOf(checked);
  if (after.length === 0) return { caused: [], others: [], warnings };
  const before = new Set(problemsOf(await checkContent(tree, now)).map((problem) => JSON.stringify(problem)));
  const isOld = (problem: Problem): boolean => before.has(JSON.stringify(problem));
  return { caused: after.filter((problem) => !isOld(problem)), others: after.filter(isOld), warnings };
}
