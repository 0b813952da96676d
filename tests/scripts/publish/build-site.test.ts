import { existsSync, mkdirSync, statSync, symlinkSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { canWriteTo } from '../../../src/build-cache.ts';
import { buildSite } from '../../../scripts/publish/build-site.ts';
import { temporaryFolder, write } from '../../support/folders.ts';
import { root as project } from '../../support/halfpast.ts';

it('builds and caches beside node_modules where that can’t be written, as when another user installed the packages', async () => {
  const root = temporaryFolder();
  // Permissions don't stop root, but a file in the place of a folder does.
  write(root, 'node_modules/.astro', '');
  write(root, 'node_modules/.vite', '');
  const used: string[] = [];
  const content = join(project, 'tests/fixtures/good/small');
  const options = { content, out: join(root, 'dist'), now: Date.parse('2026-11-22T15:00Z'), clean: false };
  const runProgram = (_: string, args: readonly string[], __: string, env: NodeJS.ProcessEnv = {}) => {
    used.push(args[args.indexOf('--outDir') + 1] ?? '', env['HALFPAST_CACHE'] ?? '');
    return Promise.resolve({ code: 1, stdout: '', stderr: 'stopped' });
  };
  await expect(buildSite(options, { root, env: {}, runProgram })).rejects.toThrow('stopped');
  expect(used.map((path) => path.startsWith(join(root, '.astro/build/')))).toEqual([true, true]);
  expect(canWriteTo(join(root, 'node_modules/.vite'))).toBe(false);
  expect(canWriteTo(join(root, '.astro/cache'))).toBe(true);
});

it('removes what killed builds have left, and isn’t stopped by another build that removes its own meanwhile', async () => {
  const root = temporaryFolder();
  const disk = statSync(root).mtimeMs / 1000;
  const work = join(root, 'node_modules/.astro');
  for (const [name, age] of Object.entries({ 'build-old': 7200, 'build-new': 60 })) {
    mkdirSync(join(work, name), { recursive: true });
    utimesSync(join(work, name), disk - age, disk - age);
  }
  // A link that leads nowhere: its name is listed, but it isn't there.
  symlinkSync('nowhere', join(work, 'build-gone'));
  const content = join(project, 'tests/fixtures/good/small');
  const runProgram = () => Promise.resolve({ code: 1, stdout: '', stderr: 'stopped' });
  const now = Date.parse('2027-11-22T15:00Z');
  const built = buildSite({ content, out: join(root, 'dist'), now, clean: false }, { root, env: {}, runProgram });
  await expect(built).rejects.toThrow('stopped');
  expect(['build-old', 'build-new'].map((name) => existsSync(join(work, name)))).toEqual([false, true]);
});
