import type { z } from 'zod';
import { UsageError } from '../cli/errors.ts';
import { oneLine } from '../cli/one-line.ts';
import type { Fields } from './update-file.ts';

/** Flags that are not called as their field with hyphens. */
const flagOf: Readonly<Record<string, string>> = { scheduled_for: 'for', scheduled_until: 'until', components: 'component', authors: 'author' };

/**
 * Holds what the flags say against the schema of the file it will stand in, so that the message can
 * name the flag. Throws UsageError for the first that does not fit.
 */
export function requireFit(fields: Fields, schema: z.ZodType): void {
  const said = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
  const issue = schema.safeParse(said).error?.issues[0];
  if (issue === undefined) return;
  const field = String(issue.path[0] ?? '');
  throw new UsageError(oneLine(`--${flagOf[field] ?? field.replaceAll('_', '-')}: ${issue.message}`));
}
