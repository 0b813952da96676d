import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { UserError } from '../cli/errors.ts';
import { oneLine } from '../cli/one-line.ts';
import { watchMemory } from './memory.ts';

/**
 * What one run of a program took, with all that it started: milliseconds by the clock and of the processor, and the most
 * memory it held, in bytes; null where the system does not say.
 */
export type Run = { readonly took: number; readonly cpu: number | null; readonly peak: number | null };

/** Milliseconds of the processor that ended children of this process took, with theirs. Linux counts hundredths of a second. */
function childrenCpu(): number | null {
  try {
    // The name of the program is in brackets and may hold blanks; cutime and cstime are fields 16 and 17.
    const [, ...fields] =
      readFileSync('/proc/self/stat', 'utf8')
        .split(/\) (.*)/s)[1]
        ?.split(' ') ?? [];
    return (Number(fields[12]) + Number(fields[13])) * 10;
  } catch {
    return null;
  }
}

/** The line of all that a failed program said that says most: in a trace of Node's it is not the last. */
function gistOf(said: string): string {
  const lines = said.split('\n').filter((line) => line.trim() !== '');
  const line = lines.find((candidate) => /error\b.*: /i.test(candidate)) ?? lines.at(-1);
  return line === undefined ? 'It said nothing' : `It said: ${oneLine(line).slice(0, 300).toWellFormed()}`;
}

/** Runs a program to its end as a process of its own. Throws UserError, with its name, when it fails. `clock` is in milliseconds. */
export async function measure(
  name: string,
  command: readonly [string, ...string[]],
  cwd: string,
  clock: () => number,
): Promise<Run> {
  const [program, ...args] = command;
  const before = childrenCpu();
  const began = clock();
  const child = spawn(program, args, { cwd, stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => (said = `${said}${chunk.toString()}`.slice(-20_000)));
  const memory = watchMemory(child.pid ?? 0);
  const ended = new Promise<number | NodeJS.Signals | null>((resolve, reject) =>
    child.on('error', reject).on('close', (code, signal) => resolve(code ?? signal)),
  );
  const end = await ended.finally(memory.stop);
  if (end !== 0) throw new UserError(`${name} ended with ${end}. ${gistOf(said)}`);
  const [took, after] = [clock() - began, childrenCpu()];
  return { took, cpu: before === null || after === null ? null : after - before, peak: memory.stop() };
}

/** The middle one, or the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  return ((sorted[Math.ceil(middle) - 1] ?? NaN) + (sorted[Math.floor(middle)] ?? NaN)) / 2;
}
