import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { root } from './support/halfpast.ts';

const history = (path: string): boolean => path.startsWith('tests/history/');
const system = (path: string): boolean => path.startsWith('tests/system/');
const own = (path: string): boolean => path === 'tests/stand-alone.test.ts';

const files = globSync('tests/**/*.ts', { cwd: root, exclude: ['tests/system/node_modules/**'] }).map((path) =>
  path.replaceAll('\\', '/'),
);
const texts = files
  .filter((path) => !own(path))
  .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }));

/** The files whose text matches a pattern. */
const having = (pattern: RegExp): string[] => texts.filter(({ text }) => pattern.test(text)).map(({ path }) => path);

it('no test is ever skipped', () => {
  expect(having(/\.(?:skip|skipIf|runIf|todo|only)\b(?=\s*[.(])/)).toEqual([]);
});

it('tests that need the real history are in tests/history, and those that need heavy tools in tests/system', () => {
  expect(having(/'shared'|\.\.\/shared\/data\//).filter((path) => !history(path))).toEqual([]);
  expect(having(/from '(?:\.\.?\/)+(?:\w+\/)*history\/data\.ts'/).filter((path) => !history(path))).toEqual([]);
  expect(having(/from '(?:\.\.\/)+system\//).filter((path) => !system(path))).toEqual([]);
  const { devDependencies } = JSON.parse(readFileSync(join(root, 'tests/system/package.json'), 'utf8')) as {
    readonly devDependencies: object;
  };
  for (const name of Object.keys(devDependencies))
    expect(
      having(new RegExp(`from '${name}['/]`)).filter((path) => !system(path)),
      name,
    ).toEqual([]);
});
