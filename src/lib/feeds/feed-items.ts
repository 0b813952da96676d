import { type Instant, publishedAt } from '../domain/calendar.ts';
import { type Incident, type IncidentUpdateRecord, isOpen } from '../domain/incident.ts';
import type { Maintenance } from '../domain/maintenance.ts';
import type { Postmortem } from '../domain/postmortem.ts';
import { type Announcement, publishedAnnouncements, type Site } from '../domain/site.ts';
import { escapeHtml } from '../markdown.ts';
import { utcTime } from '../views/time.ts';
import {
  absolute,
  announcedPostmortem,
  bodyHtml,
  identity,
  incidentsBySlug,
  paths,
  updatePermalink,
} from '../views/lookup.ts';
import { announcementHtml } from '../views/announcement-page.ts';
import { remedyTermLines } from '../views/remedy.ts';
import { postmortemNews } from '../views/postmortem-page.ts';
import { maintenanceUpdateStatus, type Words, wordsFor } from '../words/words.ts';

/** One item of a feed, whatever the format. */
export type FeedItem = {
  /** For ever the same, and in no other item: by it, readers know what they have shown. */
  readonly id: string;
  /** Where it stands on the site. */
  readonly link: string;
  /** The same in the first language: the guid of RSS, which readers take for an address. */
  readonly guid: string;
  readonly title: string;
  /** When it was published. */
  readonly at: Instant;
  /** When it last changed; `at` if it never did. */
  readonly updated: Instant;
  readonly html: string;
};

/** A feed, whatever its format. */
export type Feed = {
  readonly title: string;
  readonly description: string;
  /** The page it belongs to. */
  readonly home: string;
  /** Its own address. */
  readonly self: string;
  /** The style for people who open it, as an address on its own host: it holds wherever the site is served. */
  readonly style: string;
  /** The script that makes titles links for them, as an address on its own host. */
  readonly script: string;
  /** Whose status it is. */
  readonly author: string;
  readonly language: string;
  /** The WebSub hub to notify about each update; null for none. */
  readonly hub: string | null;
  /** Newest first. */
  readonly items: readonly FeedItem[];
};

/** When something in a feed last changed; null for an empty one. */
export function lastChange({ items }: Feed): Instant | null {
  return items.length === 0 ? null : Math.max(...items.map(({ updated }) => updated));
}

/** The verdict on customer data as a paragraph; empty if the update has none. */
export function customerDataHtml({ customerData }: IncidentUpdateRecord, { feeds }: Words): string {
  return customerData === null ? '' : `<p><strong>${feeds.customerData(customerData)}</strong></p>`;
}

/** The remedy and its terms as paragraphs, only as far as the update itself has them. */
export function remedyHtml({ remedy, ...terms }: IncidentUpdateRecord, words: Words): string {
  return [...(remedy === null ? [] : [remedy]), ...remedyTermLines(terms, words, (day) => day)]
    .map((line) => `<p>${escapeHtml(line)}</p>`)
    .join('\n');
}

/** When the incident ended, if the update states it. */
export function endedHtml({ started, ended }: IncidentUpdateRecord, words: Words): string {
  const { feeds } = words;
  if (ended === null) return '';
  return `<p>${started === null ? feeds.ended(utcTime(ended, words)) : feeds.window(utcTime(started, words), utcTime(ended, words))}</p>`;
}

/** When the update was edited: feed readers show an edited item again, and this says why. */
export function editedHtml({ edited }: { readonly edited: Instant | null }, words: Words): string {
  return edited === null ? '' : `<p>${words.feeds.edited(utcTime(edited, words))}</p>`;
}

/** Joins paragraphs, leaving out empty ones. */
export function htmlLines(...parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join('\n');
}

/** Which updates a feed is about. */
type FeedScope =
  { readonly kind: 'all' } | { readonly kind: 'maintenance' } | { readonly kind: 'component'; readonly id: string };

/** An update that may be in a feed. Its item, which renders the text, is only made if it is. */
type Entry = { readonly at: Instant; readonly link: string; readonly item: () => FeedItem };

/** What updates of incidents and of maintenance have in common. */
type UpdateTimes = Readonly<Record<'posted' | 'edited', Instant | null>> & {
  readonly id: string;
  readonly at: Instant;
};

/**
 * One update as a feed item. It contains only what its own file says, so that nothing later (another update, a rename,
 * a changed setting) changes it: feed readers and Slack show a changed item again. Its id is its permalink in every
 * format, so that people who follow two feeds see it once. Its title has the status, the name at that time and the time
 * in UTC, because some readers take items with the same title for one.
 */
function updateItem(
  site: Site,
  page: string,
  record: UpdateTimes,
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

/** What its front matter says, and where to read it. */
export function postmortemNewsHtml(site: Site, postmortem: Postmortem): string {
  const address = escapeHtml(absolute(site.settings, paths.postmortem(postmortem.slug)));
  const { readPostmortem } = wordsFor(site.settings).feeds;
  return htmlLines(postmortemNews(site, postmortem), `<p><a href="${address}">${readPostmortem}</a></p>`);
}

/** Under the id that it has in the feed of postmortems, so that readers of both feeds show it once. */
function postmortemItem(site: Site, postmortem: Postmortem): Entry {
  const { title, published: at, slug } = postmortem;
  const link = absolute(site.settings, paths.postmortem(slug));
  const guid = identity(site.settings, paths.postmortem(slug));
  const words = wordsFor(site.settings);
  const item = (): FeedItem => ({
    ...{ id: guid, guid, link },
    title: words.feeds.itemTitle(words.feeds.postmortem, title, utcTime(at, words)),
    at,
    updated: at,
    html: postmortemNewsHtml(site, postmortem),
  });
  return { at, link, item };
}

function announcementItem(site: Site, announcement: Announcement): Entry {
  const { title, from: at, slug } = announcement;
  const link = absolute(site.settings, paths.announcement(slug));
  const guid = identity(site.settings, paths.announcement(slug));
  const words = wordsFor(site.settings);
  const item = (): FeedItem => ({
    ...{ id: guid, guid, link },
    title: words.feeds.itemTitle(words.feeds.announcement, title, utcTime(at, words)),
    at,
    updated: at,
    html: announcementHtml(site, announcement),
  });
  return { at, link, item };
}

/**
 * So that a feed stays small however long the history is. The newest update of an open incident comes on top of that.
 */
export const feedLength = 100;

const newestFirst = (a: { at: Instant; link: string }, b: { at: Instant; link: string }): number =>
  b.at - a.at || (a.link < b.link ? 1 : -1);

/** What a feed may have items of. */
type Subject = Incident | Maintenance | Postmortem | Announcement;

/** A subject with the time of what was published last. */
type Source = {
  readonly at: Instant;
  readonly link: string;
  readonly of: Subject;
  /** Whether its newest item stays in the feed, however old: that of an open incident. */
  readonly stays: boolean;
  readonly entries: () => Entry[];
};

function sources(site: Site, scope: FeedScope): Source[] {
  const concerns = (components: object): boolean => scope.kind !== 'component' || scope.id in components;
  const newest = (updates: readonly { readonly record: Pick<UpdateTimes, 'at' | 'posted'> }[]): Instant =>
    Math.max(...updates.map(({ record }) => publishedAt(record)));
  return [
    ...site.incidents
      .filter(({ worstComponents }) => scope.kind !== 'maintenance' && concerns(worstComponents))
      .map((of) => ({
        at: newest(of.updates),
        link: of.slug,
        of,
        stays: isOpen(of),
        entries: () => incidentItems(site, of),
      })),
    ...site.maintenances
      .filter(({ components }) => concerns(components))
      .map((of) => ({
        at: newest(of.updates),
        link: of.slug,
        of,
        stays: false,
        entries: () => maintenanceItems(site, of),
      })),
    ...site.postmortems
      .filter(({ slug }) => announcedPostmortem(site, slug) !== null)
      .filter(
        ({ slug }) => scope.kind !== 'maintenance' && concerns(incidentsBySlug(site).get(slug)?.worstComponents ?? {}),
      )
      .map((of) => ({
        at: of.published,
        link: of.slug,
        of,
        stays: false,
        entries: () => [postmortemItem(site, of)],
      })),
    ...(scope.kind === 'all' ? publishedAnnouncements(site) : []).map((of) => ({
      at: of.from,
      link: of.slug,
      of,
      stays: false,
      entries: () => [announcementItem(site, of)],
    })),
  ];
}

const newestSources = (site: Site, scope: FeedScope): Source[] =>
  sources(site, scope)
    .toSorted(newestFirst)
    .filter(({ stays }, index) => index < feedLength || stays);

export function feedSources(site: Site, scope: FeedScope): readonly Subject[] {
  return newestSources(site, scope).map(({ of }) => of);
}

/** The newest updates, postmortems and announcements of the site, or of a part of it, newest first. */
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
