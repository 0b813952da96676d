import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { root } from '../support/halfpast.ts';
import { manifest, type Named, packages } from './lock.ts';

const idOf = ({ name, version }: Named): string => `${name}@${version}`;

it('npm run sbom lists the packages that run, with version, licence and checksum, and none for development', () => {
  const said = execFileSync('npm', ['run', '--silent', 'sbom'], { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  const { bomFormat, components } = JSON.parse(said) as { readonly bomFormat: string; readonly components: readonly { readonly name: string; readonly version: string; readonly licenses?: readonly unknown[]; readonly hashes?: readonly unknown[] }[] };
  expect(bomFormat).toBe('CycloneDX');
  const listed = components.map(({ name, version }) => `${name}@${version}`);
  for (const { name, version, dev, optional } of packages) if (dev !== true && optional !== true && Object.keys(manifest.dependencies).includes(name)) expect(listed).toContain(`${name}@${version}`);
  expect(packages.filter((one) => one.dev === true && listed.includes(idOf(one)) && !packages.some((other) => other.dev !== true && idOf(other) === idOf(one))).map(idOf)).toEqual([]);
  expect(components.filter(({ licenses = [], hashes = [] }) => licenses.length === 0 || hashes.length === 0)).toEqual([]);
}, 60_000);
