import { existsSync, lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { root } from '../support/halfpast.ts';

const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
  readonly packages: Readonly<Record<string, { readonly dev?: boolean }>>;
};

/** The disk space of one package's files, in bytes, without nested packages, which the lock file also lists. */
function sizeOf(folder: string): number {
  return readdirSync(folder, { withFileTypes: true }).reduce((sum, entry) => {
    if (entry.name === 'node_modules') return sum;
    const path = join(folder, entry.name);
    return sum + (entry.isDirectory() ? sizeOf(path) : lstatSync(path).blocks * 512);
  }, 4096);
}

/** In MiB. Optional packages for other systems aren't installed. */
function installed(isIncluded: (dev: boolean) => boolean): number {
  const paths = Object.entries(packages).flatMap(([path, { dev = false }]) =>
    path !== '' && isIncluded(dev) ? [path] : [],
  );
  const sizes = paths.flatMap((path) => (existsSync(join(root, path)) ? [sizeOf(join(root, path))] : []));
  return sizes.reduce((sum, size) => sum + size, 0) / 2 ** 20;
}

it('what publishing needs takes at most 250 MB', () => {
  expect(installed((dev) => !dev)).toBeLessThanOrEqual(250);
});

it('what npm ci installs takes at most 450 MB', () => {
  expect(installed(() => true)).toBeLessThanOrEqual(450);
  // The lock file doesn't list what the package `node` downloads: besides the program, 68 MB of headers and manuals.
  expect(existsSync(join(root, 'node_modules/node/node_modules')), '`postinstall` removes them').toBe(false);
});
