import { blanksIn } from '../domain/template.ts';
import { quote } from '../schema/text.ts';
import { fileProblem, type Problem } from './problem.ts';

/** Blanks of a template that customers would read. `text` is the whole file. */
export function blankProblems(text: string, path: string): Problem[] {
  return blanksIn(text).map(({ at, written }) => {
    const before = text.slice(0, at).split('\n');
    const place = { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
    return fileProblem(path, `still has the blank ${quote(written)} of a template. Fill it in or delete it; if the braces are meant, put them in backticks`, place);
  });
}
