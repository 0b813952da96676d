import { Worker } from 'node:worker_threads';
import type { Outcome, Plan } from './run.ts';
import type { WorkerTask, WorkerWord } from './worker.ts';

/** How the runs ended: by themselves, or cut off in one that hung or took all the memory. */
type Watched =
  | { readonly kind: 'end'; readonly outcome: Outcome; readonly isReal: boolean }
  | { readonly kind: 'cut'; readonly why: string; readonly plan: Plan | null };

/** Milliseconds by the clock without a new run after which the thread is ended. */
const silence = 60_000;
/** Mebibytes of JavaScript values: a whole site of ten thousand incidents takes less. */
const mostMemory = 768;

/** Mebibytes, as much as the program itself has: threads have four times that, in which nothing falls over. */
const mainStack = 1;

/** Runs the fuzzer in a thread of its own, and ends it when it hangs. `told` hears how many runs began. */
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
