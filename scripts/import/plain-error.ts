import type { z } from 'zod';
import { quote } from '../../src/schema/text.ts';

const kinds: Readonly<Record<string, string>> = {
  array: 'a list',
  boolean: 'true or false',
  int: 'a whole number',
  number: 'a number',
  object: 'an object with fields',
  string: 'text',
};

const shown = (input: unknown): string =>
  typeof input === 'object' && input !== null ? (Array.isArray(input) ? 'a list' : 'an object') : quote(input);

/** For `safeParse`: what is said of a value from another program where the schema has no words of its own. */
export const plainError: z.core.$ZodErrorMap = (issue) => {
  if (issue.input === undefined) return 'is missing';
  const kind = issue.code === 'invalid_type' ? kinds[issue.expected] : undefined;
  return kind === undefined ? `${shown(issue.input)} does not belong here` : `${shown(issue.input)} is not ${kind}`;
};
