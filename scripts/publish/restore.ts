import { existsSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { Release } from '../../src/lib/api/release.ts';
import { isoTime, minute } from '../../src/lib/domain/calendar.ts';
import type { Context } from '../cli/context.ts';
import { UserError } from '../cli/errors.ts';
import type { Git } from '../github/git.ts';
import { folderReader } from '../live/site-reader.ts';
import { readRelease } from '../live/snapshot.ts';
import type { GuardResult } from './guard/guard.ts';
import { afterDeployment, afterRollback, changeRelease, findRelease, type LoggedRelease } from './hosts/release-log.ts';
import { gitHubInstructions, type Published, Timer } from './outcome.ts';
import type { Prepared } from './prepare.ts';
import type { DeployContext, DeploySteps } from './publish.ts';

/** The verdict on a release that isn't compared, because it was live before. */
export const nothingRefused: GuardResult = { outcome: 'passed', refusals: [], allowed: [], notes: [], news: [] };

/** The release of a site that is already built. Throws UserError when `folder` has none. */
async function builtRelease(folder: string, shown: string): Promise<Release> {
  const release = await readRelease(folderReader(folder, shown));
  if (release !== null) return release;
  throw new UserError(`${shown} has no site built by this version of Halfpast`);
}

type RebuildOptions = {
  readonly release: LoggedRelease;
  readonly repository: Git;
  /** The content folder, relative to the root of the repository. */
  readonly content: string;
  /** A new folder to check out the commit to. */
  readonly checkout: string;
  /** Where to put the site. */
  readonly out: string;
};

/**
 * Builds an earlier release again: the same content, code and time give the same bytes. A repository that contains
 * Halfpast is built with the code of that commit, a content-only one with the running code. Throws UserError.
 */
export async function rebuild(
  { release, repository, content, checkout, out }: RebuildOptions,
  { root, env, runProgram }: Pick<Context, 'root' | 'env' | 'runProgram'>,
): Promise<Release> {
  const { id, commit, now } = release;
  if (commit === null)
    throw new UserError(`${id} can't be built again: its commit is unknown. Go back to another release`);
  if (!(await repository.checkOut(commit, checkout))) {
    const reason = await repository.fetchCommit(commit, minute, env['GITHUB_TOKEN'] ?? null);
    if (!(await repository.checkOut(commit, checkout)))
      throw new UserError(
        `${id} can't be built again: its commit ${commit.slice(0, 7)} is not in the repository, and can't be fetched: ${reason ?? 'there is no remote'}. Go back to another release`,
      );
  }
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

/** An earlier release to deploy again, and why. */
export type Restoring = { readonly id: string; readonly reason: string };

/** The release a person chose wasn't restored, and nothing was recorded. */
export type NotRolledBack = { readonly outcome: 'not rolled back'; readonly message: string };

export function notRolledBack(reason: string): NotRolledBack {
  return {
    outcome: 'not rolled back',
    message: `NOT ROLLED BACK, so the page is unchanged: ${reason}. To try again, ${gitHubInstructions.rollBack}`,
  };
}

type RedeployContext = Pick<DeployContext, 'host' | 'clock' | 'print'> & {
  readonly steps: Pick<DeploySteps, 'verify'>;
};

/**
 * Deploys an earlier release that was built again, and verifies it. Marks newer releases as rolled back, unless that
 * happened when the release was chosen. Channels already know its updates.
 */
export async function redeploy(
  { host, steps, clock, print }: RedeployContext,
  { id, reason }: Restoring,
  { site, release, replaces }: Omit<Prepared, 'verdict'>,
): Promise<Published | NotRolledBack> {
  const timer = new Timer(clock);
  const log = await host.log();
  const [entry, served] = [findRelease(log, id), await host.served(log)];
  if (entry === null) return notRolledBack(`${id} is no longer in the log of releases`);
  // A newer release may have gone live during the build.
  if (served !== replaces && served !== id) return notRolledBack(`${served ?? 'nothing'} is now served`);
  timer.start('deploy');
  const at = isoTime(clock());
  const mark = { at, by: 'person', reason } as const;
  const { version } = await host.changeLog(`Restoring ${id}`, (found) => ({
    ...changeRelease(served === id ? found : afterRollback(found, served, entry, mark), id, { state: 'deploying' }),
    // Always changes the log, even if a run that died wrote the rest: each deployment needs a new version.
    run: { step: 'deploy', startedAt: at },
  }));
  try {
    await host.deploy({ release: entry, site, version, replaces: id });
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { outcome: 'not deployed', reason: error.message };
  }
  timer.start('verify');
  const looked = (await steps.verify?.(site, release)) ?? null;
  looked?.lines.forEach(print);
  const verifiedAt = looked?.ok ? isoTime(clock()) : null;
  await host.changeLog(`Live: ${id}`, (found) => ({ ...afterDeployment(found, id, verifiedAt), run: null }));
  if (looked?.ok === false) {
    const silent = looked.silent === true;
    return { outcome: 'unverified', release: entry, back: null, silent, lines: looked.lines };
  }
  const verified = looked !== null;
  const verdict = nothingRefused;
  return { outcome: 'published', release: entry, replaces, verified, verdict, lines: [], timing: timer.stop() };
}
