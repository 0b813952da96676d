import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { hostname } from 'node:os';

/** Who runs: so that a lock left by a dead process is known as such. */
export type Processes = {
  readonly pid: number;
  readonly host: string;
  /** What tells a process from a later one with the same number; null when it is dead or that is not known. */
  readonly birth: (pid: number) => Promise<string | null>;
  readonly isAlive: (pid: number) => boolean;
};

/** A process that has ended and that nobody has asked about yet, as in a container without an init: it does nothing any more. */
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
      // The name in parentheses may hold anything; the start time is the 20th field behind it.
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
