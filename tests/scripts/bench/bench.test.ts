import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { historyFiles, repeated } from '../../../scripts/bench/history.ts';
import { inventedDump } from '../../../scripts/bench/invented.ts';
import { measure, median } from '../../../scripts/bench/measure.ts';
import { placeOther } from '../../../scripts/bench/other.ts';
import { table } from '../../../scripts/bench/table.ts';
import { readDump } from '../../../scripts/import/statuspage/read-dump.ts';
import { parseContent } from '../../../src/content/parse-content.ts';
import { temporaryFolder } from '../../support/folders.ts';

it('a history for the benchmark has as many incidents as it should, also when they must be repeated, and is sound', () => {
  const files = historyFiles(inventedDump(40), 100).map(({ path, text }) => ({ path, bytes: new TextEncoder().encode(text) }));
  const parsed = parseContent({ files, folders: [], others: [] }, Date.parse('2024-12-31T00:00Z'));
  expect('site' in parsed ? parsed.site.incidents.map(({ updates }) => updates.length) : parsed.problems).toEqual(Array.from({ length: 100 }, () => 5));
});

it('a program is measured to its end; one that fails is told with what it said', async () => {
  let now = 0;
  const clock = (): number => (now += 1000);
  const { took, peak } = await measure([process.execPath, '-e', 'const kept = Buffer.alloc(2e8, 1); setTimeout(() => kept, 300)'], '.', clock);
  expect(took).toBe(1000);
  if (process.platform === 'linux') expect(peak).toBeGreaterThan(2e8);
  await expect(measure([process.execPath, '-e', 'console.error("no"); process.exit(3)'], '.', clock)).rejects.toThrow(/ended with 3:\nno/);
});

it('the middle of the runs counts', () => {
  expect(median([9, 1, 2, 3, 100])).toBe(3);
  expect(median([4, 2])).toBe(3);
});

it('the table has the growth from size to size of the same work', () => {
  const row = { work: 'check', ratio: 2, peak: 1024 ** 2, files: null };
  expect(table([{ ...row, size: 100, took: 1000 }, { ...row, size: 1000, took: 5000 }]).split('\n').slice(2)).toEqual([
    '| check | 100 | 1.00 | 2.00 | 1 |  |  |',
    '| check | 1000 | 5.00 | 2.00 | 1 |  | 5.0 for 10.0 × the incidents |',
  ]);
});

it('another generator gets the same incidents as Statuspage gives them, and prepares them before it is timed', async () => {
  const folder = temporaryFolder();
  const dump = inventedDump(4);
  const other = { prepare: 'cp incidents.json prepared.json', build: 'cat prepared.json components.json > built.txt' };
  const place = await placeOther(other, join(folder, 'other'), dump, 8, () => 0);
  await measure(place.command, place.folder, () => 0);
  const given = readDump(readFileSync(join(folder, 'other/prepared.json'), 'utf8'), 'incidents', 'incidents.json');
  expect(given.incidents.map(({ created_at: at }) => at)).toEqual(repeated(dump, 8).map(({ created_at: at }) => at));
  expect(given.incidents[0]?.incident_updates.map(({ body }) => body)).toEqual(dump.incidents[0]?.incident_updates.map(({ body }) => body));
  expect(readFileSync(join(folder, 'other/built.txt'), 'utf8')).toContain('"name": "Website"');
  await expect(placeOther({ ...other, prepare: 'echo cannot >&2; exit 1' }, join(folder, 'again'), dump, 4, () => 0)).rejects.toThrow(/cannot/);
});
