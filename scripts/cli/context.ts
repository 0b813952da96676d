import type { Duration, Instant } from '../../src/lib/domain/calendar.ts';

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

/** Files, by absolute path. Errors of the system come through as they are. */
export type Disk = {
  /** Null when there is no such file. */
  readonly read: (path: string) => Promise<string | null>;
  /** Writes a file that must not exist yet, whole or not at all, with the folders it needs. */
  readonly create: (path: string, text: string) => Promise<void>;
  /** Writes a file whether or not it exists, whole or not at all. */
  readonly replace: (path: string, text: string) => Promise<void>;
  /** Removes a file or folder with all below it; nothing happens when there is none. */
  readonly remove: (path: string) => Promise<void>;
};

/** How another program ended and what it wrote. */
export type Finished = { readonly code: number; readonly stdout: string; readonly stderr: string };

export type Choice<T extends string> = { readonly value: T; readonly label: string; readonly hint?: string };

/** Questions to the person at the terminal. Each throws Cancelled on Ctrl-C. */
export type Ask = {
  /**
   * One line; `optional` takes an empty answer, `initial` stands there to be taken or changed. `check` says what is
   * wrong with an answer.
   */
  readonly text: (question: {
    readonly message: string;
    readonly placeholder?: string;
    readonly initial?: string;
    readonly optional?: boolean;
    readonly check?: (answer: string) => string | null;
  }) => Promise<string>;
  /** Several lines, not blank; `initial` stands there to be changed, `check` says what is wrong with an answer. */
  readonly paragraphs: (
    message: string,
    options?: { readonly initial?: string; readonly check?: (answer: string) => string | null },
  ) => Promise<string>;
  readonly choose: <T extends string>(message: string, choices: readonly Choice<T>[]) => Promise<T>;
  /** Any number of the choices, none included; `marked` are so from the start. */
  readonly pick: <T extends string>(
    message: string,
    choices: readonly Choice<T>[],
    marked?: readonly T[],
  ) => Promise<readonly T[]>;
  /** `enter` is what Enter alone says: yes, if left out. */
  readonly confirm: (message: string, enter?: boolean) => Promise<boolean>;
  /**
   * One line at a prompt, as in a shell; null when `longest` passes first. What was typed by then is there again at the
   * next call. Ctrl-C clears the line, and throws Cancelled when it is empty.
   */
  readonly line: (prompt: string, longest: Duration) => Promise<string | null>;
  /** Says one line between the questions, such as what they are about. */
  readonly say: (line: string) => void;
  /** Shows a text between the questions. */
  readonly show: (text: string, title: string) => void;
};

/** Standard input: a terminal, something piped or redirected in, or nothing. */
export type Input = {
  readonly kind: 'terminal' | 'piped' | 'none';
  /** All of it, as text. */
  readonly readAll: () => Promise<string>;
};

/** Everything outside the program that a command may touch; made in the entry point. */
export type Context = {
  /** Absolute: what relative paths start from. */
  readonly cwd: string;
  /** Absolute: the project's own folder. */
  readonly root: string;
  readonly version: string;
  readonly clock: () => Instant;
  /** Waits this long, in milliseconds. */
  readonly sleep: (time: Duration) => Promise<void>;
  /** The time zone of this machine, an IANA name. */
  readonly timeZone: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdout: (text: string) => void;
  readonly stderr: (text: string) => void;
  /** How many characters fit in a line of standard output; Infinity when it is no terminal. */
  readonly columns: number;
  /** Where long work says how far it is. */
  readonly progress: Progress;
  readonly input: Input;
  /** Null when there is no person at a terminal to ask. */
  readonly ask: Ask | null;
  readonly disk: Disk;
  /** Runs a program, without a shell, in a folder. After `longest`, it is stopped. */
  readonly runProgram: (
    file: string,
    args: readonly string[],
    cwd: string,
    env?: Context['env'],
    longest?: Duration,
  ) => Promise<Finished>;
  /** Runs a program in this terminal until it ends, and gives its exit code. */
  readonly runInTerminal: (file: string, args: readonly string[], cwd: string, env: Context['env']) => Promise<number>;
};
