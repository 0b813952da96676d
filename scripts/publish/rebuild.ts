import { existsSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { Release } from '../../src/lib/api/release.ts';
import type { Context } from '../cli/context.ts';
import { UserError } from '../cli/errors.ts';
import type { Git } from '../github/git.ts';
import type { LoggedRelease } from './release-log.ts';
import { builtRelease } from './steps.ts';

type RebuildOptions = {
  readonly release: LoggedRelease;
  readonly repository: Git;
  /** The content folder, from the top of the repository. */
  readonly content: string;
  /** A new folder for the commit. */
  readonly checkout: string;
  /** Where the site goes. */
  readonly out: string;
};

/**
 * Builds an earlier release again: the same content, code and time give the same bytes. A repository that has Halfpast
 * in it is built with the code of that commit; one that has only content, with the code that runs. Throws UserError.
 */
export async function rebuild(
  { release, repository, content, checkout, out }: RebuildOptions,
  { root, env, runProgram }: Pick<Context, 'root' | 'env' | 'runProgram'>,
): Promise<Release> {
  const { id, commit, now } = release;
  if (commit === null || !(await repository.checkOut(commit, checkout)))
    throw new UserError(`${id} can't be built again: its commit is not in the repository. Fetch all of its history`);
  const ownsCode = existsSync(join(checkout, 'scripts/halfpast.ts'));
  const code = ownsCode ? checkout : root;
  if (ownsCode) {
    const isSameLock =
      (await runProgram('cmp', ['-s', 'package-lock.json', join(root, 'package-lock.json')], checkout)).code === 0;
    if (isSameLock) symlinkSync(join(root, 'node_modules'), join(checkout, 'node_modules'));
    else {
      const installed = await runProgram(
        'npm',
        ['ci', '--omit=dev', '--ignore-scripts', '--no-audit', '--no-fund'],
        checkout,
      );
      if (installed.code !== 0) throw new UserError(`the packages of ${id} can't be installed: ${installed.stderr}`);
    }
  }
  const args = ['build', '--content', join(checkout, content), '--out', out];
  const exact = ['--clean', '--commit-id', commit, '--now', now];
  const built = await runProgram(
    process.execPath,
    [join(code, 'scripts/halfpast.ts'), ...args, ...exact],
    checkout,
    env,
  );
  if (built.code !== 0) throw new UserError(`${id} can't be built again: ${built.stderr.trim()}`);
  return builtRelease(out, out);
}
