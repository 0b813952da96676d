import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { sampleContent, temporaryFolder } from '../support/folders.ts';
import { succeed } from '../support/halfpast.ts';
import { siteFeedProblems } from '../support/feed-rules.ts';
import { brokenLinks } from '../support/links.ts';

it('a site in a folder of its host, as on GitHub Pages, links within that folder', async () => {
  const folder = temporaryFolder();
  const content = sampleContent(folder);
  const settings = join(content, 'site.yml');
  writeFileSync(
    settings,
    readFileSync(settings, 'utf8').replace('https://status.example.com', 'https://example.github.io/status/'),
  );
  const out = join(folder, 'site');
  await succeed([
    'build',
    '--content',
    content,
    '--out',
    out,
    '--cache',
    join(folder, 'cache'),
    '--now',
    '2026-11-20T18:00Z',
  ]);
  expect(brokenLinks(out, 'https://example.github.io/status')).toEqual([]);
  const index = readFileSync(join(out, 'index.html'), 'utf8');
  expect(index).toContain('href="/status/incidents/2026-11-18-card-payments-one-bank/"');
  expect(index).toContain('href="https://example.github.io/status/rss.xml"');
  expect(readFileSync(join(out, 'rss.xml'), 'utf8')).toContain(
    '<guid isPermaLink="true">https://example.github.io/status/incidents/',
  );
  expect(await siteFeedProblems(out, 'https://example.github.io/status')).toEqual([]);
  for (const feed of [
    'rss.xml',
    'atom.xml',
    'history.rss',
    'history.atom',
    'maintenance/rss.xml',
    'components/checkout/rss.xml',
  ]) {
    expect(readFileSync(join(out, feed), 'utf8')).toContain(
      '<?xml-stylesheet type="text/css" href="/status/feed.css"?>',
    );
  }
  expect(readFileSync(join(out, 'feed.css'), 'utf8')).toContain('This is a feed');
  expect(brokenLinks(out, 'https://example.github.io/other').length, 'the check itself can fail').toBeGreaterThan(100);
});
