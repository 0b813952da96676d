import { type Instant, isoTime, publishedAt, yearOf } from '../domain/calendar.ts';
import { type Incident, isOpen, type UpdateRecord } from '../domain/incident.ts';
import type { Maintenance } from '../domain/maintenance.ts';
import type { Settings } from '../domain/settings.ts';
import type { Postmortem } from '../domain/postmortem.ts';
import { allComponents, type Site } from '../domain/site.ts';
import type { Component } from '../domain/vocabulary.ts';
import { postmortemHtml } from '../views/postmortem-page.ts';
import { cacheKey, digest, frameSource, type StaticPath } from '../views/static-paths.ts';
import { announcedPostmortem, bodyHtml } from '../views/lookup.ts';
import { absolute, identity, local, paths } from '../views/paths.ts';
import { maintenanceUpdateStatus, type Words, wordsFor } from '../words/words.ts';
import {
  addresses,
  customerDataHtml,
  editedHtml,
  endedHtml,
  type Feed,
  type FeedItem,
  feedItems,
  feedSources,
  htmlLines,
  postmortemNewsHtml,
  remedyHtml,
} from './feed-items.ts';

/** The same length as Statuspage's history feeds. */
export const historyLength = 50;

/** `Dec 20` and `16:44`. Always in UTC, so that old entries don't change with the site's time zone. */
function dayAndClock(instant: Instant): [day: string, clock: string] {
  const [, day = '', month = '', , clock = ''] = new Date(instant).toUTCString().split(' ');
  return [`${month} ${Number(day)}`, clock.slice(0, 5)];
}

/** Statuspage's format: `Dec 20, 16:44 UTC`. */
function shortTime(instant: Instant, { feeds }: Words): string {
  const [, month = '', day = '', clock = ''] = /^\d+-(\d+)-(\d+)T(\d+:\d+)/.exec(isoTime(instant)) ?? [];
  return feeds.shortTime(Number(month), Number(day), clock);
}

/**
 * Returns an update with its time and status before its text. If the status is unchanged, Statuspage writes "Update";
 * we always write the status, so that the newest paragraph shows the current state.
 */
function updateHtml(at: Instant, status: string, body: string, words: Words): string {
  const lead = `<p><small>${shortTime(at, words)}</small><br><strong>${status}</strong>`;
  return body.startsWith('<p>') ? `${lead} - ${body.slice('<p>'.length)}` : `${lead}</p>\n${body}`;
}

/** Same as on Statuspage. Programs recognize maintenance by this sentence. */
function windowHtml({ from, to }: { readonly from: Instant; readonly to: Instant }): string {
  const [[firstDay, begins], [lastDay, ends]] = [dayAndClock(from), dayAndClock(to)];
  const until = isoTime(from).slice(0, 10) === isoTime(to).slice(0, 10) ? ends : `${lastDay}, ${ends}`;
  return `<p><strong>THIS IS A SCHEDULED EVENT ${firstDay}, ${begins} - ${until} UTC</strong></p>`;
}

/**
 * Returns a tag URI (RFC 4151). It's permanent, even if the site moves from http to https. It includes the site's
 * folder, because the host may serve other sites.
 */
function tagUri({ url }: Settings, year: string, path: string): string {
  const { hostname, pathname } = new URL(url);
  const folder = pathname.replace(/^\/|\/$/g, '');
  return `tag:${hostname},${year}:${folder === '' ? '' : `${folder}/`}${path}`;
}

/** An incident or maintenance with the times to sort it by. Its item is only created if needed. */
type Entry = {
  readonly created: Instant;
  readonly newest: Instant;
  readonly slug: string;
  readonly item: () => FeedItem;
};

type EntrySource = {
  readonly kind: 'Incident' | 'Maintenance';
  readonly slug: string;
  readonly title: string;
  readonly page: string;
  readonly updates: readonly { readonly record: Pick<UpdateRecord<string>, 'at' | 'posted' | 'edited'> }[];
  /** Null if there is none, or if it wasn't announced. */
  readonly postmortem?: Postmortem | null;
  readonly html: () => string;
};

function entry({ settings }: Site, { kind, slug, title, page, updates, postmortem, html }: EntrySource): Entry {
  const times = [...updates.map(({ record }) => publishedAt(record)), ...(postmortem ? [postmortem.published] : [])];
  const [created, newest] = [Math.min(...times), Math.max(...times)];
  const item = (): FeedItem => ({
    id: tagUri(settings, yearOf(Math.min(...updates.map(({ record }) => record.at))), `${kind}/${slug}`),
    link: absolute(settings, page),
    guid: identity(settings, page),
    title,
    // As on Statuspage, an entry's time is that of its newest update.
    at: newest,
    updated: Math.max(newest, ...updates.map(({ record }) => record.edited ?? 0)),
    html: html(),
  });
  return { created, newest, slug, item };
}

function incidentEntry(site: Site, { slug, title, updates }: Incident): Entry {
  const page = paths.incident(slug);
  const words = wordsFor(site.settings);
  const postmortem = announcedPostmortem(site, slug);
  const html = (): string =>
    [
      ...(postmortem === null
        ? []
        : [updateHtml(postmortem.published, words.feeds.postmortem, postmortemNewsHtml(site, postmortem), words)]),
      ...updates
        .map(({ record }) =>
          htmlLines(
            updateHtml(record.at, words.incidentStatus[record.status], bodyHtml(site, page, record), words),
            endedHtml(record, words),
            customerDataHtml(record, words),
            remedyHtml(record, words),
            editedHtml(record, words),
          ),
        )
        .toReversed(),
    ].join('\n');
  return entry(site, { kind: 'Incident', slug, title, page, updates, postmortem, html });
}

function maintenanceEntry(site: Site, { slug, title, updates, window }: Maintenance): Entry {
  const page = paths.maintenance(slug);
  const words = wordsFor(site.settings);
  const paragraphs = (): string[] =>
    updates
      .map((update) =>
        htmlLines(
          updateHtml(
            update.record.at,
            maintenanceUpdateStatus(words, update),
            bodyHtml(site, page, update.record),
            words,
          ),
          editedHtml(update.record, words),
        ),
      )
      .toReversed();
  return entry(site, {
    kind: 'Maintenance',
    slug,
    title,
    page,
    updates,
    html: () => htmlLines(windowHtml(window), ...paragraphs()),
  });
}

const later = (a: Instant, b: Instant, { slug }: Entry, other: Entry): number => b - a || (slug < other.slug ? 1 : -1);

/**
 * Returns one entry per incident and maintenance, last created first. Includes those with the newest updates and all
 * open incidents, so that long ones stay in the feed until they're resolved.
 */
export function historyFeedItems(site: Site): FeedItem[] {
  return [
    ...site.incidents.map((incident) => ({ ...incidentEntry(site, incident), open: isOpen(incident) })),
    ...site.maintenances.map((maintenance) => ({ ...maintenanceEntry(site, maintenance), open: false })),
  ]
    .toSorted((a, b) => later(a.newest, b.newest, a, b))
    .filter(({ open }, index) => open || index < historyLength)
    .toSorted((a, b) => later(a.created, b.created, a, b))
    .map(({ item }) => item());
}

/** A feed, with its title and description from `words`; `subject` is the component that they name. */
function feed(
  { settings }: Site,
  words: Words['feeds']['component'],
  items: readonly FeedItem[],
  home: string,
  self: string,
  subject = '',
): Feed {
  const [hub = null] = settings.notify.flatMap((channel) => (channel.kind === 'websub' ? [channel.hub] : []));
  return {
    title: words.title(settings.name, subject),
    description: words.description(settings.name, subject),
    items,
    hub,
    home: absolute(settings, home),
    self: absolute(settings, self),
    style: local(settings, paths.feedStyle),
    script: local(settings, paths.feedScript),
    author: settings.name,
    language: settings.locale,
  };
}

/** All updates and postmortems, one item each. `self` is the path of the feed, which depends on the format. */
export function updatesFeed(
  site: Site,
  self: typeof paths.rss | typeof paths.atom | typeof paths.jsonFeed = paths.rss,
): Feed {
  return feed(site, wordsFor(site.settings).feeds.updates, feedItems(site), paths.home, self);
}

/** All updates of maintenance. */
export function maintenanceFeed(site: Site): Feed {
  const items = feedItems(site, { kind: 'maintenance' });
  return feed(site, wordsFor(site.settings).feeds.maintenance, items, paths.home, paths.maintenanceRss);
}

/** All updates that affect a component. */
export function componentFeed(site: Site, { id, name, retired }: Component): Feed {
  const items = feedItems(site, { kind: 'component', id });
  const home = retired ? paths.home : paths.component(id);
  return feed(site, wordsFor(site.settings).feeds.component, items, home, paths.componentRss(id), name);
}

/**
 * Like Statuspage: one entry per incident, which grows with its updates. For readers who are moving from Statuspage.
 */
export function historyFeed(site: Site, self: typeof paths.historyRss | typeof paths.historyAtom): Feed {
  return feed(site, wordsFor(site.settings).feeds.history, historyFeedItems(site), paths.history, self);
}

/** All published postmortems in full. */
export function postmortemsFeed(site: Site): Feed {
  const { settings, postmortems } = site;
  const items = postmortems.map((postmortem): FeedItem => {
    const { title, published } = postmortem;
    const html = postmortemHtml(site, postmortem);
    return { ...addresses(site, paths.postmortem(postmortem.slug)), title, at: published, updated: published, html };
  });
  return feed(site, wordsFor(settings).feeds.postmortems, items, paths.postmortems, paths.postmortemsRss);
}

/** One feed per component. Retired components keep theirs, so that subscribers don't get a 404. */
export function componentFeedPaths(site: Site): StaticPath<{ id: string }, { component: Component }>[] {
  return allComponents(site).map((component) => ({
    params: { id: component.id },
    props: { component },
    cacheKey: cacheKey(componentFeedSource(site, component)),
  }));
}

/** The source of a component's feed. */
export function componentFeedSource(site: Site, component: Component): readonly unknown[] {
  return [...frameSource(site), component.id, feedSources(site, { kind: 'component', id: component.id }).map(digest)];
}
