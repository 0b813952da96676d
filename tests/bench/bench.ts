import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { UserError } from '../../scripts/cli/errors.ts';
import { type Dump, parseSaved, readDump } from '../../scripts/import/statuspage-dump.ts';
import { updateName } from '../../src/lib/content/update-name.ts';
import { type Instant, isoTime, minute } from '../../src/lib/domain/calendar.ts';
import { historyFiles, generatedDump, repeated } from '../tools/generated-history.ts';
import { measure, median, type Row, type Run } from './measure.ts';

/** Another status page generator: shell commands, run in a separate folder for each size. */
export type Other = {
  /** Converts `incidents.json` and `components.json`, which use the format of Statuspage's API; not timed. */
  readonly prepare: string | null;
  /** Builds its site from scratch; timed. */
  readonly build: string;
};

const shell = (command: string): readonly [string, ...string[]] => ['sh', '-c', command];

/** JSON as Statuspage writes it, including times. */
const json = (value: unknown): string =>
  `${JSON.stringify(value, (key, at: unknown) => (key.endsWith('_at') && typeof at === 'number' ? isoTime(at) : at), 1)}\n`;

/** Writes the same incidents for another generator and runs its `prepare`. Returns the folder and the build command. */
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
  if (prepare !== null) await measure('the command of --prepare', shell(prepare), folder, clock);
  return { folder, command: shell(build) };
}

/** The tasks, in execution order. */
const tasks = ['check', 'clean', 'unchanged', 'update', 'replace'] as const;
type Task = (typeof tasks)[number];

const taskNames: Readonly<Record<Task, string>> = {
  check: 'check',
  clean: 'astro build, clean',
  unchanged: 'astro build, nothing changed',
  update: 'astro build, one new update',
  replace: 'halfpast build, one new update',
};

/** A content folder, and where its site is built. */
type Place = {
  readonly root: string;
  readonly content: string;
  readonly out: string;
  readonly cache: string;
  readonly now: Instant;
};

/** Each run writes one more update, a minute after the previous one. None may be in the future. */
export const mostRuns = 60;

/** The command for a task. */
function commandOf(task: Task, { root, content, out, cache, now }: Place): readonly [string, ...string[]] {
  const halfpast = [process.execPath, join(root, 'scripts/halfpast.ts')] as const;
  const at = ['--content', content, '--now', isoTime(now)];
  if (task === 'check') return [...halfpast, 'check', ...at];
  if (task === 'replace')
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

/**
 * Prepares a run: removes earlier builds before a clean build, and writes an update before a build with one new update.
 */
async function prepare(task: Task, { content, out, cache, now }: Place, nth: number): Promise<void> {
  if (task === 'clean') {
    await rm(out, { recursive: true, force: true });
    await rm(cache, { recursive: true, force: true });
  }
  if (task !== 'update' && task !== 'replace') return;
  const newest = (await readdir(join(content, 'incidents'))).sort().at(-1) ?? '';
  const file = join(
    content,
    'incidents',
    newest,
    `${updateName(now - (task === 'update' ? 2 : 1) * mostRuns * minute + nth * minute)}.md`,
  );
  await writeFile(file, `---\nstatus: resolved\n---\nA later update, number ${nth + 1}.\n`);
}

/**
 * Creates an Astro site with one page, below `root`, whose packages it uses. Returns the command that builds it: the
 * minimum time that an Astro build takes on this machine.
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

/** The size of the real history. */
const generated = 450;

/** Returns null if the file doesn't exist. */
async function textOf(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

/** The real history from a folder, or a generated one if the folder has none. Throws UserError if it can't be read. */
export async function baseOf(folder: string): Promise<{ readonly dump: Dump; readonly isReal: boolean }> {
  const paths = {
    incidents: join(folder, 'github-incidents-2020-2024.json'),
    components: join(folder, 'github-components.json'),
  };
  const [text, list] = [await textOf(paths.incidents), await textOf(paths.components)];
  if (text === null || list === null) return { dump: generatedDump(generated), isReal: false };
  const { page, incidents } = readDump(
    parseSaved(text, paths.incidents, 'Statuspage'),
    'incidents',
    paths.incidents,
    () => undefined,
  );
  if (incidents.length === 0)
    throw new UserError(
      `${paths.incidents} has no incidents to repeat. Save Statuspage's answer again, or leave --data out`,
    );
  return {
    dump: {
      page,
      incidents,
      maintenances: [],
      components: readDump(
        parseSaved(list, paths.components, 'Statuspage'),
        'components',
        paths.components,
        () => undefined,
      ).components,
    },
    isReal: true,
  };
}

type BenchOptions = {
  readonly root: string;
  /** A temporary folder. */
  readonly folder: string;
  readonly dump: Dump;
  readonly sizes: readonly number[];
  readonly runs: number;
  /** Timed on the same incidents. */
  readonly other: Other | null;
  readonly now: Instant;
  /** Milliseconds. */
  readonly clock: () => number;
  readonly say: (line: string) => void;
};

type Results = { readonly empty: number; readonly emptyCpu: number | null; readonly rows: readonly Row[] };

const otherName = 'the other generator';

/** The median CPU time; null if the system doesn't provide it. */
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

/** Measures every task on histories of each size. Tasks take turns, so that a busy machine affects all of them. */
export async function bench(options: BenchOptions): Promise<Results> {
  const { root, folder, dump, sizes, runs, other, clock, say } = options;
  const emptyCommand = await emptySite(root);
  const empties: Run[] = [];
  const measured: Omit<Row, 'ratio' | 'cpuRatio'>[] = [];
  const report = (size: number, nth: number, what: string, { took }: Run): void =>
    say(`${size} incidents, run ${nth + 1} of ${runs}, ${what}: ${(took / 1000).toFixed(2)} s`);
  for (const size of sizes) {
    const here = await place(options, size);
    const competitor =
      other === null ? null : await placeOther(other, join(folder, `other-${size}`), dump, size, clock);
    const done: Record<Task, Run[]> = { check: [], clean: [], unchanged: [], update: [], replace: [] };
    const theirs: Run[] = [];
    for (let nth = 0; nth < runs; nth++) {
      const empty = await measure('the build of an empty site', emptyCommand, root, clock);
      empties.push(empty);
      for (const task of tasks) {
        await prepare(task, here, nth);
        const run = await measure(`${taskNames[task]} with ${size} incidents`, commandOf(task, here), root, clock);
        done[task].push(run);
        report(size, nth, taskNames[task], run);
      }
      if (competitor === null) continue;
      const run = await measure('the command of --other', competitor.command, competitor.folder, clock);
      theirs.push(run);
      report(size, nth, otherName, run);
    }
    if (competitor !== null)
      measured.push({
        task: otherName,
        size,
        took: median(theirs.map(({ took }) => took)),
        cpu: cpuOf(theirs),
        peak: peakOf(theirs),
        files: null,
      });
    const files = await filesIn(here.out);
    for (const task of tasks) {
      measured.push({
        task: taskNames[task],
        size,
        took: median(done[task].map(({ took }) => took)),
        cpu: cpuOf(done[task]),
        peak: peakOf(done[task]),
        files: task === 'check' ? null : files,
      });
    }
  }
  const empty = median(empties.map(({ took }) => took));
  const emptyCpu = cpuOf(empties);
  const order = [...Object.values(taskNames), otherName];
  const rows = measured
    .map((row): Row => ({
      ...row,
      ratio: row.took / empty,
      cpuRatio: row.cpu === null || emptyCpu === null ? null : row.cpu / emptyCpu,
    }))
    .toSorted((a, b) => order.indexOf(a.task) - order.indexOf(b.task) || a.size - b.size);
  return { empty, emptyCpu, rows };
}
