import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { root } from '../support/halfpast.ts';

const folder = join(root, 'src/styles');

/** `left` belongs to an element that a script positions, and `text-align` is already in a rule for one direction. */
const allowed = ['left: 0;', 'text-align: right;'];

/** Declarations that name a side, which is wrong in Arabic. */
function sides(style: string): string[] {
  return [...style.replaceAll(/\/\*[\s\S]*?\*\//g, '').matchAll(/^\s*([\w-]+):\s*([^;{]+);/gm)]
    .filter(([, property = '', value = '']) => {
      const parts = value.match(/(?:\([^()]*(?:\([^()]*\)[^()]*)*\)|[^\s(])+/g) ?? [];
      const isUneven = /^(?:margin|padding|inset)$/.test(property) && parts.length === 4;
      return (
        /(?:^|-)(?:left|right)(?:-|$)/.test(property) ||
        (/^(?:text-align|float|clear)$/.test(property) && /^(?:left|right)$/.test(value)) ||
        (isUneven && parts[1] !== parts[3])
      );
    })
    .map(([declaration]) => declaration.trim());
}

it.each(readdirSync(folder))('%s is mirrored in right-to-left pages', (name) => {
  expect(sides(readFileSync(join(folder, name), 'utf8')).filter((one) => !allowed.includes(one))).toEqual([]);
});

it.each(['margin-left: 1em;', 'padding: 0 0 var(--a) var(--b);', 'float: right;', 'border-right: 1px solid;'])(
  '%s would be found',
  (declaration) => {
    expect(sides(`a {\n  ${declaration}\n}`)).toEqual([declaration]);
  },
);
