import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { openAttic } from '../../../scripts/site/attic.ts';
import { temporaryFolder, write } from '../../support/folders.ts';

it('a replaced site is out of the way at once, and removed while the next build works', async () => {
  const folder = temporaryFolder();
  const cache = join(folder, 'cache');
  write(folder, 'dist.old/incidents/a/index.html', 'last week');
  write(cache, 'content.bin', 'kept');
  openAttic(cache).take(join(folder, 'dist.old'));
  expect(existsSync(join(folder, 'dist.old'))).toBe(false);
  expect(readdirSync(cache)).toHaveLength(2);
  await openAttic(cache).cleared;
  await vi.waitFor(() => expect(readdirSync(cache)).toEqual(['content.bin']), 5000);
});

it('the end of a build waits for the removal when more than one site has gathered', async () => {
  const folder = temporaryFolder();
  const cache = join(folder, 'cache');
  const attic = openAttic(cache);
  for (const name of ['a', 'b', 'c']) {
    write(folder, `${name}/index.html`, 'old');
    attic.take(join(folder, name));
  }
  expect(readdirSync(cache)).toHaveLength(3);
  await openAttic(cache).cleared;
  expect(readdirSync(cache)).toEqual([]);
});
