import { type OptionTable, parseOptions } from '../../scripts/cli/command.ts';
import { UsageError } from '../../scripts/cli/errors.ts';
import { quote } from '../../src/lib/schema/text.ts';
import type { Tally } from './run.ts';

/** How often each way to break content was refused and taken, as lines. */
export function tallyLines(tally: Tally): string[] {
  const rows = Object.entries(tally).sort(([a], [b]) => (a < b ? -1 : 1));
  const width = Math.max(0, ...rows.map(([kind]) => kind.length));
  return rows.map(([kind, { refused, taken, impossible }]) => {
    const none = impossible === 0 ? '' : `, ${impossible} that no disk holds`;
    return `${kind.padEnd(width)}  ${String(refused).padStart(4)} refused  ${String(taken).padStart(4)} taken${none}`;
  });
}

export type FuzzOptions = {
  readonly runs: number;
  readonly seed: number;
  readonly data: string;
  /** Where fast-check found a failure before. */
  readonly path: string | undefined;
  /** How many of the runs are done again by the real program. */
  readonly processes: number;
  /** How many sequences of edits are built with kept pages and without; null breaks content instead. */
  readonly incremental: number | null;
};

const table = {
  runs: { value: 'N', help: 'how many broken folders (default: 500)' },
  seed: {
    value: 'S',
    help: 'a whole number, to have the same runs again (default: a new one, which is printed)',
  },
  path: { value: 'P', help: 'only the failure that an earlier run printed; needs its --seed' },
  processes: {
    value: 'N',
    help: 'how many are done again by the real program, check and build (default: a hundredth, 4 to 20)',
  },
  incremental: {
    value: 'N',
    help: 'instead: N sequences of sound edits, each built with the pages that were kept and from nothing; all files must be the same, byte for byte',
  },
  data: {
    value: 'DIR',
    help: 'the folder with the real history (default: ../shared/data; without it, an invented one)',
  },
} as const satisfies OptionTable;

function wholeNumber(given: string | undefined, flag: string, otherwise: number): number {
  if (given === undefined) return otherwise;
  if (/^-?\d{1,10}$/.test(given) && Math.abs(Number(given)) < 2 ** 31) return Number(given);
  throw new UsageError(`${flag}: ${quote(given)} is not a whole number. Type ${flag} 2000`);
}

/** Reads the flags; null after printing the help. `fresh` is the seed when none is given. Throws UsageError. */
export function readFuzzOptions(args: readonly string[], fresh: number): FuzzOptions | null {
  const values = parseOptions(
    {
      name: 'npm run fuzz --',
      description:
        'Breaks the real incidents in every known way and checks that the reader either shows what the files say or reports each problem in one line.',
      options: table,
    },
    args,
  );
  if (values === null) return null;
  const runs = wholeNumber(values.runs, '--runs', 500);
  if (runs < 1) throw new UsageError(`--runs: ${runs} is too few. Type --runs 500`);
  if (values.path !== undefined && values.seed === undefined)
    throw new UsageError('--path needs the --seed that was printed with it');
  const processes = wholeNumber(
    values.processes,
    '--processes',
    values.path === undefined ? Math.min(20, Math.max(4, Math.round(runs / 100))) : 0,
  );
  if (processes < 0) throw new UsageError('--processes: type 0 or more');
  const incremental = values.incremental === undefined ? null : wholeNumber(values.incremental, '--incremental', 100);
  if (incremental !== null && incremental < 1)
    throw new UsageError('--incremental: type 1 or more, as --incremental 100');
  return {
    runs,
    incremental,
    seed: wholeNumber(values.seed, '--seed', fresh),
    path: values.path,
    processes,
    data: values.data ?? '../shared/data',
  };
}
