import type { Named } from './lock.ts';

/** Licenses that only require their notice to be kept, so an MIT program may use them. */
const permissive = [
  '0BSD',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'BlueOak-1.0.0',
  'CC0-1.0',
  'ISC',
  'MIT',
  'MIT-0',
  'PSF-2.0',
  'Python-2.0',
];

/**
 * Used unchanged, in separate files that can be replaced. Under that condition, these licenses place no requirements on
 * the program.
 */
const usedUnchanged: readonly (readonly [name: RegExp, license: RegExp])[] = [
  [/^lightningcss(?:-|$)/, /^MPL-2\.0$/],
  [/^@img\/sharp-/, /LGPL-3\.0-or-later/],
];

/** Used only in tests, and never part of a published site. */
const inTestsOnly: Readonly<Record<string, string>> = {
  'statuspage.io':
    'GPL-3.0: the most widely used Statuspage client. A test proves that it can read our API; nothing that is shipped or served contains it',
  'commonmark-spec': "CC-BY-SA-4.0: CommonMark's examples, as input of a test",
  'axe-core': 'MPL-2.0: checks pages in a test',
  '@axe-core/playwright': 'MPL-2.0: runs axe-core in a test',
  'parse-cache-control': 'MIT according to its README, nothing in its package.json; a header parser inside a test tool',
};

const isPermissive = (license: string): boolean =>
  license
    .replace(/^\((.*)\)$/, '$1')
    .split(' OR ')
    .some((choice) => choice.split(' AND ').every((one) => permissive.includes(one)));

/** Packages whose license is missing, unreviewed, or not allowed in an MIT program. */
export function licenseProblems(packages: readonly Named[]): string[] {
  return packages
    .filter(
      ({ name, license = 'none', dev = false }) =>
        !isPermissive(license) &&
        !usedUnchanged.some(([named, licensed]) => named.test(name) && licensed.test(license)) &&
        !(dev && name in inTestsOnly),
    )
    .map(
      ({ name, license = 'none', dev = false }) =>
        `${name} is under ${license}${dev ? ', and only for development' : ', and part of what runs'}`,
    );
}

export const exceptions = Object.keys(inTestsOnly);
