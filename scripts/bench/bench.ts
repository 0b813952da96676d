import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Instant } from '../../src/domain/instant.ts';
import type { Dump } from '../import/statuspage/dump-schema.ts';
import { emptySite } from './empty-site.ts';
import { historyFiles } from './history.ts';
import { measure, median, type Run } from './measure.ts';
import { type Other, placeOther } from './other.ts';
import { commandOf, type Place, prepare, type Work, works, workWords } from './site-work.ts';
import type { Row } from './table.ts';

export type BenchOptions = {
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

export type Results = { readonly empty: number; readonly emptyCpu: number | null; readonly rows: readonly Row[] };

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
