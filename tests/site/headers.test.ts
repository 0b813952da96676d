import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { builtSite } from '../support/built-sites.ts';
import { headersOf } from '../support/headers.ts';
import { pageTypes } from '../support/page-types.ts';

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

  it('let other sites frame /embed/, and read feeds and the API, in every language', () => {
    for (const path of ['/embed/', '/de/embed/']) {
      expect(headersOf(path)).toEqual(['Content-Security-Policy: frame-ancestors *', ...always]);
    }
    for (const path of ['/api/v2/summary.json', '/api/schema/', '/embed.js', '/feed.json', '/de/feed.json']) {
      expect(headersOf(path)).toEqual(['Access-Control-Allow-Origin: *', ...always]);
    }
  });
});

describe('a shortened address', () => {
  it.each([
    ['/incidents/', '/history/'],
    ['/maintenance/', '/history/'],
    ['/components/', '/#components'],
    ['/api/', '/developers/#api'],
  ])('%s names %s as its canonical address', (path, target) => {
    const { site, address } = builtSite('calm');
    const html = readFileSync(join(site, path, 'index.html'), 'utf8');
    expect(html).toContain(`<link rel="canonical" href="${address}${target.replace(/#.*/, '')}"`);
  });
});
