import { describe, expect, it } from 'vitest';
import { atomXml, jsonFeed, jsonFeedSchema, rssXml } from '../../../src/lib/feeds/formats.ts';
import { componentFeed, historyFeed, maintenanceFeed, updatesFeed } from '../../../src/lib/feeds/site-feeds.ts';
import { paths } from '../../../src/lib/views/paths.ts';
import { at } from '../domain/make.ts';
import { smallSite } from '../views/small-site.ts';
import { checkoutSite } from './one-incident.ts';

const site = checkoutSite();
const page = 'https://status.example.com/incidents/checkout/';
const items = (xml: string): string[] => xml.match(/<(item|entry)>[\s\S]*?<\/\1>/g) ?? [];

describe('an update', () => {
  it('is an Atom entry with the times when it was published and edited', () => {
    const atom = atomXml(updatesFeed(site, paths.atom), site.now);
    expect(atom.slice(0, atom.indexOf('<entry>'))).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<?xml-stylesheet type="text/css" href="/feed.css"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en-GB">
  <id>https://status.example.com/atom.xml</id>
  <title>Example status</title>
  <subtitle>Every status update of Example, once</subtitle>
  <link rel="self" type="application/atom+xml" href="https://status.example.com/atom.xml"/>
  <link rel="alternate" type="text/html" href="https://status.example.com/"/>
  <author>
    <name>Example</name>
  </author>
  <updated>2026-11-22T14:40:00.000Z</updated>
  <script xmlns="http://www.w3.org/1999/xhtml" src="/feed.js"/>
  `);
    expect(items(atom)[0]).toBe(`<entry>
    <id>${page}#2026-11-22T1430Z</id>
    <title>Resolved: Checkout &quot;fails&quot; &amp; ]]&gt; 🛒 (22 Nov 2026, 14:30 UTC)</title>
    <link rel="alternate" type="text/html" href="${page}#2026-11-22T1430Z"/>
    <published>2026-11-22T14:30:00.000Z</published>
    <updated>2026-11-22T14:40:00.000Z</updated>
    <content type="html">&lt;p&gt;&lt;strong&gt;Customer data is not affected.&lt;/strong&gt;&lt;/p&gt;
&lt;p&gt;A list was missing:&lt;/p&gt;
&lt;ul&gt;
&lt;li&gt;prices&lt;/li&gt;
&lt;/ul&gt;
&lt;p&gt;Orders are not &amp;lt;charged&amp;gt;.&lt;/p&gt;
&lt;p&gt;Edited 22 Nov 2026, 14:40 UTC.&lt;/p&gt;</content>
  </entry>`);
    expect(items(atom)).toHaveLength(3);
  });

  it('is an item of RSS under the same id, and the feed names its style with a type', async () => {
    const rss = await rssXml(updatesFeed(site, paths.rss));
    expect(rss).toMatch(
      /^<\?xml version="1.0" encoding="UTF-8"\?><\?xml-stylesheet type="text\/css" href="\/feed.css"\?><rss /,
    );
    expect(rss).toContain('<lastBuildDate>Sun, 22 Nov 2026 14:40:00 GMT</lastBuildDate>');
    expect(items(rss)[1]).toBe(
      `<item><title>Investigating: Checkout &quot;fails&quot; &amp; ]]&gt; 🛒 (22 Nov 2026, 14:05 UTC)</title><link>${page}#2026-11-22T1405Z</link><guid isPermaLink="true">${page}#2026-11-22T1405Z</guid>` +
        ['description', 'content:encoded']
          .map(
            (name) =>
              `<${name}>&lt;p&gt;&lt;strong&gt;We are checking whether customer data is affected.&lt;/strong&gt;&lt;/p&gt;\n&lt;p&gt;Some &lt;strong&gt;card&lt;/strong&gt; payments fail.&lt;/p&gt;\n&lt;p&gt;We look into it.&lt;/p&gt;</${name}>`,
          )
          .join('<pubDate>Sun, 22 Nov 2026 14:05:00 GMT</pubDate>') +
        '</item>',
    );
  });

  it('is an item of JSON Feed under the same id, and the feed is what its schema says', () => {
    const feed = jsonFeed(
      updatesFeed(
        checkoutSite({
          notify: [{ kind: 'websub', hub: 'https://hub.example.com/', name: null, components: null, impact: null }],
        }),
        paths.jsonFeed,
      ),
    );
    expect(jsonFeedSchema.parse(feed)).toEqual(feed);
    const { items: told, ...head } = feed;
    expect(head).toEqual({
      version: 'https://jsonfeed.org/version/1.1',
      title: 'Example status',
      home_page_url: 'https://status.example.com/',
      feed_url: 'https://status.example.com/feed.json',
      description: 'Every status update of Example, once',
      authors: [{ name: 'Example' }],
      language: 'en-GB',
      hubs: [{ type: 'WebSub', url: 'https://hub.example.com/' }],
    });
    expect(told[2]).toEqual({
      id: 'https://status.example.com/maintenance/checkout/#2026-11-20T0900Z',
      url: 'https://status.example.com/maintenance/checkout/#2026-11-20T0900Z',
      title: 'Maintenance scheduled: A larger database (20 Nov 2026, 09:00 UTC)',
      content_html: '<p>From 1 Dec 2026, 22:00 UTC to 1 Dec 2026, 23:30 UTC.</p>\n<p>Short breaks.</p>',
      date_published: '2026-11-20T09:00:00.000Z',
      date_modified: '2026-11-20T09:00:00.000Z',
    });
    expect(told.map(({ date_modified }) => date_modified)).toEqual([
      '2026-11-22T14:40:00.000Z',
      '2026-11-22T14:05:00.000Z',
      '2026-11-20T09:00:00.000Z',
    ]);
  });
});

describe('a narrower feed', () => {
  it('of maintenance has no incidents; one of a component has both', () => {
    expect(maintenanceFeed(site).items.map(({ link }) => link)).toEqual([
      'https://status.example.com/maintenance/checkout/#2026-11-20T0900Z',
    ]);
    expect(maintenanceFeed(site).self).toBe('https://status.example.com/maintenance/rss.xml');
    const [group] = site.groups;
    const [component] = group?.components ?? [];
    if (component === undefined) throw new Error('The small site has a component');
    expect(componentFeed(site, component).items).toHaveLength(3);
    expect(componentFeed(site, { ...component, id: 'other' }).items).toEqual([]);
  });
});

describe('characters that XML can’t contain', () => {
  it('are replaced in every part of a feed, and JSON keeps them', async () => {
    const hostile = '\u0000\u0008\u001b[31m \ud800 \uffff';
    const feed = { ...updatesFeed(site, paths.atom), title: hostile, author: hostile };
    for (const text of [atomXml(feed, site.now), await rssXml(feed)]) {
      expect(text).toContain('\ufffd\ufffd\ufffd[31m \ufffd \ufffd');
      expect(text).not.toMatch(/[\u0000-\u0008\u001b\uffff]/);
    }
    expect(jsonFeed(feed).title).toBe(hostile);
  });
});

describe('a feed without items', () => {
  it('has a time in Atom, where it’s required, and none in RSS', async () => {
    const empty = smallSite();
    expect(atomXml(historyFeed(empty, paths.historyAtom), at('2026-11-22T15:00Z'))).toContain(
      '<updated>2026-11-22T15:00:00.000Z</updated>',
    );
    expect(await rssXml(historyFeed(empty, paths.historyRss))).not.toContain('lastBuildDate');
    expect(jsonFeed(updatesFeed(empty, paths.jsonFeed)).items).toEqual([]);
  });

  it('is the only one whose bytes move with the clock', () => {
    for (const feed of [updatesFeed(site, paths.atom), historyFeed(site, paths.historyAtom)])
      expect(atomXml(feed, 1)).toBe(atomXml(feed, 2));
  });
});
