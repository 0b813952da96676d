import { checkContent } from '../../src/lib/content/check-content.ts';
import { type ContentTree, contentHash } from '../../src/lib/content/content-tree.ts';
import { day, type Duration, type Instant, minute, second } from '../../src/lib/domain/calendar.ts';
import type { Site } from '../../src/lib/domain/site.ts';
import { readContentTree } from '../cli/content.ts';
import type { Context } from '../cli/context.ts';
import { fixableMessage, UserError } from '../cli/errors.ts';
import { findStop, type readStopFile, stopLine } from '../cli/stop-switch.ts';
import type { Git } from '../github/git.ts';
import { httpReader, NoAnswer } from '../live/site-reader.ts';
import { readRelease } from '../live/snapshot.ts';
import { type Attempt, duePublish, dueRestore, horizon, nextDue, retryAt, secondLookAt } from './due-publish.ts';
import { reminderTimes } from './remind/due.ts';
import type { Failure } from './commit-comment.ts';
import type { Host } from './hosts/host.ts';
import { readLastGood } from './last-good.ts';
import { findRelease, type LoggedRelease, type ReleaseLog, rolledBackRelease } from './hosts/release-log.ts';
import { backText } from './outcome.ts';
import { rollBackFailed } from './rollback.ts';
import { type ReminderPlaces, type RememberedReminders, sendReminders } from './remind/send.ts';
import { secondLook } from './verify/verify-site.ts';

/** What to watch: the content, and where it's published. */
export type WatchPlace = {
  readonly host: Host;
  /** The content's repository. */
  readonly git: Git;
  /** Folders that may contain the content in a commit. */
  readonly folders: readonly string[];
  /** The commit of the content. */
  readonly commit: () => Promise<string | null>;
  /** Pulls the newest content. Returns why that failed, or null. */
  readonly pull: () => Promise<string | null>;
  /** The site's address; null to skip checking it. */
  readonly url: string | null;
  readonly stopFile: () => ReturnType<typeof readStopFile>;
  /** Publishes, or starts a run that does. Returns the exit code. */
  readonly publish: (again: boolean) => Promise<number>;
  /** Earlier attempts to publish a commit. */
  readonly tried: (commit: string | null) => Promise<readonly Attempt[]>;
  /**
   * Reports a failed second check to the author of the commit, and returns a line. Null where there is no
   * one to notify.
   */
  readonly report: ((failure: Failure) => Promise<string>) | null;
  readonly reminders: ReminderPlaces;
  readonly restart: string;
};

type Now = { readonly tree: ContentTree; readonly content: string; readonly now: Instant };

/**
 * Whether to publish the page, and a line about it. `publish` is null when the page is current or must stay as it
 * is. Throws UserError.
 */
async function pageDue(
  place: WatchPlace,
  { tree, content, now }: Now,
  context: Context,
): Promise<{ readonly line: string; readonly publish: 'normally' | 'again' | null }> {
  const { host, git } = place;
  const stop = findStop({ content, files: tree.files, env: context.env, beside: await place.stopFile() });
  if (stop !== null) return { line: stopLine(stop), publish: null };
  const parsed = await checkContent(tree, now);
  // The author already got a comment on the commit. Don't repeat it.
  if ('problems' in parsed)
    return {
      line: `${content} has problems, so nothing is published. See: npx halfpast check`,
      publish: null,
    };
  const commit = await place.commit();
  const log = await host.log();
  const served = await host.served(log);
  const source = { content: contentHash(tree), commit, version: context.version };
  const rolledBack = await rolledBackRelease(log, source, served, git);
  if (rolledBack?.rolledBack != null) {
    const { by, reason } = rolledBack.rolledBack;
    if (by === 'person' || now < retryAt(log, source))
      return { line: `not published: this was rolled back (${reason})`, publish: null };
    return { line: 'publishing again what failed verification', publish: 'again' };
  }
  const live = await readRelease(host.live(served)).catch((error: unknown) => {
    if (!(error instanceof NoAnswer)) throw error;
    throw new UserError(`${host.name} ${error.message}. Open it in a browser. To publish again, ${place.restart}`);
  });
  if (live === null) return { line: 'no Halfpast site is live yet. Publish it first', publish: null };
  // A commit that only has check-ins, or files outside the content, changes nothing for customers.
  const isSame = live.content === source.content && live.version === source.version;
  const isNewer =
    !isSame &&
    commit !== null &&
    live.commit !== null &&
    !['same', 'older'].includes(await git.ancestry(commit, live.commit));
  const logged = findRelease(log, served);
  const due = await duePublish(parsed.site, live, isNewer ? commit : null, logged, () => place.tried(commit));
  return { line: due.line, publish: due.publish ? 'normally' : null };
}

/** How long a second check stays due. After that, it would no longer be about this release. */
const lookFor: Duration = 10 * minute;
const looks = 3;

/**
 * Checks again what was published a few minutes ago, and rolls it back if it no longer matches. Without an answer, it
 * stays: going back can't help a host that doesn't respond. `again` is when to look again. Null when not due.
 */
async function lookAgain(
  { host, url, report }: WatchPlace,
  live: LoggedRelease | null,
  now: Instant,
  context: Context,
): Promise<{ readonly line: string; readonly code: number; readonly again?: Instant } | null> {
  const at = secondLookAt(live);
  if (live === null || url === null || at === null || now < at || now >= at + lookFor) return null;
  let problems: string[] = [];
  try {
    for (let look = 1; look <= looks; look += 1) {
      if (look > 1) await context.sleep(look * 10 * second);
      problems = await secondLook(httpReader(url, context), live);
      if (problems.length === 0) return { line: `${url} still serves ${live.id}`, code: 0 };
    }
  } catch (error) {
    if (!(error instanceof NoAnswer)) throw error;
    const line = `${url} ${error.message}, so ${live.id} can't be checked again, and stays live. Open the page in a browser, and check its server`;
    return { line, code: 1, again: now + minute };
  }
  const print = (line: string): void => context.stderr(`${line}\n`);
  const back = await rollBackFailed(host, live, context.clock(), print);
  const then = back === null ? 'It stays live, because no earlier release was verified' : backText(back);
  const lines = [...problems, `${live.id} failed its second verification. ${then}`];
  if (report === null || live.commit === null) return { line: lines.join('\n'), code: 1 };
  const published = { outcome: 'unverified', release: live, back, lines: problems } as const;
  const reported = await report({ commit: live.commit, published, lines });
  return { line: [...lines, reported].join('\n'), code: 1 };
}

/**
 * Restarts a rollback whose run failed: customers still get the release that was rolled back. Null when there is none.
 */
async function restoreAgain(
  { host, commit, tried }: WatchPlace,
  live: LoggedRelease | null,
  log: ReleaseLog,
  now: Instant,
): Promise<{ readonly line: string } | null> {
  const due = await dueRestore(log, live, now, async () => tried(await commit()));
  if (live !== null && due?.restore) await host.restore(live, live.id);
  return due;
}

/**
 * How often to retry failed reminders, a minute apart. Then they wait for the next due time of any reminder, or a day:
 * a chat whose answer is unclear shows each repeat.
 */
const mostRetries = 3;

type Watched = { readonly place: WatchPlace; readonly content: string; readonly now: () => Instant };

/** Does what is due. Reads the newest content each time. */
export function watcher({ place, content, now: clock }: Watched, context: Context) {
  let before: ContentTree | null = null;
  let worst = 0;
  /** How many times in a row a reminder failed, and when it last did. */
  let failed = 0;
  let failedAt: Instant = 0;
  const remembered: RememberedReminders = new Map();
  let [printed, printedBefore] = [new Set<string>(), new Set<string>()];
  /**
   * Prints a line, unless the previous `act` printed it, too: the same every minute would hide what matters. `code`
   * counts toward the exit code.
   */
  const print = (line: string, code = 0): void => {
    worst = Math.max(worst, code);
    if (!printedBefore.has(line)) (code === 0 ? context.stdout : context.stderr)(`${line}\n`);
    printed.add(line);
  };
  /** Runs one part. If it fails, the others still run. */
  const attempt = async (work: () => Promise<void>): Promise<void> => {
    try {
      await work();
    } catch (error) {
      const message = fixableMessage(error);
      if (message === null) throw error;
      print(message, 1);
    }
  };

  /** Does what is due now, with or without reminders. Returns when something is due next; null for nothing. */
  const act = async (sends: boolean): Promise<Instant | null> => {
    [printed, printedBefore] = [new Set(), printed];
    const unpulled = await place.pull();
    if (unpulled !== null) print(`the newest content could not be fetched: ${unpulled}`, 1);
    const tree = await readContentTree(content, context);
    const now = clock();
    let site: Site | null = null;
    let live: LoggedRelease | null = null;
    let lookAt: Instant = Infinity;
    await attempt(async () => {
      const { folders, git } = place;
      const good = await readLastGood(tree, { folders, shown: content, now, git, before });
      site = good.site;
      before = good.tree;
      if (!sends) return;
      if (place.reminders.github === null && good.site.settings.remind === null)
        print('no reminders are sent. Add where they go under remind: in site.yml');
      if (now >= failedAt + day || reminderTimes(good.site, failedAt, now).length > 0) failed = 0;
      if (failed > mostRetries) return;
      // Until they're sent, which can end with an error.
      failed += 1;
      failedAt = now;
      const { done, failures } = await sendReminders(good, place.reminders, remembered);
      for (const line of done) print(line);
      for (const line of failures) print(line, 1);
      if (failures.length === 0) failed = 0;
    });
    await attempt(async () => {
      const log = await place.host.log();
      live = findRelease(log, await place.host.served(log));
      const looked = await lookAgain(place, live, now, context);
      if (looked !== null) print(looked.line, looked.code);
      lookAt = looked?.again ?? Infinity;
      const restored = await restoreAgain(place, live, log, now);
      if (restored !== null) print(restored.line);
    });
    await attempt(async () => {
      const due = await pageDue(place, { tree, content, now }, context);
      print(due.line);
      if (due.publish !== null) worst = Math.max(worst, await place.publish(due.publish === 'again'));
    });
    // A failed reminder may succeed a minute later. After some retries, it waits for the next due time.
    const remindAt = failed > 0 && failed <= mostRetries ? now + minute : Infinity;
    const next = Math.min((site === null ? null : nextDue(site, live)) ?? Infinity, lookAt, remindAt);
    return next === Infinity ? null : next;
  };
  /** The worst exit code so far. */
  const code = (): number => worst;
  return { act, print, code };
}

type Watching = Pick<Context, 'clock' | 'sleep'> & {
  /**
   * Does what is due now according to the newest content. Returns when something is due next; null for nothing
   * within the hour.
   */
  readonly act: () => Promise<Instant | null>;
};

/**
 * Waits for each due time and acts on it. Returns `quiet` when nothing is due within the hour, so that an incident
 * without promises costs nothing. Returns `more` when a later run should continue, because a job's time is limited.
 */
export async function watchForAnHour({ clock, sleep, act }: Watching): Promise<'quiet' | 'more'> {
  const end = clock() + horizon;
  for (;;) {
    const next = await act();
    if (next === null) return 'quiet';
    if (next > end) return 'more';
    await sleep(Math.max(0, next - clock()));
  }
}

/** How soon a service notices new content. */
const pause: Duration = minute;

/** Acts on each due time, and at least once a minute, until the program is stopped. */
export async function watchForever({ clock, sleep, act }: Watching): Promise<never> {
  for (;;) {
    const next = await act();
    await sleep(Math.max(0, Math.min(pause, (next ?? Infinity) - clock())));
  }
}
