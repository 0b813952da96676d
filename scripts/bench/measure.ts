import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';

/** What one run of a program took: milliseconds by the clock, and the most memory its process held, in bytes; null where the system does not tell. */
export type Run = { readonly took: number; readonly peak: number | null };

/** Linux keeps the highest mark for a process that lives. */
async function highestMark(pid: number): Promise<number | null> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  const kilobytes = /^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1];
  return kilobytes === undefined ? null : Number(kilobytes) * 1024;
}

/** Runs a program to its end as a process of its own. Throws when it fails. `clock` is in milliseconds. */
export async function measure(command: readonly [string, ...string[]], cwd: string, clock: () => number): Promise<Run> {
  const [program, ...args] = command;
  const began = clock();
  const child = spawn(program, args, { cwd, stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  let peak: number | null = null;
  const look = setInterval(() => void highestMark(child.pid ?? 0).then((mark) => (peak = mark ?? peak)), 100);
  const code = await new Promise<number | null>((resolve, reject) => child.on('error', reject).on('close', resolve));
  clearInterval(look);
  if (code !== 0) throw new Error(`${command.join(' ')} ended with ${code}:\n${said.slice(-2000)}`);
  return { took: clock() - began, peak };
}

/** The middle one, or the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  return ((sorted[Math.ceil(middle) - 1] ?? NaN) + (sorted[Math.floor(middle)] ?? NaN)) / 2;
}
