import { fstatSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { watchOutput } from './cli/lost-output.ts';
import { realDisk } from './cli/real-disk.ts';
import { run } from './cli/run.ts';
import { runProgram } from './cli/run-program.ts';
import { terminalAsk } from './cli/terminal-ask.ts';
import type { Input, World } from './cli/world.ts';
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

async function theWorld(): Promise<World> {
  const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { version: string };
  const stdout = (said: string): void => void process.stdout.write(said);
  return {
    cwd: process.cwd(),
    root,
    version,
    clock: () => Date.now(),
    timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    env: process.env,
    stdout,
    stderr: (said) => void process.stderr.write(said),
    input: { kind: inputKind(), readAll },
    ask: process.stdin.isTTY && process.stdout.isTTY ? terminalAsk(stdout) : null,
    disk: realDisk,
    runProgram,
  };
}

// Nobody who runs a status page agreed to have Astro call home.
process.env['ASTRO_TELEMETRY_DISABLED'] = '1';
process.env['ASTRO_DISABLE_UPDATE_CHECK'] = 'true';

const isLost = watchOutput(process.stdout, process.stderr, (line) => {
  process.stderr.write(line);
  process.exitCode = 1;
});
const argv = process.argv.slice(2);
const code = await run(argv, await commandsFor(argv), await theWorld());
process.exitCode = code === 0 && isLost() ? 1 : code;
