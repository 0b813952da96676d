import { shownLine } from '../schema/hidden.ts';
import { fileStart, type Place } from './source-file.ts';

/** Something in the content that must be put right before it can be published. */
export type Problem = Place & {
  /** Relative to the content folder. */
  readonly file: string;
  /** The field it is about, as `components.checkout`; null when it is about the whole file. */
  readonly field: string | null;
  /** What is wrong and what to type instead: one line, no full stop needed. */
  readonly message: string;
};

/** A path of names as people read it, as `actions.2.owner`: items of a list are counted from 1. */
export function fieldName(path: readonly PropertyKey[]): string | null {
  return path.length === 0 ? null : path.map((key) => String(typeof key === 'number' ? key + 1 : key)).join('.');
}

/** A problem with a file as a whole. */
export function fileProblem(file: string, message: string, place: Place = fileStart): Problem {
  return { file, field: null, message, line: place.line, column: place.column };
}

/** The one line that a person reads; `root` is the content folder as they named it. */
export function problemLine(problem: Problem, root: string): string {
  const { file, line, column, field, message } = problem;
  const path = root === '' ? file : `${root.replace(/\/+$/, '')}/${file}`;
  const about = field === null || field === '' ? '' : `${field.length > 80 ? `${field.slice(0, 79)}…` : field}: `;
  // File names and values may hold anything; a terminal must not act on it.
  return shownLine(`${path}:${line}:${column}  ${about}${message}`);
}

/** The same for what keeps nothing from being published. */
export function warningLine(warning: Problem, root: string): string {
  return problemLine({ ...warning, message: `warning: ${warning.message}` }, root);
}

/** Problems in the order of files and lines. */
export function inOrder(problems: readonly Problem[]): Problem[] {
  return problems.toSorted(
    (a, b) =>
      (a.file < b.file ? -1 : a.file > b.file ? 1 : 0) || a.line - b.line || a.column - b.column,
  );
}
