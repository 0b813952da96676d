import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { UserError } from '../../scripts/cli/errors.ts';
import { readDump } from '../../scripts/import/statuspage-dump.ts';
import { parseContent } from '../../src/lib/content/check-content.ts';
import { temporaryFolder } from '../support/folders.ts';
import { historyFiles, generatedDump, repeated } from '../tools/generated-history.ts';
import { placeOther } from './bench.ts';
import { measure, median, table } from './measure.ts';

it.each([
  [40, 100],
  [2, 400],
])('a history of %i incidents, repeated up to %i, is complete and valid', (size, wanted) => {
  const files = historyFiles(generatedDump(size), wanted).map(({ path, text }) => ({
    path,
    bytes: new TextEncoder().encode(text),
  }));
  const parsed = parseContent({ files, folders: [], others: [] }, Date.parse('2024-12-31T00:00Z'));
  expect('site' in parsed ? parsed.site.incidents.map(({ updates }) => updates.length) : parsed.problems).toEqual(
    Array.from({ length: wanted }, () => 5),
  );
});

const holding = (bytes: number): string => `const kept = Buffer.alloc(${bytes}, 1); setTimeout(() => kept, 400)`;

it('a program is measured until it exits; a failure is reported in one line, with the key line of its output', async () => {
  let now = 0;
  const clock = (): number => (now += 1000);
  const { took, peak } = await measure('it', [process.execPath, '-e', holding(2e8)], '.', clock);
  expect(took).toBe(1000);
  if (process.platform === 'linux') expect(peak).toBeGreaterThan(2e8);
  const failing = (code: string): Promise<unknown> =>
    measure('it', [process.execPath, '-e', code], '.', clock).catch((error: unknown) => error);
  expect(await failing('console.error("well\\nno"); process.exit(3)')).toEqual(
    new UserError('it ended with 3. It printed: no'),
  );
  expect(await failing('throw new TypeError("not that")')).toEqual(
    new UserError('it ended with 1. It printed: TypeError: not that'),
  );
  expect(await failing('process.kill(process.pid)')).toEqual(
    new UserError('it ended with SIGTERM. It printed nothing'),
  );
});

it('memory includes every process that a program starts', async () => {
  const outer = `const kept = Buffer.alloc(1.5e8, 1); require('node:child_process').spawnSync(process.execPath, ['-e', '${holding(1.5e8)}']); kept.fill(2)`;
  const { peak } = await measure('it', ['sh', '-c', '"$0" -e "$1"; true', process.execPath, outer], '.', () => 0);
  if (process.platform === 'linux') expect(peak).toBeGreaterThan(3e8);
});

it('CPU time includes every process that a program starts', async () => {
  const busy = 'while (process.cpuUsage().user < 3e5);';
  const { cpu } = await measure('it', ['sh', '-c', '"$0" -e "$1"; true', process.execPath, busy], '.', () => 0);
  if (process.platform === 'linux') expect(cpu).toBeGreaterThan(200);
});

it('the median of the runs counts', () => {
  expect(median([9, 1, 2, 3, 100])).toBe(3);
  expect(median([4, 2])).toBe(3);
});

it('the table shows how each task grows from size to size', () => {
  const row = { task: 'check', ratio: 2, cpu: 3000, cpuRatio: 2.5, peak: 1024 ** 2, files: null };
  expect(
    table([
      { ...row, size: 100, took: 1000 },
      { ...row, size: 1000, took: 5000 },
    ])
      .split('\n')
      .slice(2),
  ).toEqual([
    '| check | 100 | 1.00 | 2.00 | 3.00 | 2.50 | 1 |  |  |',
    '| check | 1000 | 5.00 | 2.00 | 3.00 | 2.50 | 1 |  | 5.0 for 10.0 × the incidents |',
  ]);
});

it('another generator gets the same incidents in Statuspage’s format, and prepares them before the timing starts', async () => {
  const folder = temporaryFolder();
  const dump = generatedDump(4);
  const other = { prepare: 'cp incidents.json prepared.json', build: 'cat prepared.json components.json > built.txt' };
  const place = await placeOther(other, join(folder, 'other'), dump, 8, () => 0);
  await measure('it', place.command, place.folder, () => 0);
  const given = readDump(
    JSON.parse(readFileSync(join(folder, 'other/prepared.json'), 'utf8')),
    'incidents',
    'incidents.json',
    () => undefined,
  );
  expect(given.incidents.map(({ created_at: at }) => at)).toEqual(repeated(dump, 8).map(({ created_at: at }) => at));
  expect(given.incidents[0]?.incident_updates.map(({ body }) => body)).toEqual(
    dump.incidents[0]?.incident_updates.map(({ body }) => body),
  );
  expect(readFileSync(join(folder, 'other/built.txt'), 'utf8')).toContain('"name": "Website"');
  await expect(
    placeOther({ ...other, prepare: 'echo cannot >&2; exit 1' }, join(folder, 'again'), dump, 4, () => 0),
  ).rejects.toThrow(new UserError('the command of --prepare ended with 1. It printed: cannot'));
});
