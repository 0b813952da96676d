import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { Cancelled } from '../../scripts/cli/errors.ts';
import { realDisk, runProgram } from '../../scripts/cli/system.ts';
import { type Ask, noProgress, type Context } from '../../scripts/cli/context.ts';
import { CommanderError } from 'commander';
import { createProgram } from '../../scripts/cli/command.ts';
import { run } from '../../scripts/cli/run-command.ts';
import { allCommands, commandsFor } from '../../scripts/commands/all.ts';
import { root } from '../support/halfpast.ts';

const commands = await allCommands();

/** The environment of a user with a German git and odd git settings, in a hook of another repository. */
export const hostileEnvironment = {
  PATH: process.env['PATH'],
  LANG: 'C.UTF-8',
  LANGUAGE: 'de',
  GIT_CONFIG_GLOBAL: join(root, 'tests/support/hostile-gitconfig'),
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_DIR: '/nowhere/.git',
  GIT_WORK_TREE: '/nowhere',
  GIT_INDEX_FILE: '/nowhere/.git/index',
  GIT_LITERAL_PATHSPECS: '1',
};

export type Outcome = { readonly code: number; readonly stdout: string; readonly stderr: string };

type Given = {
  readonly now?: string;
  readonly piped?: string;
  readonly shown?: string[];
  readonly answers?: readonly Answer[];
  readonly context?: Partial<Context>;
};

/** What a user does at one prompt: types, picks or cancels. */
export type Answer = string | boolean | readonly string[] | 'ctrl-c';

/** A user at the terminal who gives these answers in order. Another question fails the test. */
function person(answers: readonly Answer[], hear: (line: string) => void, shown: string[]): Ask {
  const left = [...answers];
  const next = <T>(question: string): Promise<T> => {
    const answer = left.shift();
    if (answer === undefined) throw new Error(`asked more than expected: ${question}`);
    if (answer === 'ctrl-c') return Promise.reject(new Cancelled());
    return Promise.resolve(answer as T);
  };
  return {
    text: async ({ message, check }) => {
      const answer = await next<string>(message);
      const wrong = check?.(answer) ?? null;
      if (wrong !== null) throw new Error(`refused: ${wrong}`);
      return answer;
    },
    paragraphs: next,
    choose: async (message, choices) => {
      const answer = await next<(typeof choices)[number]['value']>(message);
      if (!choices.some(({ value }) => value === answer))
        throw new Error(`${answer} is not among the choices of: ${message}`);
      return answer;
    },
    pick: next,
    confirm: next,
    line: next,
    say: hear,
    show: (text) => void shown.push(text),
  };
}

/** Splits a line into words, as a shell does. */
export function wordsOf(line: string): string[] {
  return [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '');
}

/** Runs a command, given as a line or as words, in this process, on the real disk, at a fixed time. */
export async function call(command: string | readonly string[], cwd: string, given: Given = {}): Promise<Outcome> {
  const args = typeof command === 'string' ? wordsOf(command) : command;
  const said = { stdout: '', stderr: '' };
  let slept = 0;
  const context: Context = {
    cwd,
    root,
    version: '1.2.3',
    clock: () => Date.parse(given.now ?? '2026-11-22T15:00:30Z') + slept,
    sleep: (time) => {
      slept += time;
      return setTimeout(time);
    },
    timeZone: 'Europe/Vienna',
    env: hostileEnvironment,
    stdout: (text) => void (said.stdout += text),
    stderr: (text) => void (said.stderr += text),
    columns: Infinity,
    progress: noProgress,
    input: { kind: given.piped === undefined ? 'none' : 'piped', readAll: () => Promise.resolve(given.piped ?? '') },
    ask:
      given.answers === undefined
        ? null
        : person(given.answers, (line) => void (said.stdout += `${line}\n`), given.shown ?? []),
    disk: realDisk,
    runProgram,
    runInTerminal: () => Promise.reject(new Error('there is no terminal here')),
    ...given.context,
  };
  const code = await run(args, await commandsFor(args), context);
  return { code, ...said };
}

/**
 * Runs a command where git isn't installed. For content that is in no repository, commands do the same, and starting
 * git to find that out would take most of their time.
 */
export const callWithoutGit: typeof call = (command, cwd, given = {}) =>
  call(command, cwd, {
    ...given,
    context: { runProgram: () => Promise.resolve({ code: 127, stdout: '', stderr: '' }), ...given.context },
  });

/** Parses a command line without running the command. Throws UsageError. */
export function parseOnly(words: readonly string[]): void {
  const outside = { version: '1.2.3', columns: Infinity, stdout: () => undefined };
  try {
    createProgram(commands, words, outside, () => Promise.resolve()).parse(words, { from: 'user' });
  } catch (error) {
    // Help or the version was shown.
    if (!(error instanceof CommanderError)) throw error;
  }
}
