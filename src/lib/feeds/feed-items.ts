import { type Instant, publishedAt } from '../domain/calendar.ts';
import { type Incident, type IncidentUpdateRecord, isOpen, type UpdateRecord } from '../domain/incident.ts';
import type { Maintenance } from '../domain/maintenance.ts';
import type { Postmortem } from '../domain/postmortem.ts';
import { type Announcement, publishedAnnouncements, type Site } from '../domain/site.ts';
import { escapeHtml } from '../markdown.ts';
import { utcTime } from '../views/time.ts';
import { announcedPostmortem, bodyHtml, incidentsBySlug } from '../views/lookup.ts';
import { absolute, identity, paths, updatePermalink } from '../views/paths.ts';
import { announcementHtml } from '../views/announcement-page.ts';
import { remedyTermLines } from '../views/remedy.ts';
import { postmortemNews } from '../views/postmortem-page.ts';
import { maintenanceUpdateStatus, type Words, wordsFor } from '../words/words.ts';

/** A feed item, in any format. */
export type FeedItem = {
  /** Permanent and unique. Readers use it to tell which items they have already shown. */
  readonly id: string;
  /** Its URL on the site. */
  readonly link: string;
  /** Its URL in the first language. RSS uses it as the guid, which readers treat as a URL. */
  readonly guid: string;
  readonly title: string;
  /** When it was published. */
  readonly at: Instant;
  /** When it last changed; `at` if never. */
  readonly updated: Instant;
  readonly html: string;
};

/** A feed, in any format. */
export type Feed = {
  readonly title: string;
  readonly description: string;
  /** The page that it belongs to. */
  readonly home: string;
  /** The feed's URL. */
  readonly self: string;
  /**
   * The stylesheet for people who open the feed, as a path on the same host, so that it works wherever the
   * site is served.
   */
  readonly style: string;
  /** The script that turns titles into links for them, as a path on the same host. */
  readonly script: string;
  /** The name of the site. */
  readonly author: string;
  readonly language: string;
  /** The WebSub hub to notify of each update; null for none. */
  readonly hub: string | null;
  /** Newest first. */
  readonly items: readonly FeedItem[];
};

/** Returns when anything in a feed last changed; null for an empty feed. */
export function lastChange({ items }: Feed): Instant | null {
  return items.length === 0 ? null : Math.max(...items.map(({ updated }) => updated));
}

/** Returns the verdict on customer data as a paragraph; empty if the update has none. */
export function customerDataHtml({ customerData }: IncidentUpdateRecord, { feeds }: Words): string {
  return customerData === null ? '' : `<p><strong>${feeds.customerData(customerData)}</strong></p>`;
}

/** Returns the remedy and its terms as paragraphs, limited to what the update itself states. */
export function remedyHtml({ remedy, ...terms }: IncidentUpdateRecord, words: Words): string {
  return [...(remedy === null ? [] : [remedy]), ...remedyTermLines(terms, words, (day) => day)]
    .map((line) => `<p>${escapeHtml(line)}</p>`)
    .join('\n');
}

/** Returns when the incident ended, if the update states it. */
export function endedHtml({ started, ended }: IncidentUpdateRecord, words: Words): string {
  const { feeds } = words;
  if (ended === null) return '';
  return `<p>${started === null ? feeds.ended(utcTime(ended, words)) : feeds.window(utcTime(started, words), utcTime(ended, words))}</p>`;
}

/** Returns when the update was edited. Feed readers show edited items again, and this explains why. */
export function editedHtml({ edited }: { readonly edited: Instant | null }, words: Words): string {
  return edited === null ? '' : `<p>${words.feeds.edited(utcTime(edited, words))}</p>`;
}

/** Joins paragraphs and leaves out empty ones. */
export function htmlLines(...parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join('\n');
}

/** Which updates a feed contains. */
type FeedScope =
  { readonly kind: 'all' } | { readonly kind: 'maintenance' } | { readonly kind: 'component'; readonly id: string };

/** An update that a feed may contain. Its item renders the text, so it's only created if needed. */
type Entry = { readonly at: Instant; readonly link: string; readonly item: () => FeedItem };

/**
 * Creates a feed item for an update. It only contains what's in the update's file, so that later changes (another
 * update, a new title, a changed setting) don't change it: feed readers and Slack show changed items again. Its id is
 * its permalink in all formats, so people who follow two feeds see it once. Its title has the status, the title at
 * that time and the time in UTC, because some readers treat items with the same title as one.
 */
function updateItem(
  site: Site,
  page: string,
  record: Pick<UpdateRecord<string>, 'id' | 'at' | 'posted' | 'edited'>,
  text: { readonly status: string; readonly name: string; readonly html: () => string },
): Entry {
  const link = updatePermalink(site, page, record.id);
  const guid = `${identity(site.settings, page)}#${record.id}`;
  const at = publishedAt(record);
  const words = wordsFor(site.settings);
  const title = words.feeds.itemTitle(text.status, text.name, utcTime(record.at, words));
  return {
    at,
    link,
    item: () => ({ id: guid, guid, link, title, at, updated: record.edited ?? at, html: text.html() }),
  };
}

function incidentItems(site: Site, incident: Incident): Entry[] {
  const page = paths.incident(incident.slug);
  const words = wordsFor(site.settings);
  return incident.updates.map(({ record, title: name }) => {
    const html = (): string =>
      htmlLines(
        customerDataHtml(record, words),
        bodyHtml(site, page, record),
        endedHtml(record, words),
        remedyHtml(record, words),
        editedHtml(record, words),
      );
    return updateItem(site, page, record, { status: words.incidentStatus[record.status], name, html });
  });
}

function maintenanceItems(site: Site, maintenance: Maintenance): Entry[] {
  const page = paths.maintenance(maintenance.slug);
  const words = wordsFor(site.settings);
  return maintenance.updates.map((update) => {
    const { record, title: name } = update;
    const { scheduledFor, scheduledUntil } = record;
    const window =
      scheduledFor === null || scheduledUntil === null
        ? ''
        : `<p>${words.feeds.window(utcTime(scheduledFor, words), utcTime(scheduledUntil, words))}</p>`;
    const status = words.feeds.maintenanceStatus(maintenanceUpdateStatus(words, update));
    return updateItem(site, page, record, {
      status,
      name,
      html: () => htmlLines(window, bodyHtml(site, page, record), editedHtml(record, words)),
    });
  });
}

/** Returns the front matter's content, with a link to the postmortem. */
export function postmortemNewsHtml(site: Site, postmortem: Postmortem): string {
  const address = escapeHtml(absolute(site.settings, paths.postmortem(postmortem.slug)));
  const { readPostmortem } = wordsFor(site.settings).feeds;
  return htmlLines(postmortemNews(site, postmortem), `<p><a href="${address}">${readPostmortem}</a></p>`);
}

/** The addresses of an item that is about a whole page. */
export function addresses({ settings }: Site, page: string): Pick<FeedItem, 'id' | 'guid' | 'link'> {
  const guid = identity(settings, page);
  return { id: guid, guid, link: absolute(settings, page) };
}

/** Creates a feed item for a page that is published once. `kind` is its kind in words. */
function pageItem(site: Site, page: string, kind: string, name: string, at: Instant, html: () => string): Entry {
  const where = addresses(site, page);
  const words = wordsFor(site.settings);
  const title = words.feeds.itemTitle(kind, name, utcTime(at, words));
  return { at, link: where.link, item: () => ({ ...where, title, at, updated: at, html: html() }) };
}

/** Uses the same id as in the postmortem feed, so that readers of both feeds show it once. */
function postmortemItem(site: Site, postmortem: Postmortem): Entry {
  const { title, published, slug } = postmortem;
  const { postmortem: kind } = wordsFor(site.settings).feeds;
  const html = (): string => postmortemNewsHtml(site, postmortem);
  return pageItem(site, paths.postmortem(slug), kind, title, published, html);
}

function announcementItem(site: Site, announcement: Announcement): Entry {
  const { title, from, slug } = announcement;
  const { announcement: kind } = wordsFor(site.settings).feeds;
  const html = (): string => announcementHtml(site, announcement);
  return pageItem(site, paths.announcement(slug), kind, title, from, html);
}

/**
 * Keeps feeds small, regardless of how long the history is. The newest update of an open incident is always included.
 */
export const feedLength = 100;

const newestFirst = (a: { at: Instant; link: string }, b: { at: Instant; link: string }): number =>
  b.at - a.at || (a.link < b.link ? 1 : -1);

/** What feed items can be about. */
type Subject = Incident | Maintenance | Postmortem | Announcement;

/** A subject, with the time of its latest publication. */
type Source = {
  readonly at: Instant;
  readonly link: string;
  readonly of: Subject;
  /** Whether its newest item stays in the feed, no matter how old. True for open incidents. */
  readonly stays: boolean;
  readonly entries: () => Entry[];
};

function sources(site: Site, scope: FeedScope): Source[] {
  const concerns = (components: object): boolean => scope.kind !== 'component' || scope.id in components;
  const newest = ({ updates }: Incident | Maintenance): Instant =>
    Math.max(...updates.map(({ record }) => publishedAt(record)));
  const source = (of: Subject, at: Instant, entries: () => Entry[], stays = false): Source => ({
    of,
    at,
    link: of.slug,
    entries,
    stays,
  });
  return [
    ...site.incidents
      .filter(({ worstComponents }) => scope.kind !== 'maintenance' && concerns(worstComponents))
      .map((of) => source(of, newest(of), () => incidentItems(site, of), isOpen(of))),
    ...site.maintenances
      .filter(({ components }) => concerns(components))
      .map((of) => source(of, newest(of), () => maintenanceItems(site, of))),
    ...site.postmortems
      .filter(({ slug }) => announcedPostmortem(site, slug) !== null)
      .filter(
        ({ slug }) => scope.kind !== 'maintenance' && concerns(incidentsBySlug(site).get(slug)?.worstComponents ?? {}),
      )
      .map((of) => source(of, of.published, () => [postmortemItem(site, of)])),
    ...(scope.kind === 'all' ? publishedAnnouncements(site) : []).map((of) =>
      source(of, of.from, () => [announcementItem(site, of)]),
    ),
  ];
}

const newestSources = (site: Site, scope: FeedScope): Source[] =>
  sources(site, scope)
    .toSorted(newestFirst)
    .filter(({ stays }, index) => index < feedLength || stays);

export function feedSources(site: Site, scope: FeedScope): readonly Subject[] {
  return newestSources(site, scope).map(({ of }) => of);
}

/** Returns the newest updates, postmortems and announcements of the site or a part of it, newest first. */
export function feedItems(site: Site, scope: FeedScope = { kind: 'all' }): FeedItem[] {
  return newestSources(site, scope)
    .flatMap(({ stays, entries }) =>
      entries()
        .toSorted(newestFirst)
        .map((entry, index) => ({ ...entry, stays: stays && index === 0 })),
    )
    .toSorted(newestFirst)
    .filter(({ stays }, index) => stays || index < feedLength)
    .map(({ item }) => item());
}
