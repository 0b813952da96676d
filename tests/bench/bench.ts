import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { UserError } from '../../scripts/cli/errors.ts';
import { type Dump, readDump } from '../../scripts/import/statuspage-dump.ts';
import { updateName } from '../../src/lib/content/update-name.ts';
import { type Instant, isoTime, minute } from '../../src/lib/domain/calendar.ts';
import { historyFiles, inventedDump, repeated } from '../tools/generated-history.ts';
import { measure, median, type Row, type Run } from './measure.ts';

/** Another status page generator: shell commands, run in a folder of their own for each size. */
export type Other = {
  /** Makes its content from `incidents.json` and `components.json`, which are as Statuspage's API gives them; not timed. */
  readonly prepare: string | null;
  /** Builds its site anew; timed. */
  readonly build: string;
};

const shell = (command: string): readonly [string, ...string[]] => ['sh', '-c', command];

/** As Statuspage writes it, times included. */
const json = (value: unknown): string =>
  `${JSON.stringify(value, (key, at: unknown) => (key.endsWith('_at') && typeof at === 'number' ? isoTime(at) : at), 1)}\n`;

/** Writes the same incidents for another generator and has it prepare them. Gives the folder and the command that builds. */
export async function placeOther(
  { prepare, build }: Other,
  folder: string,
  dump: Dump,
  size: number,
  clock: () => number,
) {
  await mkdir(folder, { recursive: true });
  const { page, components } = dump;
  await writeFile(join(folder, 'incidents.json'), json({ page, incidents: repeated(dump, size) }));
  await writeFile(join(folder, 'components.json'), json({ page, components }));
  if (prepare !== null) await measure('the line behind --prepare', shell(prepare), folder, clock);
  return { folder, command: shell(build) };
}

/** The work that is measured, in the order in which it is done. */
const works = ['check', 'clean', 'unchanged', 'update', 'replace'] as const;
type Work = (typeof works)[number];

const workWords: Readonly<Record<Work, string>> = {
  check: 'check',
  clean: 'astro build, clean',
  unchanged: 'astro build, nothing changed',
  update: 'astro build, one new update',
  replace: 'halfpast build, one new update',
};

/** A content folder, and what is built from it. */
type Place = {
  readonly root: string;
  readonly content: string;
  readonly out: string;
  readonly cache: string;
  readonly now: Instant;
};

/** One more update is written for each run, a minute after that before it, and none may be of the future. */
export const mostRuns = 60;

/** The command of one piece of work. */
function commandOf(work: Work, { root, content, out, cache, now }: Place): readonly [string, ...string[]] {
  const halfpast = [process.execPath, join(root, 'scripts/halfpast.ts')] as const;
  const at = ['--content', content, '--now', isoTime(now)];
  if (work === 'check') return [...halfpast, 'check', ...at];
  if (work === 'replace')
    return [...halfpast, 'build', ...at, '--out', `${out}-replaced`, '--cache', `${cache}-replaced`];
  const options = [`HALFPAST_CONTENT=${content}`, `HALFPAST_NOW=${isoTime(now)}`, `HALFPAST_CACHE=${cache}`];
  return [
    'env',
    ...options,
    process.execPath,
    join(root, 'node_modules/astro/bin/astro.mjs'),
    'build',
    '--silent',
    '--root',
    root,
    '--outDir',
    out,
  ];
}

/** Makes ready for one run: nothing of an earlier build before a clean one, one more update before that of one new update. */
async function prepare(work: Work, { content, out, cache, now }: Place, nth: number): Promise<void> {
  if (work === 'clean') {
    await rm(out, { recursive: true, force: true });
    await rm(cache, { recursive: true, force: true });
  }
  if (work !== 'update' && work !== 'replace') return;
  const newest = (await readdir(join(content, 'incidents'))).sort().at(-1) ?? '';
  const file = join(
    content,
    'incidents',
    newest,
    `${updateName(now - (work === 'update' ? 2 : 1) * mostRuns * minute + nth * minute)}.md`,
  );
  await writeFile(file, `---\nstatus: resolved\n---\nA later word on this, the ${nth + 1}.\n`);
}

/**
 * A site of Astro's with one page, below `root`, whose packages it uses. Gives the command that builds
 * it: the least that a build with Astro takes on this machine, and the measure for all others.
 */
async function emptySite(root: string): Promise<readonly [string, ...string[]]> {
  const folder = join(root, 'node_modules', '.bench-empty');
  await mkdir(join(folder, 'src/pages'), { recursive: true });
  await writeFile(join(folder, 'package.json'), '{ "type": "module", "private": true }\n');
  await writeFile(join(folder, 'astro.config.mjs'), 'export default {};\n');
  await writeFile(
    join(folder, 'src/pages/index.astro'),
    '<!doctype html><html lang="en"><head><title>Empty</title></head><body><h1>Empty</h1></body></html>\n',
  );
  return [process.execPath, join(root, 'node_modules/astro/bin/astro.mjs'), 'build', '--root', folder, '--silent'];
}

/** As many as there are in the real history. */
const invented = 450;

/** Null when there is no such file. */
async function textOf(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

/** The real history in a folder, or an invented one where there is none. Throws UserError for one that cannot be read. */
export async function baseOf(folder: string): Promise<{ readonly dump: Dump; readonly isReal: boolean }> {
  const paths = {
    incidents: join(folder, 'github-incidents-2020-2024.json'),
    components: join(folder, 'github-components.json'),
  };
  const [text, list] = [await textOf(paths.incidents), await textOf(paths.components)];
  if (text === null || list === null) return { dump: inventedDump(invented), isReal: false };
  const { page, incidents } = readDump(text, 'incidents', paths.incidents);
  if (incidents.length === 0)
    throw new UserError(
      `${paths.incidents} has no incidents to repeat. Save Statuspage's answer again, or leave --data out`,
    );
  return {
    dump: { page, incidents, maintenances: [], components: readDump(list, 'components', paths.components).components },
    isReal: true,
  };
}

type BenchOptions = {
  readonly root: string;
  /** A folder for what is made on the way; it may be removed afterwards. */
  readonly folder: string;
  readonly dump: Dump;
  readonly sizes: readonly number[];
  readonly runs: number;
  /** To be timed on the same incidents, in turn. */
  readonly other: Other | null;
  readonly now: Instant;
  /** In milliseconds. */
  readonly clock: () => number;
  readonly say: (line: string) => void;
};

type Results = { readonly empty: number; readonly emptyCpu: number | null; readonly rows: readonly Row[] };

const otherWords = 'the other generator';

/** The median of the processor's time; null where the system does not say. */
function cpuOf(runs: readonly Run[]): number | null {
  const known = runs.flatMap(({ cpu }) => (cpu === null ? [] : [cpu]));
  return known.length === 0 ? null : median(known);
}

const peakOf = (runs: readonly Run[]): number | null =>
  runs.reduce<number | null>((peak, run) => (run.peak === null ? peak : Math.max(peak ?? 0, run.peak)), null);

async function filesIn(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).length;
}

async function place({ root, folder, dump, now }: BenchOptions, size: number): Promise<Place> {
  const at = join(folder, String(size));
  const content = join(at, 'content');
  for (const { path, text } of historyFiles(dump, size)) {
    await mkdir(dirname(join(content, path)), { recursive: true });
    await writeFile(join(content, path), text);
  }
  return { root, content, out: join(at, 'site'), cache: join(at, 'cache'), now };
}

/** Measures every piece of work on histories of each size. Runs of different work take turns, so that a busy machine is as unfair to all. */
export async function bench(options: BenchOptions): Promise<Results> {
  const { root, folder, dump, sizes, runs, other, clock, say } = options;
  const emptyCommand = await emptySite(root);
  const empties: Run[] = [];
  const measured: Omit<Row, 'ratio' | 'cpuRatio'>[] = [];
  const tell = (size: number, nth: number, what: string, { took }: Run): void =>
    say(`${size} incidents, run ${nth + 1} of ${runs}, ${what}: ${(took / 1000).toFixed(2)} s`);
  for (const size of sizes) {
    const here = await place(options, size);
    const rival = other === null ? null : await placeOther(other, join(folder, `other-${size}`), dump, size, clock);
    const done: Record<Work, Run[]> = { check: [], clean: [], unchanged: [], update: [], replace: [] };
    const theirs: Run[] = [];
    for (let nth = 0; nth < runs; nth++) {
      const empty = await measure('the build of an empty site', emptyCommand, root, clock);
      empties.push(empty);
      for (const work of works) {
        await prepare(work, here, nth);
        const run = await measure(`${workWords[work]} with ${size} incidents`, commandOf(work, here), root, clock);
        done[work].push(run);
        tell(size, nth, workWords[work], run);
      }
      if (rival === null) continue;
      const run = await measure('the line behind --other', rival.command, rival.folder, clock);
      theirs.push(run);
      tell(size, nth, otherWords, run);
    }
    if (rival !== null)
      measured.push({
        work: otherWords,
        size,
        took: median(theirs.map(({ took }) => took)),
        cpu: cpuOf(theirs),
        peak: peakOf(theirs),
        files: null,
      });
    const files = await filesIn(here.out);
    for (const work of works) {
      measured.push({
        work: workWords[work],
        size,
        took: median(done[work].map(({ took }) => took)),
        cpu: cpuOf(done[work]),
        peak: peakOf(done[work]),
        files: work === 'check' ? null : files,
      });
    }
  }
  const empty = median(empties.map(({ took }) => took));
  const emptyCpu = cpuOf(empties);
  const order = [...Object.values(workWords), otherWords];
  const rows = measured
    .map((row): Row => ({
      ...row,
      ratio: row.took / empty,
      cpuRatio: row.cpu === null || emptyCpu === null ? null : row.cpu / emptyCpu,
    }))
    .toSorted((a, b) => order.indexOf(a.work) - order.indexOf(b.work) || a.size - b.size);
  return { empty, emptyCpu, rows };
}
