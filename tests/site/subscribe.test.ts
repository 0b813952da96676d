import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { builtSite } from '../support/built-sites.ts';
import { root } from '../support/halfpast.ts';
import { serveFolder } from '../support/static-server.ts';

const { address, site } = builtSite('troubled');

/** The paths of all of this site's URLs that a page links to or shows. */
function addressesIn(html: string): string[] {
  const text = html
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll(/&quot;|&#34;/g, '"')
    .replaceAll('&amp;', '&');
  const whole = [...text.matchAll(/(?:https|webcal):\/\/status\.example\.com(\/[^\s"'<>)\]|`]*)/g)].map(
    (match) => match[1] ?? '',
  );
  const inside = [...text.matchAll(/\s(?:href|src)="(\/[^"]*)"/g)].map((match) => match[1] ?? '');
  return [...new Set([...whole, ...inside])].sort();
}

async function dead(paths: readonly string[]): Promise<string[]> {
  const server = await serveFolder(site);
  try {
    const answers = await Promise.all(
      paths.map(async (path) => {
        const response = await fetch(`${server.origin}${path}`);
        return { path, good: response.ok && (await response.text()).trim() !== '' };
      }),
    );
    return answers.filter(({ good }) => !good).map(({ path }) => path);
  } finally {
    await server.close();
  }
}

it('every address on the pages for followers and developers works', async () => {
  const html = ['subscribe', 'developers'].map((page) => readFileSync(join(site, page, 'index.html'), 'utf8')).join('');
  const paths = addressesIn(html);
  const wanted = [
    ...[
      '/rss.xml',
      '/atom.xml',
      '/feed.json',
      '/maintenance/rss.xml',
      '/postmortems/rss.xml',
      '/history.rss',
      '/history.atom',
    ],
    ...[
      '/components/checkout/rss.xml',
      '/maintenance.ics',
      '/api/v2/summary.json',
      '/badge.svg',
      '/embed/',
      '/embed.js',
    ],
  ];
  expect(paths).toEqual(expect.arrayContaining(wanted));
  expect(paths.filter((path) => /^\/incidents\/.*\.txt$/.test(path))).toHaveLength(1);
  expect(html).toContain(`/feed subscribe ${address}/rss.xml</code>`);
  expect(html, 'an address that was published').toContain('<h2 id="api">');
  expect(html).toContain('href="webcal://status.example.com/maintenance.ics"');
  expect(await dead(paths)).toEqual([]);
  expect(await dead(['/no-such-way.xml'])).toEqual(['/no-such-way.xml']);
});

it('every address in docs/follow.md works', async () => {
  const file = join(root, 'docs/follow.md');
  expect(existsSync(file)).toBe(true);
  const text = readFileSync(file, 'utf8')
    .replaceAll('<id>', 'checkout')
    .replaceAll('<slug>', '2026-04-21-shop-closed')
    .replaceAll('<yyyy>', '2026');
  const table = [...text.matchAll(/^\| `(\/[^`]*)`/gm)].map((match) => match[1] ?? '');
  expect(table.length).toBeGreaterThan(20);
  expect(await dead([...table, ...addressesIn(text)])).toEqual([]);
});
