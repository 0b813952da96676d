import { type Duration, type Instant, minute, second } from '../../src/lib/domain/calendar.ts';
import { during, type Context } from '../cli/context.ts';
import { UserError } from '../cli/errors.ts';
import { type PublishingStop, stopLine } from '../cli/stop-switch.ts';
import type { Git } from '../github/git.ts';
import { openGitHub } from '../github/github.ts';
import type { WorkflowRun } from '../github/port.ts';
import { type ExpectedUpdate, findLive, isExampleAddress, notLive, type Sighting } from '../live/live-update.ts';

/** An update that was sent from this machine, and what's known about its publishing. */
export type Sent = {
  readonly expected: ExpectedUpdate;
  /** The address of the site. */
  readonly url: string;
  readonly permalink: string;
  /** The full id of the commit with the update; null if unknown. */
  readonly commit: string | null;
  /** When sending began: hooks publish before the push ends. */
  readonly sentAt: Instant;
  /** What the remote printed. */
  readonly reply: readonly string[];
  /** The GitHub repository that publishes it; null for another host. */
  readonly repository: string | null;
  /** What blocks all updates from being published. */
  readonly hold: PublishingStop | null;
  /** The content folder; null without a clone. */
  readonly git: Git | null;
};

/** How long to wait. On GitHub, a publish takes about a minute, and may wait for another one. */
export const usualWait: Duration = 5 * minute;

/** How often to ask GitHub about the run: without a token, the limit is 60 requests per hour. */
const betweenRuns: Duration = 15 * second;

/** A CDN can be slightly behind after a run has ended. */
const settling: Duration = 20 * second;

const help = 'docs/when-it-goes-wrong.md';

/**
 * The newest Publish run for the commit. Undefined when GitHub doesn't say, such as for a private repository without a
 * token.
 */
async function publishRun({ repository, commit }: Sent, context: Context): Promise<WorkflowRun | null | undefined> {
  if (repository === null || commit === null) return undefined;
  try {
    const port = await openGitHub(repository, { ...context, stderr: () => undefined }, { needsToken: false });
    return await port.lastRun('publish.yml', commit);
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}

/** The reason that a hook gave for not publishing; null if there's none. */
export function refusalIn(reply: readonly string[]): string | null {
  const start = `remote: ${notLive}`;
  const line = reply.find((one) => one.startsWith(start));
  return line === undefined ? null : line.slice(start.length).replace(/^[:\s]+/, '');
}

/** Whether the live page was published from a commit with the update. */
async function isPassed({ git, commit }: Sent, live: string | null): Promise<boolean> {
  if (git === null || commit === null || live === null) return false;
  return ['same', 'newer'].includes(await git.ancestry(live, commit));
}

/** Why an update isn't live, and the fix. */
async function reason(
  sent: Sent,
  sighting: Exclude<Sighting, { kind: 'live' }>,
  run: Awaited<ReturnType<typeof publishRun>>,
): Promise<string> {
  const { url, permalink, repository, commit } = sent;
  switch (sighting.kind) {
    case 'unreachable':
      return `${url} ${sighting.reason}. The update is pushed. Check the server and its domain, then open ${permalink}`;
    case 'foreign':
      return `${url} isn't a Halfpast page. Set url: in site.yml to the address where the page is served, or publish there first`;
    case 'different':
      return `${permalink} has different text. If someone else changed it, run git pull --rebase --autostash. To compare: npx halfpast status`;
    case 'missing': {
      if (await isPassed(sent, sighting.commit))
        return `${url} was published from a commit that has the update, but doesn't show it. Someone may have removed it since. To compare: npx halfpast status`;
      if (repository === null)
        return `nothing has published it yet. If the server has a hook, read its output and run the hook again there; if nothing publishes from this remote, set that up: docs/publishing.md`;
      const actions = `https://github.com/${repository}/actions`;
      if (run === null)
        return `GitHub hasn't started Publish for ${commit?.slice(0, 7) ?? 'it'}. Enable workflows, or select Run workflow: ${actions}/workflows/publish.yml`;
      if (run === undefined) return `GitHub hasn't published it yet. See the Publish run: ${actions}`;
      if (run.conclusion === null) return `Publish is still running. Watch it: ${run.url}`;
      if (run.conclusion === 'success')
        return `Publish ended without publishing it: publishing is on hold, or this was rolled back. The summary of the run has the reason: ${run.url}`;
      return `Publish failed (${run.conclusion}). The summary of the run has the reason: ${run.url}. Help: ${help}`;
    }
  }
}

/**
 * Waits until an update is live at its permalink. Stops early when it can't go live: publishing is on hold, a hook
 * refused it, or the run on GitHub failed. Returns the line to print. Throws UserError when it isn't live, with the
 * reason and the fix.
 */
export async function awaitLive(sent: Sent, longest: Duration, context: Context): Promise<string> {
  const { url, expected, permalink, sentAt, reply, hold } = sent;
  const { clock, sleep } = context;
  if (hold !== null) throw new UserError(`${notLive}: ${stopLine(hold)}`);
  if (isExampleAddress(url))
    throw new UserError(
      `${notLive}: ${url} is an example. Set url: in site.yml to the address where the page is served: docs/publishing.md`,
    );
  const refusal = refusalIn(reply);
  const seconds = (): string => `${Math.round((clock() - sentAt) / second)} s`;
  const until = clock() + longest;
  let [run, askedAt, endedAt]: [WorkflowRun | null | undefined, Instant, Instant | null] = [undefined, clock(), null];
  return during(context.progress, `Waiting for ${permalink}`, async (say) => {
    for (;;) {
      const sighting = await findLive(url, expected, context);
      if (sighting.kind === 'live') return `LIVE after ${seconds()}: ${permalink}`;
      const now = clock();
      const isOver = now >= until;
      if (refusal !== null)
        throw new UserError(`${notLive} after ${seconds()}: the server reports: ${refusal}. Its whole reply is above`);
      if (isOver || now - askedAt >= betweenRuns) [run, askedAt] = [await publishRun(sent, context), now];
      // GitHub cancels a waiting run when a newer one, which includes this update, is queued.
      const isDone = run?.conclusion != null && run.conclusion !== 'cancelled';
      if (isDone) endedAt ??= now;
      if (isOver || (endedAt !== null && now - endedAt >= settling))
        throw new UserError(`${notLive} after ${seconds()}: ${await reason(sent, sighting, run)}`);
      say(`Waiting for ${permalink} (${seconds()})`);
      await sleep(now - sentAt < 20 * second ? 2 * second : 5 * second);
    }
  });
}
