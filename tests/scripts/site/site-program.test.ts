import { existsSync } from 'node:fs';
import { expect, it, vi } from 'vitest';
import { bundleSite } from '../../../scripts/site/bundle-site.ts';
import { codeDigest } from '../../../scripts/site/code-digest.ts';
import { withSiteProgram } from '../../../scripts/site/site-program.ts';
import { provideSite } from '../../../src/content/run.ts';
import { root } from '../../support/halfpast.ts';

vi.mock('../../../scripts/site/bundle-site.ts', { spy: true });

const code = codeDigest(root);
const nothing = (): Promise<void> => Promise.resolve();

it('the pages are bundled once for the same code, and again for a clean build', async () => {
  await withSiteProgram(root, code, false, nothing);
  vi.mocked(bundleSite).mockClear();
  await withSiteProgram(root, code, false, nothing);
  expect(bundleSite).not.toHaveBeenCalled();
  const { common, there } = await withSiteProgram(root, code, true, (program) => Promise.resolve({ ...program, there: existsSync(program.common) }));
  expect(bundleSite).toHaveBeenCalledOnce();
  // What another build may be running stays as it is.
  expect(there).toBe(true);
  expect(existsSync(common)).toBe(false);
});

it('a page that cannot be made is named', async () => {
  const said = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  provideSite(() => Promise.reject(new Error('there is no site today')));
  await expect(withSiteProgram(root, code, false, ({ render }) => render('rss.xml'))).rejects.toThrow('rss.xml could not be made: Astro answered with 500');
  expect(said.mock.calls.join(' ')).toContain('there is no site today');
  said.mockRestore();
});
