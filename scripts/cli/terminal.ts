import { fstatSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import type { Option } from '@clack/prompts';
import { Cancelled, fileErrorMessage, oneLine } from './errors.ts';
import { wrapText } from './text.ts';
import type { Ask, Choice, Input, Progress } from './context.ts';

// Loaded when the first question is asked: commands that ask nothing start faster without it.
const load = () => import('@clack/prompts');

function answered<T>(answer: T | symbol): T {
  if (typeof answer === 'symbol') throw new Cancelled();
  return answer;
}

function toOptions<T extends string>(choices: readonly Choice<T>[]): Option<T>[] {
  return choices.map(
    ({ value, label, hint }) => ({ value, label, ...(hint === undefined ? {} : { hint }) }) as Option<T>,
  );
}

/** Lines at a prompt. The prompt can be interrupted, and then keeps what was typed. */
function commandLine(): Ask['line'] {
  const history: string[] = [];
  let typed = '';
  /** Lines that were typed or pasted together with one before. */
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
        // Only our own: by its own, a reader lets go of the keys.
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
        // A longer time would be taken for none.
        Math.min(longest, 2 ** 31 - 1),
      );
      const lines: string[] = [];
      reader.on('line', (line) => {
        if (line.trim() !== '') history.unshift(line);
        lines.push(line);
        if (lines.length > 1) return;
        // Only after what came with it: a reader that is closed drops the rest.
        setImmediate(() => {
          typed = reader.line;
          waiting.push(...lines.slice(1).filter((one) => one.trim() !== ''));
          end(() => resolve(line));
        });
      });
      reader.on('SIGINT', () => {
        waiting.length = 0;
        if (reader.line === '') return end(() => reject(new Cancelled()));
        // As in a shell: from the end, Ctrl-U clears the line.
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
 * What was typed in several lines. Keys that do nothing there, such as Backspace at the start, leave a control
 * character that nobody sees, and so nobody could delete.
 */
const typedIn = (given: string | undefined): string => (given ?? '').replaceAll(/[^\P{Cc}\n\t]/gu, '').trim();

const nothingTyped = 'Type something, or stop with Ctrl-C';

/** Questions on this terminal; `columns` is how wide it is. */
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
      // With a button to press at the end, empty lines can be typed.
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
      // Someone may have moved to a choice, and taken Enter for selecting it.
      write('\nNothing is selected: Space selects, and Enter continues. If it is none of these, press Enter again.\n');
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
    show: (message) => {
      if (text === null) since = clock();
      text = message;
      // It must not keep a program alive that is done.
      timer ??= setInterval(draw, 500).unref();
      if (clock() - drawnAt >= pace) draw();
    },
  };
}

type Stream = { readonly on: (event: 'error', listener: (error: Error) => void) => unknown };

/**
 * Keeps a command going when what it says cannot be written: a publish must not end halfway because
 * somebody closed the pipe or the disk with the log is full. Gives whether anything was lost; a
 * reader who left, as `head` does, has lost nothing. `lose` gets the line that says so, once.
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

/** A pipe, a file or a socket on standard input is intended. A closed input or /dev/null counts as none. */
function inputKind(stdin: NodeJS.ReadStream): Input['kind'] {
  if (stdin.isTTY) return 'terminal';
  try {
    const stat = fstatSync(0);
    return stat.isFIFO() || stat.isFile() || stat.isSocket() ? 'piped' : 'none';
  } catch {
    return 'none';
  }
}

/** Standard input. `note` gets a line when reading takes long, because a forgotten pipe looks like a hang. */
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
