import { z } from 'zod';
import { quote } from '../../src/lib/schema/text.ts';
import type { Note } from './plan.ts';

const kinds: Readonly<Record<string, string>> = {
  array: 'a list',
  boolean: 'true or false',
  int: 'a whole number',
  number: 'a number',
  object: 'an object with fields',
  string: 'text',
};

function shown(input: unknown): string {
  if (Array.isArray(input)) return 'a list';
  return typeof input === 'object' && input !== null ? 'an object' : quote(input);
}

/** The message for a value from another program, unless its schema has one. */
const plainError: z.core.$ZodErrorMap = ({ input, ...issue }) => {
  if (input === undefined) return 'is missing';
  const kind = issue.code === 'invalid_type' ? kinds[issue.expected] : undefined;
  return kind === undefined ? `${shown(input)} does not belong here` : `${shown(input)} is not ${kind}`;
};

/** A list of those entries that can be read. */
export const readableOf = <T extends z.ZodType>(entry: T) =>
  z.array(entry.optional()).transform((entries) => entries.filter((one): one is z.output<T> => one !== undefined));

type Path = readonly PropertyKey[];

/** How much of a path leads to the innermost value that its schema can do without; 0 if all of it is needed. */
function spareable(schema: z.core.$ZodType, path: Path): number {
  let node = schema;
  let spare = 0;
  for (let depth = 0; ; depth += 1) {
    while (node instanceof z.ZodOptional || node instanceof z.ZodNullable || node instanceof z.ZodPipe) {
      if (node instanceof z.ZodPipe) node = node.in;
      else [spare, node] = [node instanceof z.ZodOptional ? depth : spare, node.unwrap()];
    }
    const step = path[depth];
    if (step === undefined) return spare;
    if (node instanceof z.ZodArray) node = node.element;
    else if (node instanceof z.ZodObject) node = node.shape[String(step)] as z.core.$ZodType;
    else return spare;
  }
}

/** Removes a value. False if it was in one that has been left out already. */
function remove(data: unknown, path: Path): boolean {
  const [step = '', ...rest] = path;
  const parent = data as Record<PropertyKey, unknown> | undefined;
  if (parent === undefined) return false;
  if (rest.length > 0) return remove(parent[step], rest);
  parent[step] = undefined;
  return true;
}

/** With a period, unless it ends in one or in a question mark. */
export const sentence = (text: string): string => (/[.?]$/.test(text) ? text : `${text}.`);

type LeftOut = { readonly path: Path; readonly spare: number; readonly message: string };

/** A note for each reason, however many values were left out for it. */
function noteLeftOut(leftOut: readonly LeftOut[], at: (path: Path) => string, note: Note): void {
  const alike = Map.groupBy(leftOut, ({ path, message }) =>
    JSON.stringify([path.map((step) => (typeof step === 'number' ? 0 : step)), message]),
  );
  for (const [first, ...others] of alike.values()) {
    if (first === undefined) continue;
    const { path, spare, message } = first;
    const field = path.slice(0, spare).findLastIndex((step) => typeof step === 'string');
    const what = spare === path.length ? 'It' : path.slice(field, spare).join('.');
    const more = others.length === 0 ? '' : ` (${others.length + 1} in all)`;
    note(`${at(path)}: ${sentence(message)} ${what} was not imported${more}`);
  }
}

/** A value that can't be left out, and what is wrong with it. */
export type Problem = { readonly path: Path; readonly message: string };

/**
 * Reads data from another program. A value that its schema can do without (an optional field, or an entry of a list in
 * a list made with `readableOf`) is left out and noted when it can't be read. `at` shows where a path is.
 */
export function readLenient<T extends z.ZodType>(
  schema: T,
  given: unknown,
  at: (path: Path) => string,
  note: Note,
): { readonly value: z.output<T> } | { readonly problems: readonly Problem[] } {
  const data: unknown = structuredClone(given);
  const leftOut = new Map<string, LeftOut>();
  for (;;) {
    const read = schema.safeParse(data, { error: plainError });
    if (read.success) {
      noteLeftOut([...leftOut.values()], at, note);
      return { value: read.data };
    }
    const issues = read.error.issues.map(({ path, message }) => ({
      path,
      spare: spareable(schema, path),
      message,
    }));
    const problems = issues.filter(({ spare }) => spare === 0);
    if (problems.length > 0) return { problems };
    const found = leftOut.size;
    for (const issue of issues) {
      const spared = issue.path.slice(0, issue.spare);
      const key = JSON.stringify(spared);
      if (!leftOut.has(key) && remove(data, spared)) leftOut.set(key, issue);
    }
    // What is wrong without a value that was left out needs that value.
    if (leftOut.size === found) return { problems: issues };
  }
}
