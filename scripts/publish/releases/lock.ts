import { randomUUID } from 'node:crypto';
import { basename, dirname, join } from 'node:path';
import { z } from 'zod';
import { minute, second } from '../../../src/domain/instant.ts';
import { UserError } from '../../cli/errors.ts';
import type { Ground } from './ground.ts';
import type { Processes } from './processes.ts';

const holderSchema = z.object({ pid: z.int(), host: z.string(), birth: z.string().nullable(), token: z.string() });

type Holder = z.output<typeof holderSchema>;

export type LockTools = {
  readonly ground: Ground;
  readonly processes: Processes;
  readonly clock: () => number;
  readonly sleep: (time: number) => Promise<unknown>;
};

export type Patience = {
  /** How long to wait for another holder, in milliseconds. */
  readonly longest: number;
  /** Called once when there is one. */
  readonly onWait?: (pid: number) => void;
};

/** Holders on other machines cannot be asked whether they live; they touch their lock this often. */
const sign = 10 * second;
const silence = 2 * minute;

async function readHolder(path: string, { ground }: LockTools): Promise<Holder | 'nobody' | 'unknown'> {
  const text = await ground.read(path);
  if (text === null) return 'nobody';
  try {
    return holderSchema.parse(JSON.parse(text));
  } catch {
    return 'unknown';
  }
}

async function isDead(path: string, holder: Holder, { ground, processes, clock }: LockTools): Promise<boolean> {
  if (holder.host !== processes.host) {
    const sign = await ground.changedAt(path);
    return sign !== null && clock() - sign > silence;
  }
  if (!processes.isAlive(holder.pid)) return true;
  const birth = await processes.birth(holder.pid);
  return birth !== null && holder.birth !== null && birth !== holder.birth;
}

/** Takes the lock in one step: a second name is given whole, and to one only. */
async function take(path: string, mine: Holder, { ground }: LockTools): Promise<boolean> {
  const beside = join(dirname(path), `.${basename(path)}-${mine.token}`);
  await ground.write(beside, JSON.stringify(mine));
  try {
    return await ground.secondName(beside, path);
  } finally {
    await ground.remove(beside);
  }
}

/**
 * Removes the lock of a dead holder. Two that find it dead must not both remove it, the second one
 * perhaps the lock that the first has taken since: so this, too, is done under a lock, named by that holder.
 */
async function clear(path: string, dead: Holder, tools: LockTools): Promise<void> {
  await withLock(`${path}-${dead.token}`, tools, { longest: minute }, async () => {
    const holder = await readHolder(path, tools);
    if (typeof holder !== 'string' && holder.token === dead.token) await tools.ground.remove(path);
  });
}

/** Runs something while no other process holds the lock at `path`. Throws UserError when it waited too long. */
export async function withLock<T>(path: string, tools: LockTools, patience: Patience, run: () => Promise<T>): Promise<T> {
  const { ground, processes, clock, sleep } = tools;
  const mine: Holder = { pid: processes.pid, host: processes.host, birth: await processes.birth(processes.pid), token: randomUUID() };
  const until = clock() + patience.longest;
  let told = false;
  while (!(await take(path, mine, tools))) {
    const holder = await readHolder(path, tools);
    if (holder === 'nobody') continue;
    if (holder === 'unknown') throw new UserError(`${path} is no lock of Halfpast. Delete it when no publish is running`);
    if (await isDead(path, holder, tools)) {
      await clear(path, holder, tools);
      continue;
    }
    if (!told) patience.onWait?.(holder.pid);
    told = true;
    if (clock() > until) throw new UserError(`${path} is held by process ${holder.pid} on ${holder.host}. Try again when it is done, or end it; if there is none, delete the file`);
    await sleep(50);
  }
  const signs = setInterval(() => void ground.touch(path, clock()), sign);
  signs.unref();
  try {
    return await run();
  } finally {
    clearInterval(signs);
    const holder = await readHolder(path, tools);
    // After a long sleep of this machine, another may hold it.
    if (typeof holder !== 'string' && holder.token === mine.token) await ground.remove(path);
  }
}
