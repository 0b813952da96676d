import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from './support/folders.ts';
import { plainEnvironment, root } from './support/halfpast.ts';

const small = join(root, 'tests/fixtures/good/small');

it.each([
  [{ HALFPAST_NOW: 'noon' }, 'HALFPAST_NOW: "noon" is not a time. Use a time such as 2026-11-22T14:30Z'],
  [{ HALFPAST_NOW: '2026-11-22T14:05' }, /^HALFPAST_NOW: "2026-11-22T14:05" has no UTC offset\./],
  [
    { HALFPAST_CONTENT: '/nowhere' },
    'there is no content folder at /nowhere. Name another with HALFPAST_CONTENT=DIR, or make one with: npx halfpast init --content /nowhere',
  ],
])('astro build reports %o in one line', (variables, line) => {
  const folder = temporaryFolder();
  const args = [join(root, 'node_modules/astro/bin/astro.mjs'), 'build', '--silent', '--outDir', join(folder, 'out')];
  const env = { ...plainEnvironment, HALFPAST_CONTENT: small, HALFPAST_CACHE: join(folder, 'cache'), ...variables };
  const { status, stderr } = spawnSync(process.execPath, args, { cwd: root, env, encoding: 'utf8' });
  expect(stderr).toMatch(line);
  expect({ status, stderr }).toEqual({
    status: 1,
    stderr: expect.stringMatching(/^.+\n(?:Nothing was built\n)?$/) as string,
  });
});
