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

/** The default message for an invalid value from another program. */
const plainError: z.core.$ZodErrorMap = ({ input, ...issue }) => {
  if (input === undefined) return 'is missing';
  const kind = issue.code === 'invalid_type' ? kinds[issue.expected] : undefined;
  return kind === undefined ? `${shown(input)} does not belong here` : `${shown(input)} is not ${kind}`;
};

/** Text, or a number in its place. */
export const looseText = z.union([z.string(), z.number().transform(String)], {
  error: ({ input }) => (input === undefined ? 'is missing' : `${quote(input)} is not text`),
});

/** A list that only keeps valid entries. */
export const readableOf = <T extends z.ZodType>(entry: T) =>
  z.array(entry.optional()).transform((entries) => entries.filter((one): one is z.output<T> => one !== undefined));

type Path = readonly PropertyKey[];

/** The length of the path to the innermost optional value; 0 if all values are required. */
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

/** Removes a value. Returns false if it was inside an omitted value. */
function remove(data: unknown, path: Path): boolean {
  const [step = '', ...rest] = path;
  const parent = data as Record<PropertyKey, unknown> | undefined;
  if (parent === undefined) return false;
  if (rest.length > 0) return remove(parent[step], rest);
  parent[step] = undefined;
  return true;
}

/** Adds a period, unless the text ends in one or in a question mark. */
export const sentence = (text: string): string => (/[.?]$/.test(text) ? text : `${text}.`);

type LeftOut = { readonly path: Path; readonly spare: number; readonly message: string };

/** One note per reason, no matter how many values were omitted. */
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

/** A required value, and its problem. */
export type ValueProblem = { readonly path: Path; readonly message: string };

/**
 * Reads data from another program. Omits and notes invalid values that the schema doesn't require: an optional field,
 * or an entry of a list made with `readableOf`. `at` formats the position of a path.
 */
export function readLenient<T extends z.ZodType>(
  schema: T,
  given: unknown,
  at: (path: Path) => string,
  note: Note,
): { readonly value: z.output<T> } | { readonly problems: readonly ValueProblem[] } {
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
    // If data is only invalid without an omitted value, that value is required.
    if (leftOut.size === found) return { problems: issues };
  }
}
