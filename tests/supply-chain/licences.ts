import type { Named } from './lock.ts';

/** Licences that ask for their notice to be kept and nothing more: fit to be used by a program under MIT. */
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

/** Used as they are, each in files of its own that can be replaced: then these ask nothing of what uses them. */
const asTheyAre: readonly (readonly [name: RegExp, licence: RegExp])[] = [
  [/^lightningcss(?:-|$)/, /^MPL-2\.0$/],
  [/^@img\/sharp-/, /LGPL-3\.0-or-later/],
];

/** Used in tests only, and never part of what is published. */
const inTestsOnly: Readonly<Record<string, string>> = {
  'statuspage.io':
    'GPL-3.0: the client of Statuspage that most programs use, to prove that it can read our API. A test calls it; nothing that is shipped or served contains it',
  'commonmark-spec': "CC-BY-SA-4.0: CommonMark's own examples, as input of a test",
  'axe-core': 'MPL-2.0: looks at pages in a test',
  '@axe-core/playwright': 'MPL-2.0: the same',
  'parse-cache-control':
    'says MIT in its readme and nothing in its package.json; the parser of a header, within a tool of a test',
};

const isPermissive = (licence: string): boolean =>
  licence
    .replace(/^\((.*)\)$/, '$1')
    .split(' OR ')
    .some((choice) => choice.split(' AND ').every((one) => permissive.includes(one)));

/** The packages whose licence nobody has looked at, or that may not be shipped with a program under MIT. */
export function licenceProblems(packages: readonly Named[]): string[] {
  return packages
    .filter(
      ({ name, license = 'none', dev = false }) =>
        !isPermissive(license) &&
        !asTheyAre.some(([of, licence]) => of.test(name) && licence.test(license)) &&
        !(dev && name in inTestsOnly),
    )
    .map(
      ({ name, license = 'none', dev = false }) =>
        `${name} is under ${license}${dev ? ', and only for development' : ', and part of what runs'}`,
    );
}

export const exceptions = Object.keys(inTestsOnly);
