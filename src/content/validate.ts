import type { z } from 'zod';
import { fieldName, type Problem } from './problem.ts';
import type { YamlSource } from './yaml-source.ts';

/** A value that fits its schema, or all that is wrong with it. */
export type Validated<T> = { readonly value: T } | { readonly problems: Problem[] };

function problemsOf(issue: z.core.$ZodIssue, source: YamlSource, file: string): Problem[] {
  if (issue.code === 'unrecognized_keys') {
    const messages = issue.message.split('\n');
    return issue.keys.map((key, index) => ({
      file,
      field: fieldName([...issue.path, key]),
      message: messages[index] ?? 'is not a field here. Delete it',
      ...source.locate([...issue.path, key], 'key'),
    }));
  }
  return [
    {
      file,
      field: fieldName(issue.path),
      message: issue.message.trim(),
      ...source.locate(issue.path),
    },
  ];
}

/** Holds what a file says against its schema. Every issue becomes a problem with its place. */
export function validate<T extends z.ZodType>(
  schema: T,
  source: YamlSource,
  file: string,
): Validated<z.output<T>> {
  const result = schema.safeParse(source.data);
  if (result.success && source.problems.length === 0) return { value: result.data };
  // A field of which something is told already needs no second line.
  const told = source.problems.map(({ field }) => field);
  const issues = (result.error?.issues ?? []).flatMap((issue) => problemsOf(issue, source, file));
  return { problems: [...source.problems, ...issues.filter(({ field }) => field === null || !told.includes(field))] };
}
