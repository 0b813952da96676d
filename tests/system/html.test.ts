import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { filesBelow, sampleContent } from '../support/folders.ts';
import { succeed } from '../support/halfpast.ts';
import { troubled, troubledNow } from '../support/page-types.ts';

/** The W3C's Nu HTML checker, from npm. It runs on Java. */
const checker = join(dirname(createRequire(import.meta.url).resolve('vnu-jar/package.json')), 'build/dist/vnu.jar');

let folder: string;
let site: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'halfpast-html-'));
  const content = sampleContent(folder);
  troubled(content);
  site = join(folder, 'site');
  await succeed(['build', '--content', content, '--out', site, '--cache', join(folder, 'cache'), '--now', troubledNow]);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function check(...files: string[]): {
  readonly messages: readonly { readonly type: string; readonly message: string; readonly url: string }[];
} {
  const { stderr, error } = spawnSync(
    'java',
    ['-Xss4m', '-jar', checker, '--format', 'json', '--skip-non-html', ...files],
    { encoding: 'utf8', maxBuffer: 1 << 26 },
  );
  if (error !== undefined) throw error;
  return JSON.parse(stderr) as ReturnType<typeof check>;
}

describe('the pages', () => {
  it('have no errors or warnings in the Nu HTML checker', () => {
    const pages = filesBelow(site).filter((path) => path.endsWith('.html'));
    expect(pages.length).toBeGreaterThan(40);
    const { messages } = check(...pages.map((path) => join(site, path)));
    // The checker reads files, which have no origin for 'self' to match. It also doesn't know "data:", but browsers do
    // show the logo (tests/system/browser/pages.test.ts).
    const known = /image “(?:\/badge\.svg|data:image\/svg\+xml,[^”]*)” blocked by “img-src” directive\.$/;
    const found = messages.filter(({ message }) => !known.test(message));
    expect(found.map(({ url, message }) => `${url.slice(url.indexOf('/site/'))}: ${message}`)).toEqual([]);
  });
});

describe('the feeds and the sitemap', () => {
  it('are well-formed', () => {
    const documents = filesBelow(site).filter((path) => path.endsWith('.xml'));
    expect(documents).toEqual(
      expect.arrayContaining(['rss.xml', 'postmortems/rss.xml', 'sitemap.xml', 'components/checkout/rss.xml']),
    );
    execFileSync('xmllint', ['--noout', ...documents.map((path) => join(site, path))]);
  });

  it('follow the rules of RSS 2.0: unique guids, RFC 822 dates, absolute links, a self link', () => {
    for (const path of filesBelow(site).filter((name) => name.endsWith('rss.xml'))) {
      const text = readFileSync(join(site, path), 'utf8');
      const all = (pattern: RegExp): string[] => [...text.matchAll(pattern)].map((match) => match[1] ?? '');
      expect(text).toContain(`<atom:link href="https://status.example.com/${path}" rel="self"`);
      const guids = all(/<guid isPermaLink="true">([^<]+)<\/guid>/g);
      expect(new Set(guids).size).toBe(guids.length);
      expect(guids.every((guid) => guid.startsWith('https://status.example.com/'))).toBe(true);
      expect(all(/<title>([^<]+)<\/title>/g)).toHaveLength(new Set(all(/<title>([^<]+)<\/title>/g)).size);
      const dates = all(/<pubDate>([^<]+)<\/pubDate>/g);
      expect(dates).toHaveLength(guids.length);
      for (const date of dates)
        expect(date).toMatch(/^(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT$/);
    }
  });
});
