import { createHash } from 'node:crypto';
import { updateRecords } from '../../../src/lib/api/history.ts';
import { type Instant, isoTime, publishedAt } from '../../../src/lib/domain/calendar.ts';
import type { Incident } from '../../../src/lib/domain/incident.ts';
import type { Maintenance } from '../../../src/lib/domain/maintenance.ts';
import type { Postmortem } from '../../../src/lib/domain/postmortem.ts';
import { publishedAnnouncements, type Site } from '../../../src/lib/domain/site.ts';
import {
  type ComponentStates,
  type CustomerData,
  type Impact,
  impactOf,
  impacts,
  worstStatus,
} from '../../../src/lib/domain/vocabulary.ts';
import { plainText } from '../../../src/lib/plain-text.ts';
import { bodyHtml, incidentsBySlug, onceFor } from '../../../src/lib/views/lookup.ts';
import { absolute, paths, updatePermalink } from '../../../src/lib/views/paths.ts';
import { announcementHtml } from '../../../src/lib/views/announcement-page.ts';
import { postmortemNews } from '../../../src/lib/views/postmortem-page.ts';
import { maintenanceUpdateStatus, type Words, wordsFor } from '../../../src/lib/words/words.ts';

const hash = (...said: readonly string[]): string =>
  createHash('sha256').update(said.join('\n')).digest('hex').slice(0, 32);

const postmortemId = ({ slug }: Postmortem): string => `postmortems/${slug}`;

/** A hash of the text of each update and postmortem, by its id in the record. */
export const hashesById = onceFor(
  (site: Site): ReadonlyMap<string, string> =>
    new Map([
      ...updateRecords(site).map(
        ({ kind, slug, update, title, hash: said }) =>
          [`${kind === 'incident' ? 'incidents' : 'maintenance'}/${slug}/${update}`, hash(title, said)] as const,
      ),
      ...site.postmortems.map(
        (post) => [postmortemId(post), hash(post.title, isoTime(post.published), post.summary)] as const,
      ),
    ]),
);

/**
 * What an incident or maintenance has been about up to an update: all components named so far, and the worst impact so
 * far. It only grows, so that a channel that got one update gets all that follow.
 */
type Reach = { readonly components: readonly string[]; readonly impact: Impact };

const nowhere: Reach = { components: [], impact: 'none' };

const worse = (a: Impact, b: Impact): Impact => (impacts.indexOf(a) > impacts.indexOf(b) ? a : b);

type Updates = Incident['updates'] | Maintenance['updates'];

/** The reach after each update, oldest first. */
function reaches(updates: readonly Updates[number][]): Reach[] {
  const named = new Set<string>();
  let [stated, worst]: [Impact | null, Impact] = [null, 'none'];
  let states: ComponentStates = {};
  return updates.map(({ record }) => {
    states = { ...states, ...record.components };
    Object.keys(states).forEach((id) => named.add(id));
    if ('impact' in record) {
      stated = record.impact ?? stated;
      worst = worse(worst, stated ?? impactOf(worstStatus(Object.values(record.components ?? {}))));
    }
    return { components: [...named], impact: worst };
  });
}

/** An update or postmortem, as sent to the channels. */
export type Notice = {
  /** Never changes: `incidents/<slug>/<file name>`, or `postmortems/<slug>`. */
  readonly id: string;
  readonly kind: 'incident' | 'maintenance' | 'postmortem' | 'announcement';
  /** The slug of the incident or maintenance. */
  readonly slug: string;
  /** A hash of its text: see hashesById. */
  readonly said: string;
  /** The ids of the earlier updates of the same incident, oldest first. */
  readonly earlier: readonly string[];
  readonly siteName: string;
  readonly at: Instant;
  /** The incident's title at that time. */
  readonly title: string;
  /** The status in the file; `postmortem` for a postmortem. */
  readonly status: string;
  /** Status and title in words; for a postmortem, its own title. */
  readonly heading: string;
  /** The impact known so far; null for maintenance. */
  readonly impact: Impact | null;
  readonly customerData: CustomerData | null;
  /** The states of the components after it. */
  readonly components: ComponentStates;
  /** The ids of all components that its incident is about. It appears in their feeds. */
  readonly concerns: readonly string[];
  /** Decides which channels get it. */
  readonly reach: Reach;
  /** False for a postmortem that's only news in its own feed. */
  readonly announced: boolean;
  /** Sanitized HTML, and the same as plain text. */
  readonly html: string;
  readonly text: string;
  readonly permalink: string;
  /** Its incident's page. */
  readonly page: string;
  /** What else messages say, in the site's language. */
  readonly words: Words['notice'];
};

/** What a chat or an email shows of a notice. Reminders have only this. */
export type ShownNotice = Pick<
  Notice,
  'id' | 'earlier' | 'siteName' | 'at' | 'heading' | 'html' | 'text' | 'permalink'
> & { readonly words: Pick<Words['notice'], 'summary' | 'subject' | 'link' | 'emailLink'> };

type WithoutHash = Omit<Notice, 'said'>;

/** The notices of an incident or a maintenance window, oldest first. `own` returns what only one of the two has. */
function updateNotices<Update extends Updates[number]>(
  site: Site,
  folder: 'incidents' | 'maintenance',
  { slug, updates }: { readonly slug: string; readonly updates: readonly Update[] },
  own: (update: Update) => Pick<Notice, 'kind' | 'heading' | 'impact' | 'customerData' | 'components' | 'concerns'>,
): WithoutHash[] {
  const path = folder === 'incidents' ? paths.incident(slug) : paths.maintenance(slug);
  const ids = updates.map(({ record }) => `${folder}/${slug}/${record.id}`);
  const reached = reaches(updates);
  return updates.map((update, index) => {
    const { record, title } = update;
    const html = bodyHtml(site, path, record);
    return {
      ...own(update),
      id: ids[index] ?? '',
      slug,
      earlier: ids.slice(0, index),
      siteName: site.settings.name,
      at: publishedAt(record),
      title,
      status: record.status,
      reach: reached[index] ?? nowhere,
      announced: true,
      html,
      // An image without a description has no text, and chats refuse empty messages.
      text: plainText(html) || title,
      permalink: updatePermalink(site, path, record.id),
      page: absolute(site.settings, path),
      words: wordsFor(site.settings).notice,
    };
  });
}

function incidentNotices(site: Site, incident: Incident): WithoutHash[] {
  const { notice, incidentStatus } = wordsFor(site.settings);
  return updateNotices(site, 'incidents', incident, ({ record, title, components, customerData }) => ({
    kind: 'incident',
    heading: notice.heading(incidentStatus[record.status], title),
    impact: incident.impact,
    customerData,
    components,
    concerns: Object.keys(incident.worstComponents),
  }));
}

function maintenanceNotices(site: Site, maintenance: Maintenance): WithoutHash[] {
  const words = wordsFor(site.settings);
  const { components } = maintenance;
  return updateNotices(site, 'maintenance', maintenance, (update) => ({
    kind: 'maintenance',
    heading: words.notice.heading(words.notice.maintenanceStatus(maintenanceUpdateStatus(words, update)), update.title),
    impact: null,
    customerData: null,
    components,
    concerns: Object.keys(components),
  }));
}

function postmortemNotices(site: Site, from: Instant): WithoutHash[] {
  const words = wordsFor(site.settings);
  return site.postmortems
    .filter(({ published }) => published >= from)
    .flatMap((postmortem): WithoutHash[] => {
      const { slug, published: at, title, customerData } = postmortem;
      const incident = incidentsBySlug(site).get(slug);
      if (incident === undefined) return [];
      const html = postmortemNews(site, postmortem);
      return [
        {
          id: postmortemId(postmortem),
          kind: 'postmortem',
          slug,
          earlier: incident.updates.map(({ record }) => `incidents/${slug}/${record.id}`),
          siteName: site.settings.name,
          at,
          title: incident.title,
          status: 'postmortem',
          heading: words.notice.heading(words.feeds.postmortem, title),
          impact: incident.impact,
          customerData,
          components: incident.components,
          concerns: Object.keys(incident.worstComponents),
          reach: reaches(incident.updates).at(-1) ?? nowhere,
          announced: postmortem.notify === true,
          html,
          text: plainText(html),
          permalink: absolute(site.settings, paths.postmortem(slug)),
          page: absolute(site.settings, paths.incident(slug)),
          words: words.notice,
        },
      ];
    });
}

/** Announcements, which are only in feeds, so only hubs get them. */
function announcementNotices(site: Site, from: Instant): WithoutHash[] {
  const { notice, feeds } = wordsFor(site.settings);
  return publishedAnnouncements(site)
    .filter((announcement) => announcement.from >= from)
    .map((announcement) => {
      const { slug, title, from: at } = announcement;
      const html = announcementHtml(site, announcement);
      const permalink = absolute(site.settings, paths.announcement(slug));
      return {
        ...{ id: `announcements/${slug}`, kind: 'announcement', slug, earlier: [], siteName: site.settings.name, at },
        ...{ title, status: 'announcement', heading: notice.heading(feeds.announcement, title) },
        ...{ impact: null, customerData: null, components: {}, concerns: [], reach: nowhere, announced: false },
        ...{ html, text: plainText(html), permalink, page: permalink, words: notice },
      } as const;
    });
}

/** The updates, postmortems and announcements published at `from` or later, oldest first. */
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
    ...postmortemNotices(site, from),
    ...announcementNotices(site, from),
  ]
    .filter(({ at }) => at >= from)
    .sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1))
    .map((notice) => ({ ...notice, said: said.get(notice.id) ?? '' }));
}
