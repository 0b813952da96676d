import type { ContentTree } from '../../src/content/content-tree.ts';
import { parseContent } from '../../src/content/parse-content.ts';
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

function problemsOf(tree: ContentTree, now: Instant): readonly Problem[] {
  const parsed = parseContent(tree, now);
  return 'problems' in parsed ? parsed.problems : [];
}

/**
 * What writing these new files would break: problems in them, and problems elsewhere that were not
 * there before. `others` are those that are there anyway.
 */
export function newProblems(
  tree: ContentTree,
  files: readonly NewFile[],
  now: Instant,
): { readonly caused: readonly Problem[]; readonly others: readonly Problem[] } {
  const after = problemsOf(withFiles(tree, files), now);
  if (after.length === 0) return { caused: [], others: [] };
  const before = new Set(problemsOf(tree, now).map((problem) => JSON.stringify(problem)));
  const isOld = (problem: Problem): boolean => before.has(JSON.stringify(problem));
  return { caused: after.filter((problem) => !isOld(problem)), others: after.filter(isOld) };
}
