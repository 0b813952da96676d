import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { plainEnvironment, root } from './support/halfpast.ts';

it('every file is formatted, and ESLint finds nothing', async () => {
  const linted = promisify(execFile)('npm', ['run', '--silent', 'lint'], { cwd: root, env: plainEnvironment });
  await expect(linted.catch(({ stdout, stderr }) => `${stdout}${stderr}`)).resolves.toMatchObject({ stderr: '' });
});
