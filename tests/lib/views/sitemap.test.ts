import { globSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { folderPaths, notFoundPage } from '../../../src/lib/views/frame.ts';
import { sitemap, sitemapXml } from '../../../src/lib/views/sitemap.ts';
import { at, incident, postmortem, update } from '../domain/make.ts';
import { checkoutSite } from '../feeds/one-incident.ts';
import { smallSite } from './small-site.ts';
import { root } from '../../support/halfpast.ts';

it('the sitemap lists every page, and when incidents, maintenance and postmortems last changed', () => {
  const site = {
    ...checkoutSite({ url: 'https://example.com/s' }),
    postmortems: [postmortem('checkout', { published: at('2026-11-25T10:00Z') })],
  };
  expect(sitemapXml(sitemap(site))).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<url><loc>https://example.com/s/</loc></url>
<url><loc>https://example.com/s/history/</loc></url>
<url><loc>https://example.com/s/postmortems/</loc></url>
<url><loc>https://example.com/s/subscribe/</loc></url>
<url><loc>https://example.com/s/developers/</loc></url>
<url><loc>https://example.com/s/incidents/checkout/</loc><lastmod>2026-11-22T14:30:00.000Z</lastmod></url>
<url><loc>https://example.com/s/maintenance/checkout/</loc><lastmod>2026-11-20T09:00:00.000Z</lastmod></url>
<url><loc>https://example.com/s/history/2026-12/</loc></url>
<url><loc>https://example.com/s/history/2026-11/</loc></url>
<url><loc>https://example.com/s/components/checkout/</loc></url>
<url><loc>https://example.com/s/postmortems/checkout/</loc><lastmod>2026-11-25T10:00:00.000Z</lastmod></url>
</urlset>
`);
});

it('every page without parameters is in the sitemap, except the 404 page and the embedded one', () => {
  const files = globSync('**/*.astro', { cwd: join(root, 'src/pages') }).map((file) => file.replaceAll('\\', '/'));
  const pages = files.filter((file) => !/[[_]|^(?:404|embed)\./.test(file));
  const addresses = pages.map((file) => `/${file.replace(/(?:(?:^|\/)index)?\.astro$/, '/')}`.replace('//', '/'));
  const listed = sitemap(smallSite({})).map(({ address }) => new URL(address).pathname);
  expect(listed).toEqual(expect.arrayContaining(addresses));
  expect(addresses).toContain('/developers/');
});

it('an incident that was reported later changed when it was posted', () => {
  const posted = at('2026-11-25T09:00Z');
  const late = incident(update('2026-11-22T14:00Z', { title: 'Late', impact: 'minor', posted }));
  const { changed } =
    sitemap(smallSite({ incidents: [late] })).find(({ address }) => address.includes('/incidents/')) ?? {};
  expect(changed).toBe(posted);
});

it('an address is escaped', () => {
  expect(sitemapXml([{ address: 'https://example.com/?a&b', changed: null }])).toContain(
    '<url><loc>https://example.com/?a&amp;b</loc></url>',
  );
});

it('a folder without a page leads to one, and so does an address that doesn’t exist', () => {
  const site = smallSite({}, { url: 'https://example.github.io/status' });
  expect(folderPaths(site).map(({ params, props }) => [params.folder, props.view.link.href])).toEqual([
    ['incidents', '/status/history/'],
    ['maintenance', '/status/history/'],
    ['components', '/status/#components'],
    ['api', '/status/developers/#api'],
  ]);
  expect(notFoundPage(site)).toMatchObject({
    frame: { title: 'Page not found · Example Status', canonical: 'https://example.github.io/status/404.html' },
    links: [{ href: '/status/' }, { href: '/status/history/' }],
  });
});
