import { z } from 'zod';
import { didYouMean } from './suggest.ts';
import { quote } from './text.ts';

/**
 * A mapping with these fields and no others.
 * `wrongKind` says what to type when the value is not a mapping at all.
 * The message for unknown fields has one line for each of the issue's `keys`, in their order.
 */
export function fields<T extends z.core.$ZodLooseShape>(shape: T, wrongKind: string) {
  const known = Object.keys(shape);
  return z.strictObject(shape, {
    error: (issue) => {
      if (issue.code !== 'unrecognized_keys') return `${quote(issue.input)} ${wrongKind}`;
      return issue.keys.map((key) => `is not a field here. ${didYouMean(key, known)}`).join('\n');
    },
  });
}

/** `true` or `false`. */
export const yesOrNo = z.boolean({
  error: ({ input }) => `${quote(input)} is neither true nor false. Type true or false`,
});
