import { createHash } from 'node:crypto';
import { updateRecords } from '../../../src/lib/api/history.ts';
import { type Instant, publishedAt } from '../../../src/lib/domain/calendar.ts';
import type { Incident } from '../../../src/lib/domain/incident.ts';
import type { Maintenance } from '../../../src/lib/domain/maintenance.ts';
import type { Site } from '../../../src/lib/domain/site.ts';
import type { ComponentStates, CustomerData, Impact } from '../../../src/lib/domain/vocabulary.ts';
import { plainText } from '../../../src/lib/plain-text.ts';
import { absolute, bodyHtml, onceFor, paths, updatePermalink } from '../../../src/lib/views/lookup.ts';
import { maintenanceUpdateStatus, type Words, wordsFor } from '../../../src/lib/words/words.ts';

/** What each update of a site says, title and words as a hash, by the id it has in the record. */
export const hashesById = onceFor(
  (site: Site): ReadonlyMap<string, string> =>
    new Map(
      updateRecords(site).map(({ kind, slug, update, title, hash }) => [
        `${kind === 'incident' ? 'incidents' : 'maintenance'}/${slug}/${update}`,
        createHash('sha256').update(`${title}\n${hash}`).digest('hex').slice(0, 32),
      ]),
    ),
);

/** An update as channels receive it. */
export type Notice = {
  /** For ever the same: `incidents/<slug>/<file name>`. */
  readonly id: string;
  readonly kind: 'incident' | 'maintenance';
  readonly slug: string;
  /** What it says, as a hash: see hashesById. */
  readonly said: string;
  /** The ids of the earlier updates of the same incident, oldest first. */
  readonly earlier: readonly string[];
  readonly siteName: string;
  readonly at: Instant;
  /** The name of the incident at that time. */
  readonly title: string;
  /** As the file says it, and in words. */
  readonly status: string;
  readonly statusWords: string;
  /** As far as is known now; null for a maintenance. */
  readonly impact: Impact | null;
  readonly customerData: CustomerData | null;
  /** In effect after it. */
  readonly components: ComponentStates;
  /** The ids of all components that its incident is about: it is news in their feeds. */
  readonly concerns: readonly string[];
  /** Clean HTML, and the same as plain text. */
  readonly html: string;
  readonly text: string;
  readonly permalink: string;
  /** Its incident's page. */
  readonly page: string;
  /** What messages say besides, in the site's language. */
  readonly words: Words['notice'];
};

/** A published postmortem. It only appears in its own feed, so only hubs are notified. */
type PostmortemNews = {
  /** `postmortems/<slug>`. */
  readonly id: string;
  readonly kind: 'postmortem';
  readonly at: Instant;
  readonly said: null;
};

/** What a channel may be told of. */
export type News = Notice | PostmortemNews;

type WithoutHash = Omit<Notice, 'said'>;

function incidentNotices(site: Site, incident: Incident): WithoutHash[] {
  const { slug, updates, impact, worstComponents } = incident;
  const path = paths.incident(slug);
  const words = wordsFor(site.settings);
  const ids = updates.map(({ record }) => `incidents/${slug}/${record.id}`);
  return updates.map(({ record, title, components, customerData }, index) => ({
    id: ids[index] ?? '',
    kind: 'incident',
    slug,
    earlier: ids.slice(0, index),
    siteName: site.settings.name,
    at: publishedAt(record),
    title,
    status: record.status,
    statusWords: words.incidentStatus[record.status],
    impact,
    customerData,
    components,
    concerns: Object.keys(worstComponents),
    html: bodyHtml(site, path, record),
    // An image without a description leaves no words, and chats refuse empty messages.
    text: plainText(bodyHtml(site, path, record)) || title,
    permalink: updatePermalink(site, path, record.id),
    page: absolute(site.settings, path),
    words: words.notice,
  }));
}

function maintenanceNotices(site: Site, { slug, updates, components }: Maintenance): WithoutHash[] {
  const path = paths.maintenance(slug);
  const words = wordsFor(site.settings);
  const ids = updates.map(({ record }) => `maintenance/${slug}/${record.id}`);
  return updates.map(({ record, title, cancels }, index) => ({
    id: ids[index] ?? '',
    kind: 'maintenance',
    slug,
    earlier: ids.slice(0, index),
    siteName: site.settings.name,
    at: publishedAt(record),
    title,
    status: record.status,
    statusWords: words.notice.maintenanceStatus(maintenanceUpdateStatus(words, { record, title, cancels })),
    impact: null,
    customerData: null,
    components,
    concerns: Object.keys(components),
    html: bodyHtml(site, path, record),
    // An image without a description leaves no words, and chats refuse empty messages.
    text: plainText(bodyHtml(site, path, record)) || title,
    permalink: updatePermalink(site, path, record.id),
    page: absolute(site.settings, path),
    words: words.notice,
  }));
}

/** The updates published at `from` or later, oldest first. */
export function notices(site: Site, from: Instant): Notice[] {
  const isRecent = ({
    updates,
  }: {
    readonly updates: readonly { readonly record: { readonly at: Instant; readonly posted: Instant | null } }[];
  }): boolean => updates.some(({ record }) => publishedAt(record) >= from);
  const said = hashesById(site);
  return [
    ...site.incidents.filter(isRecent).flatMap((incident) => incidentNotices(site, incident)),
    ...site.maintenances.filter(isRecent).flatMap((maintenance) => maintenanceNotices(site, maintenance)),
  ]
    .filter(({ at }) => at >= from)
    .sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1))
    .map((notice) => ({ ...notice, said: said.get(notice.id) ?? '' }));
}

/** The postmortems published at `from` or later, oldest first. */
export function postmortemNews(site: Site, from: Instant): PostmortemNews[] {
  return site.postmortems
    .filter(({ published }) => published >= from)
    .map(({ slug, published }): PostmortemNews => ({
      id: `postmortems/${slug}`,
      kind: 'postmortem',
      at: published,
      said: null,
    }))
    .sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
}
