import { parentPort, workerData } from 'node:worker_threads';
import { readBase } from './content.ts';
import { type Outcome, type Plan, runFuzz } from './run.ts';

/** The worker's input, and the messages that it sends. */
export type WorkerTask = {
  readonly data: string;
  readonly runs: number;
  readonly seed: number;
  readonly path: string | undefined;
};
export type WorkerWord =
  | { readonly kind: 'run'; readonly plan: Plan }
  | { readonly kind: 'end'; readonly outcome: Outcome; readonly isReal: boolean };

// Runs in a separate thread, so that the parent can terminate it when it hangs or runs out of memory,
// and knows its last run.
const { data, runs, seed, path } = workerData as WorkerTask;
const tell = (word: WorkerWord): void => parentPort?.postMessage(word);
const base = await readBase(data);
const outcome = await runFuzz({ base, runs, seed, path, begin: (plan) => tell({ kind: 'run', plan }) });
tell({ kind: 'end', outcome, isReal: base.isReal });
