import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { plainEnvironment, root } from '../support/halfpast.ts';

// tests/types.test.ts leaves them out, because their types need the packages in this folder.
it('the system tests have no type errors', async () => {
  const run = promisify(execFile)('npx', ['tsc', '--project', 'tests/system'], { cwd: root, env: plainEnvironment });
  const checked = await run.catch((error: { stdout: string }) => error);
  expect(checked.stdout).toBe('');
});
