import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { buildingPlace, removeLeftovers } from '../../../scripts/site/leftovers.ts';
import { temporaryFolder, write } from '../../support/folders.ts';

it('what a killed build has left is removed, and nothing else', () => {
  const folder = temporaryFolder();
  const out = join(folder, 'dist');
  // No process has a number as high as the first.
  for (const name of ['dist.new-4194305', `dist.new-${process.ppid}`, 'dist.old-4194305', 'dist.new-year', 'dist2.new-4194305']) write(folder, `${name}/index.html`, '');
  write(buildingPlace(out), 'index.html', '');
  removeLeftovers(out);
  expect(readdirSync(folder).sort()).toEqual([`dist.new-${process.pid}`, `dist.new-${process.ppid}`, 'dist.new-year', 'dist.old-4194305', 'dist2.new-4194305'].sort());
});
