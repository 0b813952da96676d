import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { plainEnvironment, root } from './support/halfpast.ts';

// A test rather than a separate step, so that it runs on one core while other tests use the other.
it('no file has type errors, including .astro files', async () => {
  const checked = await promisify(execFile)('npm', ['run', '--silent', 'types'], {
    cwd: root,
    env: plainEnvironment,
  }).catch((error: { stdout: string }) => error);
  expect(checked.stdout).toMatch(/- 0 errors\n- 0 warnings\n- 0 hints/);
});
