import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { isWithin } from '../../../scripts/site/inside.ts';
import { temporaryFolder } from '../../support/folders.ts';

it('a folder is inside another whatever links lead there, and whether it is there yet or not', () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'content'));
  mkdirSync(join(folder, 'content-2'));
  symlinkSync('content', join(folder, 'link'));
  const within = (path: string, of: string): boolean => isWithin(join(folder, path), join(folder, of));
  expect([within('content', 'content'), within('content/a/b', 'content'), within('link/site', 'content'), within('content/site', 'link')]).toEqual([true, true, true, true]);
  expect([within('content-2', 'content'), within('.', 'content'), within('link/../content-2/a', 'content')]).toEqual([false, false, false]);
});
