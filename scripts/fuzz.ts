import { randomInt } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { UsageError } from './cli/errors.ts';
import { readBase } from './fuzz/base.ts';
import { fuzzHelp, readFuzzOptions } from './fuzz/options.ts';
import { runProcesses } from './fuzz/processes.ts';
import { tallyLines } from './fuzz/report.ts';
import { watch } from './fuzz/watch.ts';

// `npm run fuzz`: the real incidents, broken in every way we know. docs/fuzzing.md says what is looked at.
const root = resolve(import.meta.dirname, '..');
const say = (line: string): void => void process.stdout.write(`${line}\n`);

async function fuzz(args: readonly string[]): Promise<number> {
  const options = readFuzzOptions(args, randomInt(2 ** 31));
  if (options === null) return say(fuzzHelp), 0;
  const { runs, seed, path, processes, data } = options;
  const again = (more: string): string => `Run it again with: npm run fuzz -- --seed ${seed} ${more}`;
  const base = await readBase(resolve(data));
  say(base.isReal ? `The ${base.incidents.length} incidents are those of ${data}` : `${data} has no real history; the incidents are invented`);
  say(`Seed ${seed}, ${runs} runs`);
  const watched = await watch({ data: resolve(data), runs, seed, path }, (begun) => begun % 250 === 0 && say(`${begun} runs`));
  if (watched.kind === 'cut') {
    say(`${watched.why}\nbroken by ${JSON.stringify(watched.plan)}\n${again(`--runs ${runs}`)}`);
    return 1;
  }
  const { outcome } = watched;
  if (outcome.failure !== null) {
    const { message, stack, plan, path: found } = outcome.failure;
    say(`failed: ${message}\n${stack.split('\n').slice(1, 8).join('\n')}\nbroken by ${JSON.stringify(plan)}\n${again(`--path ${found}`)}`);
    return 1;
  }
  for (const line of tallyLines(outcome.tally)) say(line);
  const folder = await mkdtemp(join(tmpdir(), 'halfpast-fuzz-site-'));
  try {
    const real = processes === 0 ? null : await runProcesses({ base, root, folder, count: processes, seed, say });
    if (real?.failure != null) {
      say(`failed: ${real.failure.message}\nbroken by ${JSON.stringify(real.failure.plan)}\n${again(`--runs 1 --processes ${processes}`)}`);
      return 1;
    }
    if (real !== null) say(`The real program: ${real.checks} checks; ${real.refused} builds refused, the site before left byte for byte; ${real.built} built`);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  const { maxRSS } = process.resourceUsage();
  say(`${outcome.runs} runs, seed ${seed}: 0 crashes, 0 hangs, 0 stack traces; at most ${Math.round(maxRSS / 1024)} MiB of memory`);
  return 0;
}

try {
  process.exitCode = await fuzz(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  process.stderr.write(`fuzz: ${error.message}\n`);
  process.exitCode = error.exitCode;
}
