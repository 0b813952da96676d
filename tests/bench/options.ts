import { open, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { type OptionTable, parseOptions } from '../../scripts/cli/command.ts';
import { UsageError, UserError } from '../../scripts/cli/errors.ts';
import { quote } from '../../src/lib/schema/text.ts';
import { mostRuns, type Other } from './bench.ts';

const isThere = async (path: string): Promise<boolean> => (await stat(path).catch(() => null)) !== null;

/** Throws if the results can't be written to this file, before an hour of measuring. Leaves the folder unchanged. */
export async function requireWritable(path: string): Promise<void> {
  if (!(await isThere(dirname(path))))
    throw new UserError(`--json: the folder ${dirname(path)} does not exist. Create it, or choose another`);
  const isNew = !(await isThere(path));
  await (await open(path, 'a')).close();
  if (isNew) await rm(path, { force: true });
}

type BenchCall = {
  readonly sizes: readonly number[];
  readonly runs: number;
  /** The folder with the real history, as typed. */
  readonly data: string;
  /** Where to write the results as JSON. */
  readonly json: string | null;
  readonly other: Other | null;
};

const defaults = { sizes: '100,450,1000,2000,10000', runs: '5', data: '../shared/data' } as const;
/** Beyond this, copies of the history would be too close together to look like a real one. */
const mostIncidents = 100_000;

const table = {
  sizes: { value: 'N,N', help: `numbers of incidents, at most ${mostIncidents} (default: ${defaults.sizes})` },
  runs: {
    value: 'N',
    help: `runs of each task, at most ${mostRuns} (default: ${defaults.runs})`,
  },
  data: {
    value: 'DIR',
    help: `folder with the real history (default: ${defaults.data}; if missing, a generated one)`,
  },
  json: { value: 'FILE', help: 'also write the results as JSON' },
  other: { value: 'COMMAND', help: 'also time another generator: the shell command that builds its site' },
  prepare: {
    value: 'COMMAND',
    help: 'shell command that first converts incidents.json and components.json for it; not timed',
  },
} as const satisfies OptionTable;

/** Null unless it's an integer from 1 to `most`. */
function countIn(given: string, most: number): number | null {
  return /^[1-9]\d{0,5}$/.test(given) && Number(given) <= most ? Number(given) : null;
}

function sizesIn(given: string): readonly number[] {
  const sizes = given.split(',').map((part) => {
    const size = countIn(part.trim(), mostIncidents);
    if (size === null)
      throw new UsageError(
        `--sizes: ${quote(part)} is not a number from 1 to ${mostIncidents}. Separate numbers with commas, such as --sizes 450,10000`,
      );
    return size;
  });
  const twice = sizes.find((size, index) => sizes.indexOf(size) < index);
  if (twice !== undefined) throw new UsageError(`--sizes: ${twice} appears twice. Remove one`);
  return sizes;
}

function runsIn(given: string): number {
  const runs = countIn(given, mostRuns);
  if (runs === null)
    throw new UsageError(`--runs: ${quote(given)} is not a number from 1 to ${mostRuns}. Type --runs ${defaults.runs}`);
  return runs;
}

/** Reads the flags of `npm run bench`. Returns null after printing the help. Throws UsageError. */
export function readBenchOptions(words: readonly string[]): BenchCall | null {
  const read = parseOptions(
    {
      name: 'npm run bench --',
      description: 'Times check and builds with histories of several sizes.',
      options: table,
    },
    words,
  );
  if (read === null) return null;
  const {
    sizes = defaults.sizes,
    runs = defaults.runs,
    data = defaults.data,
    json = null,
    other,
    prepare = null,
  } = read;
  if (other === undefined && prepare !== null)
    throw new UsageError(
      '--prepare needs --other. Add the command that builds the site, such as --other "hugo --quiet"',
    );
  return {
    sizes: sizesIn(sizes),
    runs: runsIn(runs),
    data,
    json,
    other: other === undefined ? null : { prepare, build: other },
  };
}
