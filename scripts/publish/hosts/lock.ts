import { createHash, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { minute, second } from '../../../src/lib/domain/calendar.ts';
import { UserError } from '../../cli/errors.ts';
import { fileStorage, type ReleaseStorage } from '../../cli/system.ts';

/** The running processes, to recognize a lock left by a dead one. */
type Processes = {
  readonly pid: number;
  readonly host: string;
  /** Distinguishes a process from a later one with the same id; null if it's dead or unknown. */
  readonly birth: (pid: number) => Promise<string | null>;
  readonly isAlive: (pid: number) => boolean;
};

/** Whether a process has ended but wasn't reaped, as happens in a container without an init. */
function isZombie(pid: number): boolean {
  try {
    return /^State:\s+[ZX]/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

/** The processes of this machine. */
export const realProcesses: Processes = {
  pid: process.pid,
  host: hostname(),
  birth: async (pid) => {
    try {
      const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
      // The name in parentheses can contain anything. The start time is the 20th field after it.
      return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null;
    } catch {
      return null;
    }
  },
  isAlive: (pid) => {
    try {
      return process.kill(pid, 0) && !isZombie(pid);
    } catch (error) {
      return (error as NodeJS.ErrnoException).code === 'EPERM';
    }
  },
};

/**
 * Who holds a lock. `token` is unique to this acquisition. `birth` distinguishes a process from a later one with the
 * same id.
 */
type Holder = { readonly pid: number; readonly host: string; readonly birth: string | null; readonly token: string };

export type LockTools = {
  readonly storage: ReleaseStorage;
  readonly processes: Processes;
  readonly clock: () => number;
  readonly sleep: (time: number) => Promise<unknown>;
};

/** The tools of this machine. */
export const lockToolsOf = ({ clock, sleep }: Pick<LockTools, 'clock' | 'sleep'>): LockTools => ({
  storage: fileStorage,
  processes: realProcesses,
  clock,
  sleep,
});

type Patience = {
  /** How long to wait for another holder, in milliseconds. */
  readonly longest: number;
  /** Called once when there is one. */
  readonly onWait?: (pid: number) => void;
};

/** There's no way to ask whether a process on another machine is alive, so holders touch their lock this often. */
const touchEvery = 10 * second;
/** After this long without a touch, a holder on another machine counts as dead. */
const deadAfter = 2 * minute;
/** How long to wait for a lock that's only held briefly: long enough to outlast a holder that was killed. */
export const briefly: Patience = { longest: deadAfter + touchEvery };

/**
 * A lock is a symbolic link whose target names the holder. Creating a link is atomic, and file systems store targets
 * below 60 bytes in the link itself, so that a rollback can lock even when the disk is full.
 */
const linkText = ({ pid, host, birth, token }: Holder): string => `${pid}.${birth ?? ''}.${token}@${host}`;

/** The name of a machine, at most 24 bytes long. */
const shortHost = (host: string): string =>
  Buffer.byteLength(host) <= 24
    ? host
    : `${host.replaceAll(/[^ -~]/g, '').slice(0, 15)}~${createHash('sha256').update(host).digest('hex').slice(0, 8)}`;

async function holderHere({ processes }: LockTools): Promise<Holder> {
  return {
    pid: processes.pid,
    host: shortHost(processes.host),
    birth: await processes.birth(processes.pid),
    token: randomBytes(6).toString('hex'),
  };
}

async function readHolder(path: string, { storage }: LockTools): Promise<Holder | 'nobody' | 'unknown'> {
  const target = await storage.readLink(path);
  // A file that isn't a link can be read.
  if (target === null) return (await storage.read(path)) === null ? 'nobody' : 'unknown';
  const [, pid, birth, token, host] = /^(\d+)\.(\d*)\.([0-9a-f]+)@(.*)$/s.exec(target) ?? [];
  if (pid === undefined || token === undefined || host === undefined) return 'unknown';
  return { pid: Number(pid), host, birth: birth || null, token };
}

async function isDead(path: string, holder: Holder, { storage, processes, clock }: LockTools): Promise<boolean> {
  if (holder.host !== shortHost(processes.host)) {
    const touched = await storage.changedAt(path);
    return touched !== null && clock() - touched > deadAfter;
  }
  if (!processes.isAlive(holder.pid)) return true;
  const birth = await processes.birth(holder.pid);
  return birth !== null && holder.birth !== null && birth !== holder.birth;
}

/**
 * Removes the lock of a dead holder. If two processes find it dead, the second must not remove the lock that the first
 * has taken since. So this needs a lock too, which is named after the dead holder.
 */
async function clear(path: string, dead: Holder, tools: LockTools): Promise<void> {
  await withLock(`${path}-${dead.token}`, tools, briefly, async () => {
    const holder = await readHolder(path, tools);
    if (typeof holder !== 'string' && holder.token === dead.token) await tools.storage.remove(path);
  });
}

/** Runs work while no other process uses the file at `path`. Locks a file next to it, and waits up to ten minutes. */
export const lockBeside =
  (path: string, tools: LockTools) =>
  <T>(work: () => Promise<T>): Promise<T> =>
    withLock(`${path}.lock`, tools, { longest: 10 * minute }, work);

/** Runs something while no other process holds the lock at `path`. Throws UserError if it has to wait too long. */
export async function withLock<T>(
  path: string,
  tools: LockTools,
  patience: Patience,
  run: () => Promise<T>,
): Promise<T> {
  const { storage, clock, sleep } = tools;
  const mine = await holderHere(tools);
  const until = clock() + patience.longest;
  let reported = false;
  while (!(await storage.makeLink(linkText(mine), path))) {
    const holder = await readHolder(path, tools);
    if (holder === 'nobody') continue;
    if (holder === 'unknown') throw new UserError(`${path} isn't a Halfpast lock. Delete it if no publish is running`);
    if (await isDead(path, holder, tools)) {
      await clear(path, holder, tools);
      continue;
    }
    if (!reported) patience.onWait?.(holder.pid);
    reported = true;
    if (clock() > until)
      throw new UserError(
        `${path} is held by process ${holder.pid} on ${holder.host}. Try again later, or end that process. If it no longer exists, delete the file`,
      );
    await sleep(50);
  }
  // Failing to touch the lock is no reason to stop the work it protects.
  const touching = setInterval(() => void storage.touch(path, clock()).catch(() => undefined), touchEvery);
  touching.unref();
  try {
    return await run();
  } finally {
    clearInterval(touching);
    const holder = await readHolder(path, tools);
    // If this machine was asleep for long, another may hold it now.
    if (typeof holder !== 'string' && holder.token === mine.token) await storage.remove(path);
  }
}
