import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from '../screenshots/browser.ts';
import { filesBelow } from '../support/folders.ts';
import { succeed } from '../support/halfpast.ts';
import { longHistory, longHistoryNow } from '../support/long-history.ts';
import { serveFolder, type StaticServer } from '../support/static-server.ts';

/** Compressed bytes: what fits in the first round trip of a connection, and about twice that. */
const budgets = { index: 14 * 1024, other: 30 * 1024 };

let folder: string;
let site: string;
let browser: Browser;
let server: StaticServer;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'halfpast-weight-'));
  const content = join(folder, 'content');
  longHistory(content);
  site = join(folder, 'site');
  await succeed([
    'build',
    '--content',
    content,
    '--out',
    site,
    '--cache',
    join(folder, 'cache'),
    '--now',
    longHistoryNow,
  ]);
  server = await serveFolder(site);
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser.close();
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

const weight = (path: string): number => gzipSync(readFileSync(join(site, path)), { level: 9 }).length;

describe('ten years with twelve components, during an incident', () => {
  it('has an index of at most 14 KiB, compressed, with all its styles', () => {
    const html = readFileSync(join(site, 'index.html'), 'utf8');
    expect(html).toContain('Checkout fails for some customers in Europe');
    expect(html.match(/<details/g)?.length).toBe(12);
    expect(weight('index.html')).toBeLessThanOrEqual(budgets.index);
  });

  it('has no other page above 30 KiB, compressed', () => {
    const pages = filesBelow(site).filter((path) => path.endsWith('.html'));
    const kinds = new Set(
      pages.map((path) =>
        path
          .split('/')
          .slice(0, -1)
          .map((part, depth) => (depth === 0 ? part : '*'))
          .join('/'),
      ),
    );
    expect([...kinds]).toEqual(
      expect.arrayContaining([
        '',
        'components/*',
        'embed',
        'history',
        'history/*',
        'incidents/*',
        'maintenance/*',
        'postmortems',
        'postmortems/*',
        'subscribe',
      ]),
    );
    expect(pages.filter((path) => weight(path) > budgets.other)).toEqual([]);
  });
});

const shown = [
  '/',
  '/history/2026-11/',
  '/components/checkout/',
  '/incidents/2026-11-20-checkout/',
  '/postmortems/2026-11-19-website-0/',
  '/embed/',
];

describe.each(shown)('%s', (path) => {
  it('is painted after one request, without waiting for a stylesheet, font or script', async () => {
    const context = await browser.newContext({ viewport: { width: 360, height: 640 } });
    const page = await context.newPage();
    const asked: string[] = [];
    page.on('request', (request) => {
      if (!request.url().startsWith('data:'))
        asked.push(`${request.resourceType()} ${new URL(request.url()).pathname}`);
    });
    await page.goto(`${server.origin}${path}`);
    expect(asked.filter((one) => !one.startsWith('image '))).toEqual([`document ${path}`]);
    expect(await page.locator('link[rel=stylesheet], script[src], link[rel=preload]').count()).toBe(0);
    if (path !== '/embed/')
      expect(
        await page.locator('.brand img').evaluate((logo: HTMLImageElement) => logo.naturalWidth / logo.naturalHeight),
      ).toBe(2);
    // Images have their space reserved, and aren't waited for.
    const painted = 'performance.getEntriesByType("paint").map((entry) => entry.name)';
    await expect.poll(() => page.evaluate(painted)).toContain('first-contentful-paint');
    await context.close();
  });
});
