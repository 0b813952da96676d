import { hiddenReferences } from './hidden-references.ts';
import { imageProblems } from './images.ts';
import { structureProblems } from './markdown-structure.ts';
import type { Problem } from './problem.ts';
import { blankTextProblems } from './unseen-text.ts';

/** What is wrong with a markdown text. `text` is the whole file, `body` the markdown at its end. */
export function markdownProblems(text: string, body: string, path: string): Problem[] {
  return [...structureProblems(text, body, path), ...hiddenReferences(text, body, path), ...imageProblems(text, body, path), ...blankTextProblems(text, body, path)];
}
