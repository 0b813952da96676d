import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from '../support/halfpast.ts';
import { exceptions, licenceProblems } from './licences.ts';
import { folders, manifestOf, type Named, packagesOf } from './lock.ts';

const idOf = ({ name, version }: Named): string => `${name}@${version}`;

describe.each(folders)('the packages of %s', (folder) => {
  const packages = packagesOf(folder);
  const manifest = manifestOf(folder);

  it('with a script that runs when they are installed are those that package.json knows, and none of them runs for publishing', () => {
    const withScript = packages.filter(({ hasInstallScript }) => hasInstallScript === true).map(({ name }) => name);
    expect(withScript.toSorted()).toEqual(Object.keys(manifest.allowScripts).toSorted());
    const allowed = Object.keys(manifest.allowScripts).filter((name) => manifest.allowScripts[name]);
    expect(packages.filter(({ name, dev }) => allowed.includes(name) && dev !== true)).toEqual([]);
  });

  it('have licences that a program under MIT may use', () => {
    expect(manifest.license).toBe('MIT');
    expect(licenceProblems(packages)).toEqual([]);
  });

  it('come with a checksum, from whatever registry is set, and none follows a tag that moves', () => {
    expect(packages.filter(({ integrity, link }) => integrity === undefined && link !== true).map(idOf)).toEqual([]);
    expect(packages.filter(({ resolved }) => resolved !== undefined).map(idOf)).toEqual([]);
    const isMoving = (range: string): boolean => /^[a-z]+$|[:/]/.test(range.replace(/^npm:/, ''));
    const moving = packages.flatMap(({ name, dependencies = {} }) =>
      Object.entries(dependencies)
        .filter(([of, range]) => isMoving(range) && manifest.overrides?.[name]?.[of] === undefined)
        .map(([of, range]) => `${name} asks for ${of} ${range}`),
    );
    expect(moving.filter((line) => !/ npm:/.test(line))).toEqual([]);
  });
});

it('the licence of the project is MIT', () => {
  expect(readFileSync(join(root, 'LICENSE'), 'utf8')).toMatch(/^MIT License\n/);
});

it('packages with a licence that is looked away from are there, and only for tests', () => {
  const all = folders.flatMap(packagesOf);
  for (const name of exceptions)
    expect(
      all.filter((one) => one.name === name && one.dev === true),
      name,
    ).not.toEqual([]);
});

it('the system tests add nothing to what runs', () => {
  expect(
    packagesOf('tests/system')
      .filter(({ dev }) => dev !== true)
      .map(idOf),
  ).toEqual([]);
});

describe('these tests see', () => {
  const good: Named = { name: 'x', version: '1.0.0', license: 'MIT' };
  it.each([
    [{ license: 'GPL-3.0' }, 'x is under GPL-3.0, and part of what runs'],
    [{ license: 'GPL-3.0', dev: true }, 'x is under GPL-3.0, and only for development'],
    [{ name: 'statuspage.io', license: 'GPL-3.0' }, 'statuspage.io is under GPL-3.0, and part of what runs'],
    [{ license: 'MIT AND GPL-2.0' }, 'x is under MIT AND GPL-2.0'],
    [{ license: 'LGPL-3.0-or-later' }, 'x is under LGPL'],
  ])('%j', (given, expected) => {
    expect(licenceProblems([{ ...good, ...given }])).toEqual([expect.stringContaining(expected)]);
  });

  it('that no licence at all is none', () => {
    expect(licenceProblems([{ name: 'x', version: '1.0.0' }])).toEqual(['x is under none, and part of what runs']);
  });

  it('that either of two licences will do', () => {
    expect(licenceProblems([{ ...good, license: '(MIT OR GPL-2.0)' }])).toEqual([]);
  });
});
