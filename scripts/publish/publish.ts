import type { Release } from '../../src/lib/api/release.ts';
import type { Problem } from '../../src/lib/content/problem.ts';
import { type Duration, type Instant, isoTime } from '../../src/lib/domain/calendar.ts';
import { fileErrorMessage, isDiskFull, UserError } from '../cli/errors.ts';
import type { PublishingStop } from '../cli/stop-switch.ts';
import type { SiteReader } from '../live/site-reader.ts';
import type { Git } from '../github/git.ts';
import type { SeenRelease } from './guard/compare-updates.ts';
import type { Verdict } from './guard/guard.ts';
import type { Host } from './hosts/host.ts';
import {
  addRelease,
  afterDeployment,
  afterRollback,
  changeRelease,
  findRelease,
  isSameSource,
  type LoggedRelease,
  newRelease,
  type ReleaseLog,
  rolledBackRelease,
  seenReleases,
  type Source,
  type StepName,
  surplus,
} from './hosts/release-log.ts';
import { rollBackFailed } from './rollback.ts';

/** Whether a step succeeded, and what to print. */
export type StepResult = { readonly ok: boolean; readonly lines: readonly string[] };

/** What the pipeline is made of. Every step can run again. */
export type Steps = {
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
  /** Compares what is served with the build in `site`; null when there is no address to look at. */
  readonly verify: ((site: string, release: Release) => Promise<StepResult>) | null;
  readonly notify: (release: Release) => Promise<StepResult>;
};

export type PublishContext = {
  readonly host: Host;
  readonly steps: Steps;
  /** The repository of the content; null without git. */
  readonly repository: Git | null;
  /** How many releases of different content to keep. */
  readonly keep: number;
  /** Whether to publish what was rolled back. */
  readonly again: boolean;
  /** The moment the site is built for. */
  readonly now: () => Instant;
  readonly clock: () => Instant;
  /** Gets each line of progress. */
  readonly print: (line: string) => void;
};

/** A site that passed the guard. It is also what one job of a workflow hands to the next. */
export type Prepared = {
  readonly site: string;
  readonly release: Release;
  /** What it was compared with. */
  readonly replaces: string | null;
  readonly verdict: Verdict;
};

/** How long each step took until the site was live and verified, in milliseconds. */
type Timing = { readonly all: Duration; readonly steps: Readonly<Partial<Record<StepName, Duration>>> };

/** The verdict on a release that isn't compared, because it was live before. */
export const nothingRefused: Verdict = { outcome: 'passed', refusals: [], allowed: [], notes: [], news: [] };

/** How a run ended. */
export type Published =
  | {
      readonly outcome: 'published' | 'not notified';
      readonly release: LoggedRelease;
      readonly replaces: string | null;
      readonly verified: boolean;
      readonly verdict: Verdict;
      readonly lines: readonly string[];
      readonly timing: Timing;
    }
  | {
      readonly outcome: 'unverified';
      readonly release: LoggedRelease;
      /** The release that is served instead, or will be; null when there is none. */
      readonly back: { readonly id: string; readonly how: 'served' | 'started' } | null;
      readonly lines: readonly string[];
    }
  | { readonly outcome: 'problems'; readonly problems: readonly Problem[] }
  | { readonly outcome: 'refused'; readonly verdict: Verdict }
  | { readonly outcome: 'held'; readonly hold: PublishingStop }
  /** The content is the included example: there is no page yet. */
  | { readonly outcome: 'example' }
  | { readonly outcome: 'rolled back'; readonly release: LoggedRelease }
  | { readonly outcome: 'overtaken'; readonly served: string | null }
  | { readonly outcome: 'not deployed'; readonly reason: string };

/** When each step began. */
export class Timer {
  readonly #clock: () => Instant;
  readonly #marks: { readonly step: StepName; readonly at: Instant }[] = [];
  constructor(clock: () => Instant) {
    this.#clock = clock;
  }
  start(step: StepName): void {
    this.#marks.push({ step, at: this.#clock() });
  }
  stop(): Timing {
    const end = this.#clock();
    const steps = this.#marks.map(({ step, at }, index) => [step, (this.#marks[index + 1]?.at ?? end) - at]);
    return { all: end - (this.#marks[0]?.at ?? end), steps: Object.fromEntries(steps) as Timing['steps'] };
  }
}

/** Check, build and guard. Changes nothing that customers see, and writes nothing outside the host's work folder. */
export async function prepare(context: PublishContext, timer: Timer): Promise<Prepared | Published> {
  const { host, steps, again } = context;
  const begin = async (step: StepName): Promise<void> => {
    timer.start(step);
    await host.begin(step);
  };
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

/** The log after runs that died while they deployed this very build, as when only the second job of a run is repeated. */
function withoutAttempts(log: ReleaseLog, build: Release): ReleaseLog {
  const isAttempt = (one: LoggedRelease): boolean =>
    one.state === 'deploying' && one.now === build.now && isSameSource(one, build);
  return { ...log, releases: log.releases.map((one) => (isAttempt(one) ? { ...one, state: 'failed' } : one)) };
}

/** Deploy, verify, notify and record what was prepared. */
export async function deploy(context: PublishContext, prepared: Prepared, timer: Timer): Promise<Published> {
  const { host, steps, clock } = context;
  const { site, release, replaces, verdict } = prepared;
  const begin = async (step: StepName): Promise<void> => {
    timer.start(step);
    await host.begin(step);
  };
  await begin('deploy');
  const hold = await steps.hold();
  if (hold !== null) return { outcome: 'held', hold };
  const before = await host.log();
  const entry = newRelease(release, verdict.news, before, context.now());
  const { version } = await host.changeLog(`Deploying ${entry.id}`, (log) =>
    addRelease(withoutAttempts(log, release), entry),
  );
  const fail = (): Promise<unknown> =>
    host.changeLog(`Not deployed: ${entry.id}`, (log) => changeRelease(log, entry.id, { state: 'failed' }));
  let deployed: Awaited<ReturnType<Host['deploy']>>;
  try {
    // What was compared must be what is replaced: someone may have rolled back in the meantime.
    deployed = await host.deploy({ release: entry, site, version, replaces });
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    await fail();
    return { outcome: 'not deployed', reason: error.message };
  }
  if (deployed === 'overtaken') {
    await fail();
    return { outcome: 'overtaken', served: await host.served(before) };
  }

  await begin('verify');
  const looked = (await steps.verify?.(deployed.site, release)) ?? null;
  if (looked !== null && !looked.ok) {
    const back = await rollBackFailed(host, entry, clock(), context.print);
    return { outcome: 'unverified', release: entry, back, lines: looked.lines };
  }
  looked?.lines.forEach(context.print);
  const timing = timer.stop();
  const verifiedAt = looked === null ? null : isoTime(clock());
  const { log } = await host.changeLog(`Live: ${entry.id}`, (found) => afterDeployment(found, entry.id, verifiedAt));

  await begin('notify');
  const served = await host.served(log);
  // A release that was rolled back isn't announced.
  if (served !== entry.id) return { outcome: 'overtaken', served };
  const notified = await steps.notify(release);

  await begin('record');
  await prune(context);
  return {
    outcome: notified.ok ? 'published' : 'not notified',
    release: entry,
    replaces,
    verified: looked !== null,
    verdict,
    lines: notified.lines,
    timing,
  };
}

/** An earlier release to deploy again, and why. */
export type Restoring = { readonly id: string; readonly reason: string };

/**
 * Deploys an earlier release that was built again, and verifies it. Unless that was done when the release was chosen,
 * marks the newer ones as rolled back. Channels already know its updates.
 */
export async function redeploy(
  { host, steps, clock, print }: Pick<PublishContext, 'host' | 'steps' | 'clock' | 'print'>,
  { id, reason }: Restoring,
  { site, release, replaces }: Omit<Prepared, 'verdict'>,
): Promise<Published> {
  const timer = new Timer(clock);
  const log = await host.log();
  const [entry, served] = [findRelease(log, id), await host.served(log)];
  // Between the choice and now lies a build, in which something newer may have gone live.
  if (entry === null || (served !== replaces && served !== id)) return { outcome: 'overtaken', served };
  timer.start('deploy');
  const at = isoTime(clock());
  const mark = { at, by: 'person', reason } as const;
  const { version } = await host.changeLog(`Restoring ${id}`, (found) => ({
    ...changeRelease(served === id ? found : afterRollback(found, entry, mark), id, { state: 'deploying' }),
    // A new version of the log, also when a run that died had written the rest.
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
  if (looked?.ok === false) return { outcome: 'unverified', release: entry, back: null, lines: looked.lines };
  const verified = looked !== null;
  const verdict = nothingRefused;
  return { outcome: 'published', release: entry, replaces, verified, verdict, lines: [], timing: timer.stop() };
}

/** Removes the releases that are too many. */
async function prune({ host, keep }: PublishContext): Promise<void> {
  const log = await host.log();
  const gone = surplus(log, await host.served(log), keep);
  if (gone.length > 0) await host.remove(gone);
}

/**
 * The whole pipeline, one run at a time: check, build, guard, deploy, verify, notify, record. After a kill at any point,
 * the same call gets to the same end. Throws UserError when the host can't be used.
 */
export async function publish(context: PublishContext, wait: Duration): Promise<Published> {
  const { host, print, clock } = context;
  const timer = new Timer(clock);
  return host.exclusively(wait, print, async () => {
    const killedAt = await host.tidy();
    if (killedAt !== null) print(`the last run stopped during ${killedAt}. Its leftovers were removed`);
    const prepared = await prepare(context, timer);
    const published = 'outcome' in prepared ? prepared : await deploy(context, prepared, timer);
    try {
      await host.changeLog('Done', (log) => ({ ...log, run: null }));
    } catch (error) {
      // How the run ended matters more. The next one treats it as killed.
      if (!isDiskFull(error)) throw error;
      print(fileErrorMessage(error) ?? '');
    }
    return published;
  });
}
