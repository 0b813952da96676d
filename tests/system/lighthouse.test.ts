import lighthouse, { type Result } from 'lighthouse';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchBrowser } from './browser/browser.ts';
import { succeed } from '../support/halfpast.ts';
import { longHistory, longHistoryNow } from '../support/long-history.ts';
import { serveFolder, type StaticServer } from '../support/static-server.ts';

const pages = [
  '/',
  '/incidents/2026-11-20-checkout/',
  '/history/',
  '/history/2026-11/',
  '/components/checkout/',
  '/postmortems/2026-11-19-website-0/',
];
const categories = ['performance', 'accessibility', 'best-practices', 'seo'] as const;
/** Whatever else a machine does makes a page slower, never faster: the best of some runs is the page's own speed. All else is the same in each run. */
const runs = 6;

let folder: string;
let browser: Browser;
let server: StaticServer;
let port: number;

/** A port that is free now, for the browser to be spoken to. */
async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const found = (probe.address() as AddressInfo).port;
  await new Promise((resolve) => probe.close(resolve));
  return found;
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'halfpast-lighthouse-'));
  const content = join(folder, 'content');
  longHistory(content);
  const site = join(folder, 'site');
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
  server = await serveFolder(site, '', {}, true);
  port = await freePort();
  browser = await launchBrowser([`--remote-debugging-port=${port}`]);
});

afterAll(async () => {
  await browser.close();
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Lighthouse as it is run for a phone: its own throttling, its own screen. */
async function measure(path: string): Promise<Result> {
  const result = await lighthouse(`${server.origin}${path}`, {
    port,
    logLevel: 'error',
    output: 'json',
    onlyCategories: [...categories],
  });
  if (result === undefined) throw new Error(`Lighthouse has no result for ${path}`);
  return result.lhr;
}

const scores = ({ categories: found }: Result): Record<string, number> =>
  Object.fromEntries(categories.map((name) => [name, Math.round((found[name]?.score ?? 0) * 100)]));
/** What kept a page from a hundred. */
const faults = (result: Result): string[] =>
  categories.flatMap((name) =>
    (result.categories[name]?.auditRefs ?? [])
      .filter(({ id, weight }) => weight > 0 && (result.audits[id]?.score ?? 1) < 1)
      .map(({ id }) => `${name}: ${id} ${result.audits[id]?.displayValue ?? ''}`),
  );

it.each(pages)('%s scores 100 in every category on a phone', async (path) => {
  const results = [await measure(path)];
  const isFull = (): boolean => categories.every((name) => scores(results.at(-1) as Result)[name] === 100);
  while (!isFull() && results.length < runs) results.push(await measure(path));
  expect(scores(results.at(-1) as Result), results.flatMap(faults).join('\n')).toEqual(
    Object.fromEntries(categories.map((name) => [name, 100])),
  );
});
