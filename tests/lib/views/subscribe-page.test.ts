import { describe, expect, it } from 'vitest';
import { readSettings } from '../../../src/lib/content/read-settings.ts';
import { developersPage } from '../../../src/lib/views/developers-page.ts';
import { subscribePage } from '../../../src/lib/views/subscribe-page.ts';
import { component, incident, update } from '../domain/make.ts';
import { smallSite } from './small-site.ts';

const site = smallSite(
  {
    incidents: [incident(update('2026-11-22T14:05Z', { title: 'Down' }))],
    groups: [{ name: null, components: [component('checkout'), component('old', { retired: true })] }],
  },
  { name: 'A [B] & "C"', url: 'https://example.github.io/status' },
);
const page = subscribePage(site);
const developers = developersPage(site);

it('the subscribe page lists every address in full', () => {
  const addresses = [...page.everyUpdate, ...page.narrower].map(({ name, address }) => [name, address]);
  expect(addresses).toEqual([
    ['RSS', 'https://example.github.io/status/rss.xml'],
    ['Atom', 'https://example.github.io/status/atom.xml'],
    ['JSON Feed', 'https://example.github.io/status/feed.json'],
    ['Maintenance', 'https://example.github.io/status/maintenance/rss.xml'],
    ['Postmortems', 'https://example.github.io/status/postmortems/rss.xml'],
    ['One entry per incident (RSS)', 'https://example.github.io/status/history.rss'],
    ['One entry per incident (Atom)', 'https://example.github.io/status/history.atom'],
  ]);
  expect(page).toMatchObject({
    frame: { canonical: 'https://example.github.io/status/subscribe/' },
    slack: '/feed subscribe https://example.github.io/status/rss.xml',
    components: [{ label: 'CHECKOUT', href: 'https://example.github.io/status/components/checkout/rss.xml' }],
    calendar: {
      https: 'https://example.github.io/status/maintenance.ics',
      webcal: 'webcal://example.github.io/status/maintenance.ics',
    },
    developers: '/status/developers/',
  });
  expect(developers).toMatchObject({
    frame: { canonical: 'https://example.github.io/status/developers/' },
    api: 'https://example.github.io/status/api/v2/summary.json',
    feed: 'https://example.github.io/status/feed.json',
    text: 'https://example.github.io/status/incidents/incident.txt',
  });
  expect(page.everyUpdate.every(({ delivers }) => delivers !== '')).toBe(true);
  expect(developersPage(smallSite()).text).toBeNull();
});

it('code to copy is valid with any name', () => {
  expect([...developers.badge.snippets, ...developers.embed.snippets].map(({ text }) => text)).toEqual([
    '[![A \\[B\\] & "C" status](https://example.github.io/status/badge.svg)](https://example.github.io/status/)',
    '<a href="https://example.github.io/status/"><img src="https://example.github.io/status/badge.svg" alt="A [B] &amp; &quot;C&quot; status" height="20"></a>',
    '<iframe src="https://example.github.io/status/embed/" title="A [B] &amp; &quot;C&quot; status" width="320" height="160"></iframe>',
    '<script src="https://example.github.io/status/embed.js" async></script>',
  ]);
  expect(developers.badge).toMatchObject({ image: '/status/badge.svg', alt: 'A [B] & "C" status' });
  expect(developers.embed.page).toBe('https://example.github.io/status/embed/');
});

function read(join: string) {
  const text = `name: Example\nurl: https://status.example.com\ntime_zone: UTC\nemail:\n  join: ${join}\n`;
  return readSettings({ path: 'site.yml', bytes: new TextEncoder().encode(text) });
}

describe('signing up by email', () => {
  it.each([
    ['https://lists.example.com/status?a=1', 'Sign up', '{link} on our list service.'],
    ['mailto:status-join@lists.example.com', 'status-join@lists.example.com', 'Send a message to {link}.'],
    ['mailto:status+subscribe@groups.io?subject=Join', 'status+subscribe@groups.io', 'Send a message to {link}.'],
  ])('at %s is on the page', (join, link, text) => {
    const { settings } = read(join);
    expect(subscribePage(smallSite({}, { emailJoin: settings?.emailJoin ?? null })).email).toEqual({
      href: join,
      link,
      text: expect.stringContaining(text) as string,
    });
  });

  it('is not on the page without a list', () => {
    expect(subscribePage(smallSite()).email).toBeNull();
  });

  it.each([
    ['status-join@lists.example.com', 'such as mailto:status-join@lists.example.com'],
    ['http://lists.example.com/', 'such as https://lists.example.com/status'],
    ['javascript:alert(1)', 'such as https://lists.example.com/status'],
    ['mailto:nobody', 'such as https://lists.example.com/status'],
    ['mailto:a%@b.example', 'such as https://lists.example.com/status'],
    ['lists.example.com', 'such as https://lists.example.com/status'],
  ])('at %s is rejected, with what to write', (join, advice) => {
    const { settings, problems } = read(join);
    expect(settings).toBeNull();
    expect(problems).toMatchObject([
      { field: 'email.join', line: 5, message: expect.stringContaining(advice) as string },
    ]);
  });
});
