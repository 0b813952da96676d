import { z } from 'zod';
import type { Release } from '../../../src/lib/api/release.ts';
import { type Instant, isoTime } from '../../../src/lib/domain/calendar.ts';
import { quote } from '../../../src/lib/schema/text.ts';
import { UserError } from '../../cli/errors.ts';
import { parseJson } from '../../cli/text.ts';
import type { Git } from '../../github/git.ts';
import { type LiveUpdate, liveUpdateSchema } from '../../live/snapshot.ts';
import type { SeenRelease } from '../guard/compare-updates.ts';

/** The steps of a publish, in order. */
export const stepNames = ['check', 'build', 'guard', 'deploy', 'verify', 'notify', 'record'] as const;
export type StepName = (typeof stepNames)[number];

/** The log on GitHub, on its own branch. */
export const releasesFile = 'releases.json';

const rolledBackSchema = z.object({
  at: z.iso.datetime(),
  /** A person rolls back what it says, a failed verification how it is served. */
  by: z.enum(['person', 'verification']),
  reason: z.string(),
});

const loggedReleaseSchema = z.object({
  /** The time it was deployed and part of its content's hash, such as `20261122T140530123Z-1a2b3c4d`. Sorts by time. */
  id: z.string(),
  /** The full id of its commit; null when it is unknown. */
  commit: z.string().nullable(),
  /** The moment it was built for, in UTC. With the commit, the same bytes can be built again. */
  now: z.iso.datetime(),
  /** The SHA-256 of its content. */
  content: z.string(),
  /** The version of Halfpast. */
  version: z.string(),
  /** The permalink of its newest update. */
  newestUpdate: z.string().nullable(),
  /** `deploying` is written before the host is asked, so that a run that dies leaves a trace. */
  state: z.enum(['deploying', 'live', 'failed']),
  verifiedAt: z.iso.datetime().nullable(),
  rolledBack: rolledBackSchema.nullable(),
  /** The updates it added or changed, compared with the release before. */
  news: z.array(liveUpdateSchema),
});

const runSchema = z.object({ step: z.enum(stepNames), startedAt: z.iso.datetime() });

const logSchema = z.object({
  form: z.literal(2),
  /** The run in progress; one that is still here when the next run begins was killed. */
  run: runSchema.nullable(),
  /** Newest first. */
  releases: z.array(loggedReleaseSchema),
});

export type LoggedRelease = Readonly<z.output<typeof loggedReleaseSchema>>;
export type ReleaseLog = {
  readonly form: 2;
  readonly run: Readonly<z.output<typeof runSchema>> | null;
  readonly releases: readonly LoggedRelease[];
};

export const emptyLog: ReleaseLog = { form: 2, run: null, releases: [] };

/** Null for text that isn't a log of this form. */
export const parseLog = (text: string): ReleaseLog | null => parseJson(logSchema, text);

export const logText = (log: ReleaseLog): string => `${JSON.stringify(log, null, 2)}\n`;

/** What a site is built from. Two builds of one source differ only by their time. */
export type Source = Pick<Release, 'content' | 'commit' | 'version'>;

export const isSameSource = (a: Source, b: Source): boolean =>
  a.content === b.content && a.commit === b.commit && a.version === b.version;

/** Whether customers see the same: another commit alone changes nothing for them. */
const looksSame = (a: Source, b: Source): boolean => a.content === b.content && a.version === b.version;

const stamp = (time: Instant): string => isoTime(time).replaceAll(/[-:.]/g, '');

function timeOf(id: string): Instant {
  const time = id.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(\d{3})Z.*$/, '$1-$2-$3T$4:$5:$6.$7Z');
  return Date.parse(time);
}

/**
 * The entry of a release that is about to be deployed. Its id is later than all others, even when a clock went back.
 */
export function newRelease(
  release: Release,
  news: readonly LiveUpdate[],
  log: ReleaseLog,
  now: Instant,
): LoggedRelease {
  const { commit, content, version, newestUpdate } = release;
  const latest = Math.max(...log.releases.map(({ id }) => timeOf(id)).filter((time) => !Number.isNaN(time)), -1);
  return {
    id: `${stamp(Math.max(now, latest + 1))}-${content.slice(0, 8)}`,
    commit,
    now: release.now,
    content,
    version,
    newestUpdate,
    state: 'deploying',
    verifiedAt: null,
    rolledBack: null,
    news: [...news],
  };
}

/** A timer publishes many a day. */
const mostLogged = 200;

export function addRelease(log: ReleaseLog, release: LoggedRelease): ReleaseLog {
  return { ...log, releases: [release, ...log.releases].slice(0, mostLogged) };
}

export function changeRelease(log: ReleaseLog, id: string, change: Partial<LoggedRelease>): ReleaseLog {
  return { ...log, releases: log.releases.map((one) => (one.id === id ? { ...one, ...change } : one)) };
}

export const findRelease = (log: ReleaseLog, id: string | null): LoggedRelease | null =>
  log.releases.find((one) => one.id === id) ?? null;

/** Whether a rollback to this release was begun, and hasn't ended. */
export const isRestoring = (log: ReleaseLog, { id, state, rolledBack }: LoggedRelease): boolean =>
  state === 'deploying' && rolledBack === null && log.releases.some((one) => one.id > id && one.rolledBack !== null);

/**
 * The log once a release is live. Others that are still `deploying` are what runs left that died, or what a rollback
 * was to restore: that was live before.
 */
export function afterDeployment(log: ReleaseLog, live: string, verifiedAt: string | null): ReleaseLog {
  const releases = log.releases.map((one): LoggedRelease => {
    // What was rolled back meanwhile doesn't count as verified.
    if (one.id === live) return { ...one, state: 'live', verifiedAt: one.rolledBack === null ? verifiedAt : null };
    return one.state === 'deploying' ? { ...one, state: isRestoring(log, one) ? 'live' : 'failed' } : one;
  });
  return { ...log, releases };
}

/** Which release to go back to. */
export type RollbackChoice =
  /** The newest one before the served one that looks different. */
  | { readonly kind: 'previous' }
  /** The start of an id, or of a commit with seven characters or more. */
  | { readonly kind: 'named'; readonly name: string }
  /** The last one that was verified. */
  | { readonly kind: 'verified' };

/** So many ids fit in one line. */
const mostListed = 10;

/**
 * The release to go back to from `served`; null when there is none. Throws UserError for a name that doesn't match one.
 */
export function rollbackTarget(log: ReleaseLog, served: string | null, choice: RollbackChoice): LoggedRelease | null {
  const candidates = log.releases.filter(({ state, id }) => state === 'live' && id !== served);
  const good = candidates.filter(({ rolledBack }) => rolledBack === null);
  const current = findRelease(log, served);
  // A rollback to it was begun, and hasn't ended: the same command must not go one further.
  const isPending = current !== null && isRestoring(log, current);
  switch (choice.kind) {
    case 'verified':
      return good.find(({ verifiedAt }) => verifiedAt !== null) ?? null;
    case 'previous':
      if (isPending) return current;
      return good.find((one) => current === null || (one.id < current.id && !looksSame(one, current))) ?? null;
    case 'named': {
      const { name } = choice;
      const isNamed = ({ id, commit }: LoggedRelease): boolean =>
        id.startsWith(name) || (name.length >= 7 && (commit ?? '').startsWith(name));
      const live = log.releases.filter((one) => one.state === 'live' || (isPending && one === current));
      const found = live.filter(isNamed);
      // Builds of one commit that look the same are as good as each other: the newest will do.
      const [first] = found;
      if (first !== undefined && found.every((one) => isSameSource(one, first))) return first;
      const ids = (found.length === 0 ? live : found).map(({ id }) => id);
      const more = ids.length > mostListed ? ` and ${ids.length - mostListed} more` : '';
      throw new UserError(
        `${quote(name)} matches ${found.length === 0 ? 'none' : 'more than one'} of the releases. Use one of: ${ids.slice(0, mostListed).join(', ')}${more}`,
      );
    }
  }
}

/**
 * The log after going from one release to another. Everything newer than `to` is marked as rolled back; `to` is good
 * again, because it was chosen. What a person rolls back stays verified: it was served as it was built.
 */
export function afterRollback(
  log: ReleaseLog,
  to: LoggedRelease,
  mark: NonNullable<LoggedRelease['rolledBack']>,
): ReleaseLog {
  const releases = log.releases.map((one) => {
    if (isSameSource(one, to) && one.now <= to.now) return { ...one, rolledBack: null };
    if (one.id <= to.id) return one;
    const rolledBack = one.rolledBack ?? mark;
    return { ...one, verifiedAt: rolledBack.by === 'person' ? one.verifiedAt : null, rolledBack };
  });
  return { ...log, releases };
}

/**
 * The rolled-back release that keeps a source from being published; null when it may be. The commit itself and older
 * ones stay out until a newer commit is published. A commit that git doesn't know counts as newer: a shallow clone
 * must not keep an update from customers.
 */
export async function rolledBackRelease(
  log: ReleaseLog,
  source: Source,
  served: string | null,
  git: Git | null,
): Promise<LoggedRelease | null> {
  const same = log.releases.find((one) => isSameSource(one, source));
  // Whoever published it again, or went back to it, wants it.
  if (same !== undefined) return same.rolledBack === null ? null : same;
  for (const one of log.releases.filter(({ rolledBack }) => rolledBack !== null)) {
    if (served === null || one.id < served || one.commit === null || source.commit === null || git === null) continue;
    if ((await git.ancestry(source.commit, one.commit)) === 'older') return one;
  }
  return null;
}

/**
 * When the page first had each update of an incident, by the name of its file, as far as the log knows it. One that was
 * edited before it appears in the log was live at a time that is no longer known.
 */
export function liveTimes({ releases }: ReleaseLog, slug: string): Map<string, Instant> {
  const times = new Map<string, Instant>();
  const unknown = new Set<string>();
  for (const { id, state, verifiedAt, news } of releases.toReversed()) {
    if (state !== 'live') continue;
    for (const { kind, slug: folder, update, edited } of news) {
      if (kind !== 'incident' || folder !== slug || times.has(update) || unknown.has(update)) continue;
      if (edited === null) times.set(update, verifiedAt === null ? timeOf(id) : Date.parse(verifiedAt));
      else unknown.add(update);
    }
  }
  return times;
}

/** The releases after the served one that readers saw, newest first. */
export function seenReleases(log: ReleaseLog, served: string | null): SeenRelease[] {
  return log.releases.flatMap((one) =>
    served !== null && one.id > served && one.rolledBack !== null ? [{ ...one, rolledBack: one.rolledBack }] : [],
  );
}

/**
 * The releases that can go. Builds of one source count as one, so that quiet weeks don't push out every release that
 * one could go back to. What is served and what was verified last stay whatever the number.
 */
export function surplus(log: ReleaseLog, served: string | null, keep: number): string[] {
  const verified = log.releases.find(({ verifiedAt, rolledBack }) => verifiedAt !== null && rolledBack === null);
  const needed = new Set([served, verified?.id ?? null]);
  const sources: Source[] = [];
  for (const one of log.releases) {
    if (sources.length >= keep || sources.some((source) => isSameSource(source, one))) continue;
    sources.push(one);
    needed.add(one.id);
  }
  return log.releases.map(({ id }) => id).filter((id) => !needed.has(id));
}
