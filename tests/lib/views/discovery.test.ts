import { expect, it } from 'vitest';
import { componentPage } from '../../../src/lib/views/component-page.ts';
import type { FrameView } from '../../../src/lib/views/frame.ts';
import { incidentPage } from '../../../src/lib/views/incident-page.ts';
import { maintenancePage } from '../../../src/lib/views/maintenance-page.ts';
import { indexPage } from '../../../src/lib/views/index-page.ts';
import { postmortem } from '../domain/make.ts';
import { checkout, checkoutSite, database } from '../feeds/one-incident.ts';
import { smallSite } from './small-site.ts';

const site = checkoutSite({ url: 'https://example.github.io/status' });
const [component] = site.groups[0]?.components ?? [];
const discovered = ({ frame }: { readonly frame: FrameView }): string[] =>
  frame.feeds.map(({ type, href }) => `${type} ${href.replace('https://example.github.io/status/', '')}`);

const everywhere = [
  'application/rss+xml rss.xml',
  'application/atom+xml atom.xml',
  'application/feed+json feed.json',
  'application/rss+xml postmortems/rss.xml',
  'text/calendar maintenance.ics',
];

it('every page links to the feeds of the site, with the feed of all updates first', () => {
  expect(discovered(indexPage(site))).toEqual(everywhere);
  expect(discovered(incidentPage(site, checkout))).toEqual(everywhere);
});

it('pages of maintenance and components also link to their own feed', () => {
  expect(discovered(maintenancePage(site, database))).toEqual([
    ...everywhere,
    'application/rss+xml maintenance/rss.xml',
  ]);
  if (component === undefined) throw new Error('The small site has a component');
  expect(discovered(componentPage(site, component))).toEqual([
    ...everywhere,
    'application/rss+xml components/checkout/rss.xml',
  ]);
});

it('all feeds have different names', () => {
  const labels = maintenancePage(site, database).frame.feeds.map(({ label }) => label);
  expect(new Set(labels).size).toBe(labels.length);
});

it('a link preview of an incident shows its newest update', () => {
  const { description } = incidentPage(site, checkout).frame;
  expect(description).toContain('A list was missing');
  expect(description).not.toContain('card payments');
});

it('titles have at most 70 characters: the page and the site, or the page alone', () => {
  const titleOf = (title: string): string => incidentPage(site, { ...checkout, title }).frame.title;
  const [fits, long] = ['x'.repeat(43), 'x'.repeat(44)];
  expect(titleOf('Checkout errors')).toBe('Resolved: Checkout errors · Example Status');
  expect([titleOf(fits), titleOf(long)]).toEqual([`Resolved: ${fits} · Example Status`, `Resolved: ${long}`]);
  expect(titleOf('word '.repeat(30).trim())).toBe(`Resolved: ${'word '.repeat(11).trim()}…`);
  expect(titleOf('x'.repeat(200))).toBe(`Resolved: ${'x'.repeat(59)}…`);
});

it('every page shows the links and the footer from the settings, and where it is in the site', () => {
  const links = [
    { label: 'Imprint', url: 'https://example.com/imprint', header: false },
    { label: 'Website', url: 'https://example.com', header: true },
  ];
  const url = 'https://example.com/status';
  const footer = '<b onclick="x()">Acme</b>, [press](/status/press/)\n[elsewhere](https://example.org/)';
  const { frame } = incidentPage(smallSite({}, { url, links, footer, support: 'mailto:help@example.com' }), checkout);
  expect(frame.links).toEqual([{ label: 'Imprint', href: 'https://example.com/imprint' }]);
  expect(frame.headerLinks).toEqual([{ label: 'Website', href: 'https://example.com' }]);
  expect(frame.support).toEqual({ label: 'Support', href: 'mailto:help@example.com' });
  expect(frame.footer).toBe(
    '<p><b>Acme</b>, <a href="/status/press/">press</a><br><a href="https://example.org/">elsewhere</a></p>',
  );
  expect(frame.nav.filter(({ current }) => current)).toEqual([]);
  expect(indexPage(site).frame.nav.map(({ label, href, current }) => [label, href, current])).toEqual([
    ['Status', '/status/', true],
    ['History', '/status/history/', false],
  ]);
  const posted = { ...site, postmortems: [postmortem('any')] };
  expect(indexPage(posted).frame.nav.map(({ label }) => label)).toEqual(['Status', 'History', 'Postmortems']);
});

it('the index names the site for search engines', () => {
  expect(indexPage(site).frame.structuredData).toMatchObject({
    '@type': 'WebSite',
    name: 'Example Status',
    url: 'https://example.github.io/status/',
  });
  expect(incidentPage(site, checkout).frame.structuredData).toBeNull();
});
