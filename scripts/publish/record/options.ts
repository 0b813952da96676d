import type { OptionTable } from '../../cli/command.ts';
import { quote } from '../../../src/schema/text.ts';
import { UsageError } from '../../cli/errors.ts';
import { readRepositoryName } from '../../github/repository-name.ts';

/** The repository that a command works with through GitHub. */
export const gitHubOption = {
  github: { kind: 'text', value: 'OWNER/REPO', help: 'the repository; its token is taken from GITHUB_TOKEN' },
} as const satisfies OptionTable;

/** Throws UsageError when a flag that must be there is not. `example` is what might be typed behind it. */
export function required(given: string | undefined, flag: string, example: string): string {
  if (given !== undefined && given.trim() !== '') return given.trim();
  throw new UsageError(`${flag} is missing. Type it as ${flag} ${example}`);
}

/** Reads `--github`: it is there, and is the name of a repository. Throws UsageError. */
export function readGitHub(given: string | undefined): string {
  const { owner, repo } = readRepositoryName(required(given, '--github', 'example/status'), '--github');
  return `${owner}/${repo}`;
}

/** Reads a moment as release.json has it, in UTC, and gives it as it was. Throws UsageError. */
export function readMoment(given: string, flag: string): string {
  if (/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(given) && !Number.isNaN(Date.parse(given))) return given;
  throw new UsageError(
    `${flag}: ${quote(given)} is not a moment as release.json has it. Type it as 2026-11-22T14:05:00.000Z`,
  );
}

/** Reads the full id of a commit. Throws UsageError. */
export function readCommit(given: string, flag: string): string {
  if (/^[0-9a-f]{40}$/.test(given)) return given;
  throw new UsageError(`${flag}: ${JSON.stringify(given)} is not the id of a commit. Type all its 40 characters`);
}
