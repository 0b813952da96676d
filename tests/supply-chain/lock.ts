import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../support/halfpast.ts';

export type Locked = { readonly version?: string; readonly dev?: boolean; readonly optional?: boolean; readonly hasInstallScript?: boolean; readonly license?: string; readonly integrity?: string; readonly resolved?: string; readonly link?: boolean; readonly dependencies?: Readonly<Record<string, string>> };
export type Manifest = { readonly license: string; readonly dependencies: Readonly<Record<string, string>>; readonly allowScripts: Readonly<Record<string, boolean>>; readonly overrides: Readonly<Record<string, Readonly<Record<string, string>>>> };
export type Named = Locked & { readonly name: string };

const readJson = (path: string): unknown => JSON.parse(readFileSync(join(root, path), 'utf8'));

export const manifest = readJson('package.json') as Manifest;

/** Every package of the lock file, by the name it is installed under. */
export const packages: readonly Named[] = Object.entries((readJson('package-lock.json') as { readonly packages: Readonly<Record<string, Locked>> }).packages)
  .filter(([path]) => path !== '')
  .map(([path, locked]) => ({ ...locked, name: path.replace(/^.*node_modules\//, '') }));
