import { expect, it } from 'vitest';
import type { Feed } from '../../../src/lib/feeds/feed-items.ts';
import { atomXml, jsonFeed, rssXml } from '../../../src/lib/feeds/formats.ts';

const feed: Omit<Feed, 'hub'> = {
  ...{
    title: 'Example status',
    description: 'All',
    author: 'Example',
    language: 'en-GB',
    style: '/feed.css',
    script: '/feed.js',
    items: [],
  },
  ...{ home: 'https://status.example.com/', self: 'https://status.example.com/rss.xml' },
};
const hub = 'https://hub.example.com/?a=1&b=2';

it('a feed names its hub in every format, if there is one', async () => {
  expect(await rssXml({ ...feed, hub })).toContain(
    '<atom:link href="https://hub.example.com/?a=1&amp;b=2" rel="hub"/>',
  );
  expect(atomXml({ ...feed, hub }, 0)).toContain('<link rel="hub" href="https://hub.example.com/?a=1&amp;b=2"/>');
  expect(jsonFeed({ ...feed, hub }).hubs).toEqual([{ type: 'WebSub', url: hub }]);
  expect(await rssXml({ ...feed, hub: null })).not.toContain('hub"');
  expect(atomXml({ ...feed, hub: null }, 0)).not.toContain('"hub"');
  expect(jsonFeed({ ...feed, hub: null })).not.toHaveProperty('hubs');
});
