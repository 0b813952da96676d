import { XMLParser } from 'fast-xml-parser';
import { beforeAll, describe, expect, it } from 'vitest';
import { v2Files } from '../../../src/lib/api/v2-files.ts';
import { parseContent } from '../../../src/lib/content/check-content.ts';
import type { Site } from '../../../src/lib/domain/site.ts';
import type { Feed } from '../../../src/lib/feeds/feed-items.ts';
import { atomXml, jsonFeed, rssXml } from '../../../src/lib/feeds/formats.ts';
import { calendar } from '../../../src/lib/feeds/icalendar.ts';
import {
  componentFeed,
  historyFeed,
  maintenanceFeed,
  postmortemsFeed,
  updatesFeed,
} from '../../../src/lib/feeds/site-feeds.ts';
import { badgeSvg, componentBadge, siteBadge } from '../../../src/lib/views/embed-page.ts';
import { incidentText } from '../../../src/lib/views/incident-page.ts';
import { maintenanceText } from '../../../src/lib/views/maintenance-page.ts';
import { paths } from '../../../src/lib/views/paths.ts';

/** All that HTML, XML, JSON, iCalendar and their escapes act on. */
const text = `<script>alert(1)</script><img src=x onerror=alert(1)> ]]> --> "q" 'a' & &amp; &lt;b&gt; &#60; \\n \\u003c ; , %3C \${x}`;
/** The same as the text of an update: markdown that shows just this. */
const body = text.replaceAll(/[\\<>&"'$]/g, (sign) => `\\${sign}`);

const quoted = JSON.stringify(text);
const now = Date.parse('2026-11-20T18:40:00Z');
const files = {
  'site.yml': `name: ${quoted}\nurl: https://status.example.com\ntime_zone: UTC\n`,
  'components.yml': `components:\n  - id: part\n    name: ${quoted}\n    description: ${quoted}\n`,
  'incidents/one/2026-11-20T1700Z.md': `---\ntitle: ${quoted}\nstatus: investigating\ncomponents:\n  part: major_outage\nlead: ${quoted}\nremedy: ${quoted}\n---\n${body}\n`,
  'maintenance/two/2026-11-20T1700Z.md': `---\ntitle: ${quoted}\nstatus: scheduled\nscheduled_for: 2026-11-21T10:00Z\nscheduled_until: 2026-11-21T11:00Z\ncomponents:\n  part: under_maintenance\n---\n${body}\n`,
  'postmortems/one.md': `---\ntitle: ${quoted}\npublished: 2026-11-20T18:00Z\nauthors: [${quoted}]\nsummary: ${quoted}\ncustomer_data: unaffected\nlessons: [${quoted}]\nactions:\n  - what: ${quoted}\n    owner: ${quoted}\n    due: 2026-12-24\n---\n${body}\n`,
};

let site: Site;

beforeAll(() => {
  const tree = {
    files: Object.entries(files).map(([path, content]) => ({ path, bytes: new TextEncoder().encode(content) })),
    folders: ['incidents', 'incidents/one', 'maintenance', 'maintenance/two', 'postmortems'],
    others: [],
  };
  const parsed = parseContent(tree, now);
  if ('problems' in parsed) throw new Error(JSON.stringify(parsed.problems));
  site = parsed.site;
});

type Node = Record<string, unknown>;

/** XML as a strict reader takes it: text as it is meant, with nothing left to unescape. */
function xml(source: string): Node {
  const parser: { readonly parse: (text: string, strict: true) => unknown } = new XMLParser({
    ignoreAttributes: false,
    trimValues: false,
    processEntities: true,
    htmlEntities: true,
    parseTagValue: false,
  });
  return parser.parse(source, true) as Node;
}

/** One child is no list to the parser. */
const all = (given: unknown): readonly Node[] =>
  given === undefined ? [] : Array.isArray(given) ? (given as Node[]) : [given as Node];
const textOf = (value: unknown): string =>
  typeof value === 'object' && value !== null ? String((value as Node)['#text']) : String(value);

/** HTML that shows the text and does nothing: escaped once where it stands, and once more by XML alone. */
function expectShown(html: string): void {
  const shown = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
  expect(html.replaceAll('&quot;', '"')).toContain(shown.replaceAll('&quot;', '"'));
  expect(html).not.toMatch(/<(?:script|img)|&amp;lt;script|&amp;amp;amp;/);
}

const feeds = (): [name: string, feed: Feed][] => [
  ['updates', updatesFeed(site)],
  ['a component', componentFeed(site, site.groups[0]?.components[0] as never)],
  ['maintenance', maintenanceFeed(site)],
  ['history', historyFeed(site, paths.historyRss)],
  ['postmortems', postmortemsFeed(site)],
];

describe('text that looks like markup is escaped exactly once', () => {
  it('in every feed as RSS', async () => {
    for (const [name, feed] of feeds()) {
      const { channel } = xml(await rssXml(feed))['rss'] as { channel: Node };
      expect(textOf(channel['title']), name).toContain(text);
      expect(textOf(channel['description']), name).toContain(text);
      const items = all(channel['item']);
      expect(items.length, name).toBeGreaterThan(0);
      for (const item of items) {
        expect(textOf(item['title']), name).toContain(text);
        expectShown(textOf(item['description']));
        expectShown(textOf(item['content:encoded']));
      }
    }
  });

  it('in every feed as Atom', () => {
    for (const [name, feed] of feeds()) {
      const root = xml(atomXml(feed, now))['feed'] as Node;
      expect(textOf(root['title']), name).toContain(text);
      expect(textOf((root['author'] as Node)['name']), name).toBe(text);
      for (const entry of all(root['entry'])) {
        expect(textOf(entry['title']), name).toContain(text);
        expectShown(textOf(entry['content']));
      }
    }
  });

  it('in every feed as JSON Feed', () => {
    for (const [name, feed] of feeds()) {
      const { title, items } = jsonFeed(feed);
      expect(title, name).toContain(text);
      for (const item of items) {
        expect(item.title, name).toContain(text);
        expectShown(item.content_html);
      }
    }
  });

  it('in the calendar', () => {
    const lines = calendar(site).replaceAll('\r\n ', '').split('\r\n');
    const value = (name: string): string =>
      (lines.find((line) => line.startsWith(`${name}:`)) ?? '').slice(name.length + 1).replaceAll(/\\([\\;,])/g, '$1');
    expect(value('SUMMARY')).toBe(`${text}: ${text}`);
    expect(value('DESCRIPTION')).toBe(text);
    expect(lines.filter((line) => line.startsWith('BEGIN:VEVENT'))).toHaveLength(1);
  });

  it('in badges, which only contain their own elements', () => {
    const [component] = site.groups[0]?.components ?? [];
    for (const badge of [siteBadge(site), componentBadge(site, component as never)]) {
      const svg = badgeSvg(badge);
      const root = xml(svg)['svg'] as Node;
      expect(textOf(root['title'])).toContain(text);
      expect(
        Object.keys(root)
          .filter((key) => !key.startsWith('@_') && key !== '#text')
          .sort(),
      ).toEqual(['g', 'path', 'style', 'title']);
      expect(Object.keys(root).filter((key) => key.startsWith('@_on'))).toEqual([]);
    }
  });

  it('is unchanged in the API', () => {
    const { summary, components } = JSON.parse(JSON.stringify(v2Files(site))) as ReturnType<typeof v2Files>;
    expect([summary.page.name, components.components[0]?.name, summary.incidents[0]?.name]).toEqual([text, text, text]);
    expect(summary.incidents[0]?.incident_updates[0]?.body).toBe(body);
  });

  it('in texts to paste, as it was meant', () => {
    const [incident, maintenance] = [
      incidentText(site, site.incidents[0] as never),
      maintenanceText(site, site.maintenances[0] as never),
    ];
    expect(incident.split(text)).toHaveLength(5);
    expect(maintenance.split(text).length).toBeGreaterThanOrEqual(3);
    expect(`${incident}${maintenance}`).not.toMatch(/&amp;amp;|&lt;script|&quot;/);
  });
});
