import { day, type Duration, hour, type Instant, isoTime, minute } from '../../src/lib/domain/calendar.ts';
import { type Boundary, boundariesBetween, type Site } from '../../src/lib/domain/site.ts';
import { reminderTimes } from './due-reminders.ts';
import { isRestoring, isSameSource, type LoggedRelease, type ReleaseLog, type Source } from './hosts/release-log.ts';

/** What the live site says of itself. */
type Live = { readonly commit: string | null; readonly now: string };

type Due = { readonly publish: boolean; readonly line: string };

/** A publish that failed because of something temporary is tried again; one that is refused would always be refused. */
const mostTries = 3;

/** A commit that is being published isn't live yet. */
const usual: Duration = 10 * minute;

const words = ({ kind, slug, at }: Boundary): string => `${kind}${slug === null ? '' : `: ${slug}`} (${isoTime(at)})`;

/** Why the live page isn't what it should be, and since when; null when it is. */
function reasonToPublish(site: Site, live: Live, newer: string | null): { why: string; since: Instant } | null {
  if (newer !== null) return { why: `${newer.slice(0, 7)} isn't live`, since: 0 };
  const passed = boundariesBetween(site, Date.parse(live.now), site.now);
  const [first] = passed;
  if (first === undefined) return null;
  const more = passed.length === 1 ? '' : `, and ${passed.length - 1} more since`;
  return { why: `${words(first)}${more}`, since: passed.at(-1)?.at ?? first.at };
}

type Attempts = 'given up' | 'running' | 'due';

/** Whether to start a run that is needed since a moment. `runs` is when it was tried. */
function attemptsSince(since: Instant, now: Instant, runs: readonly Instant[]): Attempts {
  const tried = runs.filter((at) => at >= since);
  if (tried.length >= mostTries) return 'given up';
  return tried.some((at) => now - at < usual) ? 'running' : 'due';
}

/**
 * Whether to start the run again that puts a release back in place, because a rollback to it hasn't ended; null when
 * that isn't so. `runs` is when publishing was tried.
 */
export async function dueRestore(
  log: ReleaseLog,
  served: LoggedRelease | null,
  now: Instant,
  runs: () => Promise<readonly Instant[]>,
): Promise<{ readonly restore: boolean; readonly line: string } | null> {
  if (served === null || !isRestoring(log, served)) return null;
  const { id } = served;
  const since = Math.max(
    ...log.releases.flatMap((one) => (one.id > id && one.rolledBack !== null ? [Date.parse(one.rolledBack.at)] : [])),
  );
  // The run was started when the rollback was recorded, and takes a while.
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
      return { restore: true, line: `restoring ${id} again, because the run that was to do it failed` };
  }
}

/**
 * Whether to publish because the clock has changed what the page should say, or because the newest commit isn't live.
 * `site` is the content as it is now, `newer` its commit unless that is live, and `runs` when it was tried.
 */
export async function duePublish(
  site: Site,
  live: Live,
  newer: string | null,
  runs: () => Promise<readonly Instant[]>,
): Promise<Due> {
  const reason = reasonToPublish(site, live, newer);
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

/** When to try again what failed verification: after half an hour, then after twice as long each time, up to a day. */
export function retryAt(log: ReleaseLog, source: Source): Instant {
  const failed = log.releases.filter((one) => one.rolledBack?.by === 'verification' && isSameSource(one, source));
  const last = Math.max(0, ...failed.map(({ rolledBack }) => Date.parse(rolledBack?.at ?? '')));
  return last + Math.min(day, (hour / 2) * 2 ** Math.max(0, failed.length - 1));
}

/** How long after a site was verified to look at it again: caches have expired by then. */
const secondLookAfter: Duration = 4 * minute;

/** When to look again at what is live; null when it was only published because of the clock, or isn't verified. */
export function secondLookAt(live: LoggedRelease | null): Instant | null {
  if (live?.verifiedAt == null || live.news.length === 0) return null;
  return Date.parse(live.verifiedAt) + secondLookAfter;
}

/** How far ahead a watch looks. */
export const horizon: Duration = hour;

/**
 * When something is due next within the hour: a reminder, a change of the page, a second look at it. Null for nothing.
 * A new day isn't worth waiting for.
 */
export function nextDue(site: Site, live: LoggedRelease | null): Instant | null {
  const [from, to] = [site.now, site.now + horizon];
  const look = secondLookAt(live);
  const times = [
    ...reminderTimes(site, from, to),
    ...boundariesBetween(site, from, to).flatMap(({ at, kind }) => (kind === 'new day' ? [] : [at])),
    ...(look !== null && look > from && look <= to ? [look] : []),
  ];
  return times.length === 0 ? null : Math.min(...times);
}
