import { describe, expect, it, onTestFinished } from 'vitest';
import { builtSite } from '../../support/built-sites.ts';
import { headersOf } from '../../support/headers.ts';
import { serveFolder } from '../../support/static-server.ts';
import { launchBrowser } from './browser.ts';

describe('the headers in _headers', () => {
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
      // The other site isn't on this machine, so Chrome would ask for permission before it loads the frame.
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
  ])('%s leads to %s', async (path, target) => {
    const { site, address } = builtSite('calm');
    const server = await serveFolder(site, new URL(address).pathname);
    onTestFinished(() => server.close());
    const browser = await launchBrowser();
    const page = await browser.newPage();
    await page.goto(`${server.origin}/status${path}`);
    await page.waitForURL(`${server.origin}/status${target}`);
    if (target.includes('#')) expect(await page.locator(':target').count()).toBe(1);
    await browser.close();
  });
});
