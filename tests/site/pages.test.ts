import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { builtSite } from '../support/built-sites.ts';
import { pageTypes } from '../support/page-types.ts';
import { budgets, gzipped } from '../support/weight.ts';

// tests/system/browser/pages.test.ts opens the same pages in a browser.
describe.each(pageTypes)('%s', (path) => {
  const file = join(builtSite('troubled').site, path === '/no-such-page/' ? '404.html' : join(path, 'index.html'));
  const html = readFileSync(file, 'utf8');

  it('fits in two round trips, and the index in one', () => {
    // The form contains its whole script.
    const most = path === '/' ? budgets.index : path === '/compose/' ? Infinity : budgets.other;
    expect(gzipped(file)).toBeLessThanOrEqual(most);
  });

  it('has one h1, and names its feeds', () => {
    expect(html.match(/<h1\b/g)).toHaveLength(1);
    expect(html.match(/<link rel="alternate" type="application\/rss\+xml"/g)?.length).toBeGreaterThanOrEqual(2);
  });

  it('has its policy before anything that the policy restricts, and loads no script or style', () => {
    expect(html).toMatch(/<head><meta charset="utf-8"><meta http-equiv="content-security-policy"/i);
    expect(html).toContain('<meta name="referrer" content="no-referrer">');
    expect(html).not.toMatch(/<script[^>]* src=|<link[^>]* rel="?(?:stylesheet|preload|modulepreload)/);
  });
});
