import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { sampleContent, write } from '../../support/folders.ts';
import { succeed } from '../../support/halfpast.ts';
import { troubled, troubledNow } from '../../support/page-types.ts';
import { serveFolder, type StaticServer } from '../../support/static-server.ts';
import { launchBrowser } from './browser.ts';

const folder = mkdtempSync(join(tmpdir(), 'halfpast-local-times-'));
const [content, out] = [join(folder, 'content'), join(folder, 'out')];
let browser: Browser;
let server: StaticServer;

beforeAll(async () => {
  sampleContent(folder);
  troubled(content);
  const settings = readFileSync(join(content, 'site.yml'), 'utf8');
  write(content, 'site.yml', settings.replace(/^locale:.*$/m, 'locales: [en-GB, ar-SA]'));
  await succeed(['build', '--content', content, '--out', out, '--cache', join(folder, 'cache'), '--now', troubledNow]);
  server = await serveFolder(out);
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser.close();
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

/** How far down the footer of a page begins, in pixels. */
async function end(path: string, javaScriptEnabled: boolean, timezoneId: string): Promise<number> {
  const context = await browser.newContext({ javaScriptEnabled, timezoneId, viewport: { width: 390, height: 800 } });
  const page = await context.newPage();
  await page.clock.setFixedTime(new Date(troubledNow));
  await page.goto(`${server.origin}${path}`);
  const top = await page.evaluate(`document.querySelector('.foot').getBoundingClientRect().top`);
  await context.close();
  return top as number;
}

it.each(['/', '/ar/', '/ar/history/'])('nothing on %s moves up when times become shorter', async (path) => {
  for (const zone of ['Europe/Berlin', 'America/New_York'])
    expect(await end(path, true, zone), zone).toBeGreaterThanOrEqual(await end(path, false, zone));
});

it('times and days have the same digits and years as the rest of the page, where a region has others', async () => {
  const context = await browser.newContext({ timezoneId: 'Europe/Berlin' });
  const page = await context.newPage();
  await page.clock.setFixedTime(new Date(troubledNow));
  await page.goto(`${server.origin}/ar/`);
  await page.locator('.component .bars').first().hover();
  const shown = await page.evaluate<string[]>(
    `[...document.querySelectorAll('time, body > .day b')].map((one) => one.textContent)`,
  );
  expect(shown.filter((text) => text.includes('·'))).not.toEqual([]);
  expect(await page.locator('body > .day b').textContent()).toMatch(/\b202\d\b/);
  expect(shown.filter((text) => /[٠-٩]/.test(text))).toEqual([]);
  await context.close();
});
