import { NoContentFolder } from '../../src/content/disk.ts';
import { UserError } from './errors.ts';
import { fileErrorMessage } from './file-errors.ts';
import { failedJson } from './one-json.ts';
import { safeLines } from './one-line.ts';
import type { World } from './world.ts';

/** What a person can put right, as text for them; null for a bug. Only a list of problems has more than one line. */
function lineOf(error: unknown): string | null {
  const told = error instanceof UserError || error instanceof NoContentFolder ? error.message : fileErrorMessage(error);
  return told === null ? null : safeLines(told);
}

/**
 * Tells why a call failed, in one line on stderr, and gives the exit code: 1 for something to put right,
 * 2 for a wrong call. With `json`, stdout gets an object that says so too, behind what was `printed`
 * before. Throws again what nobody but us can put right.
 */
export function tellFailure(
  error: unknown,
  { stdout, stderr }: Pick<World, 'stdout' | 'stderr'>,
  json: boolean,
  printed = '',
): number {
  const told = lineOf(error);
  if (told === null) throw error;
  if (json) stdout(failedJson(printed, told));
  stderr(`halfpast: ${told}\n`);
  return error instanceof UserError ? error.exitCode : 1;
}
