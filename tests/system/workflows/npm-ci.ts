/**
 * Stands in for `npm ci --omit=dev … --prefix DIR`, without a network. It takes the packages in that folder's lock file
 * from this checkout, except those that are only for development.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root } from '../../support/halfpast.ts';

const words = process.argv.slice(2);
const folder = words[words.indexOf('--prefix') + 1] ?? '';
if (words[0] !== 'ci' || !words.includes('--omit=dev') || !existsSync(join(folder, 'package-lock.json')))
  throw new Error(`npm ${words.join(' ')}`);
const { packages } = JSON.parse(readFileSync(join(folder, 'package-lock.json'), 'utf8')) as {
  readonly packages: Record<string, { readonly dev?: boolean }>;
};
for (const [path, { dev = false }] of Object.entries(packages)) {
  // Nested packages come with their parent.
  if (dev || !/^node_modules\/(?:@[^/]+\/)?[^/]+$/.test(path) || !existsSync(join(root, path))) continue;
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  execFileSync('cp', ['-al', join(root, path), join(folder, path)]);
}
