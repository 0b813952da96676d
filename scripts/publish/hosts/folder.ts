import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { z } from 'zod';
import { releaseFile, releaseSchema } from '../../../src/lib/api/release.ts';
import { isStop } from '../../../src/lib/content/content-tree.ts';
import { isoTime } from '../../../src/lib/domain/calendar.ts';
import type { Context, Disk } from '../../cli/context.ts';
import { UserError, withPath } from '../../cli/errors.ts';
import { parseJson, shellWord } from '../../cli/text.ts';
import { folderReader } from '../../live/site-reader.ts';
import type { Host } from './host.ts';
import { briefly, lockBeside, type LockTools, lockToolsOf, withLock } from './lock.ts';
import { fileStore } from '../notify/deliveries.ts';
import {
  changeRelease,
  emptyLog,
  findRelease,
  liveRelease,
  type LoggedRelease,
  logText,
  parseLog,
  type ReleaseLog,
  requireFiles,
  type StepName,
  surplus,
} from './release-log.ts';

/** The log, next to the releases. */
const logFile = 'publish.json';

const deliveriesFile = 'deliveries.json';

/** The record of reminders. `watch` can create it before the first release. */
export const remindersFile = 'reminders.json';

const placesIn = (folder: string) => ({
  log: join(folder, logFile),
  deliveries: join(folder, deliveriesFile),
  /** One folder per release. They never change. */
  releases: join(folder, 'releases'),
  release: (id: string) => join(folder, 'releases', id),
  /** The link that the web server serves. */
  current: join(folder, 'current'),
  /** What's being built or removed. */
  staging: join(folder, 'staging'),
  cache: join(folder, 'cache'),
  publishLock: join(folder, 'publish.lock'),
  logLock: join(folder, 'state.lock'),
});

const ownNames = [
  logFile,
  deliveriesFile,
  remindersFile,
  'releases',
  'staging',
  'cache',
  'current',
  'publish.lock',
  'state.lock',
  `${deliveriesFile}.lock`,
  `${remindersFile}.lock`,
];

/** The log of versions before 1.0. */
const firstLogSchema = z.object({
  form: z.literal(1),
  verified: z.array(z.string()),
  bad: z.array(z.object({ release: z.string(), at: z.iso.datetime() })),
});

/** The release that a link `current` leads to; null if it leads elsewhere. */
const releaseIn = (target: string): string | null => /^releases\/([^/]+)$/.exec(target)?.[1] ?? null;

/** Converts what an earlier version recorded about the kept releases. */
function fromFirstLog(text: string, kept: readonly LoggedRelease[]): ReleaseLog | null {
  const data = parseJson(firstLogSchema, text);
  if (data === null) return null;
  const releases = kept.map((one) => {
    const bad = data.bad.find(({ release }) => release === one.id);
    return {
      ...one,
      verifiedAt: data.verified.includes(one.id) ? one.now : null,
      rolledBack: bad === undefined ? null : ({ at: bad.at, by: 'verification', reason: 'unknown' } as const),
    };
  });
  return { ...emptyLog, releases };
}

/**
 * A folder of releases, with a link `current` to one of them that a web server serves. It has two locks: one for a
 * publish, which takes minutes, and one for changing the log or the link, so that a rollback doesn't have to wait for a
 * publish.
 */
export function folderHost(folder: string, shown: string, tools: LockTools, disk: Disk): Host {
  const { storage } = tools;
  const places = placesIn(folder);
  const locked = <T>(work: () => Promise<T>): Promise<T> => withLock(places.logLock, tools, briefly, work);

  /** The kept releases that can be read, newest first. */
  const kept = async (): Promise<LoggedRelease[]> => {
    const entries: LoggedRelease[] = [];
    for (const id of await storage.list(places.releases)) {
      const release = parseJson(releaseSchema, await storage.read(join(places.release(id), releaseFile)));
      if (release !== null) entries.push(liveRelease(id, release));
    }
    return entries.reverse();
  };

  /** The log, with an entry for each kept release, even if the log's file was deleted. */
  const readLog = async (): Promise<ReleaseLog> => {
    const [text, entries] = [await storage.read(places.log), await kept()];
    const log = text === null ? emptyLog : (parseLog(text) ?? fromFirstLog(text, entries));
    if (log === null)
      throw new UserError(
        `${places.log} can't be read. Delete it: Halfpast then only forgets which releases were verified or rolled back`,
      );
    const ids = new Set(entries.map(({ id }) => id));
    const folders = await storage.list(places.releases);
    const releases = [
      ...log.releases.flatMap((one): LoggedRelease[] => {
        if (ids.has(one.id)) return [one];
        if (folders.includes(one.id)) return [{ ...one, lost: 'damaged' }];
        if (one.rolledBack !== null) return [{ ...one, lost: 'removed' }];
        return one.state === 'deploying' ? [one] : [];
      }),
      ...entries.filter(({ id }) => findRelease(log, id) === null),
    ];
    return { ...log, releases: releases.toSorted((a, b) => (a.id < b.id ? 1 : -1)) };
  };

  const writeLog = async (log: ReleaseLog): Promise<void> => {
    await withPath(places.log, () => storage.write(`${places.log}.part`, logText(log)));
    await storage.rename(`${places.log}.part`, places.log);
  };

  const changeLog: Host['changeLog'] = (_, edit) =>
    locked(async () => {
      const log = edit(await readLog());
      await writeLog(log);
      return { log, version: '' };
    });

  const served = async (): Promise<string | null> => {
    const target = await storage.readLink(places.current);
    if (target !== null) return releaseIn(target);
    if ((await storage.changedAt(places.current)) === null) return null;
    throw new UserError(
      `${places.current} is not a link to a release. Move it away: mv ${shellWord(places.current)} ${shellWord(`${places.current}.old`)}`,
    );
  };

  /** Replaces the link atomically. */
  const serve = async (id: string): Promise<void> => {
    const beside = join(folder, `.current-${randomUUID()}`);
    await storage.makeLink(`releases/${id}`, beside);
    await storage.rename(beside, places.current);
  };

  /** Removes a release atomically, so that no release is ever incomplete. */
  const discard = async (id: string): Promise<void> => {
    if (!(await storage.list(places.releases)).includes(id)) return;
    await storage.makeFolder(places.staging);
    await storage.rename(places.release(id), join(places.staging, `old-${id}`));
  };

  return {
    name: shown,
    exclusively: async (longest, onWait, work) => {
      await storage.makeFolder(folder);
      const wait = { longest, onWait: (pid: number) => onWait(`waiting for another publish (process ${pid})`) };
      // Even after a failure: a full disk must not stay full.
      return withLock(places.publishLock, tools, wait, () => work().finally(() => storage.remove(places.staging)));
    },
    tidy: async () => {
      await storage.remove(places.staging);
      return locked(async () => {
        for (const name of await storage.list(folder))
          if (leftOver.test(name)) await storage.remove(join(folder, name));
        const [log, current] = [await readLog(), await served()];
        const { run } = log;
        let settled: ReleaseLog = { ...log, run: null };
        for (const { id } of log.releases.filter(({ state }) => state === 'deploying')) {
          if (id !== current) await discard(id);
          settled = changeRelease(settled, id, { state: id === current ? 'live' : 'failed' });
        }
        await writeLog(settled);
        return run?.step ?? null;
      });
    },
    begin: async (step: StepName) => {
      const startedAt = isoTime(tools.clock());
      await changeLog('', (log) => ({ ...log, run: { step, startedAt } }));
    },
    log: readLog,
    changeLog,
    served,
    // If the link is gone, readers have still seen the newest kept release.
    live: (id) =>
      id === null ? folderReader(places.current, shown) : folderReader(places.release(id), join(shown, 'releases', id)),
    work: { site: join(places.staging, 'site'), cache: places.cache },
    deploy: async ({ release, site, replaces }) => {
      await storage.makeFolder(places.releases);
      await storage.rename(site, places.release(release.id));
      return locked(async () => {
        if ((await served()) === replaces) {
          await serve(release.id);
          return { site: places.release(release.id) };
        }
        await discard(release.id);
        return 'overtaken';
      });
    },
    restores: 'served',
    restore: (release, from) =>
      locked(async () => {
        if ((await served()) !== from)
          throw new UserError(`${shown} now serves another release. Run the command again to go back from that one`);
        requireFiles(await readLog(), release, shown);
        await serve(release.id);
      }),
    remove: (keep) =>
      // Decided under the lock: someone may be rolling back to one of them.
      locked(async () => {
        const log = await readLog();
        const gone = surplus(log, await served(), keep);
        if (gone.length === 0) return;
        for (const id of gone) await discard(id);
        await writeLog({
          ...log,
          releases: log.releases.filter(({ id, rolledBack }) => !gone.includes(id) || rolledBack !== null),
        });
      }),
    deliveries: fileStore(places.deliveries, join(shown, deliveriesFile), disk, lockBeside(places.deliveries, tools)),
  };
}

/** The releases in a folder on this machine. */
export const openFolder = (folder: string, shown: string, context: Pick<Context, 'clock' | 'sleep' | 'disk'>): Host =>
  folderHost(folder, shown, lockToolsOf(context), context.disk);

/** Temporary names. A process that is about to take a lock creates its file again if it's removed. */
const leftOver = /^\.current-|^\.?(?:publish|state|deliveries\.json|reminders\.json)\.lock-|\.part$/;

const refusals: Readonly<Record<string, string>> = {
  EEXIST: 'is a file. Name a folder',
  ENOTDIR: 'is below a file. Name another folder',
  ENOENT: "can't be created there. Name another folder",
  ENOSPC: "can't be written: the disk is full",
  EROFS: "can't be written: the disk is read-only",
  EACCES: "can't be written by this user. Check its owner, or name another folder",
  EPERM: "can't be written by this user. Check its owner, or name another folder",
};

/** Throws UserError if the folder doesn't exist: except for the first publish, that's a typo. */
export async function requireFolder(
  folder: string,
  shown: string,
  { storage }: Pick<LockTools, 'storage'>,
): Promise<void> {
  if ((await storage.changedAt(folder)) === null)
    throw new UserError(`--to: ${shown} doesn't exist. Correct the path, or publish to it first`);
}

/**
 * Creates the folder if necessary. Throws UserError unless it's writable, and is either new or empty or has releases
 * with a `current` link to one of them. Checked before spending minutes on a build.
 */
export async function requireReleaseFolder(
  folder: string,
  shown: string,
  { storage }: Pick<LockTools, 'storage'>,
): Promise<void> {
  const places = placesIn(folder);
  try {
    await storage.makeFolder(folder);
    const names = await storage.list(folder);
    const isOurs = (name: string): boolean => ownNames.includes(name) || isStop(name) || name.startsWith('.');
    const hasReleases = names.includes(logFile) || names.includes('releases');
    const strange = hasReleases ? undefined : names.find((name) => !isOurs(name));
    if (strange !== undefined)
      throw new UserError(
        `${shown} contains something other than releases: ${strange}. Name a new or empty folder with --to DIR`,
      );
    // Has a temporary lock's name, so that the next run removes it if this one dies.
    const trial = join(folder, `.publish.lock-${randomUUID()}`);
    await storage.write(trial, '');
    await storage.remove(trial);
  } catch (error) {
    const refusal = refusals[String((error as NodeJS.ErrnoException).code)];
    throw error instanceof UserError || refusal === undefined ? error : new UserError(`--to: ${shown} ${refusal}`);
  }
  const target = await storage.readLink(places.current);
  const served = target === null ? null : releaseIn(target);
  const kept = await storage.list(places.releases);
  if (served === null || kept.includes(served)) return;
  // Publishing would look like a first publish and get past the guard.
  const way =
    kept.length === 0
      ? `Delete it: rm ${shellWord(places.current)}`
      : `Serve one that is: npx halfpast rollback --to ${shellWord(shown)} ${kept.at(-1) ?? ''}`;
  throw new UserError(`${shown}/current leads to releases/${served}, which isn't there. ${way}`);
}
