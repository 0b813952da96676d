import { blanksIn } from '../domain/template.ts';
import { quote } from '../schema/text.ts';
import { placesIn } from './places.ts';
import { fileProblem, type Problem } from './problem.ts';

/** Blanks of a template that customers would read. `text` is the whole file. */
export function blankProblems(text: string, path: string): Problem[] {
  const placeAt = placesIn(text);
  return blanksIn(text).map(({ at, written }) =>
    fileProblem(path, `still has the blank ${quote(written)} of a template. Fill it in or delete it; if the braces are meant, put them in backticks`, placeAt(at)),
  );
}
