import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { root } from './support/halfpast.ts';

const read = (path: string): string => readFileSync(join(root, path), 'utf8');

it('the latest version in the changelog matches package.json', () => {
  const { version } = JSON.parse(read('package.json')) as { readonly version: string };
  const lock = JSON.parse(read('package-lock.json')) as {
    readonly version: string;
    readonly packages: Readonly<Record<string, { readonly version: string }>>;
  };
  expect([lock.version, lock.packages['']?.version]).toEqual([version, version]);
  const headings = read('CHANGELOG.md').match(/^## .*$/gm) ?? [];
  for (const heading of headings) expect(heading).toMatch(/^## \d+\.\d+\.\d+ \((?:unreleased|\d{4}-\d\d-\d\d)\)$/);
  expect(headings[0]).toContain(` ${version} `);
  // The tag in the docs.
  expect(read('docs/publishing.md')).toContain(`@v${version.split('.')[0]}|`);
});
