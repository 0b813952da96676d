import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from '../browser/browser.ts';
import { filesBelow, sampleContent, write } from '../../support/folders.ts';
import { halfpast, succeed } from '../../support/halfpast.ts';
import { serveFolder } from '../../support/static-server.ts';
import { type Deeds, inParallel, look, watchedPage } from './hostile-browser.ts';
import { hostileCount, hostileNow, hostileSite } from './hostile-site.ts';

let folder: string;
let site: string;
let browser: Browser;
let ours: string[];
const refused = new Set<string>();

const scriptsOf = (html: string): string[] =>
  [...html.matchAll(/<script(?: type="module")?>([\s\S]*?)<\/script>/g)].map(([, code = '']) => code);

function writeContent(content: string): void {
  rmSync(content, { recursive: true, force: true });
  for (const [path, text] of hostileSite(refused)) write(content, path, text);
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'halfpast-xss-'));
  const content = join(folder, 'hostile');
  writeContent(content);
  const { stdout } = await halfpast(['check', '--content', content, '--now', hostileNow, '--json']);
  for (const { file, message } of (JSON.parse(stdout) as { problems: { file: string; message: string }[] }).problems) {
    if (!refused.has(file)) console.info(`refused: ${file}: ${message}`);
    refused.add(file);
  }
  writeContent(content);
  site = join(folder, 'site');
  await succeed(['build', '--content', content, '--out', site, '--cache', join(folder, 'cache'), '--now', hostileNow]);
  const plain = join(folder, 'plain');
  await succeed([
    'build',
    '--content',
    sampleContent(folder),
    '--out',
    plain,
    '--cache',
    join(folder, 'plain-cache'),
    '--now',
    hostileNow,
  ]);
  ours = [
    '/feed.js',
    ...new Set(
      filesBelow(plain)
        .filter((path) => path.endsWith('.html'))
        .flatMap((path) => scriptsOf(readFileSync(join(plain, path), 'utf8'))),
    ),
  ];
  browser = await launchBrowser();
}, 600_000);

afterAll(async () => {
  await browser.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Opens files of a folder in the browser, with JavaScript. Returns what ran or could have. */
async function visit(
  root: string,
  paths: readonly string[],
  headers: Readonly<Record<string, string>> = {},
): Promise<Deeds> {
  const deeds: Deeds = [];
  const server = await serveFolder(root, '', headers);
  const context = await browser.newContext();
  const pages = await Promise.all([1, 2, 3].map(() => watchedPage(context, server.origin, deeds)));
  await inParallel(paths, pages, (path, page) =>
    look(page, `${server.origin}/${path.replace(/index\.html$/, '')}`, ours, deeds),
  );
  await context.close();
  await server.close();
  return deeds;
}

/** Folder addresses only redirect, to pages that are visited. */
const leadsOn = (path: string): boolean =>
  readFileSync(join(site, path), 'utf8').includes('<meta http-equiv="refresh"');

const htmlFiles = (): string[] => filesBelow(site).filter((path) => path.endsWith('.html') && !leadsOn(path));

/**
 * Every kind of page, and every payload in each of its fields. The index contains everything that the pages of
 * components and maintenance windows do, so only every sixth of those is visited. The same goes for text files.
 */
const seldom = /^(?:components|maintenance)\/|\.txt$/;
const shown = (paths: readonly string[]): string[] =>
  paths.filter((path, index) => !seldom.test(path) || index % 6 === 0);

describe('payloads in every text field', () => {
  it('are numerous, and check refuses few of them', () => {
    const { payloads, fields } = hostileCount();
    console.info(
      `${payloads} payloads in ${fields} fields, ${htmlFiles().length} pages; ${refused.size} files refused by check`,
    );
    expect(payloads).toBeGreaterThanOrEqual(250);
    expect(fields).toBeGreaterThan(4000);
    expect(refused.size).toBeLessThan(20);
    expect(ours.length).toBeGreaterThanOrEqual(1);
  });

  it('run nowhere, and leave nothing in a page that could run, under the policy of the page', async () => {
    // The next test visits them all.
    expect(
      await visit(
        site,
        shown(htmlFiles()).filter((_, index) => index % 5 === 0),
      ),
    ).toEqual([]);
  });

  it('run nowhere without the policy, which is the second line of defense', async () => {
    const bare = join(folder, 'bare');
    cpSync(site, bare, { recursive: true });
    for (const path of htmlFiles()) {
      const html = readFileSync(join(bare, path), 'utf8');
      const without = html.replace(/<meta http-equiv="Content-Security-Policy"[^>]*>/, '');
      expect(without).not.toBe(html);
      writeFileSync(join(bare, path), without);
    }
    expect(await visit(bare, shown(htmlFiles()))).toEqual([]);
  });

  it('run nowhere in a feed, badge, API or text file that is opened directly', async () => {
    const others = filesBelow(site).filter((path) => /\.(?:xml|rss|atom|svg|json|txt)$/.test(path));
    expect(others.length).toBeGreaterThan(1000);
    expect(await visit(site, shown(others), { 'x-content-type-options': 'nosniff' })).toEqual([]);
  });

  it('run nowhere in a feed reader that shows HTML unchanged', async () => {
    const feeds = filesBelow(site).filter(
      (path) => !path.startsWith('api/') && /(?:rss\.xml|atom\.xml|feed\.json|history\.(?:rss|atom))$/.test(path),
    );
    expect(feeds.length).toBeGreaterThan(300);
    const deeds: Deeds = [];
    const server = await serveFolder(site);
    const context = await browser.newContext();
    const pages = await Promise.all([1, 2, 3].map(() => watchedPage(context, server.origin, deeds)));
    await Promise.all(pages.map((page) => page.goto(`${server.origin}/release.json`)));
    let shown = 0;
    await inParallel(feeds, pages, async (path, page) => {
      const bodies = await page.evaluate<string[], [string, string]>(
        ([kind, text]) => {
          if (kind === 'json')
            return (JSON.parse(text) as { items: { content_html: string }[] }).items.map((item) => item.content_html);
          const feed = new DOMParser().parseFromString(text, 'text/xml');
          if (feed.querySelector('parsererror') !== null) return ['<script>xss("not well-formed")</script>'];
          return [...feed.querySelectorAll('item > description, item > encoded, entry > content, entry > summary')].map(
            (element) => element.textContent,
          );
        },
        [path.endsWith('.json') ? 'json' : 'xml', readFileSync(join(site, path), 'utf8')],
      );
      shown += bodies.length;
      await page.evaluate((all) => {
        document.body.innerHTML = `<section>${all.join('</section><section>')}</section>`;
      }, bodies);
      await page.waitForTimeout(20);
      const found = await page.evaluate<
        string[]
      >(`[...document.body.querySelectorAll('section, section *')].flatMap((element) => [
        ...(/^(?:script|iframe|object|embed|base|form|link|meta|style|svg|math)$/.test(element.localName) ? [element.localName] : []),
        ...[...element.attributes].filter(({ name, value }) => /^on|^(?:id|class|style|name)$/.test(name) || /^\\s*(?:javascript|data|vbscript):/i.test(value)).map(({ name, value }) => name + '=' + value),
      ])`);
      deeds.push(...found.map((line) => `${path}: ${line}`));
    });
    await context.close();
    await server.close();
    expect(deeds).toEqual([]);
    expect(shown).toBeGreaterThan(2000);
  });
});
