import type { ToldProblem } from './read-problem.ts';

/** The value that a message quotes first, and what it says to type instead. */
function replacement({ message }: ToldProblem): { readonly given: string | null; readonly type: string } | null {
  const given = /^"((?:[^"\\]|\\.)*)"/.exec(message)?.[1] ?? null;
  const meant = /Did you mean "([^"]+)"\?/.exec(message)?.[1];
  if (meant !== undefined) return { given, type: meant };
  const quoted = /Put it in quotes: ("[^"]*")$/.exec(message)?.[1];
  if (quoted !== undefined) return { given: quoted.slice(1, -1), type: quoted };
  const time = /, type (\d{4}-\d\d-\d\dT[\d:.]+Z)/.exec(message)?.[1];
  return time === undefined ? null : { given, type: time };
}

/**
 * The line as it should be, where the message says what to type; null where it does not, or where the
 * line is not what the message speaks of. `line` is the offending line without its end.
 */
export function correctedLine(problem: ToldProblem, line: string): string | null {
  const change = replacement(problem);
  const start = problem.column - 1;
  if (change === null || start > line.length) return null;
  const before = line.slice(0, start);
  const rest = line.slice(start);
  // What stands in quotes stays in quotes.
  const quote = /^["']/.exec(rest)?.[0] ?? '';
  const wrong = change.given ?? /^[\w.-]+/.exec(rest.slice(quote.length))?.[0];
  if (wrong === undefined || wrong === '' || !rest.startsWith(quote + wrong + quote)) return null;
  const typed = change.type.startsWith('"') ? change.type : quote + change.type + quote;
  return before + typed + rest.slice(wrong.length + 2 * quote.length);
}
