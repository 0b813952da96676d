import { expect, it } from 'vitest';
import { rssXml } from '../../src/views/feeds/rss.ts';

const feed = { title: 'Example status', description: 'All', home: 'https://status.example.com/', self: 'https://status.example.com/rss.xml', language: 'en-GB', items: [] };

it('a feed names the hub that is told of its news, and none where there is none', async () => {
  expect(await rssXml({ ...feed, hub: 'https://hub.example.com/?a=1&b=2' })).toContain('<atom:link href="https://hub.example.com/?a=1&amp;b=2" rel="hub"/>');
  expect(await rssXml({ ...feed, hub: null })).not.toContain('rel="hub"');
});
