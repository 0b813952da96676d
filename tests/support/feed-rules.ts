import FeedParser from 'feedparser';
import { Ajv, type ErrorObject } from 'ajv';
import addFormats from 'ajv-formats';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { filesBelow } from './folders.ts';
import { root } from './halfpast.ts';

/** A feed as it's served: its text and its address. */
export type ServedFeed = { readonly text: string; readonly address: string };

export type ReadItem = {
  readonly guid: string;
  readonly title: string;
  readonly pubdate: Date | null;
  readonly description: string;
};

const jsonFeedRules = addFormats
  .default(new Ajv({ allErrors: true }))
  .compile(JSON.parse(readFileSync(join(root, 'tests/fixtures/feeds/json-feed-1.1.schema.json'), 'utf8')) as object);

/** Reads RSS or Atom with a third-party parser. Rejects if it can't. */
export async function readWithFeedparser(xml: string): Promise<ReadItem[]> {
  const parser = new FeedParser({});
  const found: ReadItem[] = [];
  Readable.from([xml]).pipe(parser);
  for await (const item of parser) found.push(item as ReadItem);
  return found;
}

const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' };
const decoded = (text: string): string =>
  text.replaceAll(/&(lt|gt|quot|apos|amp);/g, (_, name: string) => entities[name] ?? '');

const all = (text: string, pattern: RegExp): string[] =>
  [...text.matchAll(pattern)].map((match) => decoded(match[1] ?? ''));
const values = (xml: string, name: string): string[] =>
  all(xml, new RegExp(`<${name}(?: [^>]*)?>([^<]*)</${name}>`, 'g'));
const linksOf = (xml: string, rel: string): string[] =>
  all(xml, new RegExp(`<(?:atom:)?link (?=[^>]*rel="${rel}")[^>]*href="([^"]*)"`, 'g'));

const isAbsolute = (address: string): boolean => /^https?:\/\/[^/]/.test(address) && URL.canParse(address);
const isRfc822 = (date: string): boolean =>
  /^[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT$/.test(date) && new Date(date).toUTCString() === date;
const isRfc3339 = (date: string): boolean =>
  /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/.test(date) && !Number.isNaN(Date.parse(date));
const isTag = (id: string): boolean => /^tag:[a-z0-9.-]+,\d{4}:[\w/.-]+$/.test(id);

function repeated(names: readonly string[]): string[] {
  return names.filter((name, index) => names.indexOf(name) !== index);
}

/** The problems in the HTML of an item, which feed readers display outside of the site. */
function htmlProblems(html: string): string[] {
  return [
    ...all(html, /\s(?:href|src)="([^"]*)"/g)
      .filter((link) => !isAbsolute(link) && !link.startsWith('mailto:'))
      .map((link) => `a link that is not absolute: ${link}`),
    ...all(html, /(&(?!(?:amp|lt|gt|quot|#\d+);)\S{0,10})/g).map((entity) => `no entity: ${entity}`),
  ];
}

function exactly(what: string, found: readonly string[], wanted: number, fits: (value: string) => boolean): string[] {
  const amount = found.length === wanted ? [] : [`${what}: ${found.length} instead of ${wanted}`];
  return [...amount, ...found.filter((value) => !fits(value)).map((value) => `${what}: ${value}`)];
}

const isSome = (text: string): boolean => text.trim() !== '';

function rssProblems(xml: string, address: string): string[] {
  const items = xml.match(/<item>[\s\S]*?<\/item>/g) ?? [];
  const head = xml.replaceAll(/<item>[\s\S]*?<\/item>/g, '');
  const inItems = (name: string): string[] => items.flatMap((item) => values(item, name));
  return [
    ...['title', 'description', 'language'].flatMap((name) =>
      exactly(`channel ${name}`, values(head, name), 1, isSome),
    ),
    ...exactly('channel link', values(head, 'link'), 1, isAbsolute),
    ...exactly('lastBuildDate', values(head, 'lastBuildDate'), items.length === 0 ? 0 : 1, isRfc822),
    ...exactly('self', linksOf(head, 'self'), 1, (link) => link === address),
    ...exactly('title', inItems('title'), items.length, isSome),
    ...exactly('link', inItems('link'), items.length, isAbsolute),
    ...exactly('guid', inItems('guid'), items.length, isAbsolute),
    ...exactly('pubDate', inItems('pubDate'), items.length, isRfc822),
    ...repeated(inItems('guid')).map((guid) => `guid twice: ${guid}`),
    ...inItems('description').flatMap(htmlProblems),
  ];
}

function atomProblems(xml: string, address: string): string[] {
  const entries = xml.match(/<entry>[\s\S]*?<\/entry>/g) ?? [];
  const head = xml.replaceAll(/<entry>[\s\S]*?<\/entry>/g, '');
  const inEntries = (name: string): string[] => entries.flatMap((entry) => values(entry, name));
  const [newest = ''] = inEntries('updated').toSorted().toReversed();
  return [
    ...exactly('feed title', values(head, 'title'), 1, isSome),
    ...exactly('feed id', values(head, 'id'), 1, isAbsolute),
    ...exactly(
      'feed updated',
      values(head, 'updated'),
      1,
      (date) => isRfc3339(date) && (newest === '' || date === newest),
    ),
    ...exactly('author', values(head, 'name'), 1, isSome),
    ...exactly('self', linksOf(head, 'self'), 1, (link) => link === address),
    ...exactly('alternate', linksOf(head, 'alternate'), 1, isAbsolute),
    ...exactly('xml:lang', all(head, /<feed [^>]*xml:lang="([^"]*)"/g), 1, isSome),
    ...exactly('title', inEntries('title'), entries.length, isSome),
    ...exactly('id', inEntries('id'), entries.length, (id) => isAbsolute(id) || isTag(id)),
    ...exactly('published', inEntries('published'), entries.length, isRfc3339),
    ...exactly('updated', inEntries('updated'), entries.length, isRfc3339),
    ...exactly(
      'entry alternate',
      entries.flatMap((entry) => linksOf(entry, 'alternate')),
      entries.length,
      isAbsolute,
    ),
    ...exactly('content type', all(xml, /<content type="([^"]*)"/g), entries.length, (type) => type === 'html'),
    ...repeated(inEntries('id')).map((id) => `id twice: ${id}`),
    ...inEntries('content').flatMap(htmlProblems),
  ];
}

async function xmlProblems(xml: string, address: string): Promise<string[]> {
  const isAtom = /<feed /.test(xml);
  const items = xml.match(isAtom ? /<entry>/g : /<item>/g) ?? [];
  const read = await readWithFeedparser(xml).catch((error: unknown) => String(error));
  const reading =
    typeof read === 'string'
      ? [`feedparser: ${read}`]
      : exactly(
          'read by feedparser',
          read.map(({ guid, pubdate }) => `${pubdate === null ? '' : guid}`),
          items.length,
          isSome,
        );
  const raw = all(xml, /(&(?!(?:amp|lt|gt|quot|apos);).{0,10})/g).map((entity) => `not an entity of XML: ${entity}`);
  const style = exactly('style', all(xml, /<\?xml-stylesheet type="text\/css" href="([^"]*)"\?>/g), 1, (href) =>
    URL.canParse(href, address),
  );
  return [...(isAtom ? atomProblems(xml, address) : rssProblems(xml, address)), ...reading, ...raw, ...style];
}

type Feed = {
  readonly feed_url?: string;
  readonly items?: readonly { readonly id: string; readonly title?: string; readonly content_html?: string }[];
};

function jsonProblems(text: string, address: string): string[] {
  const feed = JSON.parse(text) as Feed;
  const byRule = jsonFeedRules(feed)
    ? []
    : (jsonFeedRules.errors ?? []).map(({ instancePath, message }: ErrorObject) => `${instancePath}: ${message}`);
  const items = feed.items ?? [];
  return [
    ...byRule,
    ...exactly('feed_url', [feed.feed_url ?? ''], 1, (url) => url === address),
    ...repeated(items.map(({ id }) => id)).map((id) => `id twice: ${id}`),
    ...items.flatMap(({ content_html: html }) => htmlProblems(html ?? '')),
  ];
}

/** Every violation of the rules of its format: RSS 2.0, RFC 4287 or JSON Feed 1.1. */
export async function feedProblems({ text, address }: ServedFeed): Promise<string[]> {
  return text.trimStart().startsWith('{') ? jsonProblems(text, address) : xmlProblems(text, address);
}

/** The paths of all feeds in a built site. */
export function feedFiles(site: string): string[] {
  return filesBelow(site).filter((path) =>
    /(?:^|\/)rss\.xml$|^atom\.xml$|^feed\.json$|^history\.(?:rss|atom)$/.test(path),
  );
}

/** The problems in the feeds of a site, each with its path. `url` is where the site is served. */
export async function siteFeedProblems(site: string, url: string): Promise<string[]> {
  const told = feedFiles(site).map(async (path) => {
    const problems = await feedProblems({ text: readFileSync(join(site, path), 'utf8'), address: `${url}/${path}` });
    return problems.map((problem) => `${path}: ${problem}`);
  });
  return (await Promise.all(told)).flat();
}
