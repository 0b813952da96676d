import { execFile } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { filesBelow, temporaryFolder } from '../../support/folders.ts';

it('starts in two processes at once, whatever another user left in the temporary folder', async () => {
  const TMPDIR = temporaryFolder();
  mkdirSync(join(TMPDIR, 'chromium'));
  const module = join(import.meta.dirname, 'browser.ts');
  const code = `const { launchBrowser } = await import(${JSON.stringify(module)});
    const browser = await launchBrowser();
    console.log(await (await browser.newPage()).evaluate('6 * 7'));
    await browser.close();`;
  const start = async (): Promise<string> =>
    (
      await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', code], {
        env: { ...process.env, TMPDIR },
      })
    ).stdout;
  expect(await Promise.all([start(), start()])).toEqual(['42\n', '42\n']);
  expect(filesBelow(TMPDIR).filter((path) => path.endsWith('/chromium'))).toHaveLength(1);
});
