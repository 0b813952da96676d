import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { plainEnvironment, root } from '../support/halfpast.ts';

// tests/types.test.ts leaves these files out: without the packages of this folder they have no types.
it('the system tests have types that fit', async () => {
  const run = promisify(execFile)('npx', ['tsc', '--project', 'tests/system'], { cwd: root, env: plainEnvironment });
  const checked = await run.catch((error: { stdout: string }) => error);
  expect(checked.stdout).toBe('');
});
