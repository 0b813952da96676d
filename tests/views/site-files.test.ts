import { readdirSync } from 'node:fs';
import { expect, it } from 'vitest';
import { kinds, siteFiles } from '../../src/views/site-files.ts';
import { root } from '../support/halfpast.ts';
import { smallSite } from './small-site.ts';

/** Where Astro puts what a file of `src/pages` makes. */
function made(page: string): string {
  if (page.endsWith('.ts')) return page.slice(0, -'.ts'.length);
  const name = page.slice(0, -'.astro'.length);
  if (name === '404') return '404.html';
  return name === 'index' || name.endsWith('/index') ? `${name}.html` : `${name}/index.html`;
}

const pages = readdirSync(`${root}/src/pages`, { recursive: true, encoding: 'utf8' }).filter((file) => /\.(?:astro|ts)$/.test(file) && !/(?:^|\/)_/.test(file));

it('every page that Astro knows is made by a build, and no other', () => {
  const single = siteFiles(smallSite()).filter(({ source }) => source === null).map(({ file }) => file);
  expect(pages.length).toBeGreaterThan(30);
  expect([...new Set([...single, 'compose/index.html', ...Object.keys(kinds)])].sort()).toEqual(pages.map(made).sort());
});
