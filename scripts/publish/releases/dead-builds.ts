import { join } from 'node:path';
import type { LockTools } from './lock.ts';

/** Removes what killed builds left in Halfpast's own folder `root`: `building-<pid>.<number>` of processes that are dead. */
export async function removeDeadBuilds(root: string, { ground, processes }: Pick<LockTools, 'ground' | 'processes'>): Promise<void> {
  const folder = join(root, 'node_modules', '.astro');
  for (const name of await ground.list(folder)) {
    const pid = Number(/^building-(\d+)(?:\.\d+)?$/.exec(name)?.[1] ?? Number.NaN);
    if (Number.isInteger(pid) && !processes.isAlive(pid)) await ground.remove(join(folder, name));
  }
}
