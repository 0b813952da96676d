import type { OptionTable } from '../../cli/command.ts';
import { UsageError } from '../../cli/errors.ts';

/** The repository that a command works with through GitHub. */
export const gitHubOption = {
  github: { kind: 'text', value: 'OWNER/REPO', help: 'the repository; its token is taken from GITHUB_TOKEN' },
} as const satisfies OptionTable;

/** Throws UsageError when a flag that must be there is not. `example` is what might be typed behind it. */
export function required(given: string | undefined, flag: string, example: string): string {
  if (given !== undefined && given.trim() !== '') return given.trim();
  throw new UsageError(`${flag} is missing. Type it as ${flag} ${example}`);
}

/** Reads the full id of a commit. Throws UsageError. */
export function readCommit(given: string, flag: string): string {
  if (/^[0-9a-f]{40}$/.test(given)) return given;
  throw new UsageError(`${flag}: ${JSON.stringify(given)} is not the id of a commit. Type all its 40 characters`);
}
