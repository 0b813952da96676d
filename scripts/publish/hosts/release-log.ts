import { z } from 'zod';
import type { Release } from '../../../src/lib/api/release.ts';
import { type Instant, isoTime } from '../../../src/lib/domain/calendar.ts';
import { quote } from '../../../src/lib/schema/text.ts';
import { UserError } from '../../cli/errors.ts';
import { parseJson } from '../../cli/text.ts';
import type { Git } from '../../github/git.ts';
import { type LiveUpdate, liveUpdateSchema } from '../../live/snapshot.ts';

/** The steps of a publish, in order. */
export const stepNames = ['check', 'build', 'guard', 'deploy', 'verify', 'notify', 'record'] as const;
export type StepName = (typeof stepNames)[number];

/** The log on GitHub, on its own branch. */
export const releasesFile = 'releases.json';

const rolledBackSchema = z.object({
  at: z.iso.datetime(),
  /** A person rolls back because of the content, a failed verification because of how it's served. */
  by: z.enum(['person', 'verification']),
  reason: z.string(),
});
export type RollbackMark = Readonly<z.output<typeof rolledBackSchema>>;

const loggedReleaseSchema = z.object({
  /** Its deploy time and part of its content's hash, such as `20261122T140530123Z-1a2b3c4d`. Sorts by time. */
  id: z.string(),
  /** The full id of its commit; null if unknown. */
  commit: z.string().nullable(),
  /** The time it was built for, in UTC. Building the commit for this time again gives the same bytes. */
  now: z.iso.datetime(),
  /** The SHA-256 of its content. */
  content: z.string(),
  /** The version of Halfpast. */
  version: z.string(),
  /** The permalink of its newest update. */
  newestUpdate: z.string().nullable(),
  /** `deploying` is recorded before the deployment starts, so that a run that dies leaves a trace. */
  state: z.enum(['deploying', 'live', 'failed']),
  verifiedAt: z.iso.datetime().nullable(),
  rolledBack: rolledBackSchema.nullable(),
  /** The updates that are new or changed since the release before it. */
  news: z.array(liveUpdateSchema),
  /** False until all channels were notified of it. Left out after that, and if there was nothing to notify them of. */
  notified: z.literal(false).optional(),
  /** With `notified: false`: since when they wait, if releases with the same content before this one failed, too. */
  notifySince: z.iso.datetime().optional(),
});

const runSchema = z.object({ step: z.enum(stepNames), startedAt: z.iso.datetime() });

const logSchema = z.object({
  form: z.literal(2),
  /** The run in progress. If it's still here when the next run starts, it was killed. */
  run: runSchema.nullable(),
  /** Newest first. */
  releases: z.array(loggedReleaseSchema),
});

export type LoggedRelease = Readonly<z.output<typeof loggedReleaseSchema>> & {
  /**
   * Why its files can't be served: they were removed after a rollback, or its release.json can't be read, such as after
   * a power failure. A folder's log finds that out each time it's read.
   */
  readonly lost?: 'removed' | 'damaged';
};
export type ReleaseLog = {
  readonly form: 2;
  readonly run: Readonly<z.output<typeof runSchema>> | null;
  readonly releases: readonly LoggedRelease[];
};

export const emptyLog: ReleaseLog = { form: 2, run: null, releases: [] };

/** Null if the text isn't a log in this format. */
export const parseLog = (text: string): ReleaseLog | null => parseJson(logSchema, text);

export const logText = (log: ReleaseLog): string => `${JSON.stringify(log, null, 2)}\n`;

/** What a site is built from. Two builds from one source differ only in their time. */
export type Source = Pick<Release, 'content' | 'commit' | 'version'>;

export const isSameSource = (a: Source, b: Source): boolean =>
  a.content === b.content && a.commit === b.commit && a.version === b.version;

/** Whether customers see the same thing: a different commit alone changes nothing for them. */
const looksSame = (a: Source, b: Source): boolean => a.content === b.content && a.version === b.version;

const stamp = (time: Instant): string => isoTime(time).replaceAll(/[-:.]/g, '');

function timeOf(id: string): Instant {
  const time = id.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(\d{3})Z.*$/, '$1-$2-$3T$4:$5:$6.$7Z');
  return Date.parse(time);
}

/** The entry for a release that is live. */
export function liveRelease(id: string, { commit, now, content, version, newestUpdate }: Release): LoggedRelease {
  const marks = { verifiedAt: null, rolledBack: null, news: [] };
  return { id, commit, now, content, version, newestUpdate, state: 'live', ...marks };
}

/**
 * The entry for a release that is about to be deployed. Its id sorts after all others, even if the clock was set back.
 */
export function newRelease(
  release: Release,
  news: readonly LiveUpdate[],
  log: ReleaseLog,
  now: Instant,
): LoggedRelease {
  const latest = Math.max(...log.releases.map(({ id }) => timeOf(id)).filter((time) => !Number.isNaN(time)), -1);
  const id = `${stamp(Math.max(now, latest + 1))}-${release.content.slice(0, 8)}`;
  return { ...liveRelease(id, release), state: 'deploying', news: [...news] };
}

/** When a release went live, as far as the log knows. */
export const liveSince = ({ id, verifiedAt }: LoggedRelease): Instant =>
  verifiedAt === null ? timeOf(id) : Date.parse(verifiedAt);

/** With a timer, there are many per day. */
const mostLogged = 200;

export function addRelease(log: ReleaseLog, release: LoggedRelease): ReleaseLog {
  return { ...log, releases: [release, ...log.releases].slice(0, mostLogged) };
}

export function changeRelease(log: ReleaseLog, id: string, change: Partial<LoggedRelease>): ReleaseLog {
  return { ...log, releases: log.releases.map((one) => (one.id === id ? { ...one, ...change } : one)) };
}

export const findRelease = (log: ReleaseLog, id: string | null): LoggedRelease | null =>
  log.releases.find((one) => one.id === id) ?? null;

/** The id of the release that is served, or is about to be, according to the log alone. */
export const servedInLog = ({ releases }: ReleaseLog): string | null =>
  releases.find(({ state, rolledBack }) => state !== 'failed' && rolledBack === null)?.id ?? null;

/** Throws UserError if the files of a release are gone. `name` is the name of the host. */
export function requireFiles(log: ReleaseLog, { id }: LoggedRelease, name: string): void {
  const found = findRelease(log, id);
  const lost = found === null ? 'removed' : found.lost;
  if (lost === undefined) return;
  const reasons = {
    removed: `the files of ${id} were removed from ${name}. Go back to a release that rollback --list shows`,
    damaged: `the files of ${id} on ${name} are damaged: release.json can't be read. Go back to another release`,
  };
  throw new UserError(reasons[lost]);
}

/** Whether a rollback to this release was started but hasn't finished. */
export const isRestoring = (log: ReleaseLog, { id, state, rolledBack }: LoggedRelease): boolean =>
  state === 'deploying' && rolledBack === null && log.releases.some((one) => one.id > id && one.rolledBack !== null);

/**
 * The log once a release is live. Any others still marked `deploying` come from runs that died, or are being restored
 * by a rollback, in which case they were live before.
 */
export function afterDeployment(log: ReleaseLog, live: string, verifiedAt: string | null): ReleaseLog {
  const releases = log.releases.map((one): LoggedRelease => {
    // If it was rolled back in the meantime, it doesn't count as verified.
    if (one.id === live) return { ...one, state: 'live', verifiedAt: one.rolledBack === null ? verifiedAt : null };
    return one.state === 'deploying' ? { ...one, state: isRestoring(log, one) ? 'live' : 'failed' } : one;
  });
  return { ...log, releases };
}

/** Which release to go back to. */
export type RollbackChoice =
  /** The newest one before the served release that looks different from it. */
  | { readonly kind: 'previous' }
  /** The beginning of an id, or at least seven characters of a commit. */
  | { readonly kind: 'named'; readonly name: string }
  /** The last one that was verified. */
  | { readonly kind: 'verified' };

/** How many ids an error lists. */
const mostListed = 10;

/**
 * The release to go back to from `served`; null if there is none. Throws UserError unless a name matches exactly one.
 */
export function rollbackTarget(log: ReleaseLog, served: string | null, choice: RollbackChoice): LoggedRelease | null {
  const candidates = log.releases.filter(
    ({ state, id, lost }) => state === 'live' && id !== served && lost === undefined,
  );
  const good = candidates.filter(({ rolledBack }) => rolledBack === null);
  const current = findRelease(log, served);
  // Its rollback hasn't finished, so repeating the command must not go back one more.
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
      const live = log.releases.filter(
        (one) => (one.state === 'live' && one.lost === undefined) || (isPending && one === current),
      );
      const found = live.filter(isNamed);
      // Several builds of one commit look the same, so use the newest.
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
 * The log after going back from the served release `from`; null if that's unknown. Everything newer than `to` is marked
 * as rolled back, except what's newer than `from`, because readers never saw it. `to` is no longer marked, because it
 * was chosen. Releases that a person rolls back stay verified: they were served as built.
 */
export function afterRollback(log: ReleaseLog, from: string | null, to: LoggedRelease, mark: RollbackMark): ReleaseLog {
  const releases = log.releases.map((one) => {
    if (isSameSource(one, to) && one.now <= to.now) return { ...one, rolledBack: null };
    if (one.id <= to.id || (from !== null && one.id > from)) return one;
    const rolledBack = one.rolledBack ?? mark;
    return { ...one, verifiedAt: rolledBack.by === 'person' ? one.verifiedAt : null, rolledBack };
  });
  return { ...log, releases };
}

/**
 * The rolled-back release that keeps a source from being published; null if it can be published. The commit itself and
 * older ones are blocked until a newer commit is published. Commits that git doesn't know count as newer, because a
 * shallow clone must not keep an update from customers.
 */
export async function rolledBackRelease(
  log: ReleaseLog,
  source: Source,
  served: string | null,
  git: Git | null,
): Promise<LoggedRelease | null> {
  const same = log.releases.find(
    (one) => isSameSource(one, source) && (one.state !== 'failed' || one.rolledBack !== null),
  );
  // If it isn't rolled back any more, someone published it again or went back to it.
  if (same !== undefined) return same.rolledBack === null ? null : same;
  for (const one of log.releases.filter(({ rolledBack }) => rolledBack !== null)) {
    if (served === null || one.id < served || one.commit === null || source.commit === null || git === null) continue;
    if ((await git.ancestry(source.commit, one.commit)) === 'older') return one;
  }
  return null;
}

/**
 * When each update of an incident first went live, by file name, as far as the log knows. Updates that were edited
 * before they first appear in the log are left out, because that time is no longer known.
 */
export function liveTimes({ releases }: ReleaseLog, slug: string): Map<string, Instant> {
  const times = new Map<string, Instant>();
  const unknown = new Set<string>();
  for (const release of releases.toReversed()) {
    if (release.state !== 'live') continue;
    for (const { kind, slug: folder, update, edited } of release.news) {
      if (kind !== 'incident' || folder !== slug || times.has(update) || unknown.has(update)) continue;
      if (edited === null) times.set(update, liveSince(release));
      else unknown.add(update);
    }
  }
  return times;
}

/** A release that readers saw and that has been rolled back since. */
export type SeenRelease = Pick<LoggedRelease, 'id' | 'news'> & { readonly rolledBack: RollbackMark };

/** The releases that readers saw after the served one, newest first. */
export function seenReleases(log: ReleaseLog, served: string | null): SeenRelease[] {
  return log.releases.flatMap((one) =>
    served !== null && one.id > served && one.rolledBack !== null ? [{ ...one, rolledBack: one.rolledBack }] : [],
  );
}

/**
 * The releases that can be removed. Builds from one source count as one, so that quiet weeks don't push out every
 * release worth going back to. The served release, the one that a rollback is about to serve, and the last verified one
 * always stay.
 */
export function surplus(log: ReleaseLog, served: string | null, keep: number): string[] {
  const good = log.releases.filter(
    ({ state, rolledBack, lost }) => state === 'live' && rolledBack === null && lost === undefined,
  );
  const needed = new Set([served, good[0]?.id, good.find(({ verifiedAt }) => verifiedAt !== null)?.id]);
  const sources: Source[] = [];
  for (const one of log.releases) {
    if (sources.length >= keep || sources.some((source) => isSameSource(source, one))) continue;
    sources.push(one);
    needed.add(one.id);
  }
  return log.releases.map(({ id }) => id).filter((id) => !needed.has(id));
}
