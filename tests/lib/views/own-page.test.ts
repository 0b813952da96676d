import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readPages } from '../../../src/lib/content/read-pages.ts';
import { indexPage } from '../../../src/lib/views/index-page.ts';
import { ownPage, ownPagePaths } from '../../../src/lib/views/own-page.ts';
import { sitemap } from '../../../src/lib/views/sitemap.ts';
import { frameSource } from '../../../src/lib/views/static-paths.ts';
import { root } from '../../support/halfpast.ts';
import { smallSite } from './small-site.ts';

const read = (files: Readonly<Record<string, string>>) =>
  readPages(
    { files: Object.entries(files).map(([path, text]) => ({ path, bytes: new TextEncoder().encode(text) })) },
    { timeZone: 'UTC', images: new Map() },
  );

const { values: pages } = read({
  'pages/a-secret.md': '---\ntitle: Hidden\n---\nText.\n',
  'pages/help.md':
    '---\ntitle: Help\nnavigation: 20\n---\n# Ask us\n\n[Status](/status/), <script>x()</script>[API](../developers/)\n',
  'pages/zones.md': '---\ntitle: Zones\nnavigation: 3\n---\nText.\n',
});
const site = smallSite({ pages }, { url: 'https://example.com/status' });
const [, help] = pages;

it('is in the navigation at its position, after the others', () => {
  const links = indexPage(site)
    .frame.nav.slice(-3)
    .map(({ label, href, current }) => [label, href, current]);
  expect(links).toEqual([
    ['History', '/status/history/', false],
    ['Zones', '/status/zones/', false],
    ['Help', '/status/help/', false],
  ]);
});

it('is a page with safe HTML, whose links also work in a preview', () => {
  if (help === undefined) throw new Error('no page');
  const { frame, html, title } = ownPage(site, help);
  expect([title, frame.title, frame.canonical]).toEqual([
    'Help',
    'Help · Example Status',
    'https://example.com/status/help/',
  ]);
  expect(frame.nav.filter(({ current }) => current).map(({ label }) => label)).toEqual(['Help']);
  expect(html).toContain('<h2 id="text-ask-us">Ask us</h2>');
  expect(html).toContain('<a href="/status/">Status</a>, <a href="/status/developers/">API</a>');
  expect(html).not.toContain('script');
});

it("is in the sitemap and the build, whether or not it's in the navigation", () => {
  const addresses = sitemap(site).map(({ address }) => address);
  for (const slug of ['a-secret', 'help', 'zones']) {
    expect(addresses).toContain(`https://example.com/status/${slug}/`);
    expect(ownPagePaths(site).map(({ params }) => params.page)).toContain(slug);
  }
});

it('that moves in the navigation changes every page, and one outside it changes none', () => {
  const source = (given: typeof pages) => JSON.stringify(frameSource(smallSite({ pages: given })));
  expect(source(pages.toReversed())).not.toBe(source(pages));
  expect(source(pages.filter(({ slug }) => slug !== 'a-secret'))).toBe(source(pages));
});

it("can't have an address that Halfpast uses", () => {
  const names = readdirSync(join(root, 'src/pages')).map((name) => name.replace(/^_/, '').replace(/\..*$/, ''));
  const own = names.filter((name) => /^[a-z0-9-]+$/.test(name) && name !== 'responses');
  expect(own).toContain('subscribe');
  for (const name of own) {
    const { values: taken, problems } = read({ [`pages/${name}.md`]: '---\ntitle: Mine\n---\nText.\n' });
    expect(taken, `add "${name}" to "taken" in src/lib/content/read-pages.ts`).toEqual([]);
    expect(problems[0]?.message, name).toMatch(/which Halfpast reserves/);
  }
});
