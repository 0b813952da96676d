import type { Duration, Instant } from '../../src/lib/domain/calendar.ts';

/** The progress of a long task: one line on the terminal, cleared at the end. */
export type Progress = {
  /** Replaces the current line. */
  readonly show: (text: string) => void;
  /** Erases the line. Called before any other output. */
  readonly clear: () => void;
};

/** For pipes, CI, `--json` and `--quiet`. */
export const noProgress: Progress = { show: () => undefined, clear: () => undefined };

/** Shows `text` while `work` runs; `work` can replace the text. */
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

/** Files by absolute path. System errors are passed through. */
export type Disk = {
  /** Null when the file doesn't exist. */
  readonly read: (path: string) => Promise<string | null>;
  /** Creates a file and any missing folders. Fails if the file exists, and never leaves a partial file. */
  readonly create: (path: string, text: string) => Promise<void>;
  /** Creates or overwrites a file, and never leaves a partial file. */
  readonly replace: (path: string, text: string) => Promise<void>;
  /** Removes a file, or a folder with everything in it. Does nothing if it doesn't exist. */
  readonly remove: (path: string) => Promise<void>;
};

/** The exit code and output of another program. */
export type Finished = { readonly code: number; readonly stdout: string; readonly stderr: string };

export type Choice<T extends string> = { readonly value: T; readonly label: string; readonly hint?: string };

/** Prompts for the person at the terminal. Each throws Cancelled on Ctrl-C. */
export type Ask = {
  /**
   * Asks for one line. `optional` allows an empty answer, and `initial` is prefilled. `check` returns the error for
   * an invalid answer.
   */
  readonly text: (question: {
    readonly message: string;
    readonly placeholder?: string;
    readonly initial?: string;
    readonly optional?: boolean;
    readonly check?: (answer: string) => string | null;
  }) => Promise<string>;
  /**
   * Asks for several lines, not all blank. `initial` is prefilled, and `check` returns the error for
   * an invalid answer.
   */
  readonly paragraphs: (
    message: string,
    options?: { readonly initial?: string; readonly check?: (answer: string) => string | null },
  ) => Promise<string>;
  readonly choose: <T extends string>(message: string, choices: readonly Choice<T>[]) => Promise<T>;
  /** Asks for any number of choices, including none. `marked` are selected at the start. */
  readonly pick: <T extends string>(
    message: string,
    choices: readonly Choice<T>[],
    marked?: readonly T[],
  ) => Promise<readonly T[]>;
  /** `enter` is the default answer: yes, unless set. */
  readonly confirm: (message: string, enter?: boolean) => Promise<boolean>;
  /**
   * Reads one line at a prompt, as in a shell; null after `longest`. The next call restores what was typed so far.
   * Ctrl-C clears the line, and throws Cancelled if it's empty.
   */
  readonly line: (prompt: string, longest: Duration) => Promise<string | null>;
  /** Prints one line between the prompts. */
  readonly say: (line: string) => void;
  /** Prints a text between the prompts. */
  readonly show: (text: string, title: string) => void;
};

/** Standard input: a terminal, something piped or redirected in, or nothing. */
export type Input = {
  readonly kind: 'terminal' | 'piped' | 'none';
  /** Reads everything, as text. */
  readonly readAll: () => Promise<string>;
};

/** Everything outside the program that a command can use. Created in the entry point. */
export type Context = {
  /** Absolute; relative paths start here. */
  readonly cwd: string;
  /** The project's folder, as an absolute path. */
  readonly root: string;
  readonly version: string;
  readonly clock: () => Instant;
  /** Waits for a time in milliseconds. */
  readonly sleep: (time: Duration) => Promise<void>;
  /** The machine's time zone, as an IANA name. */
  readonly timeZone: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdout: (text: string) => void;
  readonly stderr: (text: string) => void;
  /** The width of standard output in characters; Infinity when it isn't a terminal. */
  readonly columns: number;
  /** Shows the progress of long tasks. */
  readonly progress: Progress;
  readonly input: Input;
  /** Null when there's nobody at a terminal to ask. */
  readonly ask: Ask | null;
  readonly disk: Disk;
  /** Runs a program in a folder, without a shell. Stops it after `longest`. */
  readonly runProgram: (
    file: string,
    args: readonly string[],
    cwd: string,
    env?: Context['env'],
    longest?: Duration,
  ) => Promise<Finished>;
  /** Runs a program in this terminal until it ends, and returns its exit code. */
  readonly runInTerminal: (file: string, args: readonly string[], cwd: string, env: Context['env']) => Promise<number>;
};
