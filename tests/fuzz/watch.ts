import { Worker } from 'node:worker_threads';
import type { Outcome, Plan } from './run.ts';
import type { WorkerTask, WorkerWord } from './worker.ts';

/** How the runs ended: on their own, or cut off in a run that hung or used up the memory. */
type Watched =
  | { readonly kind: 'end'; readonly outcome: Outcome; readonly isReal: boolean }
  | { readonly kind: 'cut'; readonly why: string; readonly plan: Plan | null };

/** Milliseconds of elapsed time without a new run after which the thread is terminated. */
const silence = 60_000;
/** Mebibytes of JavaScript values. A site with ten thousand incidents needs less. */
const mostMemory = 768;

/** Mebibytes, the same as the real program. Threads default to four times that, which would hide stack overflows. */
const mainStack = 1;

/** Runs the fuzzer in a separate thread, and terminates it if it hangs. `told` gets the number of runs started. */
export async function watch(task: WorkerTask, told: (runs: number) => void): Promise<Watched> {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), {
    workerData: task,
    resourceLimits: { maxOldGenerationSizeMb: mostMemory, stackSizeMb: mainStack },
  });
  let plan: Plan | null = null;
  let runs = 0;
  try {
    return await new Promise<Watched>((resolve) => {
      const cut = (why: string): void => resolve({ kind: 'cut', why, plan });
      let timer = setTimeout(() => cut(''), silence);
      worker.on('message', (word: WorkerWord) => {
        clearTimeout(timer);
        if (word.kind === 'end') return resolve(word);
        plan = word.plan;
        told((runs += 1));
        timer = setTimeout(() => cut(`hang: no word for ${silence / 1000} seconds`), silence);
      });
      worker.on('error', (error: NodeJS.ErrnoException) =>
        cut(
          error.code === 'ERR_WORKER_OUT_OF_MEMORY'
            ? `out of memory: more than ${mostMemory} MiB`
            : `crash: ${error.stack ?? error.message}`,
        ),
      );
      worker.on('exit', () => (clearTimeout(timer), cut('the thread ended by itself')));
    });
  } finally {
    await worker.terminate();
  }
}
