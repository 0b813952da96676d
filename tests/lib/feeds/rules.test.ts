import { describe, expect, it } from 'vitest';
import { atomXml, jsonFeed, rssXml } from '../../../src/lib/feeds/formats.ts';
import { historyFeed, updatesFeed } from '../../../src/lib/feeds/site-feeds.ts';
import { paths } from '../../../src/lib/views/paths.ts';
import { feedProblems } from '../../support/feed-rules.ts';
import { checkoutSite } from './one-incident.ts';

// The tests on real history rely on these rules, so the rules must find problems.
const site = checkoutSite();
const address = (path: string): string => `https://status.example.com${path}`;
const atom = { text: atomXml(updatesFeed(site, paths.atom), site.now), address: address(paths.atom) };
const rss = { text: await rssXml(updatesFeed(site, paths.rss)), address: address(paths.rss) };
const json = { text: JSON.stringify(jsonFeed(updatesFeed(site, paths.jsonFeed))), address: address(paths.jsonFeed) };
const history = [
  { text: await rssXml(historyFeed(site, paths.historyRss)), address: address(paths.historyRss) },
  { text: atomXml(historyFeed(site, paths.historyAtom), site.now), address: address(paths.historyAtom) },
];

it('the rules find nothing wrong in valid feeds', async () => {
  for (const feed of [atom, rss, json, ...history]) expect(await feedProblems(feed), feed.address).toEqual([]);
});

describe('the rules find', () => {
  it.each([
    ['a guid twice', rss, /1405Z<\/guid>/, '1430Z</guid>', 'guid twice: '],
    ['a guid that is no address', rss, /<guid isPermaLink="true">[^<]*/, '<guid isPermaLink="true">7', 'guid: 7'],
    ['a date in another form', rss, /<pubDate>[^<]*/, '<pubDate>2026-11-22T14:30:00Z', 'pubDate: 2026'],
    ['a date with the wrong day of the week', rss, /<pubDate>Sun/, '<pubDate>Mon', 'pubDate: Mon'],
    ['an item without a date', rss, /<pubDate>[^<]*<\/pubDate>/, '', 'pubDate: 2 instead of 3'],
    ['another self link', rss, /rss\.xml" rel="self"/, 'feed.xml" rel="self"', 'self: '],
    ['no channel title', rss, /<title>Example status<\/title>/, '', 'channel title: 0 instead of 1'],
    [
      'a link that is not absolute',
      rss,
      /&lt;p&gt;Short/,
      '&lt;a href=&quot;/x&quot;&gt;Short',
      'a link that is not absolute: /x',
    ],
    [
      'an entity that HTML may know and XML does not',
      rss,
      /Short breaks/,
      'Short&nbsp;breaks',
      'not an entity of XML: &nbsp;',
    ],
    ['an entity escaped twice', rss, /Short breaks/, 'Short&amp;nbsp;breaks', 'no entity: &nbsp;'],
    ['what no parser takes for a feed', rss, /<rss /, '<page ', 'feedparser: '],
    ['no style', rss, /<\?xml-stylesheet[^>]*>/, '', 'style: 0 instead of 1'],
    [
      'an id twice',
      atom,
      /<id>[^<]*1405Z<\/id>/,
      `<id>${address('/incidents/checkout/')}#2026-11-22T1430Z</id>`,
      'id twice: ',
    ],
    ['an entry without updated', atom, /<updated>[^<]*(?=<\/updated>\s*<content)/, '<updated>', 'updated: '],
    ['a feed older than its entries', atom, /14:40:00\.000Z/, '14:39:00.000Z', 'feed updated: '],
    ['another self link', atom, /atom\.xml"\/>/, 'feed.xml"/>', 'self: '],
    ['no author', atom, /<author>[^]*<\/author>/, '', 'author: 0 instead of 1'],
    ['no language', atom, / xml:lang="en-GB"/, '', 'xml:lang: 0 instead of 1'],
    [
      'an item without a text',
      json,
      /"content_html":"[^"]*",/,
      '',
      "/items/0: must have required property 'content_html'",
    ],
    ['another version', json, /1\.1"/, '1"', '/version: must be equal to constant'],
    [
      'a date that is none',
      json,
      /"date_published":"[^"]*/,
      '"date_published":"today',
      '/items/0/date_published: must match format',
    ],
    [
      'a field that the format does not have',
      json,
      /"title":/,
      '"name":"x","title":',
      ': must NOT have additional properties',
    ],
    ['another address', json, /feed\.json/, 'feed2.json', 'feed_url: '],
  ])('%s (%#)', async (_, { text, address: served }, pattern, instead, problem) => {
    expect(text).toMatch(pattern);
    const problems = await feedProblems({ text: text.replace(pattern, () => instead), address: served });
    expect(problems).toEqual(expect.arrayContaining([expect.stringContaining(problem)]));
  });
});
