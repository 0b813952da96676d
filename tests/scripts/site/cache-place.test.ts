import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { requireCache } from '../../../scripts/site/cache-place.ts';
import { temporaryFolder } from '../../support/folders.ts';

it('pages are kept in a folder that is new, empty, or holds kept pages', async () => {
  const folder = temporaryFolder();
  const content = join(folder, 'content');
  await requireCache(join(folder, 'new', 'newer'), content);
  await requireCache(folder, content);
  for (const name of ['pages', 'old-0f8fad5b-d9cb-469f-a165-70867728950e']) mkdirSync(join(folder, name));
  // Left by Astro before builds kept pages themselves.
  mkdirSync(join(folder, 'dist'));
  writeFileSync(join(folder, 'incremental-build.json'), '');
  for (const name of ['content.bin', 'content.bin.123']) writeFileSync(join(folder, name), '');
  await requireCache(folder, content);
});

it('no folder is taken that holds something else', async () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, '.git'));
  writeFileSync(join(folder, 'notes.txt'), 'mine');
  await expect(requireCache(folder, join(folder, 'content'))).rejects.toThrow(/also holds .*notes\.txt.* --cache DIR/);
  await expect(requireCache(join(folder, 'notes.txt'), join(folder, 'content'))).rejects.toThrow('is a file. Name a folder with --cache DIR');
});

it('nor the content folder, nor one in it', async () => {
  const content = temporaryFolder();
  await expect(requireCache(content, content)).rejects.toThrow('is inside the content folder');
  await expect(requireCache(join(content, 'cache'), content)).rejects.toThrow('is inside the content folder');
});
