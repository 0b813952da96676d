import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, truncateSync, utimesSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { bundleSite } from '../../../scripts/site/bundle-site.ts';
import { codeOf } from '../../../scripts/site/code-digest.ts';
import { programs, withSiteProgram } from '../../../scripts/site/site-program.ts';
import { provideSite } from '../../../src/content/run.ts';
import { write } from '../../support/folders.ts';
import { root } from '../../support/halfpast.ts';

vi.mock('../../../scripts/site/bundle-site.ts', { spy: true });

const code = codeOf(root);
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

/** A home for bundles, and a bundler that says how often it was asked. */
function fakeBundles(): string {
  const home = mkdtempSync(join(tmpdir(), 'halfpast-program-'));
  onTestFinished(() => {
    rmSync(home, { recursive: true });
    vi.mocked(bundleSite).mockRestore();
  });
  let times = 0;
  vi.mocked(bundleSite).mockClear();
  vi.mocked(bundleSite).mockImplementation((_root, folder) => {
    write(folder, 'server/entry.mjs', `export const render = async () => new Response('made ${(times += 1)}');\n`);
    write(folder, 'client/a.css', 'a {}\n');
    return Promise.resolve();
  });
  return home;
}

const made = async (home: string, { digest = 'c0de', isStill = true, anew = false } = {}): Promise<string> =>
  withSiteProgram(home, { digest, isStill: () => isStill }, anew, async ({ render }) => new TextDecoder().decode(await render('rss.xml')));

it('what code that changed meanwhile has bundled is for one build alone', async () => {
  const home = fakeBundles();
  expect(await made(home, { isStill: false })).toBe('made 1');
  expect(readdirSync(join(home, programs))).toEqual([]);
  expect(await made(home)).toBe('made 2');
  expect(await made(home)).toBe('made 2');
});

it('the bundle of other code stays for an hour, since another build may be running it; then it goes, with what bundlers that died have left', async () => {
  const home = fakeBundles();
  await made(home, { digest: 'aa' });
  mkdirSync(join(home, programs, 'building-0'));
  await made(home, { digest: 'bb' });
  expect(readdirSync(join(home, programs)).sort()).toEqual(['building-0', 'program-aa', 'program-bb']);
  const then = new Date(Date.now() - 61 * 60_000);
  for (const name of ['building-0', 'program-aa', 'program-bb']) utimesSync(join(home, programs, name), then, then);
  await made(home, { digest: 'bb' });
  await made(home, { digest: 'cc' });
  expect(readdirSync(join(home, programs)).sort()).toEqual(['program-bb', 'program-cc']);
});

it('bundles are made in the same few places, so that Node keeps what it compiled once', async () => {
  const home = fakeBundles();
  for (let time = 0; time < 3; time += 1) await made(home, { anew: true });
  expect(new Set(vi.mocked(bundleSite).mock.calls.map(([, folder]) => folder)).size).toBe(1);
});

describe('a bundle that the disk has damaged', () => {
  it.each([
    ['is cut short', (place: string) => truncateSync(join(place, 'server/entry.mjs'), 10)],
    ['lacks a file', (place: string) => rmSync(join(place, 'client/a.css'))],
    ['lacks its seal', (place: string) => rmSync(join(place, 'sealed'))],
  ])('%s: it is made again', async (_name, damage) => {
    const home = fakeBundles();
    expect(await made(home)).toBe('made 1');
    damage(join(home, programs, 'program-c0de'));
    expect(await made(home)).toBe('made 2');
    expect(await made(home)).toBe('made 2');
  });
});
