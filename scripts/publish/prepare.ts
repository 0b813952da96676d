import { type Release, releaseFile } from '../../src/lib/api/release.ts';
import { contentHash } from '../../src/lib/content/content-tree.ts';
import { readTree } from '../../src/lib/content/disk.ts';
import type { Problem } from '../../src/lib/content/problem.ts';
import type { Instant } from '../../src/lib/domain/calendar.ts';
import type { Context } from '../cli/context.ts';
import { findStop, type PublishingStop, type StopFile } from '../cli/stop-switch.ts';
import type { Git, Message } from '../github/git.ts';
import { folderReader, type SiteReader } from '../live/site-reader.ts';
import { readRelease } from '../live/snapshot.ts';
import type { BuildOptions, BuildResult } from './build-site.ts';
import type { SeenRelease } from './guard/compare-updates.ts';
import { guard, type Verdict } from './guard/guard.ts';
import type { Host } from './hosts/host.ts';
import { rolledBackRelease, seenReleases, type Source, type StepName } from './hosts/release-log.ts';
import type { Published, Timer } from './outcome.ts';

/** What is done before a site is deployed. Every step can run again. */
export type PrepareSteps = {
  /** Asked at the beginning, and once more right before the site is deployed. */
  readonly hold: () => Promise<PublishingStop | null>;
  /** What the site would be built from. */
  readonly source: () => Promise<Source>;
  /** Makes updates that are added from now on news to channels without a record. */
  readonly beginChannels: () => Promise<void>;
  readonly build: (
    site: string,
    cache: string,
  ) => Promise<{ readonly problems: readonly Problem[] } | { readonly release: Release }>;
  readonly guard: (site: string, live: SiteReader, seen: readonly SeenRelease[], again: boolean) => Promise<Verdict>;
};

export type PrepareContext = {
  readonly host: Host;
  readonly steps: PrepareSteps;
  /** The repository of the content; null without git. */
  readonly repository: Git | null;
  /** Whether to publish what was rolled back. */
  readonly again: boolean;
};

/** A site that passed the guard. It is also what one job of a workflow hands to the next. */
export type Prepared = {
  readonly site: string;
  readonly release: Release;
  /** What it was compared with. */
  readonly replaces: string | null;
  readonly verdict: Verdict;
};

/** Notes that a step begins, for the timing and for whoever looks after a run that died. */
export function beginsOn(host: Host, timer: Timer): (step: StepName) => Promise<void> {
  return async (step) => {
    timer.start(step);
    await host.begin(step);
  };
}

/** Check, build and guard. Changes nothing that customers see, and writes nothing outside the host's work folder. */
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
  // Where the link is lost, readers have still seen the newest release that was live.
  const last = served ?? log.releases.find(({ state }) => state === 'live')?.id ?? null;
  const verdict = await steps.guard(host.work.site, host.live(last), seenReleases(log, last), again);
  if (verdict.outcome !== 'passed' && verdict.outcome !== 'first') return { outcome: 'refused', verdict };
  return { site: host.work.site, release: built.release, replaces: served, verdict };
}

type HoldOptions = {
  /** The content folder: absolute, and as the user named it. */
  readonly content: string;
  readonly shown: string;
  /** The value of `--hold`. */
  readonly hold: string | undefined;
  /** The stop file beside the releases. */
  readonly stopFile: () => Promise<StopFile | null>;
};

/** Asks everything that can put publishing on hold. */
export function holdStep({ content, shown, hold, stopFile }: HoldOptions, env: Context['env']): PrepareSteps['hold'] {
  return async () => {
    const { files } = await readTree(content);
    return findStop({ content: shown, files, flag: hold, env, beside: await stopFile() });
  };
}

type PrepareOptions = HoldOptions & {
  readonly now: () => Instant;
  /** The commit that is published; undefined asks `repository`. */
  readonly commit: string | undefined;
  readonly repository: Git;
  /** Commit messages that can allow changes; null for those since the live commit. */
  readonly messages: readonly Message[] | null;
  readonly build: (options: Omit<BuildOptions, 'clean'>) => Promise<BuildResult>;
};

/** The steps on real content, with git and Astro. */
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
    guard: (site, live, seen, again) =>
      guard({
        built: folderReader(site, 'the built site'),
        live,
        repository,
        messages,
        requireLive: false,
        seen,
        again,
      }),
  };
}
