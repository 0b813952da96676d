import lighthouse, { type Result } from 'lighthouse';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from './browser/browser.ts';
import { sampleContent, write } from '../support/folders.ts';
import { succeed } from '../support/halfpast.ts';
import { longHistory, longHistoryNow } from '../support/long-history.ts';
import { pageTypes, troubled, troubledNow } from '../support/page-types.ts';
import { serveFolder, type StaticServer } from '../support/static-server.ts';

/** Pages with ten years of incidents. */
const longPages = [
  '/',
  '/incidents/2026-11-20-checkout/',
  '/history/',
  '/history/2026-11/',
  '/components/checkout/',
  '/postmortems/2026-11-19-website-0/',
];
/** The form, the embedded status and the 404 page aren't meant for search engines. */
const typedPages = [
  ...pageTypes.filter((path) => !['/compose/', '/embed/', '/no-such-page/'].includes(path)),
  '/announcements/holidays/',
];
const locales = { English: '', German: '/de', Arabic: '/ar' };
const categories = ['performance', 'accessibility', 'best-practices', 'seo'] as const;
/**
 * Other load on the machine only makes a page slower, so one full score in this many runs is enough. Everything else is
 * the same in each run.
 */
const runs = 20;

let folder: string;
let browser: Browser;
let long: StaticServer;
let typed: StaticServer;
let port: number;

/** A free port for the browser's debugging protocol. */
async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const found = (probe.address() as AddressInfo).port;
  await new Promise((resolve) => probe.close(resolve));
  return found;
}

async function serveBuilt(name: string, now: string, fill: (content: string) => void): Promise<StaticServer> {
  const [content, site, cache] = ['content', 'site', 'cache'].map((part) => join(folder, name, part)) as [
    string,
    string,
    string,
  ];
  fill(content);
  await succeed(['build', '--content', content, '--out', site, '--cache', cache, '--now', now]);
  return serveFolder(site, '', {}, true);
}

/** The sample in three languages, with an incident, maintenance and an announcement. */
function inThreeLanguages(content: string): void {
  sampleContent(join(content, '..'));
  troubled(content);
  const settings = readFileSync(join(content, 'site.yml'), 'utf8').replace(/^locale:.*\n/m, '');
  write(content, 'site.yml', `${settings}locales: [en-GB, de, ar]\n`);
  write(
    content,
    'announcements/holidays.md',
    '---\ntitle: Support closes over the holidays\nfrom: 2026-11-20T08:00Z\nuntil: 2026-12-27T08:00Z\n---\nWe answer again on 2 January.\n',
  );
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'halfpast-lighthouse-'));
  long = await serveBuilt('long', longHistoryNow, longHistory);
  typed = await serveBuilt('typed', troubledNow, inThreeLanguages);
  port = await freePort();
  browser = await launchBrowser([`--remote-debugging-port=${port}`]);
});

afterAll(async () => {
  await browser.close();
  await long.close();
  await typed.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Runs Lighthouse with its own screen and throttling for phones. */
async function measure(address: string): Promise<Result> {
  const result = await lighthouse(address, {
    port,
    logLevel: 'error',
    output: 'json',
    onlyCategories: [...categories],
  });
  if (result === undefined) throw new Error(`Lighthouse has no result for ${address}`);
  return result.lhr;
}

const scores = ({ categories: found }: Result): Record<string, number> =>
  Object.fromEntries(categories.map((name) => [name, Math.round((found[name]?.score ?? 0) * 100)]));
/** The audits that kept a page from a score of 100. */
const faults = (result: Result): string[] =>
  categories.flatMap((name) =>
    (result.categories[name]?.auditRefs ?? [])
      .filter(({ id, weight }) => weight > 0 && (result.audits[id]?.score ?? 1) < 1)
      .map(({ id }) => `${name}: ${id} ${result.audits[id]?.displayValue ?? ''}`),
  );

async function expectFullScores(address: string): Promise<void> {
  const results = [await measure(address)];
  const isFull = (): boolean => categories.every((name) => scores(results.at(-1) as Result)[name] === 100);
  while (!isFull() && results.length < runs) results.push(await measure(address));
  expect(scores(results.at(-1) as Result), results.flatMap(faults).join('\n')).toEqual(
    Object.fromEntries(categories.map((name) => [name, 100])),
  );
}

describe('scores 100 in every category on a phone', () => {
  it.each(longPages)('with ten years of incidents, %s', (path) => expectFullScores(`${long.origin}${path}`));

  describe.each(Object.entries(locales))('in %s', (_, prefix) => {
    it.each(typedPages)('%s', (path) => expectFullScores(`${typed.origin}${prefix}${path}`));
  });
});
