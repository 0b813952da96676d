import type { Progress } from './progress.ts';

type Screen = {
  readonly write: (text: string) => void;
  readonly columns: () => number;
  /** In milliseconds. */
  readonly clock: () => number;
};

// What is over sooner needs no word; a line that changes faster than this cannot be read.
const patience = 400;
const pace = 100;

const eraseLine = '\r\u001b[2K';

/** Progress as the last line of a terminal, with the seconds it has taken. */
export function lineProgress({ write, columns, clock }: Screen): Progress {
  const begun = clock();
  let text: string | null = null;
  let since = 0;
  let drawnAt = -Infinity;
  let timer: NodeJS.Timeout | undefined;

  const draw = (): void => {
    if (text === null || clock() - begun < patience) return;
    const seconds = Math.floor((clock() - since) / 1000);
    const line = seconds < 2 ? text : `${text} (${seconds} s)`;
    // A line that is wider than the screen could not be erased.
    write(`${eraseLine}${[...line].slice(0, Math.max(1, columns() - 1)).join('')}`);
    drawnAt = clock();
  };
  const clear = (): void => {
    clearInterval(timer);
    timer = undefined;
    if (drawnAt !== -Infinity) write(eraseLine);
    drawnAt = -Infinity;
    text = null;
  };
  return {
    clear,
    show: (said) => {
      if (text === null) since = clock();
      text = said;
      // It must not keep a program alive that is done.
      timer ??= setInterval(draw, 500).unref();
      if (clock() - drawnAt >= pace) draw();
    },
  };
}
