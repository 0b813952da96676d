/** What long work says of itself while it runs: one line on the terminal, gone when it is done. */
export type Progress = {
  /** Takes the place of what was shown before. */
  readonly show: (text: string) => void;
  /** Leaves nothing on the screen; called before anything else is written there. */
  readonly clear: () => void;
};

/** For pipes, CI, `--json` and `--quiet`. */
export const noProgress: Progress = { show: () => undefined, clear: () => undefined };

/** Shows what is being done until it is; `work` may say more on the way. */
export async function during<T>(
  progress: Progress,
  text: string,
  work: (say: (text: string) => void) => Promise<T>,
): Promise<T> {
  progress.show(text);
  try {
    return await work(progress.show);
  } finally {
    progress.clear();
  }
}
