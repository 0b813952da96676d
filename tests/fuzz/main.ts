import { randomInt } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { reportFailure } from '../../scripts/cli/run-command.ts';
import { readBase } from './content.ts';
import { runIncremental } from './incremental-run.ts';
import { type FuzzOptions, readFuzzOptions, tallyLines } from './options.ts';
import { runProcesses } from './processes.ts';
import { watch } from './watch.ts';

// `npm run fuzz`: see docs/fuzzing.md.
const root = resolve(import.meta.dirname, '../..');
const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** Compares incremental builds with clean ones. Returns the exit code. */
async function incremental(runs: number, { seed, path, data }: FuzzOptions): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'halfpast-incremental-'));
  try {
    const base = await readBase(resolve(data));
    say(
      `${base.isReal ? `Using part of the history in ${data}` : `${data} has no real history; using a generated one`}, seed ${seed}, ${runs} sequences of edits`,
    );
    const {
      failure,
      runs: made,
      builds,
      done,
    } = await runIncremental({ base, root, folder, runs, seed, path, size: 30, say });
    if (failure !== null) {
      say(
        `failed: ${failure.message}\nedited by ${JSON.stringify(failure.steps)}\nRun it again with: npm run fuzz -- --incremental ${runs} --seed ${seed} --path ${failure.path}`,
      );
      return 1;
    }
    for (const [kind, times] of Object.entries(done).sort()) say(`${kind.padEnd(32)}${String(times).padStart(4)}`);
    say(`${made} sequences of edits, ${builds} builds, seed ${seed}: each site is identical to a clean build`);
    return 0;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function fuzz(args: readonly string[]): Promise<number> {
  const options = readFuzzOptions(args, randomInt(2 ** 31));
  if (options === null) return 0;
  const { runs, seed, path, processes, data } = options;
  if (options.incremental !== null) return await incremental(options.incremental, options);
  const again = (more: string): string => `Run it again with: npm run fuzz -- --seed ${seed} ${more}`;
  const base = await readBase(resolve(data));
  say(
    base.isReal
      ? `Using the ${base.incidents.length} incidents of ${data}`
      : `${data} has no real history; using a generated one`,
  );
  say(`Seed ${seed}, ${runs} runs`);
  const watched = await watch(
    { data: resolve(data), runs, seed, path },
    (begun) => begun % 250 === 0 && say(`${begun} runs`),
  );
  if (watched.kind === 'cut') {
    say(`${watched.why}\nbroken by ${JSON.stringify(watched.plan)}\n${again(`--runs ${runs}`)}`);
    return 1;
  }
  const { outcome } = watched;
  if (outcome.failure !== null) {
    const { message, stack, plan, path: found } = outcome.failure;
    say(
      `failed: ${message}\n${stack.split('\n').slice(1, 8).join('\n')}\nbroken by ${JSON.stringify(plan)}\n${again(`--path ${found}`)}`,
    );
    return 1;
  }
  for (const line of tallyLines(outcome.tally)) say(line);
  const folder = await mkdtemp(join(tmpdir(), 'halfpast-fuzz-site-'));
  try {
    const real = processes === 0 ? null : await runProcesses({ base, root, folder, count: processes, seed, say });
    if (real?.failure != null) {
      say(
        `failed: ${real.failure.message}\nbroken by ${JSON.stringify(real.failure.plan)}\n${again(`--runs 1 --processes ${processes}`)}`,
      );
      return 1;
    }
    if (real !== null)
      say(
        `Command line: ${real.checks} checks; ${real.refused} builds refused, each leaving the previous site unchanged; ${real.built} built`,
      );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  const { maxRSS } = process.resourceUsage();
  say(
    `${outcome.runs} runs, seed ${seed}: 0 crashes, 0 hangs, 0 stack traces; peak memory ${Math.round(maxRSS / 1024)} MiB`,
  );
  return 0;
}

try {
  process.exitCode = await fuzz(process.argv.slice(2));
} catch (error) {
  process.exitCode = reportFailure(
    error,
    { stdout: (said) => void process.stdout.write(said), stderr: (said) => void process.stderr.write(said) },
    false,
  );
}
