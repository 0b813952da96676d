import { existsSync, mkdtempSync, rmSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { bundleSite } from '../../../scripts/site/bundle-site.ts';
import { codeDigest } from '../../../scripts/site/code-digest.ts';
import { programs, withSiteProgram } from '../../../scripts/site/site-program.ts';
import { provideSite } from '../../../src/content/run.ts';
import { write } from '../../support/folders.ts';
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

describe('a bundle that the disk has damaged', () => {
  it.each([
    ['is cut short', (place: string) => truncateSync(join(place, 'server/entry.mjs'), 10)],
    ['lacks a file', (place: string) => rmSync(join(place, 'client/a.css'))],
    ['lacks its seal', (place: string) => rmSync(join(place, 'sealed'))],
  ])('%s: it is made again', async (_name, damage) => {
    const home = mkdtempSync(join(tmpdir(), 'halfpast-program-'));
    onTestFinished(() => rmSync(home, { recursive: true }));
    vi.mocked(bundleSite).mockImplementation((_root, folder) => {
      write(folder, 'server/entry.mjs', "export const render = async () => new Response('made');\n");
      write(folder, 'client/a.css', 'a {}\n');
      return Promise.resolve();
    });
    const made = async (): Promise<string> => withSiteProgram(home, 'code', false, async ({ render }) => new TextDecoder().decode(await render('rss.xml')));
    await made();
    damage(join(home, programs, 'program-code'));
    vi.mocked(bundleSite).mockClear();
    expect(await made()).toBe('made');
    expect(await made()).toBe('made');
    expect(bundleSite).toHaveBeenCalledOnce();
    vi.mocked(bundleSite).mockRestore();
  });
});
