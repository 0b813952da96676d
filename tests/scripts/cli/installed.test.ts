import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { root } from '../../support/halfpast.ts';
import { temporaryFolder } from '../../support/folders.ts';

it('a clone without its packages says to run npm ci, in one line', () => {
  const clone = temporaryFolder();
  cpSync(join(root, 'bin'), join(clone, 'bin'), { recursive: true });
  cpSync(join(root, 'package.json'), join(clone, 'package.json'));
  const run = (script: string) => {
    const { status, stderr } = spawnSync(process.execPath, [join(clone, 'bin', script)], { encoding: 'utf8' });
    return { status, stderr };
  };
  const refused = { status: 1, stderr: expect.stringMatching(/^halfpast: the packages .* Run "npm ci" in .*\n$/) };
  expect(run('installed.js')).toEqual(refused);
  expect(run('halfpast.js')).toEqual(refused);
  mkdirSync(join(clone, 'node_modules/astro'), { recursive: true });
  expect(run('installed.js')).toEqual({ status: 0, stderr: '' });
});
