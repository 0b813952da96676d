import type { Release } from '../../src/lib/api/release.ts';
import { day, type Duration, hour, type Instant, isoTime, minute } from '../../src/lib/domain/calendar.ts';
import { type Boundary, boundariesBetween, type Site } from '../../src/lib/domain/site.ts';
import { reminderTimes } from './remind/due.ts';
import {
  isRestoring,
  isSameSource,
  liveSince,
  type LoggedRelease,
  type ReleaseLog,
  type Source,
} from './hosts/release-log.ts';

type Due = { readonly publish: boolean; readonly line: string };

/** Retries help with temporary failures. A refused publish would be refused every time. */
const mostTries = 3;

/** How long a publish usually takes. Until then, its commit isn't live. */
const usual: Duration = 10 * minute;

const words = ({ kind, slug, at }: Boundary): string => `${kind}${slug === null ? '' : `: ${slug}`} (${isoTime(at)})`;

/** When to publish again because the live release's channels weren't notified; null if they were. */
function notifyAt(live: LoggedRelease | null): Instant | null {
  if (live?.notified !== false) return null;
  // The run that published it may still be notifying them.
  return liveSince(live) + usual;
}

/** Why to publish, and since when; null if the live page is current. */
function reasonToPublish(
  site: Site,
  live: Pick<Release, 'now'>,
  newer: string | null,
  logged: LoggedRelease | null,
): { why: string; since: Instant } | null {
  if (newer !== null) return { why: `${newer.slice(0, 7)} isn't live`, since: 0 };
  if (Date.parse(live.now) > site.now + hour) return { why: `the live page was built for ${live.now}`, since: 0 };
  const passed = boundariesBetween(site, Date.parse(live.now), site.now);
  const [first] = passed;
  if (first !== undefined) {
    const more = passed.length === 1 ? '' : `, and ${passed.length - 1} more since`;
    return { why: `${words(first)}${more}`, since: passed.at(-1)?.at ?? first.at };
  }
  // Comes last: once the retries are used up, the page must still change with time.
  const notify = notifyAt(logged);
  if (logged === null || notify === null || notify > site.now) return null;
  const since = logged.notifySince === undefined ? notify : Date.parse(logged.notifySince) + usual;
  return { why: 'not every channel was notified', since };
}

/** An attempt to publish. One that was on hold, was canceled or goes on hasn't failed. */
export type Attempt = { readonly at: Instant; readonly failed: boolean };

type Attempts = 'given up' | 'running' | 'due';

/** Whether to start a run that has been due since `since`. `runs` are the earlier attempts. */
function attemptsSince(since: Instant, now: Instant, runs: readonly Attempt[]): Attempts {
  const tried = runs.filter(({ at }) => at >= since);
  if (tried.filter(({ failed }) => failed).length >= mostTries) return 'given up';
  return tried.some(({ at }) => now - at < usual) ? 'running' : 'due';
}

/**
 * Whether to restart the run that restores a release, because the rollback to it hasn't finished. Null when no
 * rollback is pending. `runs` are the earlier attempts to publish.
 */
export async function dueRestore(
  log: ReleaseLog,
  served: LoggedRelease | null,
  now: Instant,
  runs: () => Promise<readonly Attempt[]>,
): Promise<{ readonly restore: boolean; readonly line: string } | null> {
  if (served === null || !isRestoring(log, served)) return null;
  const { id } = served;
  const since = Math.max(
    ...log.releases.flatMap((one) => (one.id > id && one.rolledBack !== null ? [Date.parse(one.rolledBack.at)] : [])),
  );
  // The rollback started a run when it was recorded. Give it time.
  const attempts = now - since < usual ? 'running' : attemptsSince(since, now, await runs());
  switch (attempts) {
    case 'given up':
      return {
        restore: false,
        line: `not tried again: restoring ${id} failed ${mostTries} times. See the Publish runs, fix the cause, and run Publish with this release`,
      };
    case 'running':
      return { restore: false, line: `already being restored: ${id}` };
    case 'due':
      return { restore: true, line: `restoring ${id} again, because the last run failed` };
  }
}

/**
 * Whether to publish because the newest commit isn't live, the channels weren't notified of what is, or time has
 * changed what the page should say. `site` is the current content, `newer` its commit unless that is live, `logged` the
 * live release in the log, `runs` the earlier attempts.
 */
export async function duePublish(
  site: Site,
  live: Pick<Release, 'now'>,
  newer: string | null,
  logged: LoggedRelease | null,
  runs: () => Promise<readonly Attempt[]>,
): Promise<Due> {
  const reason = reasonToPublish(site, live, newer, logged);
  if (reason === null) return { publish: false, line: `time has changed nothing since ${live.now}` };
  const { why, since } = reason;
  const attempts = attemptsSince(since, site.now, await runs());
  if (attempts === 'given up')
    return {
      publish: false,
      line: `not tried again: ${why}, and publishing this commit failed ${mostTries} times since. See the Publish runs, fix the cause and commit, or run Publish manually`,
    };
  if (attempts === 'running') return { publish: false, line: `already being published: ${why}` };
  return { publish: true, line: `publishing: ${why}` };
}

/** When to retry a release that failed verification: after half an hour, then twice as long each time, up to a day. */
export function retryAt(log: ReleaseLog, source: Source): Instant {
  const failed = log.releases.filter((one) => one.rolledBack?.by === 'verification' && isSameSource(one, source));
  const last = Math.max(0, ...failed.map(({ rolledBack }) => Date.parse(rolledBack?.at ?? '')));
  return last + Math.min(day, (hour / 2) * 2 ** Math.max(0, failed.length - 1));
}

/** How long after verification to check the site again: by then, caches have expired. */
const secondLookAfter: Duration = 4 * minute;

/** When to check the live site again; null when it isn't verified, or was only published because of the clock. */
export function secondLookAt(live: LoggedRelease | null): Instant | null {
  if (live?.verifiedAt == null || live.news.length === 0) return null;
  return Date.parse(live.verifiedAt) + secondLookAfter;
}

/** How far ahead a watch looks. */
export const horizon: Duration = hour;

/**
 * When something is next due within the hour: a reminder, a change of the page, a second check of it, or another
 * attempt to notify its channels. Null if nothing is. A new day isn't worth waiting for.
 */
export function nextDue(site: Site, live: LoggedRelease | null): Instant | null {
  const [from, to] = [site.now, site.now + horizon];
  const checks = [secondLookAt(live), notifyAt(live)];
  const times = [
    ...reminderTimes(site, from, to),
    ...boundariesBetween(site, from, to).flatMap(({ at, kind }) => (kind === 'new day' ? [] : [at])),
    ...checks.flatMap((at) => (at !== null && at > from && at <= to ? [at] : [])),
  ];
  return times.length === 0 ? null : Math.min(...times);
}
