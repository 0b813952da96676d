import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { withPath } from '../../scripts/cli/errors.ts';
import { reportFailure } from '../../scripts/cli/run-command.ts';
import { workingFolder } from '../../scripts/cli/system.ts';
import { baseOf, bench } from './bench.ts';
import { table } from './measure.ts';
import { readBenchOptions, requireWritable } from './options.ts';

// `npm run bench` measures check and builds, from a hundred incidents to ten thousand. It isn't a test.
const outputs = {
  stdout: (said: string) => void process.stdout.write(said),
  stderr: (said: string) => void process.stderr.write(said),
};
const say = (line: string): void => outputs.stderr(`${line}\n`);

async function run(words: readonly string[]): Promise<void> {
  const called = readBenchOptions(words);
  if (called === null) return;
  const { sizes, runs, other } = called;
  const here = workingFolder(() => process.cwd());
  const json = called.json === null ? null : resolve(here, called.json);
  if (json !== null) await requireWritable(json);
  const { dump, isReal } = await baseOf(resolve(here, called.data));
  say(
    isReal
      ? `Using the incidents of ${called.data}, repeated`
      : `${called.data} has no real history; using a generated one`,
  );
  const folder = await mkdtemp(join(tmpdir(), 'halfpast-bench-'));
  try {
    const now = Date.parse('2024-12-31T00:00:00Z');
    const clock = (): number => performance.now();
    const results = await bench({
      root: resolve(import.meta.dirname, '../..'),
      folder,
      dump,
      sizes,
      runs,
      other,
      now,
      clock,
      say,
    });
    outputs.stdout(
      `An empty Astro site: ${(results.empty / 1000).toFixed(2)} s${results.emptyCpu === null ? '' : `, ${(results.emptyCpu / 1000).toFixed(2)} s of CPU`}. Medians of ${runs}.\n\n${table(results.rows)}\n`,
    );
    if (json !== null)
      await withPath(json, () => writeFile(json, `${JSON.stringify({ runs, ...results }, null, 2)}\n`));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

try {
  await run(process.argv.slice(2));
} catch (error) {
  process.exitCode = reportFailure(error, outputs, false);
}
