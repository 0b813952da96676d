import { AxeBuilder } from '@axe-core/playwright';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from './browser.ts';
import { sampleContent, write } from '../../support/folders.ts';
import { root, succeed } from '../../support/halfpast.ts';
import { troubled, troubledNow } from '../../support/page-types.ts';
import { serveFolder, type StaticServer } from '../../support/static-server.ts';

const script = join(root, 'public/embed.js');
const anyOrigin = { 'access-control-allow-origin': '*' };

let browser: Browser;
let folder: string;
let calm: string;
let site: string;

async function build(name: string, prepare: (content: string) => void): Promise<string> {
  const place = join(folder, name);
  const content = sampleContent(place);
  prepare(content);
  const out = join(place, 'site');
  await succeed(['build', '--content', content, '--out', out, '--cache', join(folder, 'cache'), '--now', troubledNow]);
  return out;
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'halfpast-embed-'));
  calm = await build('calm', () => {});
  site = await build('troubled', troubled);
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser.close();
  rmSync(folder, { recursive: true, force: true });
});

type Visit = { readonly page: Page; readonly status: StaticServer; readonly errors: readonly string[] };

/** Opens a page of another site, on another port, with the script of the site in `out`. */
async function visit(
  out: string,
  use: (visit: Visit) => Promise<void>,
  headers: Readonly<Record<string, string>> = anyOrigin,
): Promise<void> {
  const status = await serveFolder(out, '', headers);
  const host = mkdtempSync(join(folder, 'host-'));
  write(
    host,
    'index.html',
    `<!doctype html><html lang="en"><head><title>A shop</title><style>* { color: red; text-transform: uppercase; position: static }</style>
<meta http-equiv="content-security-policy" content="default-src 'self'; style-src 'none'; script-src ${status.origin}; connect-src ${status.origin}">
<script src="${status.origin}/embed.js" async></script></head><body><main><h1>A shop</h1></main></body></html>`,
  );
  const shop = await serveFolder(host);
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(String(error)));
    await page.goto(shop.origin, { waitUntil: 'networkidle' });
    await page.waitForTimeout(300);
    await use({ page, status, errors });
  } finally {
    await context.close();
    await shop.close();
    await status.close();
  }
}

/** A site that only has the script and a changed summary. */
function withSummary(
  name: string,
  change: (summary: { page: { url: string }; incidents: { name: string }[] }) => unknown,
): string {
  const out = join(folder, name);
  const summary = JSON.parse(readFileSync(join(site, 'api/v2/summary.json'), 'utf8')) as Parameters<typeof change>[0];
  write(out, 'embed.js', readFileSync(script, 'utf8'));
  write(out, 'api/v2/summary.json', JSON.stringify(change(summary)));
  return out;
}

describe('embed.js', () => {
  it('is smaller than 1 KB, and writes no HTML', () => {
    expect(statSync(script).size).toBeLessThan(1024);
    expect(readFileSync(script, 'utf8')).not.toMatch(
      /innerHTML|outerHTML|insertAdjacent|document\.write|eval|Function\(|setAttribute\(.style/,
    );
    expect(readFileSync(join(site, 'embed.js'))).toEqual(readFileSync(script));
  });

  it('shows incidents, with a link to the status page, even under a policy without styles', async () => {
    await visit(site, async ({ page, errors }) => {
      const bar = page.getByRole('status');
      expect(await bar.getByRole('link').innerText()).toBe(
        'Incident: Nobody answers the phone | Gift cards cannot be bought',
      );
      expect(await bar.getByRole('link').getAttribute('href')).toMatch(/^https:\/\/status\.example\.com/);
      expect(await bar.evaluate((element) => getComputedStyle(element).position)).toBe('fixed');
      const { violations } = await new AxeBuilder({ page })
        .include('[role=status]')
        .withTags(['wcag2a', 'wcag2aa', 'wcag22aa'])
        .setLegacyMode()
        .analyze();
      expect(violations.map(({ id }) => id)).toEqual([]);
      expect(errors).toEqual([]);
    });
  });

  it('can be closed, and stays closed on the next page', async () => {
    await visit(site, async ({ page }) => {
      await page.getByRole('button', { name: 'Close' }).click();
      expect(await page.getByRole('status').count()).toBe(0);
      await page.reload({ waitUntil: 'networkidle' });
      await page.waitForTimeout(300);
      expect(await page.getByRole('status').count()).toBe(0);
    });
  });

  it('shows nothing while all systems are operational', async () => {
    await visit(calm, async ({ page, errors }) => {
      expect(await page.getByRole('status').count()).toBe(0);
      expect(await page.locator('body > *, html > :not(head, body)').count()).toBe(1);
      expect(errors).toEqual([]);
    });
  });

  it.each([
    ['the host sends no CORS header', {}, (summary: unknown) => summary],
    ['the answer is something else', anyOrigin, () => ({ error: 'gone' })],
  ])('shows nothing when %s', async (_, headers, change) => {
    const out = withSummary(`summary-${Object.keys(headers).length}`, change);
    await visit(
      out,
      async ({ page, errors }) => {
        expect(await page.getByRole('status').count()).toBe(0);
        expect(errors).toEqual([]);
      },
      headers,
    );
  });

  it('inserts names as text, and links only to http and https', async () => {
    const out = withSummary('summary-hostile', (summary) => ({
      ...summary,
      page: { ...summary.page, url: 'javascript:alert(1)' },
      incidents: [{ ...summary.incidents[0], name: '<img src=x onerror=alert(1)>' }],
    }));
    await visit(out, async ({ page }) => {
      expect(await page.getByRole('status').innerText()).toContain('Incident: <img src=x onerror=alert(1)>');
      expect(await page.locator('[role=status] img, [role=status] [href]').count()).toBe(0);
    });
  });
});

describe('/embed/', () => {
  it.each([
    [200, 'light'],
    [360, 'dark'],
    [600, 'light'],
  ] as const)('fits %i px in %s, and lists open incidents', async (width, colorScheme) => {
    const server = await serveFolder(site);
    const context = await browser.newContext({
      colorScheme,
      javaScriptEnabled: false,
      viewport: { width, height: 600 },
    });
    try {
      const page = await context.newPage();
      await page.goto(`${server.origin}/embed/`);
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
      expect(await page.locator('h1').innerText()).toBe('Partial System Outage');
      const card = page.locator('article', { hasText: 'Gift cards cannot be bought' });
      expect(await card.innerText()).toContain('We are looking into it.');
      for (const link of await page.getByRole('link').all()) {
        expect([await link.getAttribute('target'), await link.getAttribute('rel')]).toEqual(['_blank', 'noopener']);
      }
      expect(await page.locator('nav, header, footer, script').count()).toBe(0);
    } finally {
      await context.close();
      await server.close();
    }
  });

  it('is one small line while all systems are operational', () => {
    const html = readFileSync(join(calm, 'embed/index.html'), 'utf8');
    expect(html).toContain('<h1>All Systems Operational</h1>');
    expect(html).not.toContain('<article');
  });

  it('isn’t indexed by search engines', () => {
    expect(readFileSync(join(site, 'embed/index.html'), 'utf8')).toContain('<meta name="robots" content="noindex">');
    expect(readFileSync(join(site, 'sitemap.xml'), 'utf8')).not.toContain('/embed/');
  });
});
