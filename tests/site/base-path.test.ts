import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { builtSite } from '../support/built-sites.ts';
import { siteFeedProblems } from '../support/feed-rules.ts';
import { brokenLinks } from '../support/links.ts';

it('a site below a path, as on GitHub Pages, links within that path', async () => {
  const { address, site } = builtSite('calm');
  expect(brokenLinks(site, address)).toEqual([]);
  const index = readFileSync(join(site, 'index.html'), 'utf8');
  expect(index).toContain('href="/status/incidents/2026-11-18-card-payments-one-bank/"');
  expect(index).toContain('href="https://example.github.io/status/rss.xml"');
  expect(readFileSync(join(site, 'rss.xml'), 'utf8')).toContain(
    '<guid isPermaLink="true">https://example.github.io/status/incidents/',
  );
  expect(await siteFeedProblems(site, address)).toEqual([]);
  for (const feed of [
    'rss.xml',
    'atom.xml',
    'history.rss',
    'history.atom',
    'maintenance/rss.xml',
    'components/checkout/rss.xml',
  ]) {
    expect(readFileSync(join(site, feed), 'utf8')).toContain(
      '<?xml-stylesheet type="text/css" href="/status/feed.css"?>',
    );
  }
  expect(readFileSync(join(site, 'feed.css'), 'utf8')).toContain('This is a feed');
  expect(brokenLinks(site, 'https://example.github.io/other').length, 'the check can fail').toBeGreaterThan(100);
});
