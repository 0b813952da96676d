import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { plainEnvironment, root } from './support/halfpast.ts';

// Beside the other tests and not before them: it takes half a minute of one core.
it('every file, Astro’s included, has types that fit', async () => {
  const checked = await promisify(execFile)('npm', ['run', '--silent', 'types'], {
    cwd: root,
    env: plainEnvironment,
  }).catch((error: { stdout: string }) => error);
  expect(checked.stdout).toMatch(/- 0 errors\n- 0 warnings\n- 0 hints/);
});
