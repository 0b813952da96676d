import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';

/** Whether this system tells which processes a process has started; without that, too little would be counted. */
const tellsChildren = existsSync('/proc/thread-self/children');

/** The figure of this name in a file of Linux's about a process, in bytes; null when the process has ended. */
async function figure(pid: number, name: string): Promise<number | null> {
  const text = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  const kilobytes = new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(text)?.[1];
  return kilobytes === undefined ? null : Number(kilobytes) * 1024;
}

async function childrenOf(pid: number): Promise<readonly number[]> {
  const threads = await readdir(`/proc/${pid}/task`).catch(() => []);
  const lists = await Promise.all(
    threads.map((thread) => readFile(`/proc/${pid}/task/${thread}/children`, 'utf8').catch(() => '')),
  );
  return (lists.join(' ').match(/\d+/g) ?? []).map(Number);
}

/**
 * The sum of the highest marks, which Linux keeps for each process. It counts twice what several share; to have that
 * counted once, Linux would go through all their memory, and they would wait meanwhile.
 */
async function heldBy(pids: readonly number[]): Promise<number> {
  const highest = await Promise.all(pids.map((pid) => figure(pid, 'VmHWM')));
  return highest.reduce<number>((sum, held) => sum + (held ?? 0), 0);
}

/**
 * Watches a process and all that it starts, ten times a second. `stop` gives the most memory that they
 * can have held together, in bytes; null where the system does not tell, or when all was over too soon.
 */
export function watchMemory(root: number): { readonly stop: () => number | null } {
  // What a process started outlives it, perhaps, and is then nobody's child that we know: so they are kept.
  const known = new Set([root]);
  let peak = 0;
  const look = async (): Promise<void> => {
    // A set hands out what is added on the way, so children of children are found, too.
    for (const pid of known) for (const child of await childrenOf(pid)) known.add(child);
    peak = Math.max(peak, await heldBy([...known]));
    for (const pid of known) if (!existsSync(`/proc/${pid}`)) known.delete(pid);
  };
  const timer = tellsChildren ? setInterval(() => void look(), 100) : null;
  return {
    stop: () => {
      if (timer !== null) clearInterval(timer);
      return peak === 0 ? null : peak;
    },
  };
}
