import { type OptionTable, parseOptions } from '../../scripts/cli/command.ts';
import { UsageError } from '../../scripts/cli/errors.ts';
import { quote } from '../../src/lib/schema/text.ts';
import type { Tally } from './run.ts';

/** Prints one line per kind of fault: how often it was rejected and accepted. */
export function tallyLines(tally: Tally): string[] {
  const rows = Object.entries(tally).sort(([a], [b]) => (a < b ? -1 : 1));
  const width = Math.max(0, ...rows.map(([kind]) => kind.length));
  return rows.map(([kind, { refused, taken, impossible }]) => {
    const none = impossible === 0 ? '' : `, ${impossible} impossible on this disk`;
    return `${kind.padEnd(width)}  ${String(refused).padStart(4)} refused  ${String(taken).padStart(4)} accepted${none}`;
  });
}

export type FuzzOptions = {
  readonly runs: number;
  readonly seed: number;
  readonly data: string;
  /** fast-check's path to an earlier failure. */
  readonly path: string | undefined;
  /** How many runs to repeat with the command-line program. */
  readonly processes: number;
  /** How many sequences of edits to build incrementally and from scratch; null breaks content instead. */
  readonly incremental: number | null;
};

const table = {
  runs: { value: 'N', help: 'number of broken folders (default: 500)' },
  seed: {
    value: 'S',
    help: 'an integer, to repeat earlier runs (default: a random one, which is printed)',
  },
  path: { value: 'P', help: 'repeat only the failure that an earlier run printed; needs its --seed' },
  processes: {
    value: 'N',
    help: 'how many to repeat with halfpast check and build (default: 1%, from 4 to 20)',
  },
  incremental: {
    value: 'N',
    help: 'instead, build N sequences of valid edits incrementally and from scratch, and compare all files byte for byte',
  },
  data: {
    value: 'DIR',
    help: 'folder with the real history (default: ../shared/data; if missing, a generated one)',
  },
} as const satisfies OptionTable;

function wholeNumber(given: string | undefined, flag: string, otherwise: number): number {
  if (given === undefined) return otherwise;
  if (/^-?\d{1,10}$/.test(given) && Math.abs(Number(given)) < 2 ** 31) return Number(given);
  throw new UsageError(`${flag}: ${quote(given)} is not an integer. Type ${flag} 2000`);
}

/** Reads the flags. Returns null after printing the help. `fresh` is the default seed. Throws UsageError. */
export function readFuzzOptions(args: readonly string[], fresh: number): FuzzOptions | null {
  const values = parseOptions(
    {
      name: 'npm run fuzz --',
      description:
        'Breaks real incidents in every known way, and checks that each is either read correctly or reported in one line per problem.',
      options: table,
    },
    args,
  );
  if (values === null) return null;
  const runs = wholeNumber(values.runs, '--runs', 500);
  if (runs < 1) throw new UsageError(`--runs: ${runs} is too few. Type --runs 500`);
  if (values.path !== undefined && values.seed === undefined)
    throw new UsageError('--path needs --seed. Add the seed that was printed with it');
  const processes = wholeNumber(
    values.processes,
    '--processes',
    values.path === undefined ? Math.min(20, Math.max(4, Math.round(runs / 100))) : 0,
  );
  if (processes < 0) throw new UsageError('--processes is below 0. Type 0 or more');
  const incremental = values.incremental === undefined ? null : wholeNumber(values.incremental, '--incremental', 100);
  if (incremental !== null && incremental < 1) throw new UsageError('--incremental is below 1. Type --incremental 100');
  return {
    runs,
    incremental,
    seed: wholeNumber(values.seed, '--seed', fresh),
    path: values.path,
    processes,
    data: values.data ?? '../shared/data',
  };
}
