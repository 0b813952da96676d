import { readdirSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { stale, touch } from '../../../scripts/site/stale.ts';
import { temporaryFolder, write } from '../../support/folders.ts';

it('what was not touched for an hour is stale, unless it is noted as used', () => {
  const folder = temporaryFolder();
  const old = new Date(Date.now() - 61 * 60_000);
  for (const name of ['program-1', 'program-2', 'program-3', 'other']) write(folder, `${name}/a`, '');
  for (const name of ['program-1', 'program-2', 'other']) utimesSync(join(folder, name), old, old);
  touch(join(folder, 'program-2'));
  utimesSync(join(folder, 'program-2'), old, old);
  expect(stale(folder, /^program-/)).toEqual([join(folder, 'program-1')]);
  expect(readdirSync(folder).sort()).toEqual(['other', 'program-1', 'program-2', 'program-3']);
  expect(() => touch(join(folder, 'missing'))).not.toThrow();
});
