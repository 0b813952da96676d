import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { plainEnvironment, root } from '../support/halfpast.ts';
import { exceptions, licenseProblems } from './licenses.ts';
import { folders, manifestOf, type Named, packagesOf } from './lock.ts';

type Bill = {
  readonly bomFormat: string;
  readonly components: readonly {
    readonly name: string;
    readonly version: string;
    readonly licenses: readonly unknown[];
    readonly hashes: readonly { readonly content: string }[];
    readonly properties: readonly { readonly name: string; readonly value: string }[];
  }[];
};

const idOf = ({ name, version }: Pick<Named, 'name' | 'version'>): string => `${name}@${version}`;

describe.each(folders)('the packages of %s', (folder) => {
  const packages = packagesOf(folder);
  const manifest = manifestOf(folder);

  it('only have install scripts that package.json lists, and none runs for publishing', () => {
    const withScript = packages.filter(({ hasInstallScript }) => hasInstallScript === true).map(({ name }) => name);
    expect(withScript.toSorted()).toEqual(Object.keys(manifest.allowScripts).toSorted());
    const allowed = Object.keys(manifest.allowScripts).filter((name) => manifest.allowScripts[name]);
    expect(packages.filter(({ name, dev }) => allowed.includes(name) && dev !== true)).toEqual([]);
  });

  it('have licenses that an MIT program may use', () => {
    expect(manifest.license).toBe('MIT');
    expect(licenseProblems(packages)).toEqual([]);
  });

  it('have a checksum and no registry address, and none uses a moving tag', () => {
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

it('the license of the project is MIT', () => {
  expect(readFileSync(join(root, 'LICENSE'), 'utf8')).toMatch(/^MIT License\n/);
});

it('every license exception is for an installed package that only tests use', () => {
  const all = folders.flatMap(packagesOf);
  for (const name of exceptions)
    expect(
      all.filter((one) => one.name === name && one.dev === true),
      name,
    ).not.toEqual([]);
});

it('the system tests add no runtime dependency', () => {
  expect(
    packagesOf('tests/system')
      .filter(({ dev }) => dev !== true)
      .map(idOf),
  ).toEqual([]);
});

it('npm run sbom lists every package with its license and checksum, and marks those for development', () => {
  const listed = execFileSync('npm', ['run', '--silent', 'sbom'], {
    cwd: root,
    env: plainEnvironment,
    encoding: 'utf8',
  });
  const { bomFormat, components } = JSON.parse(listed) as Bill;
  const inTests = ({ properties }: Bill['components'][number]): boolean =>
    properties.some(({ name, value }) => name === 'cdx:npm:package:development' && value === 'true');
  expect(bomFormat).toBe('CycloneDX');
  // Multiple installed copies of a package count once.
  const running = packagesOf('.').filter(({ dev }) => dev !== true);
  expect(new Set(components.map(idOf))).toEqual(new Set(packagesOf('.').map(idOf)));
  expect(new Set(components.filter((one) => !inTests(one)).map(idOf))).toEqual(new Set(running.map(idOf)));
  expect(
    components.filter(({ licenses, hashes }) => licenses.length === 0 || hashes[0]?.content.length !== 128),
  ).toEqual([]);
});

describe('license problems', () => {
  const good: Named = { name: 'x', version: '1.0.0', license: 'MIT' };
  it.each([
    [{ license: 'GPL-3.0' }, 'x is under GPL-3.0, and part of what runs'],
    [{ license: 'GPL-3.0', dev: true }, 'x is under GPL-3.0, and only for development'],
    [{ name: 'statuspage.io', license: 'GPL-3.0' }, 'statuspage.io is under GPL-3.0, and part of what runs'],
    [{ license: 'MIT AND GPL-2.0' }, 'x is under MIT AND GPL-2.0'],
    [{ license: 'LGPL-3.0-or-later' }, 'x is under LGPL'],
  ])('include %j', (given, expected) => {
    expect(licenseProblems([{ ...good, ...given }])).toEqual([expect.stringContaining(expected)]);
  });

  it('include a missing license', () => {
    expect(licenseProblems([{ name: 'x', version: '1.0.0' }])).toEqual(['x is under none, and part of what runs']);
  });

  it('exclude a package with a choice of licenses, one of which fits', () => {
    expect(licenseProblems([{ ...good, license: '(MIT OR GPL-2.0)' }])).toEqual([]);
  });
});
