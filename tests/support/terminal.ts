import { execFile } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { plainEnvironment, root } from './halfpast.ts';

const run = promisify(execFile);

let opened = 0;

/** A terminal inside tmux, with a shell that has the command `halfpast`. */
export type Terminal = {
  /** Types a line and presses Enter. */
  readonly line: (text: string) => Promise<void>;
  /** Types text without pressing Enter. */
  readonly type: (text: string) => Promise<void>;
  /** Presses keys by their tmux names, such as `Enter`, `Down`, `C-c`. */
  readonly press: (...keys: readonly string[]) => Promise<void>;
  /** The visible text, without empty lines at the end; `all` includes scrollback. */
  readonly screen: (all?: boolean) => Promise<string>;
  /** Waits until a text is visible, ignoring line breaks. Returns the screen. */
  readonly until: (text: string | RegExp) => Promise<string>;
  /** Whether the cursor is visible, as it must be after a command. */
  readonly hasCursor: () => Promise<boolean>;
  readonly close: () => Promise<void>;
};

const patience = 30_000;

export async function openTerminal(
  cwd: string,
  size: { readonly columns: number; readonly rows: number },
  environment: NodeJS.ProcessEnv = {},
): Promise<Terminal> {
  opened += 1;
  const socket = `halfpast-${process.pid}-${opened}`;
  const tmux = async (...args: readonly string[]): Promise<string> =>
    (await run('tmux', ['-L', socket, '-f', '/dev/null', ...args], { env: { ...environmentOf(environment) }, cwd }))
      .stdout;
  const shell = 'exec bash --norc --noprofile';
  await tmux('new-session', '-d', '-x', String(size.columns), '-y', String(size.rows), shell);
  const send = (...args: readonly string[]): Promise<string> => tmux('send-keys', '-t', '0', ...args);
  const screen = async (all = false): Promise<string> =>
    (await tmux('capture-pane', '-p', '-t', '0', ...(all ? ['-S', '-'] : []))).replace(/\n+$/, '');
  const type = async (text: string): Promise<void> => void (await send('-l', '--', text));
  const press = async (...keys: readonly string[]): Promise<void> => void (await send(...keys));
  const until = async (text: string | RegExp): Promise<string> => {
    const end = Date.now() + patience;
    for (;;) {
      const seen = await screen();
      if (typeof text === 'string' ? seen.replaceAll(/[│\s]+/g, ' ').includes(text) : text.test(seen)) return seen;
      if (Date.now() > end)
        throw new Error(`"${String(text)}" did not come up in the terminal:\n${await screen(true)}`);
      await sleep(40);
    }
  };
  const terminal: Terminal = {
    line: async (text) => {
      await type(text);
      await press('Enter');
    },
    type,
    press,
    screen,
    until,
    hasCursor: async () => (await tmux('display-message', '-p', '-t', '0', '#{cursor_flag}')).trim() === '1',
    close: async () => void (await tmux('kill-server').catch(() => '')),
  };
  await terminal.line(
    `PS1='$ '; halfpast() { '${process.execPath}' '${root}/scripts/halfpast.ts' "$@"; }; clear; echo ready`,
  );
  await terminal.until(/^ready$/m);
  await terminal.line('clear');
  return terminal;
}

/** The same environment on every machine, without CI's variables. */
function environmentOf(more: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const { CI: _, TMUX: __, ...environment } = plainEnvironment;
  return { ...environment, LANG: 'C.UTF-8', LC_ALL: 'C.UTF-8', TZ: 'Europe/Vienna', SHELL: '/bin/bash', ...more };
}
