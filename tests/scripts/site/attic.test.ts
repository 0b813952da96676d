import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openAttic } from '../../../scripts/site/attic.ts';
import { filesBelow, temporaryFolder, write } from '../../support/folders.ts';

it('a replaced site is out of the way at once, and removed while the next build works', async () => {
  const folder = temporaryFolder();
  const cache = join(folder, 'cache');
  write(folder, 'dist.old/index.html', 'last week');
  write(cache, 'content.bin', 'kept');
  openAttic(cache).take(join(folder, 'dist.old'));
  expect(existsSync(join(folder, 'dist.old'))).toBe(false);
  expect(filesBelow(cache)).toHaveLength(2);
  await openAttic(cache).cleared;
  expect(readdirSync(cache)).toEqual(['content.bin']);
});
