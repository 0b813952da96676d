import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { smallFileReader } from '../../../src/lib/content/disk.ts';
import { temporaryFolder } from '../../support/folders.ts';

it('files read in parallel keep their own bytes, even above 1 MiB and when one is empty', () => {
  const folder = temporaryFolder();
  const texts = Array.from({ length: 60 }, (_, index) => (index === 7 ? '' : `${index} `.repeat(index * 500)));
  texts.forEach((text, index) => writeFileSync(join(folder, String(index)), text));
  const read = smallFileReader();
  const found = texts.map((_, index) => read(join(folder, String(index)), 1e6));
  expect(found.map((file) => ('bytes' in file ? new TextDecoder().decode(file.bytes) : file.size))).toEqual(texts);
});

it('a file that is too large is not read, and special files are reported', () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'large'), 'x'.repeat(100));
  mkdirSync(join(folder, 'folder'));
  const read = smallFileReader();
  expect(read(join(folder, 'large'), 99)).toEqual({ size: 100 });
  expect(() => read(join(folder, 'none'), 99)).toThrow(/ENOENT/);
});
