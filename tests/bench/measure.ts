import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { oneLine, UserError } from '../../scripts/cli/errors.ts';

/** Whether the system lists a process's children. If not, memory isn't measured. */
const listsChildren = existsSync('/proc/thread-self/children');

/** A value from `/proc/<pid>/status`, in bytes; null if the process has exited. */
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
 * The sum of the peaks that Linux records for each process. Shared memory counts more than once: to count it once,
 * Linux would have to walk through all of their memory while they wait.
 */
async function heldBy(pids: readonly number[]): Promise<number> {
  const highest = await Promise.all(pids.map((pid) => figure(pid, 'VmHWM')));
  return highest.reduce<number>((sum, held) => sum + (held ?? 0), 0);
}

/**
 * Watches a process and its descendants, ten times a second. `stop` returns an upper bound of the memory that they
 * held together, in bytes; null if the system doesn't provide it, or if they exited too soon.
 */
function watchMemory(root: number): { readonly stop: () => number | null } {
  // A child can outlive its parent, and then no longer appears below it.
  const known = new Set([root]);
  let peak = 0;
  const look = async (): Promise<void> => {
    // Iterating over a set includes elements added along the way, so grandchildren are found too.
    for (const pid of known) for (const child of await childrenOf(pid)) known.add(child);
    peak = Math.max(peak, await heldBy([...known]));
    for (const pid of known) if (!existsSync(`/proc/${pid}`)) known.delete(pid);
  };
  const timer = listsChildren ? setInterval(() => void look(), 100) : null;
  return {
    stop: () => {
      if (timer !== null) clearInterval(timer);
      return peak === 0 ? null : peak;
    },
  };
}

/**
 * One run of a program with its descendants: elapsed and CPU time in milliseconds, and peak memory in bytes; null if
 * the system doesn't provide it.
 */
export type Run = { readonly took: number; readonly cpu: number | null; readonly peak: number | null };

/** CPU time of this process's exited descendants, in milliseconds. Linux counts hundredths of a second. */
function childrenCpu(): number | null {
  try {
    // The program's name is in parentheses and may contain spaces; cutime and cstime are fields 16 and 17.
    const [, ...fields] =
      readFileSync('/proc/self/stat', 'utf8')
        .split(/\) (.*)/s)[1]
        ?.split(' ') ?? [];
    return (Number(fields[12]) + Number(fields[13])) * 10;
  } catch {
    return null;
  }
}

/** The most informative line of a failed program's output: in a Node stack trace, it isn't the last. */
function gistOf(output: string): string {
  const lines = output.split('\n').filter((line) => line.trim() !== '');
  const line = lines.find((candidate) => /error\b.*: /i.test(candidate)) ?? lines.at(-1);
  return line === undefined ? 'It printed nothing' : `It printed: ${oneLine(line).slice(0, 300).toWellFormed()}`;
}

/** Runs a program and waits for it. Throws UserError with its name if it fails. `clock` is in milliseconds. */
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
  let output = '';
  child.stderr.on('data', (chunk: Buffer) => (output = `${output}${chunk.toString()}`.slice(-20_000)));
  const memory = watchMemory(child.pid ?? 0);
  const ended = new Promise<number | NodeJS.Signals | null>((resolve, reject) =>
    child.on('error', reject).on('close', (code, signal) => resolve(code ?? signal)),
  );
  const end = await ended.finally(memory.stop);
  if (end !== 0) throw new UserError(`${name} ended with ${end}. ${gistOf(output)}`);
  const [took, after] = [clock() - began, childrenCpu()];
  return { took, cpu: before === null || after === null ? null : after - before, peak: memory.stop() };
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  return ((sorted[Math.ceil(middle) - 1] ?? NaN) + (sorted[Math.floor(middle)] ?? NaN)) / 2;
}

/** One row of the results: a task with a history of one size. */
export type Row = {
  readonly task: string;
  readonly size: number;
  /** The median of the runs, in milliseconds. */
  readonly took: number;
  /** `took` as a multiple of the empty site in the same runs. */
  readonly ratio: number;
  /** Median CPU time in milliseconds, and as a multiple of the empty site; null if the system doesn't provide it. */
  readonly cpu: number | null;
  readonly cpuRatio: number | null;
  /** The highest of the runs, in bytes; null if the system doesn't provide it. */
  readonly peak: number | null;
  readonly files: number | null;
};

const columns = [
  'task',
  'incidents',
  'seconds',
  '× empty site',
  'CPU s',
  '× its CPU',
  'peak MiB',
  'files',
  'growth',
] as const;

/** The time as a multiple of the next smaller size; blank for the smallest. */
function growth(row: Row, rows: readonly Row[]): string {
  const before = rows.filter(({ task, size }) => task === row.task && size < row.size).at(-1);
  return before === undefined
    ? ''
    : `${(row.took / before.took).toFixed(1)} for ${(row.size / before.size).toFixed(1)} × the incidents`;
}

/** The results as a Markdown table. */
export function table(rows: readonly Row[]): string {
  const cells = rows.map((row) => [
    row.task,
    String(row.size),
    (row.took / 1000).toFixed(2),
    row.ratio.toFixed(2),
    row.cpu === null ? '?' : (row.cpu / 1000).toFixed(2),
    row.cpuRatio === null ? '?' : row.cpuRatio.toFixed(2),
    row.peak === null ? '?' : String(Math.round(row.peak / 1024 ** 2)),
    row.files === null ? '' : String(row.files),
    growth(row, rows),
  ]);
  const line = (values: readonly string[]): string => `| ${values.join(' | ')} |`;
  return [line(columns), line(columns.map(() => '---')), ...cells.map(line)].join('\n');
}
