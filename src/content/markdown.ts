import { hiddenReferences } from './hidden-references.ts';
import { imageProblems } from './images.ts';
import { guardProblems } from './markdown-guard.ts';
import type { Problem } from './problem.ts';
import { blankTextProblems } from './unseen-text.ts';

/** What is wrong with a markdown text. `text` is the whole file, `body` the markdown at its end. */
export function markdownProblems(text: string, body: string, path: string): Problem[] {
  const problems = guardProblems(text, body, path);
  // What follows would take the text apart, for which it is too much.
  if (problems.length > 0) return [...problems, ...hiddenReferences(text, body, path)];
  return [...hiddenReferences(text, body, path), ...imageProblems(text, body, path), ...blankTextProblems(text, body, path)];
}
