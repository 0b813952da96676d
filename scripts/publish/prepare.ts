import { type Release, releaseFile } from '../../src/lib/api/release.ts';
import { contentHash } from '../../src/lib/content/content-tree.ts';
import { readTree } from '../../src/lib/content/disk.ts';
import type { Problem } from '../../src/lib/content/problem.ts';
import { type Instant, isoTime } from '../../src/lib/domain/calendar.ts';
import type { Context } from '../cli/context.ts';
import { UserError } from '../cli/errors.ts';
import { findStop, type PublishingStop, type StopFile } from '../cli/stop-switch.ts';
import type { Git, Message } from '../github/git.ts';
import { folderReader, type SiteReader } from '../live/site-reader.ts';
import { readRelease } from '../live/snapshot.ts';
import type { BuildOptions, BuildResult } from './build-site.ts';
import { type GuardResult, guardSite, type Known } from './guard/guard.ts';
import type { Age } from './guard/since-live.ts';
import type { Host } from './hosts/host.ts';
import {
  findRelease,
  type ReleaseLog,
  rolledBackRelease,
  seenReleases,
  type Source,
  type StepName,
} from './hosts/release-log.ts';
import type { Published, Timer } from './outcome.ts';

/** The steps before a site is deployed. Each can run again. */
export type PrepareSteps = {
  /** Checked at the beginning, and again right before the deployment. */
  readonly hold: () => Promise<PublishingStop | null>;
  /** What the site is built from. */
  readonly source: () => Promise<Source>;
  /** For channels without a record, marks existing updates as known, so that only later ones are sent. */
  readonly beginChannels: () => Promise<void>;
  readonly build: (
    site: string,
    cache: string,
  ) => Promise<{ readonly problems: readonly Problem[] } | { readonly release: Release }>;
  /** Throws UserError if the live site doesn't answer, and git can't tell what would be lost. */
  readonly guard: (site: string, live: SiteReader, known: Known) => Promise<GuardResult>;
};

export type PrepareContext = {
  readonly host: Host;
  readonly steps: PrepareSteps;
  /** The content's repository; null without git. */
  readonly repository: Git | null;
  /** Whether to publish content that was rolled back. */
  readonly again: boolean;
};

/** A site that passed the guard. One job of a workflow hands it to the next. */
export type Prepared = {
  readonly site: string;
  readonly release: Release;
  /** The release it was compared with. */
  readonly replaces: string | null;
  readonly verdict: GuardResult;
};

/** Records that a step begins, for the timing and to show where a killed run stopped. */
export function beginsOn(host: Host, timer: Timer): (step: StepName) => Promise<void> {
  return async (step) => {
    timer.start(step);
    await host.begin(step);
  };
}

/** A damaged release that isn't in the log either. */
const unknownRelease: Age = { commit: null, now: isoTime(0), newestAt: null };

/**
 * The served release, for the guard if it can't be read. Null if that's to be expected: there is no release, or none on
 * the web was ever verified, so that a new page's address may not work yet.
 */
function servedRelease(log: ReleaseLog, id: string | null, { isFolder }: SiteReader): Known['served'] {
  if (id === null || (!isFolder && log.releases.every(({ verifiedAt }) => verifiedAt === null))) return null;
  const served = findRelease(log, id);
  // The log has the commit, which alone decides what's newer.
  return served === null ? unknownRelease : { ...served, newestAt: null };
}

/** Checks, builds and guards. Changes nothing that customers see, and writes only to the host's work folder. */
export async function prepare(context: PrepareContext, timer: Timer): Promise<Prepared | Published> {
  const { host, steps, again } = context;
  const begin = beginsOn(host, timer);
  await begin('check');
  const hold = await steps.hold();
  if (hold !== null) return { outcome: 'held', hold };
  const log = await host.log();
  const served = await host.served(log);
  const rolledBack = again ? null : await rolledBackRelease(log, await steps.source(), served, context.repository);
  if (rolledBack !== null) return { outcome: 'rolled back', release: rolledBack };
  await steps.beginChannels();

  await begin('build');
  const built = await steps.build(host.work.site, host.work.cache);
  if ('problems' in built) return { outcome: 'problems', problems: built.problems };

  await begin('guard');
  // Without a link, compare with the newest release that was live: readers have seen it.
  const last = served ?? log.releases.find(({ state }) => state === 'live')?.id ?? null;
  const live = host.live(last);
  const known = { served: servedRelease(log, last, live), seen: seenReleases(log, last), again };
  let verdict: GuardResult;
  try {
    verdict = await steps.guard(host.work.site, live, known);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { outcome: 'not deployed', reason: error.message };
  }
  if (verdict.outcome !== 'passed' && verdict.outcome !== 'first') return { outcome: 'refused', verdict };
  return { site: host.work.site, release: built.release, replaces: served, verdict };
}

type HoldOptions = {
  /** The content folder, as an absolute path. `shown` is the name the user gave. */
  readonly content: string;
  readonly shown: string;
  /** The value of `--hold`. */
  readonly hold?: string | undefined;
  /** The stop file next to the releases. */
  readonly stopFile?: () => Promise<StopFile | null>;
};

/** Checks everything that can put publishing on hold. */
export function holdStep({ content, shown, hold, stopFile }: HoldOptions, env: Context['env']): PrepareSteps['hold'] {
  return async () => {
    const { files } = await readTree(content);
    return findStop({ content: shown, files, flag: hold, env, beside: (await stopFile?.()) ?? null });
  };
}

type PrepareOptions = HoldOptions & {
  readonly now: () => Instant;
  /** The commit to publish; undefined to ask `repository`. */
  readonly commit: string | undefined;
  readonly repository: Git;
  /** Commit messages that may allow changes; null for those since the live commit. */
  readonly messages: readonly Message[] | null;
  readonly build: (options: Omit<BuildOptions, 'clean'>) => Promise<BuildResult>;
};

/** The steps for real content, with git and Astro. */
export function prepareSteps(
  options: PrepareOptions,
  { env, version }: Pick<Context, 'env' | 'version'>,
): Omit<PrepareSteps, 'beginChannels'> {
  const { content, repository, messages } = options;
  const commit = async (): Promise<string | null> => options.commit ?? (await repository.head());
  return {
    hold: holdStep(options, env),
    source: async () => ({ content: contentHash(await readTree(content)), commit: await commit(), version }),
    build: async (site, cache) => {
      const built = await options.build({ content, out: site, cache, now: options.now(), commit: await commit() });
      if ('problems' in built) return built;
      const release = await readRelease(folderReader(built.out, site));
      if (release === null) throw new Error(`the build left no ${releaseFile} in ${site}`);
      return { release };
    },
    guard: (site, live, known) =>
      guardSite({
        built: folderReader(site, 'the built site'),
        live,
        repository,
        messages,
        requireLive: false,
        ...known,
      }),
  };
}
