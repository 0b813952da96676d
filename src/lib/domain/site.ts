import { dayOf, type Instant, publishedAt, startOf } from './calendar.ts';
import { type Incident, isOpen } from './incident.ts';
import { isRunning, type Maintenance, maintenanceStatus } from './maintenance.ts';
import type { Postmortem } from './postmortem.ts';
import { overdueFrom } from './promise.ts';
import type { Settings } from './settings.ts';
import type { Template } from './template.ts';
import type { Translatable } from './translation.ts';
import {
  type Component,
  type ComponentGroup,
  type ComponentStates,
  type ComponentStatus,
  impacts,
  worstStatus,
  type ImageFile,
  type ShownImage,
} from './vocabulary.ts';

/** Something customers should know that is neither an incident nor maintenance. */
export type Announcement = Translatable & {
  /** The name of its file; part of its address. */
  readonly slug: string;
  readonly title: string;
  /** When it is published, which may be in the future. */
  readonly from: Instant;
  /** Until when the index shows it. Its page stays. */
  readonly until: Instant;
  /** Whether it stands above open incidents. */
  readonly pinned: boolean;
  /** Markdown. */
  readonly body: string;
};

/** A page that the content adds. */
export type OwnPage = Translatable & {
  /** Its address below the site: `/slug/`. */
  readonly slug: string;
  readonly title: string;
  /** Its place in the navigation among the others, behind the pages that every site has; null if it isn't there. */
  readonly navigation: number | null;
  /** Markdown. */
  readonly body: string;
  readonly images: readonly ShownImage[];
};

/** Everything in the content, and the moment it is shown at. Everything published follows from it. */
export type Site = {
  readonly now: Instant;
  readonly settings: Settings;
  readonly groups: readonly ComponentGroup[];
  /** Newest first, by start. */
  readonly incidents: readonly Incident[];
  /** Newest first, by the start of the window. */
  readonly maintenances: readonly Maintenance[];
  /** Published ones only, newest first. */
  readonly postmortems: readonly Postmortem[];
  /** Newest first, including those that aren't published yet. */
  readonly announcements: readonly Announcement[];
  /** Pages that the content adds, in the order of the navigation. */
  readonly pages: readonly OwnPage[];
  /** The images that texts show. */
  readonly images: readonly (ImageFile & { readonly bytes: Uint8Array })[];
  /** Texts to start an update with: those in the content, and the built-in ones. */
  readonly templates: readonly Template[];
};

export function allComponents(site: Site): Component[] {
  return site.groups.flatMap((group) => group.components);
}

/** Open incidents, the gravest first, then the newest. */
export function openIncidents(site: Site): Incident[] {
  return site.incidents.filter(isOpen).toSorted((a, b) => impacts.indexOf(b.impact) - impacts.indexOf(a.impact));
}

/** Maintenance that is announced or runs at `now`, soonest first. */
export function maintenancesAhead({ maintenances, now }: Site): Maintenance[] {
  return maintenances.filter((maintenance) => maintenanceStatus(maintenance, now) !== 'completed').toReversed();
}

/** Announcements that are published at `now`, newest first. */
export function publishedAnnouncements({ announcements, now }: Pick<Site, 'announcements' | 'now'>): Announcement[] {
  return announcements.filter(({ from }) => from <= now);
}

/** An item of the feeds: when it was published, and its file, relative to the content folder. */
type Publication = {
  readonly kind: 'update' | 'postmortem' | 'announcement';
  readonly file: string;
  readonly at: Instant;
  /** Of an update: whether it was posted later than the time in the name of its file. */
  readonly isPosted?: boolean;
};

/** Every update, postmortem and announcement that was published, updates first. */
export function publications(
  site: Pick<Site, 'incidents' | 'maintenances' | 'postmortems' | 'announcements' | 'now'>,
): Publication[] {
  const { incidents, maintenances, postmortems } = site;
  const updatesIn = (folder: string, events: readonly (Incident | Maintenance)[]): Publication[] =>
    events.flatMap(({ slug, updates }) =>
      updates.map(({ record }) => ({
        kind: 'update',
        file: `${folder}/${slug}/${record.id}.md`,
        at: publishedAt(record),
        isPosted: record.posted !== null,
      })),
    );
  const postmortemFiles = postmortems.map(({ slug, published }): Publication => ({
    kind: 'postmortem',
    file: `postmortems/${slug}.md`,
    at: published,
  }));
  const announcementFiles = publishedAnnouncements(site).map(({ slug, from }): Publication => ({
    kind: 'announcement',
    file: `announcements/${slug}.md`,
    at: from,
  }));
  return [
    ...updatesIn('incidents', incidents),
    ...updatesIn('maintenance', maintenances),
    ...postmortemFiles,
    ...announcementFiles,
  ];
}

/** The components that are shown. */
export function currentComponents(site: Site): Component[] {
  return allComponents(site).filter((component) => !component.retired);
}

export function runningMaintenances(site: Site): Maintenance[] {
  return site.maintenances.filter((maintenance) => isRunning(maintenance, site.now));
}

/** Statuspage's indicator: what monitoring scripts read. */
export type Indicator = 'none' | 'maintenance' | 'minor' | 'major' | 'critical';

/** The worst status of a component; `total_outage` when every component has a major outage. */
export type SiteCondition = ComponentStatus | 'total_outage';

type SiteState = { readonly indicator: Indicator; readonly condition: SiteCondition };

export const indicators: Readonly<Record<SiteCondition, Indicator>> = {
  operational: 'none',
  under_maintenance: 'maintenance',
  degraded_performance: 'minor',
  partial_outage: 'minor',
  major_outage: 'major',
  total_outage: 'critical',
};

/** The overall state, from the statuses of all components that are shown, by Statuspage's rules. */
export function overallState(statuses: readonly ComponentStatus[]): SiteState {
  const isTotal = statuses.length > 0 && statuses.every((status) => status === 'major_outage');
  const condition = isTotal ? 'total_outage' : worstStatus(statuses);
  return { indicator: indicators[condition], condition };
}

/** The status of every component at `now`: the worst that an open incident or running maintenance says. */
export function componentStatusesNow(site: Site): Map<string, ComponentStatus> {
  const claims: ComponentStates[] = [
    ...openIncidents(site).map(({ components }) => components),
    ...runningMaintenances(site).map(({ components }) => components),
  ];
  return new Map(allComponents(site).map(({ id }) => [id, worstStatus(claims.flatMap((claim) => claim[id] ?? []))]));
}

/** The overall state at `now`, from the components that are shown. */
export function siteState(site: Site): SiteState {
  const statuses = componentStatusesNow(site);
  return overallState(currentComponents(site).map(({ id }) => statuses.get(id) ?? 'operational'));
}

/** A moment at which the page changes without a new update. */
export type Boundary = {
  readonly at: Instant;
  readonly kind:
    | 'maintenance begins'
    | 'maintenance ends'
    | 'announcement begins'
    | 'announcement ends'
    | 'update overdue'
    | 'new day';
  /** The incident, maintenance or announcement; null for the calendar. */
  readonly slug: string | null;
};

/** Every such moment in the content, and the last midnight in the site's time zone before `to`. */
function allBoundaries(site: Site, to: Instant): Boundary[] {
  const { timeZone } = site.settings;
  return [
    ...site.maintenances.flatMap(({ slug, actual }): Boundary[] => [
      { at: actual.from, kind: 'maintenance begins', slug },
      { at: actual.to, kind: 'maintenance ends', slug },
    ]),
    ...site.announcements.flatMap(({ slug, from, until }): Boundary[] => [
      { at: from, kind: 'announcement begins', slug },
      { at: until, kind: 'announcement ends', slug },
    ]),
    ...openIncidents(site).flatMap(({ slug, promised }): Boundary[] =>
      promised === null ? [] : [{ at: overdueFrom(promised), kind: 'update overdue', slug }],
    ),
    { at: startOf(dayOf(to, timeZone), timeZone), kind: 'new day', slug: null },
  ];
}

/**
 * What the clock alone has changed by `to` on a page that was built for `from`: after `from`, up to and including `to`,
 * oldest first. Of several midnights, only the last one is included.
 */
export function boundariesBetween(site: Site, from: Instant, to: Instant): Boundary[] {
  return allBoundaries(site, to)
    .filter(({ at }) => at > from && at <= to)
    .toSorted((a, b) => a.at - b.at);
}
