import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { root } from './support/halfpast.ts';

it('SECURITY.md names files that are there', () => {
  const text = readFileSync(join(root, 'SECURITY.md'), 'utf8');
  const places = ['', '.github/workflows', 'tests/workflows'];
  const named = [...text.matchAll(/`([\w./-]+(?:\.\w+|\/))`/g)].map(([, name = '']) => name);
  expect(named.length).toBeGreaterThan(15);
  expect(named.filter((name) => !places.some((place) => existsSync(join(root, place, name))))).toEqual([]);
});
