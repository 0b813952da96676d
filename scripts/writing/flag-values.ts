import type { z } from 'zod';
import { UsageError, UserError } from '../cli/errors.ts';
import { oneLine } from '../cli/one-line.ts';
import { shellWord } from '../cli/shell-word.ts';
import type { Fields } from './update-file.ts';

/** Flags that are not called as their field with hyphens. */
const flagOf: Readonly<Record<string, string>> = {
  scheduled_for: 'for',
  scheduled_until: 'until',
  components: 'component',
  authors: 'author',
};

/** A message on a field of a file as one on its flag: `Type title: Checkout errors` becomes `Type --title "Checkout errors"`. */
export function inFlagForm(message: string, field: string): string {
  const flag = flagOf[field] ?? field.replaceAll('_', '-');
  const told = message.replace(
    new RegExp(`\\bType (?:${field}:|-) (.+)$`),
    (_, example: string) => `Type --${flag} ${shellWord(example)}`,
  );
  return oneLine(`--${flag}: ${told}`);
}

/**
 * Holds what the flags say against the schema of the file it will stand in, so that the message can
 * name the flag. Throws UsageError for the first that does not fit.
 */
export function requireFit(fields: Fields, schema: z.ZodType): void {
  const said = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
  const issue = schema.safeParse(said).error?.issues[0];
  if (issue === undefined) return;
  throw new UsageError(inFlagForm(issue.message, String(issue.path[0] ?? '')));
}

/** What is wrong with an answer, for the one who types it: the message without its flag. Throws what is not theirs to put right. */
export function wrongInForm(error: unknown): string {
  if (!(error instanceof UserError)) throw error;
  return error.message
    .replace(/^--[a-z-]+: /, '')
    .replace(/\bType --[a-z-]+ /, 'Type ')
    .replace('not after --for', 'not after the beginning');
}
