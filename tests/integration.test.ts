import { spawnSync } from 'node:child_process';
import { cpSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder, write } from './support/folders.ts';
import { plainEnvironment, root } from './support/halfpast.ts';

const small = join(root, 'tests/fixtures/good/small');

/** Builds with Astro in a project, into a temporary folder. */
function build(project: string, variables: Readonly<Record<string, string>> = {}) {
  const folder = temporaryFolder();
  const args = [join(root, 'node_modules/astro/bin/astro.mjs'), 'build', '--silent', '--outDir', join(folder, 'out')];
  const env = { ...plainEnvironment, HALFPAST_CONTENT: small, HALFPAST_CACHE: join(folder, 'cache'), ...variables };
  return spawnSync(process.execPath, args, { cwd: project, env, encoding: 'utf8' });
}

it.each([
  [{ HALFPAST_NOW: 'noon' }, 'HALFPAST_NOW: "noon" is not a time. Use a time such as 2026-11-22T14:30Z'],
  [{ HALFPAST_NOW: '2026-11-22T14:05' }, /^HALFPAST_NOW: "2026-11-22T14:05" has no UTC offset\./],
  [
    { HALFPAST_CONTENT: '/nowhere' },
    'there is no content folder at /nowhere. Name another with --content DIR or HALFPAST_CONTENT=DIR, or make one with: npx halfpast init --content /nowhere',
  ],
])('astro build reports %o in one line', (variables, line) => {
  const { status, stderr } = build(root, variables);
  expect(stderr).toMatch(line);
  expect({ status, stderr }).toEqual({
    status: 1,
    stderr: expect.stringMatching(/^.+\n(?:Nothing was built\n)?$/) as string,
  });
});

it('astro build refuses two pages at the same address', () => {
  const project = temporaryFolder();
  for (const path of ['src', 'astro.config.mjs', 'package.json', 'tsconfig.json'])
    cpSync(join(root, path), join(project, path), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(project, 'node_modules'));
  cpSync(small, join(project, 'content'), { recursive: true });
  write(project, 'content/pages/about.md', '---\ntitle: About\n---\nWho we are.\n');
  write(project, 'src/pages/about.astro', '<p>About</p>');
  const { status, stderr } = build(project, { HALFPAST_CONTENT: '' });
  expect({ status, stderr }).toEqual({
    status: 1,
    stderr: 'content/pages/about.md and src/pages/about.astro are both at /about/. Rename one\nNothing was built\n',
  });
});
