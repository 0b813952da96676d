import { fstatSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import type { Option } from '@clack/prompts';
import { Cancelled, fileErrorMessage, oneLine } from './errors.ts';
import { wrapText } from './text.ts';
import type { Ask, Choice, Input, Progress } from './context.ts';

// Loaded for the first prompt, because commands without prompts start faster without it.
const load = () => import('@clack/prompts');

function answered<T>(answer: T | symbol): T {
  if (typeof answer === 'symbol') throw new Cancelled();
  return answer;
}

// TypeScript can't tell what kind of value an option has.
const toOptions = <T extends string>(choices: readonly Choice<T>[]) => [...choices] as Option<T>[];

/** Reads lines at a prompt. When interrupted, it keeps what was typed. */
function commandLine(): Ask['line'] {
  const history: string[] = [];
  let typed = '';
  /** Lines that were typed or pasted together with an earlier one. */
  const waiting: string[] = [];
  return (prompt, longest) => {
    const next = waiting.shift();
    if (next !== undefined) {
      process.stdout.write(`${prompt}${next}\n`);
      return Promise.resolve(next);
    }
    return new Promise((resolve, reject) => {
      const reader = createInterface({
        input: process.stdin,
        output: process.stdout,
        history,
        historySize: 100,
        prompt,
      });
      const end = (work: () => void): void => {
        clearTimeout(timer);
        // Remove only our listener: readline needs its own to release the keyboard.
        reader.off('close', onClose);
        reader.close();
        work();
      };
      const onClose = (): void => end(() => reject(new Cancelled()));
      const timer = setTimeout(
        () => {
          typed = reader.line;
          process.stdout.write('\n');
          end(() => resolve(null));
        },
        // setTimeout treats a longer time as none.
        Math.min(longest, 2 ** 31 - 1),
      );
      const lines: string[] = [];
      reader.on('line', (line) => {
        if (line.trim() !== '') history.unshift(line);
        lines.push(line);
        if (lines.length > 1) return;
        // Wait for the rest of the paste, because closing the reader would drop it.
        setImmediate(() => {
          typed = reader.line;
          waiting.push(...lines.slice(1).filter((one) => one.trim() !== ''));
          end(() => resolve(line));
        });
      });
      reader.on('SIGINT', () => {
        waiting.length = 0;
        if (reader.line === '') return end(() => reject(new Cancelled()));
        // As in a shell: Ctrl-U clears the line from its end.
        reader.write(null, { ctrl: true, name: 'e' });
        reader.write(null, { ctrl: true, name: 'u' });
      });
      // Ctrl-D
      reader.on('close', onClose);
      reader.prompt();
      reader.write(typed);
      typed = '';
    });
  };
}

/**
 * Text typed over several lines. Keys without a function there, such as Backspace at the start, leave control
 * characters, which are invisible and so can't be deleted.
 */
const typedIn = (given: string | undefined): string => (given ?? '').replaceAll(/[^\P{Cc}\n\t]/gu, '').trim();

const nothingTyped = 'Type something, or stop with Ctrl-C';

/** Prompts on this terminal; `columns` is its width. */
export function terminalAsk(write: (text: string) => void, columns: () => number): Ask {
  const wrapped = (text: string, indent: string): string =>
    `${indent}${wrapText(text, columns() - indent.length).replaceAll('\n', `\n${indent}`)}`;
  return {
    text: async ({ message, placeholder, initial, optional = false, check }) => {
      const { text } = await load();
      const validate = (given: string | undefined): string | undefined => {
        const answer = (given ?? '').trim();
        if (answer === '') return optional ? undefined : nothingTyped;
        return check?.(answer) ?? undefined;
      };
      const shown = {
        ...(placeholder === undefined ? {} : { placeholder }),
        ...(initial === undefined ? {} : { initialValue: initial }),
      };
      return (answered<string | undefined>(await text({ message, validate, ...shown })) ?? '').trim();
    },
    paragraphs: async (message, { initial, check } = {}) => {
      const { multiline } = await load();
      const validate = (given: string | undefined): string | undefined => {
        const answer = typedIn(given);
        return answer === '' ? nothingTyped : (check?.(answer) ?? undefined);
      };
      // The submit button makes it possible to type blank lines.
      const asked = multiline({
        message: `${message} (Tab, then Enter, when done)`,
        validate,
        showSubmit: true,
        ...(initial === undefined ? {} : { initialValue: initial }),
      });
      return typedIn(answered<string>(await asked));
    },
    choose: async (message, choices) => {
      const { select } = await load();
      return answered<(typeof choices)[number]['value']>(await select({ message, options: toOptions(choices) }));
    },
    pick: async (message, choices, marked = []) => {
      const { multiselect } = await load();
      const options = { message, options: toOptions(choices), initialValues: marked, required: false };
      const asked = async () => answered<(typeof choices)[number]['value'][]>(await multiselect(options));
      const picked = await asked();
      if (picked.length > 0 || marked.length > 0) return picked;
      // The user may have moved to a choice and pressed Enter to select it.
      write('\nNothing is selected. Press Space to select, or press Enter again if it is none of these.\n');
      return asked();
    },
    confirm: async (message, enter = true) => {
      const { confirm } = await load();
      return answered<boolean>(await confirm({ message, initialValue: enter }));
    },
    line: commandLine(),
    say: (line) => write(`\n${wrapText(oneLine(line), columns())}\n`),
    show: (text, title) => write(`\n${title}:\n\n${wrapped(text, '  ')}\n\n`),
  };
}

type Screen = {
  readonly write: (text: string) => void;
  readonly columns: () => number;
  /** In milliseconds. */
  readonly clock: () => number;
};

// Shorter tasks need no message, and faster changes can't be read.
const patience = 400;
const pace = 100;

const eraseLine = '\r\u001b[2K';

/** Shows progress on the last line of a terminal, with the seconds elapsed. */
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
    // A line wider than the screen can't be erased.
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
    show: (message) => {
      if (text === null) since = clock();
      text = message;
      // The timer must not keep a finished program alive.
      timer ??= setInterval(draw, 500).unref();
      if (clock() - drawnAt >= pace) draw();
    },
  };
}

type Stream = { readonly on: (event: 'error', listener: (error: Error) => void) => unknown };

/**
 * Keeps a command running when its output can't be written: a publish must not end halfway because the pipe was closed
 * or the disk with the log is full. Returns whether output was lost; a closed pipe, as with `head`, doesn't count.
 * Reports the loss to `lose` once.
 */
export function watchOutput(stdout: Stream, stderr: Stream, lose: (line: string) => void): () => boolean {
  let lost = false;
  stdout.on('error', (error) => {
    if (lost || ('code' in error && error.code === 'EPIPE')) return;
    lost = true;
    const message = fileErrorMessage(Object.assign(error, { path: 'standard output' }));
    lose(`halfpast: ${message ?? `standard output could not be written: ${error.message}`}\n`);
  });
  stderr.on('error', () => undefined);
  return () => lost;
}

/** A pipe, file or socket on standard input is intentional. A closed input or /dev/null counts as none. */
function inputKind(stdin: NodeJS.ReadStream): Input['kind'] {
  if (stdin.isTTY) return 'terminal';
  try {
    const stat = fstatSync(0);
    return stat.isFIFO() || stat.isFile() || stat.isSocket() ? 'piped' : 'none';
  } catch {
    return 'none';
  }
}

/** Standard input. Sends a line to `note` when reading takes long, because a forgotten pipe looks like a hang. */
export function standardInput(stdin: NodeJS.ReadStream, note: (line: string) => void): Input {
  return {
    kind: inputKind(stdin),
    readAll: async () => {
      const timer = setTimeout(() => note('halfpast: reading the text from standard input\n'), 2000);
      try {
        return await text(stdin);
      } finally {
        clearTimeout(timer);
      }
    },
  };
}
