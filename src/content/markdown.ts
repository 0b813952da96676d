import { imageProblems } from './images.ts';
import { limitProblems } from './markdown-limits.ts';
import { structureProblems } from './markdown-structure.ts';
import type { Problem } from './problem.ts';

/** What is wrong with a markdown text. `text` is the whole file, `body` the markdown at its end. */
export function markdownProblems(text: string, body: string, path: string): Problem[] {
  const limits = limitProblems(text, body, path);
  // What would take too long is not even read for its images.
  return limits.length > 0 ? limits : [...structureProblems(text, body, path), ...imageProblems(text, body, path)];
}
