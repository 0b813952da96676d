import { parentPort, workerData } from 'node:worker_threads';
import { readBase } from './content.ts';
import { type Outcome, type Plan, runFuzz } from './run.ts';

/** What the worker is told, and what it tells. */
export type WorkerTask = {
  readonly data: string;
  readonly runs: number;
  readonly seed: number;
  readonly path: string | undefined;
};
export type WorkerWord =
  | { readonly kind: 'run'; readonly plan: Plan }
  | { readonly kind: 'end'; readonly outcome: Outcome; readonly isReal: boolean };

// A thread of its own: one that hangs or takes all memory is ended from outside, and its last run is known.
const { data, runs, seed, path } = workerData as WorkerTask;
const tell = (word: WorkerWord): void => parentPort?.postMessage(word);
const base = await readBase(data);
const outcome = await runFuzz({ base, runs, seed, path, begin: (plan) => tell({ kind: 'run', plan }) });
tell({ kind: 'end', outcome, isReal: base.isReal });
