import { z } from 'zod';
import { didYouMean } from './suggest.ts';
import { quote } from './text.ts';

/** One of a fixed list of words. `what` says what it is, as `a status`. */
export function words<const T extends readonly [string, ...string[]]>(values: T, what: string) {
  return z.enum(values, {
    error: ({ input }) => {
      if (input === undefined) return `is missing. Type one of: ${values.join(', ')}.`;
      const given = typeof input === 'string' ? input : String(input);
      return `${quote(input)} is not ${what}. ${didYouMean(given, values)}`;
    },
  });
}
