import { open, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { type OptionTable, parseOptions } from '../../scripts/cli/command.ts';
import { UsageError, UserError } from '../../scripts/cli/errors.ts';
import { quote } from '../../src/lib/schema/text.ts';
import { mostRuns, type Other } from './bench.ts';

const isThere = async (path: string): Promise<boolean> => (await stat(path).catch(() => null)) !== null;

/** Throws now what would be thrown when the results are written to this file, an hour later. Leaves all as it was. */
export async function requireWritable(path: string): Promise<void> {
  if (!(await isThere(dirname(path))))
    throw new UserError(`--json: the folder ${dirname(path)} is not there. Make it, or name another`);
  const isNew = !(await isThere(path));
  await (await open(path, 'a')).close();
  if (isNew) await rm(path, { force: true });
}

type BenchCall = {
  readonly sizes: readonly number[];
  readonly runs: number;
  /** The folder with the real history, as it was typed. */
  readonly data: string;
  /** Where the results go, for machines. */
  readonly json: string | null;
  readonly other: Other | null;
};

const usual = { sizes: '100,450,1000,2000,10000', runs: '5', data: '../shared/data' } as const;
/** More would be repeated so closely that it is no history any more. */
const mostIncidents = 100_000;

const table = {
  sizes: { value: 'N,N', help: `how many incidents, at most ${mostIncidents} (default: ${usual.sizes})` },
  runs: {
    value: 'N',
    help: `how often each piece of work is done, at most ${mostRuns} (default: ${usual.runs})`,
  },
  data: {
    value: 'DIR',
    help: `the folder with the real history (default: ${usual.data}; without it, an invented one)`,
  },
  json: { value: 'FILE', help: 'write the results there as well, for machines' },
  other: { value: 'COMMAND', help: 'time another generator, too: the shell line that builds its site' },
  prepare: {
    value: 'COMMAND',
    help: 'the shell line that makes its content first, from incidents.json and components.json; not timed',
  },
} as const satisfies OptionTable;

/** Null for all that is not a whole number from 1 on. */
function countIn(given: string, most: number): number | null {
  return /^[1-9]\d{0,5}$/.test(given) && Number(given) <= most ? Number(given) : null;
}

function sizesIn(given: string): readonly number[] {
  const sizes = given.split(',').map((part) => {
    const size = countIn(part.trim(), mostIncidents);
    if (size === null)
      throw new UsageError(
        `--sizes: ${quote(part)} is not a number from 1 to ${mostIncidents}. Type numbers with commas between, as --sizes 450,10000`,
      );
    return size;
  });
  const twice = sizes.find((size, index) => sizes.indexOf(size) < index);
  if (twice !== undefined) throw new UsageError(`--sizes: ${twice} is given twice. Type it once`);
  return sizes;
}

function runsIn(given: string): number {
  const runs = countIn(given, mostRuns);
  if (runs === null)
    throw new UsageError(`--runs: ${quote(given)} is not a number from 1 to ${mostRuns}. Type --runs ${usual.runs}`);
  return runs;
}

/** Reads the flags of `npm run bench`; null after printing the help. Throws UsageError. */
export function readBenchOptions(words: readonly string[]): BenchCall | null {
  const read = parseOptions(
    { name: 'npm run bench --', description: 'Times check and builds on histories of several sizes.', options: table },
    words,
  );
  if (read === null) return null;
  const { sizes = usual.sizes, runs = usual.runs, data = usual.data, json = null, other, prepare = null } = read;
  if (other === undefined && prepare !== null)
    throw new UsageError(
      '--prepare is for another generator, and --other is missing. Type what builds its site, as --other "hugo --quiet"',
    );
  return {
    sizes: sizesIn(sizes),
    runs: runsIn(runs),
    data,
    json,
    other: other === undefined ? null : { prepare, build: other },
  };
}
