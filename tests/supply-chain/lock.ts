import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../support/halfpast.ts';

export type Locked = {
  readonly version?: string;
  readonly dev?: boolean;
  readonly optional?: boolean;
  readonly hasInstallScript?: boolean;
  readonly license?: string;
  readonly integrity?: string;
  readonly resolved?: string;
  readonly link?: boolean;
  readonly dependencies?: Readonly<Record<string, string>>;
};
export type Manifest = {
  readonly license: string;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly allowScripts: Readonly<Record<string, boolean>>;
  readonly overrides?: Readonly<Record<string, Readonly<Record<string, string>>>>;
};
export type Named = Locked & { readonly name: string };

const readJson = (path: string): unknown => JSON.parse(readFileSync(join(root, path), 'utf8'));

/** The project itself, and the tools of the system tests, which have their own lock file. */
export const folders = ['.', 'tests/system'] as const;

export const manifestOf = (folder: string): Manifest => readJson(join(folder, 'package.json')) as Manifest;

/** Every package in a lock file, with the name it's installed under. */
export function packagesOf(folder: string): readonly Named[] {
  const { packages } = readJson(join(folder, 'package-lock.json')) as {
    readonly packages: Readonly<Record<string, Locked>>;
  };
  return Object.entries(packages)
    .filter(([path]) => path !== '')
    .map(([path, locked]) => ({ ...locked, name: path.replace(/^.*node_modules\//, '') }));
}
