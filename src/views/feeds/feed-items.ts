import type { Incident } from '../../domain/incident.ts';
import type { Instant } from '../../domain/instant.ts';
import type { Maintenance } from '../../domain/maintenance.ts';
import type { Site } from '../../domain/site.ts';
import { paths } from '../links.ts';
import { utcTime } from '../time.ts';
import { bodyHtml, updatePermalink } from '../update-view.ts';
import { customerDataWords, incidentStatusWords, maintenanceStatusWords } from '../words.ts';
import { escapeHtml } from '../escape.ts';

/**
 * One update as a feed item. It says only what its own file says, so that nothing that happens later
 * (another update, a rename, a changed setting) changes it: readers and Slack show a changed item again.
 */
export type FeedItem = {
  /** Permalink and guid. */
  readonly link: string;
  /** Status, name at that time, time in UTC: no two items share one, since some readers compare titles. */
  readonly title: string;
  readonly at: Instant;
  readonly html: string;
};

function title(status: string, name: string, at: Instant): string {
  return `${status}: ${name} (${utcTime(at)})`;
}

/** An edited item is shown again by readers; this says why. */
function editedHtml(edited: Instant | null): string {
  return edited === null ? '' : `\n<p>Edited ${utcTime(edited)}.</p>`;
}

function incidentItems(site: Site, incident: Incident): FeedItem[] {
  const page = paths.incident(incident.slug);
  return incident.updates.map(({ record, title: name }) => {
    const facts = [
      record.customerData === null ? '' : `<p><strong>${customerDataWords[record.customerData]}.</strong></p>\n`,
      record.remedy === null ? '' : `\n<p>${escapeHtml(record.remedy)}</p>`,
    ];
    return {
      link: updatePermalink(site, page, record.id),
      title: title(incidentStatusWords[record.status], name, record.at),
      at: record.at,
      html: `${facts[0] ?? ''}${bodyHtml(site, page, record)}${facts[1] ?? ''}${editedHtml(record.edited)}`,
    };
  });
}

function maintenanceItems(site: Site, maintenance: Maintenance): FeedItem[] {
  const page = paths.maintenance(maintenance.slug);
  return maintenance.updates.map(({ record, title: name }) => {
    const { scheduledFor, scheduledUntil } = record;
    const window =
      scheduledFor === null || scheduledUntil === null
        ? ''
        : `<p>From ${utcTime(scheduledFor)} to ${utcTime(scheduledUntil)}.</p>\n`;
    return {
      link: updatePermalink(site, page, record.id),
      title: title(`Maintenance ${maintenanceStatusWords[record.status].toLowerCase()}`, name, record.at),
      at: record.at,
      html: `${window}${bodyHtml(site, page, record)}${editedHtml(record.edited)}`,
    };
  });
}

/** So that a feed stays small however long the history is. */
export const feedLength = 100;

const newestFirst = (a: { at: Instant; link: string }, b: { at: Instant; link: string }): number =>
  b.at - a.at || (a.link < b.link ? 1 : -1);

/** An incident or maintenance with the time of its newest update; its items are made only if needed. */
type Source = { readonly at: Instant; readonly link: string; readonly items: () => FeedItem[] };

function sources(site: Site, componentId: string | null): Source[] {
  const concerns = (components: object): boolean => componentId === null || componentId in components;
  const newest = (updates: readonly { readonly record: { readonly at: Instant } }[]): Instant =>
    updates.at(-1)?.record.at ?? 0;
  return [
    ...site.incidents
      .filter(({ worstComponents }) => concerns(worstComponents))
      .map((of) => ({ at: newest(of.updates), link: of.slug, items: () => incidentItems(site, of) })),
    ...site.maintenances
      .filter(({ components }) => concerns(components))
      .map((of) => ({ at: newest(of.updates), link: of.slug, items: () => maintenanceItems(site, of) })),
  ];
}

/** The newest updates of the site, or of one component, newest first. */
export function feedItems(site: Site, componentId: string | null = null): FeedItem[] {
  return sources(site, componentId)
    .toSorted(newestFirst)
    .slice(0, feedLength)
    .flatMap(({ items }) => items())
    .toSorted(newestFirst)
    .slice(0, feedLength);
}
