import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { bench } from './bench/bench.ts';
import { inventedDump } from './bench/invented.ts';
import { table } from './bench/table.ts';
import { readDump } from './import/statuspage/read-dump.ts';
import type { Dump } from './import/statuspage/dump-schema.ts';

// `npm run bench`: how long the work takes, from a hundred incidents to ten thousand. A measurement and not a test.
const { values } = parseArgs({
  options: {
    sizes: { type: 'string', default: '100,450,1000,2000,10000' },
    runs: { type: 'string', default: '5' },
    data: { type: 'string', default: '../shared/data' },
    json: { type: 'string' },
    prepare: { type: 'string' },
    other: { type: 'string' },
  },
});

const root = resolve(import.meta.dirname, '..');
// Another generator, as shell commands that run in a folder with incidents.json and components.json: see docs/speed.md.
const other = values.other === undefined ? null : { prepare: values.prepare ?? null, build: values.other };
const sizes = values.sizes.split(',').map(Number);
const runs = Number(values.runs);

async function realDump(folder: string): Promise<Dump | null> {
  const path = join(folder, 'github-incidents-2020-2024.json');
  const text = await readFile(path, 'utf8').catch(() => null);
  const list = await readFile(join(folder, 'github-components.json'), 'utf8').catch(() => null);
  if (text === null || list === null) return null;
  const { page, incidents } = readDump(text, 'incidents', path);
  return { page, incidents, maintenances: [], components: readDump(list, 'components', folder).components };
}

const dump = await realDump(resolve(values.data));
const say = (line: string): void => void process.stderr.write(`${line}\n`);
say(dump === null ? `${values.data} has no real history; the incidents are invented` : `The incidents are those of ${values.data}, repeated`);
const folder = await mkdtemp(join(tmpdir(), 'halfpast-bench-'));
try {
  const now = Date.parse('2024-12-31T00:00:00Z');
  const clock = (): number => performance.now();
  const results = await bench({ root, folder, dump: dump ?? inventedDump(Math.max(...sizes)), sizes, runs, other, now, clock, say });
  process.stdout.write(`An empty Astro site: ${(results.empty / 1000).toFixed(2)} s. Medians of ${runs}.\n\n${table(results.rows)}\n`);
  if (values.json !== undefined) await writeFile(values.json, `${JSON.stringify({ runs, ...results }, null, 2)}\n`);
} finally {
  await rm(folder, { recursive: true, force: true });
}
