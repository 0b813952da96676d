import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { oneLine, UserError } from '../../scripts/cli/errors.ts';

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
function watchMemory(root: number): { readonly stop: () => number | null } {
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

/** One line of the results: a piece of work on a history of one size. */
export type Row = {
  readonly work: string;
  readonly size: number;
  /** Milliseconds, the median of the runs. */
  readonly took: number;
  /** How many times as long as the empty site of the same run. */
  readonly ratio: number;
  /** Milliseconds of the processor, the median of the runs, and how many times those of the empty site; null where the system does not say. */
  readonly cpu: number | null;
  readonly cpuRatio: number | null;
  /** Bytes, the highest of the runs; null where the system does not tell. */
  readonly peak: number | null;
  readonly files: number | null;
};

const columns = [
  'work',
  'incidents',
  'seconds',
  '× empty site',
  'CPU s',
  '× its CPU',
  'peak MiB',
  'files',
  'growth',
] as const;

/** How many times as long as on the size before; blank for the smallest. */
function growth(row: Row, rows: readonly Row[]): string {
  const before = rows.filter(({ work, size }) => work === row.work && size < row.size).at(-1);
  return before === undefined
    ? ''
    : `${(row.took / before.took).toFixed(1)} for ${(row.size / before.size).toFixed(1)} × the incidents`;
}

/** The results as a table in markdown. */
export function table(rows: readonly Row[]): string {
  const cells = rows.map((row) => [
    row.work,
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
