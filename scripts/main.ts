import { fstatSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { run, tellFailure } from './cli/run.ts';
import { realDisk, runInTerminal, runProgram, workingFolder } from './cli/system.ts';
import { lineProgress, terminalAsk, watchOutput } from './cli/terminal.ts';
import { type Input, noProgress, type Progress, type World } from './cli/world.ts';
import { commandsFor } from './commands/all.ts';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** A pipe, a file or a socket is given on purpose; a closed input or /dev/null is nothing. */
function inputKind(): Input['kind'] {
  if (process.stdin.isTTY) return 'terminal';
  try {
    const stat = fstatSync(0);
    return stat.isFIFO() || stat.isFile() || stat.isSocket() ? 'piped' : 'none';
  } catch {
    return 'none';
  }
}

async function readAll(): Promise<string> {
  // A forgotten input would look like a program that hangs.
  const patience = setTimeout(() => process.stderr.write('halfpast: reading the text from standard input\n'), 2000);
  try {
    return await text(process.stdin);
  } finally {
    clearTimeout(patience);
  }
}

/** Only people who sit before a terminal are shown progress. */
function theProgress(): Progress {
  const isSeen = process.stderr.isTTY && process.env['TERM'] !== 'dumb' && (process.env['CI'] ?? '') === '';
  if (!isSeen) return noProgress;
  const progress = lineProgress({
    write: (said) => void process.stderr.write(said),
    columns: () => process.stderr.columns,
    clock: () => performance.now(),
  });
  // Nothing listens for Ctrl-C: it must end the program at once, also while it computes.
  process.once('exit', progress.clear);
  return progress;
}

async function theWorld(cwd: string): Promise<World> {
  const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { version: string };
  const progress = theProgress();
  const stdout = (said: string): void => {
    progress.clear();
    process.stdout.write(said);
  };
  return {
    cwd,
    root,
    version,
    clock: () => Date.now(),
    sleep: (time) => sleep(time),
    timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    env: process.env,
    stdout,
    stderr: (said) => {
      progress.clear();
      process.stderr.write(said);
    },
    columns: process.stdout.isTTY ? process.stdout.columns : Infinity,
    progress,
    input: { kind: inputKind(), readAll },
    ask: process.stdin.isTTY && process.stdout.isTTY ? terminalAsk(stdout, () => process.stdout.columns) : null,
    disk: realDisk,
    runProgram,
    runInTerminal,
  };
}

/** Calls the command in the working folder, if there still is one. Gives the exit code. */
async function called(argv: readonly string[]): Promise<number> {
  let cwd: string;
  try {
    cwd = workingFolder(() => process.cwd());
  } catch (error) {
    const outputs = {
      stdout: (said: string) => void process.stdout.write(said),
      stderr: (said: string) => void process.stderr.write(said),
    };
    return tellFailure(error, outputs, argv.includes('--json'));
  }
  return await run(argv, await commandsFor(argv), await theWorld(cwd));
}

const isLost = watchOutput(process.stdout, process.stderr, (line) => {
  process.stderr.write(line);
  process.exitCode = 1;
});
const code = await called(process.argv.slice(2));
process.exitCode = code === 0 && isLost() ? 1 : code;
