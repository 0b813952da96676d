import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import fc from 'fast-check';
import { isoTime } from '../../src/lib/domain/calendar.ts';
import { type Base, smallSite } from './content.ts';
import { onDisk } from './judge.ts';
import { anyPlan, carryOut, fuzzNow, type Plan } from './run.ts';

type Ended = { readonly code: number | null; readonly out: string; readonly err: string };

/**
 * Milliseconds of elapsed time after which the program counts as hung. Building a small site takes seconds, or
 * longer on a busy machine.
 */
const patience = 120_000;

/** Runs the real program until it exits. */
function halfpast(root: string, args: readonly string[]): Promise<Ended> {
  const child = spawn(process.execPath, [join(root, 'scripts/halfpast.ts'), ...args], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: patience,
  });
  let [out, err] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
  return new Promise((resolve, reject) => child.on('error', reject).on('close', (code) => resolve({ code, out, err })));
}

/** The hash of each file below a folder, by path. */
export async function hashesOf(folder: string): Promise<ReadonlyMap<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  const hashes = paths.map(async (path): Promise<[string, string]> => [
    relative(folder, path),
    createHash('sha256')
      .update(await readFile(path))
      .digest('hex'),
  ]);
  return new Map(await Promise.all(hashes));
}

/** One hash of the paths and contents of all files below a folder. */
async function hashOf(folder: string): Promise<string> {
  return createHash('sha256')
    .update(JSON.stringify([...(await hashesOf(folder))]))
    .digest('hex');
}

/** What is wrong with the program's output or exit code, or null. */
export function endFault({ code, out, err }: Ended, ending: RegExp): string | null {
  const all = `${out}${err}`;
  if (code !== 0 && code !== 1) return `ended with ${code ?? 'no word in time'}: ${all.slice(-600)}`;
  if (/^\s+at .+:\d+|node:internal|Warning: /m.test(all)) return `shows its inside: ${all.slice(-600)}`;
  if (code === 0) return null;
  if (out !== '') return `says on standard output that all is well, and ends with 1: ${out.slice(0, 300)}`;
  const lines = err.trimEnd().split('\n');
  if (!ending.test(lines.at(-1) ?? '')) return `does not end with the number of problems: ${err.slice(-300)}`;
  const odd = lines.slice(0, -1).find((line) => !/^.+:\d+:\d+ {2}\S/.test(line));
  return odd === undefined ? null : `has a line without file, line and column: ${odd.slice(0, 300)}`;
}

type ProcessOptions = {
  readonly base: Base;
  readonly root: string;
  readonly folder: string;
  readonly count: number;
  readonly seed: number;
  readonly say: (line: string) => void;
};

/**
 * Runs the real program on broken content: `check`, and `build` over the existing site. Returns
 * the failure with its plan.
 */
export async function runProcesses({ base, root, folder, count, seed, say }: ProcessOptions): Promise<{
  readonly checks: number;
  readonly refused: number;
  readonly built: number;
  readonly failure: { readonly message: string; readonly plan: Plan } | null;
}> {
  const at = ['--now', isoTime(fuzzNow)];
  const out = join(folder, 'site');
  const cache = ['--out', out, '--cache', join(folder, 'cache')];
  await onDisk(smallSite(base, 0, 1), async (content) => {
    const sound = await halfpast(root, ['build', '--content', content, ...at, ...cache]);
    if (sound.code !== 0) throw new Error(`sound content is not built: ${sound.err}`);
  });
  const plans = fc.sample(anyPlan(), { numRuns: count, seed });
  let [checks, refused, built] = [0, 0, 0];
  for (const [nth, plan] of plans.entries()) {
    const before = await hashOf(out);
    const message = await onDisk(carryOut(base, plan).tree, async (content) => {
      checks += 1;
      const check = await halfpast(root, ['check', '--content', content, ...at]);
      const fault = endFault(check, /^\d+ problems?$/);
      if (fault !== null) return `check ${fault}`;
      // Builds take seconds: run all that must leave the site unchanged, and half of those that may change it.
      if (check.code === 0 && nth % 2 === 1) return null;
      const build = await halfpast(root, ['build', '--content', content, ...at, ...cache]);
      const other = endFault(build, /^\d+ problems?, nothing was built$/);
      if (other !== null) return `build ${other}`;
      if (build.code !== check.code)
        return `check ends with ${check.code}, build with ${build.code}: ${build.err.slice(-300)}`;
      if (build.code === 0) built += 1;
      else refused += 1;
      return build.code === 1 && (await hashOf(out)) !== before
        ? 'build was refused, and changed the site that was there'
        : null;
    });
    say(`${nth + 1} of ${count} by the real program`);
    if (message !== null) return { checks, refused, built, failure: { message, plan } };
  }
  return { checks, refused, built, failure: null };
}
