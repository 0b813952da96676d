import { z } from 'zod';
import { quote } from './text.ts';

/** A YAML list of `item`. `example` is a line to type. */
export function list<T extends z.ZodType>(item: T, example: string) {
  return z.array(item, {
    error: ({ input }) =>
      input === undefined
        ? `is missing. Type a list below it, as "  - ${example}"`
        : `${quote(input)} is not a list. Type each on a line of its own, as "  - ${example}"`,
  });
}
