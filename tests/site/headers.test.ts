import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { launchBrowser } from '../screenshots/browser.ts';
import { builtSite } from '../support/built-sites.ts';
import { root } from '../support/halfpast.ts';
import { pageTypes } from '../support/page-types.ts';
import { serveFolder } from '../support/static-server.ts';

type Rule = { readonly path: string; readonly headers: readonly (readonly [name: string, value: string])[] };

/** The rules of `_headers`, read as Cloudflare Pages and Netlify do. */
function rules(): Rule[] {
  const found: { path: string; headers: [string, string][] }[] = [];
  for (const line of readFileSync(join(root, 'public/_headers'), 'utf8').split('\n')) {
    const header = /^\s+([\w-]+): (.+)$/.exec(line);
    if (header !== null) found.at(-1)?.headers.push([header[1] ?? '', header[2] ?? '']);
    else if (line.startsWith('/')) found.push({ path: line, headers: [] });
    else expect(line, 'a comment or nothing').toMatch(/^(?:#.*)?$/);
  }
  return found;
}

const matches = (rule: string, path: string): boolean =>
  rule.endsWith('*') ? path.startsWith(rule.slice(0, -1)) : rule === path;

/** The headers that a path is served with; a repeated header counts twice. */
const headersOf = (path: string): string[] =>
  rules()
    .filter((rule) => matches(rule.path, path))
    .flatMap(({ headers }) => headers.map(([name, value]) => `${name}: ${value}`))
    .sort();

const always = [
  'Permissions-Policy: camera=(), geolocation=(), microphone=()',
  'Referrer-Policy: no-referrer',
  'Strict-Transport-Security: max-age=31536000',
  'X-Content-Type-Options: nosniff',
  'X-Frame-Options: DENY',
];

describe('the headers in _headers', () => {
  it.each([...pageTypes, '/incidents/', '/your-own-page/'].filter((path) => path !== '/embed/'))(
    '%s can’t be framed',
    (path) => {
      expect(headersOf(path)).toEqual(always);
    },
  );

  it('let other sites frame /embed/, and read feeds and the API', () => {
    expect(headersOf('/embed/')).toEqual(['Content-Security-Policy: frame-ancestors *', ...always]);
    for (const path of ['/api/v2/summary.json', '/api/schema/', '/embed.js', '/feed.json']) {
      expect(headersOf(path)).toEqual(['Access-Control-Allow-Origin: *', ...always]);
    }
  });

  it('make browsers show /embed/ in a frame of another site, and no other page', async () => {
    const { site } = builtSite('troubled');
    for (const [path, shown] of [
      ['/embed/', 1],
      ['/', 0],
      ['/no-such-page/', 0],
    ] as const) {
      const headers = Object.fromEntries(headersOf(path).map((line) => line.split(': ') as [string, string]));
      const server = await serveFolder(site, '', headers);
      onTestFinished(() => server.close());
      // The page of the other site isn't on this machine, so Chrome would ask before it loads the frame.
      const browser = await launchBrowser(['--disable-features=LocalNetworkAccessChecks']);
      const page = await browser.newPage();
      await page.route('http://shop.example/', (route) =>
        route.fulfill({ contentType: 'text/html', body: `<iframe src="${server.origin}${path}"></iframe>` }),
      );
      await page.goto('http://shop.example/', { waitUntil: 'load' });
      expect(await page.frameLocator('iframe').locator('main').count(), path).toBe(shown);
      await browser.close();
    }
  });
});

describe('a shortened address', () => {
  it.each([
    ['/incidents/', '/history/'],
    ['/maintenance/', '/history/'],
    ['/components/', '/#components'],
    ['/api/', '/developers/#api'],
  ])('%s leads to %s, which is the canonical address', async (path, target) => {
    const { site, address } = builtSite('calm');
    const server = await serveFolder(site, new URL(address).pathname);
    onTestFinished(() => server.close());
    const html = readFileSync(join(site, path, 'index.html'), 'utf8');
    expect(html).toContain(`<link rel="canonical" href="${address}${target.replace(/#.*/, '')}"`);
    const browser = await launchBrowser();
    const page = await browser.newPage();
    await page.goto(`${server.origin}/status${path}`);
    await page.waitForURL(`${server.origin}/status${target}`);
    if (target.includes('#')) expect(await page.locator(':target').count()).toBe(1);
    await browser.close();
  });
});
