import { readFile } from 'node:fs/promises';
import { enableCompileCache } from 'node:module';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Context } from './cli/context.ts';

const root = join(import.meta.dirname, '..');

// Compiling Astro and stripping types from our own files takes most of the time of a small build, so Node caches both.
// The cache only covers modules imported after this line, hence the dynamic imports.
enableCompileCache(join(root, 'node_modules/.cache/compiled'));
const { run, reportFailure } = await import('./cli/run-command.ts');
const { realDisk, runInTerminal, runProgram, workingFolder } = await import('./cli/system.ts');
const { lineProgress, standardInput, terminalAsk, watchOutput } = await import('./cli/terminal.ts');
const { noProgress } = await import('./cli/context.ts');
const { asCalled, shellWord } = await import('./cli/text.ts');
const { commandsFor } = await import('./commands/all.ts');

/** How the program was called, if by path with bin/halfpast or node; null for npx and npm scripts. */
function calledAs(): string | null {
  const { env, argv } = process;
  if (env['HALFPAST_PROGRAM'] !== undefined) return shellWord(env['HALFPAST_PROGRAM']);
  const file = argv[1] ?? '';
  return file.endsWith('bin/halfpast.js') && env['npm_command'] === undefined ? `node ${shellWord(file)}` : null;
}

const program = calledAs();

/** Progress is only shown to people at a terminal. */
function createProgress(): Context['progress'] {
  const { stderr, env } = process;
  if (!stderr.isTTY || env['TERM'] === 'dumb' || (env['CI'] ?? '') !== '') return noProgress;
  const progress = lineProgress({
    write: (text) => void stderr.write(text),
    columns: () => stderr.columns,
    clock: () => performance.now(),
  });
  // Without a listener, Ctrl-C ends the program immediately, even during a long computation.
  process.once('exit', progress.clear);
  return progress;
}

async function createContext(cwd: string): Promise<Context> {
  const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { version: string };
  const progress = createProgress();
  const writeTo =
    (stream: NodeJS.WriteStream) =>
    (text: string): void => {
      progress.clear();
      stream.write(asCalled(text, program));
    };
  const stdout = writeTo(process.stdout);
  return {
    cwd,
    root,
    version,
    clock: () => Date.now(),
    sleep: (time) => sleep(time),
    timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    env: process.env,
    stdout,
    stderr: writeTo(process.stderr),
    columns: process.stdout.isTTY ? process.stdout.columns : Infinity,
    progress,
    input: standardInput(process.stdin, (text) => void process.stderr.write(text)),
    ask: process.stdin.isTTY && process.stdout.isTTY ? terminalAsk(stdout, () => process.stdout.columns) : null,
    disk: realDisk,
    runProgram,
    runInTerminal,
  };
}

async function main(argv: readonly string[]): Promise<number> {
  const outputs = {
    stdout: (text: string) => void process.stdout.write(text),
    stderr: (text: string) => void process.stderr.write(text),
  };
  try {
    const context = await createContext(workingFolder(() => process.cwd()));
    return await run(argv, await commandsFor(argv), context);
  } catch (error) {
    return reportFailure(error, outputs, argv.includes('--json'));
  }
}

const isLost = watchOutput(process.stdout, process.stderr, (line) => {
  process.stderr.write(line);
  process.exitCode = 1;
});
const code = await main(process.argv.slice(2));
process.exitCode = code === 0 && isLost() ? 1 : code;
