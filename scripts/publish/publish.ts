import type { Release } from '../../src/lib/api/release.ts';
import { parseContent } from '../../src/lib/content/check-content.ts';
import { contentHash } from '../../src/lib/content/content-tree.ts';
import { readTree } from '../../src/lib/content/disk.ts';
import { type Duration, type Instant, isoTime, minute, second } from '../../src/lib/domain/calendar.ts';
import type { Context } from '../cli/context.ts';
import { fileErrorMessage, isDiskFull, UserError } from '../cli/errors.ts';
import type { Host } from './hosts/host.ts';
import {
  addRelease,
  afterDeployment,
  changeRelease,
  findRelease,
  isSameSource,
  liveSince,
  type LoggedRelease,
  newRelease,
  type ReleaseLog,
} from './hosts/release-log.ts';
import type { Store } from './notify/deliveries.ts';
import { type Published, Timer } from './outcome.ts';
import { beginsOn, prepare, type PrepareContext, type Prepared, type PrepareSteps } from './prepare.ts';
import { rollBackFailed } from './rollback.ts';
import { httpGet, openBuiltSite } from './verify/served-files.ts';
import { verificationText, verifySite } from './verify/verify-site.ts';

/** Whether a step succeeded, and what to print. */
export type StepResult = { readonly ok: boolean; readonly lines: readonly string[] };

/** `silent`: the page didn't respond at all. */
export type VerifyResult = StepResult & { readonly silent?: boolean };

/** The steps that deploy a site. Each can run again. */
export type DeploySteps = Pick<PrepareSteps, 'hold'> & {
  /** Compares the served site with the build in `site`; null when there is no address to check. */
  readonly verify: ((site: string, release: Release) => Promise<VerifyResult>) | null;
  readonly notify: (release: Release) => Promise<StepResult>;
};

export type DeployContext = {
  readonly host: Host;
  readonly steps: DeploySteps;
  /** How many releases with different content to keep. */
  readonly keep: number;
  /** The time to build the site for. */
  readonly now: () => Instant;
  readonly clock: () => Instant;
  /** Called with each line of progress. */
  readonly print: (line: string) => void;
};

/** Marks earlier attempts to deploy this build as failed, such as when only the second job of a run is repeated. */
function withoutAttempts(log: ReleaseLog, build: Release): ReleaseLog {
  const isAttempt = (one: LoggedRelease): boolean =>
    one.state === 'deploying' && one.now === build.now && isSameSource(one, build);
  return { ...log, releases: log.releases.map((one) => (isAttempt(one) ? { ...one, state: 'failed' } : one)) };
}

/** Deploys, verifies, notifies and records the prepared site. */
export async function deploy(context: DeployContext, prepared: Prepared, timer: Timer): Promise<Published> {
  const { host, steps, clock } = context;
  const { site, release, replaces, verdict } = prepared;
  const begin = beginsOn(host, timer);
  await begin('deploy');
  const hold = await steps.hold();
  if (hold !== null) return { outcome: 'held', hold };
  const before = await host.log();
  const live = findRelease(before, await host.served(before));
  // An earlier attempt has already made this build live.
  if (live?.state === 'live' && live.now === release.now && isSameSource(live, release))
    return announce(context, { ...prepared, entry: live, log: before, isVerified: live.verifiedAt !== null }, timer);
  const replaced = findRelease(before, replaces);
  // A postmortem or an announcement isn't among the news.
  const isNew = verdict.news.length > 0 || (replaced !== null && replaced.content !== release.content);
  const entry: LoggedRelease = {
    ...newRelease(release, verdict.news, before, context.now()),
    ...(isNew || replaced?.notified === false ? { notified: false } : {}),
    // The watch retries for a limited time, which a retry must not extend.
    ...(!isNew && replaced?.notified === false
      ? { notifySince: replaced.notifySince ?? isoTime(liveSince(replaced)) }
      : {}),
  };
  const { version } = await host.changeLog(`Deploying ${entry.id}`, (log) =>
    addRelease(withoutAttempts(log, release), entry),
  );
  const fail = (): Promise<unknown> =>
    host.changeLog(`Not deployed: ${entry.id}`, (log) => changeRelease(log, entry.id, { state: 'failed' }));
  let deployed: Awaited<ReturnType<Host['deploy']>>;
  try {
    // Replace only the release that the guard compared with: someone may have rolled back in the meantime.
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
  if (looked?.silent === true) {
    // Going back can't help a host that doesn't respond. A later run verifies again before it notifies.
    await host.changeLog(`Not verified: ${entry.id}`, (found) => afterDeployment(found, entry.id, null));
    return { outcome: 'unverified', release: entry, back: null, silent: true, lines: looked.lines };
  }
  if (looked !== null && !looked.ok) {
    const back = await rollBackFailed(host, entry, clock(), context.print);
    return { outcome: 'unverified', release: entry, back, lines: looked.lines };
  }
  looked?.lines.forEach(context.print);
  const verifiedAt = looked === null ? null : isoTime(clock());
  const { log } = await host.changeLog(`Live: ${entry.id}`, (found) => afterDeployment(found, entry.id, verifiedAt));
  return announce(context, { ...prepared, entry, log, isVerified: looked !== null }, timer);
}

type LiveSite = Prepared & { readonly entry: LoggedRelease; readonly log: ReleaseLog; readonly isVerified: boolean };

/** Notifies the channels of a live site, and records it. */
async function announce(
  context: DeployContext,
  { release, replaces, verdict, entry, log, isVerified }: LiveSite,
  timer: Timer,
): Promise<Published> {
  const { host, steps } = context;
  const begin = beginsOn(host, timer);
  const timing = timer.stop();
  await begin('notify');
  const served = await host.served(log);
  // Don't announce a release that was rolled back.
  if (served !== entry.id) return { outcome: 'overtaken', served };
  const { ok, lines } = await steps.notify(release);

  await begin('record');
  // A watch publishes again if this stays false.
  const notified = ok ? undefined : false;
  if (entry.notified !== notified)
    await host.changeLog(`${ok ? 'Notified' : 'Not notified'}: ${entry.id}`, (found) =>
      changeRelease(found, entry.id, ok ? { notified, notifySince: undefined } : { notified }),
    );
  await host.remove(context.keep);
  return {
    outcome: ok ? 'published' : 'not notified',
    release: entry,
    replaces,
    verified: isVerified,
    verdict,
    lines,
    timing,
  };
}

/**
 * Runs the whole pipeline, one run at a time: check, build, guard, deploy, verify, notify, record. If it's killed at
 * any point, calling it again finishes the work. Throws UserError when the host can't be used.
 */
export async function runPipeline(context: PrepareContext & DeployContext, wait: Duration): Promise<Published> {
  const { host, print, clock } = context;
  const timer = new Timer(clock);
  return host.exclusively(wait, print, async () => {
    const killedAt = await host.tidy();
    if (killedAt !== null) print(`the last run stopped during ${killedAt}. Its leftovers were removed`);
    const run = async (): Promise<Published> => {
      const prepared = await prepare(context, timer);
      return 'outcome' in prepared ? prepared : deploy(context, prepared, timer);
    };
    const done = async (): Promise<void> => {
      try {
        await host.changeLog('Done', (log) => ({ ...log, run: null }));
      } catch (error) {
        // The outcome of the run matters more. The next run treats this one as killed.
        if (!isDiskFull(error)) throw error;
        print(fileErrorMessage(error) ?? '');
      }
    };
    const published = await run().catch(async (error: unknown) => {
      if (error instanceof UserError) await done();
      throw error;
    });
    await done();
    return published;
  });
}

type DeployOptions = {
  /** The command that sends earlier updates to new channels. */
  readonly notifyCommand: string;
  /** The content folder. */
  readonly content: string;
  readonly now: () => Instant;
  readonly deliveries: Store;
  /** The address to verify and the number of tries; null to verify nothing. */
  readonly verify: { readonly url: string; readonly tries: number } | null;
};

/**
 * The steps for real content, with the network. The code that sends messages is loaded only when there are channels.
 */
export function deploySteps(
  { content, now, deliveries, verify, notifyCommand }: DeployOptions,
  context: Pick<Context, 'env' | 'clock' | 'sleep'>,
): Pick<PrepareSteps, 'beginChannels'> & Omit<DeploySteps, 'hold'> {
  /** Channels that had no record. */
  let begun: readonly string[] = [];
  return {
    beginChannels: async () => {
      const parsed = parseContent(await readTree(content), now());
      // The build reports the problems.
      if ('problems' in parsed || parsed.site.settings.notify.length === 0) return;
      const { beginChannels } = await import('./notify/notify.ts');
      try {
        begun = await beginChannels(parsed.site, deliveries);
      } catch (error) {
        // The page comes first. The notify step reports that the record can't be used.
        if (!(error instanceof UserError)) throw error;
      }
    },
    verify: verify === null ? null : verifyStep(verify, context),
    notify: async (release) => {
      const tree = await readTree(content);
      // A file changed during the run. The next publish sends both updates.
      if (contentHash(tree) !== release.content)
        return {
          ok: false,
          lines: ['The content changed during publishing, so no channel was notified. Publish again'],
        };
      const parsed = parseContent(tree, Date.parse(release.now));
      if ('problems' in parsed || parsed.site.settings.notify.length === 0) return { ok: true, lines: [] };
      const { failureLines, notifyChannels, resultText } = await import('./notify/notify.ts');
      const options = { since: null, mark: false };
      try {
        const { results } = await notifyChannels(parsed.site, deliveries, options, context);
        const failures = failureLines(results);
        const lines = resultText(results, begun, options, notifyCommand).trimEnd();
        return { ok: failures.length === 0, lines: [...(lines === '' ? [] : lines.split('\n')), ...failures] };
      } catch (error) {
        if (!(error instanceof UserError)) throw error;
        return { ok: false, lines: [error.message] };
      }
    },
  };
}

function verifyStep(
  { url, tries }: NonNullable<DeployOptions['verify']>,
  { clock, sleep }: Pick<Context, 'clock' | 'sleep'>,
): NonNullable<DeploySteps['verify']> {
  const outside = { get: httpGet(minute / 4), clock, sleep };
  return async (folder) => {
    const site = await openBuiltSite(folder, 'the built site');
    // Only this release counts: a later one would have to wait for this run to end.
    const verdict = await verifySite({ site, url, tries, wait: second, againAfter: null, orNewer: false }, outside);
    const lines = verificationText(verdict, site.release).trimEnd().split('\n');
    return { ok: verdict.outcome === 'verified', silent: verdict.outcome === 'silent', lines };
  };
}
