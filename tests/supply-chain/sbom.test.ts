import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { bill } from './bill.ts';
import { root } from '../support/halfpast.ts';
import { packagesOf } from './lock.ts';

type Bill = {
  readonly bomFormat: string;
  readonly components: readonly {
    readonly name: string;
    readonly version: string;
    readonly purl: string;
    readonly licenses: readonly unknown[];
    readonly hashes: readonly { readonly content: string }[];
  }[];
};

describe('the list of packages', () => {
  it('has every package that runs, with licence and checksum, and none for development alone', () => {
    const said = execFileSync(process.execPath, ['tests/tools/sbom.ts'], { cwd: root, encoding: 'utf8' });
    const { bomFormat, components } = JSON.parse(said) as Bill;
    const running = packagesOf('.')
      .filter(({ dev }) => dev !== true)
      .map(({ name, version }) => `${name}@${version}`);
    expect(bomFormat).toBe('CycloneDX');
    expect(components.map(({ name, version }) => `${name}@${version}`).toSorted()).toEqual(
      [...new Set(running)].toSorted(),
    );
    expect(
      components.filter(({ licenses, hashes }) => licenses.length === 0 || hashes[0]?.content.length !== 128),
    ).toEqual([]);
  });

  it('is the same text for the same lock file, whatever the order', () => {
    const made = {
      '': {},
      'node_modules/a/node_modules/@b/c': { version: '2.0.0', license: 'MIT OR ISC', integrity: 'sha512-AP8=' },
      'node_modules/a': { version: '1.0.0' },
      'node_modules/t': { version: '1.0.0', dev: true },
    };
    const of = (given: object): string => bill({ name: 'x', version: '1.0.0', packages: given as typeof made });
    expect(of(Object.fromEntries(Object.entries(made).toReversed()))).toBe(of(made));
    expect((JSON.parse(of(made)) as Bill).components).toEqual([
      {
        type: 'library',
        name: '@b/c',
        version: '2.0.0',
        purl: 'pkg:npm/%40b/c@2.0.0',
        licenses: [{ expression: 'MIT OR ISC' }],
        hashes: [{ alg: 'SHA-512', content: '00ff' }],
      },
      { type: 'library', name: 'a', version: '1.0.0', purl: 'pkg:npm/a@1.0.0', licenses: [], hashes: [] },
    ]);
  });
});
