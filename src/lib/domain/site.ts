import { dayOf, type Day, type Instant, publishedAt, startOf } from './calendar.ts';
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

/** News for customers that is neither an incident nor maintenance. */
export type Announcement = Translatable & {
  /** Its file name, which is part of its URL. */
  readonly slug: string;
  readonly title: string;
  /** When to publish it. May be in the future. */
  readonly from: Instant;
  /** Until when the index shows it. Its page remains. */
  readonly until: Instant;
  /** Whether it's above open incidents. */
  readonly pinned: boolean;
  /** Markdown. */
  readonly body: string;
};

/** One of the project's own pages. */
export type OwnPage = Translatable & {
  /** Its path on the site: `/slug/`. */
  readonly slug: string;
  readonly title: string;
  /**
   * Its position in the navigation among the project's own pages, after the built-in ones; null if it isn't
   * in the navigation.
   */
  readonly navigation: number | null;
  /** Markdown. */
  readonly body: string;
  readonly images: readonly ShownImage[];
};

/** All content, and the time it's shown as of. Everything published is derived from this. */
export type Site = {
  readonly now: Instant;
  readonly settings: Settings;
  readonly groups: readonly ComponentGroup[];
  /** Newest first, by start. */
  readonly incidents: readonly Incident[];
  /** Newest first, by the start of the window. */
  readonly maintenances: readonly Maintenance[];
  /** Only published ones, newest first. */
  readonly postmortems: readonly Postmortem[];
  /** Newest first, including unpublished ones. */
  readonly announcements: readonly Announcement[];
  /** The project's own pages, in navigation order. */
  readonly pages: readonly OwnPage[];
  /** The images shown in texts. */
  readonly images: readonly (ImageFile & { readonly bytes: Uint8Array })[];
  /** Texts to start an update with, both from the content and built-in. */
  readonly templates: readonly Template[];
};

export function allComponents(site: Site): Component[] {
  return site.groups.flatMap((group) => group.components);
}

/**
 * Returns the first day on which a page can say that nothing happened; null if one of its components has no `since`.
 */
export function firstKnownDay(site: Site): Day | null {
  const begins = allComponents(site).map(({ since }) => since);
  return begins.length === 0 || begins.includes(null) ? null : (begins.toSorted()[0] ?? null);
}

/** Returns open incidents, the most severe first, then the newest. */
export function openIncidents(site: Site): Incident[] {
  return site.incidents.filter(isOpen).toSorted((a, b) => impacts.indexOf(b.impact) - impacts.indexOf(a.impact));
}

/** Returns maintenance that's scheduled or in progress at `now`, soonest first. */
export function maintenancesAhead({ maintenances, now }: Site): Maintenance[] {
  return maintenances.filter((maintenance) => maintenanceStatus(maintenance, now) !== 'completed').toReversed();
}

/** Returns the announcements published at `now`, newest first. */
export function publishedAnnouncements({ announcements, now }: Pick<Site, 'announcements' | 'now'>): Announcement[] {
  return announcements.filter(({ from }) => from <= now);
}

/** A feed item: when it was published, and its file relative to the content folder. */
type Publication = {
  readonly kind: 'update' | 'postmortem' | 'announcement';
  readonly file: string;
  readonly at: Instant;
  /** For updates: whether it was posted later than the time in its file name. */
  readonly isPosted?: boolean;
};

/** Returns all published updates, postmortems and announcements, updates first. */
export function publications(
  site: Pick<Site, 'incidents' | 'maintenances' | 'postmortems' | 'announcements' | 'now'>,
): Publication[] {
  const { incidents, maintenances, postmortems } = site;
  const updatesIn = (folder: string, events: readonly (Incident | Maintenance)[]) =>
    events.flatMap(({ slug, updates }) =>
      updates.map(({ record }) => ({
        kind: 'update' as const,
        file: `${folder}/${slug}/${record.id}.md`,
        at: publishedAt(record),
        isPosted: record.posted !== null,
      })),
    );
  const page = (kind: 'postmortem' | 'announcement', slug: string, at: Instant) => ({
    kind,
    file: `${kind}s/${slug}.md`,
    at,
  });
  return [
    ...updatesIn('incidents', incidents),
    ...updatesIn('maintenance', maintenances),
    ...postmortems.map(({ slug, published }) => page('postmortem', slug, published)),
    ...publishedAnnouncements(site).map(({ slug, from }) => page('announcement', slug, from)),
  ];
}

/** Returns the publications that are items of every feed: not the postmortems that aren't announced. */
export const announcedPublications = (site: Site): Publication[] =>
  publications({ ...site, postmortems: site.postmortems.filter(({ notify }) => notify === true) });

/** Returns the components that the page shows. */
export function currentComponents(site: Site): Component[] {
  return allComponents(site).filter((component) => !component.retired);
}

export function runningMaintenances(site: Site): Maintenance[] {
  return site.maintenances.filter((maintenance) => isRunning(maintenance, site.now));
}

/** Statuspage's indicator, which monitoring scripts read. */
export type Indicator = 'none' | 'maintenance' | 'minor' | 'major' | 'critical';

/** The worst component status; `total_outage` if all components have a major outage. */
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

/** Returns the overall state, from the statuses of all components that count, by Statuspage's rules. */
export function overallState(statuses: readonly ComponentStatus[]): SiteState {
  const isTotal = statuses.length > 0 && statuses.every((status) => status === 'major_outage');
  const condition = isTotal ? 'total_outage' : worstStatus(statuses);
  return { indicator: indicators[condition], condition };
}

/** Returns the status of all components at `now`: the worst in any open incident or maintenance in progress. */
export function componentStatusesNow(site: Site): Map<string, ComponentStatus> {
  const claims: ComponentStates[] = [
    ...openIncidents(site).map(({ components }) => components),
    ...runningMaintenances(site).map(({ components }) => components),
  ];
  return new Map(allComponents(site).map(({ id }) => [id, worstStatus(claims.flatMap((claim) => claim[id] ?? []))]));
}

/** Returns the overall state at `now`, from the current components, and retired ones while they're affected. */
export function siteState(site: Site): SiteState {
  const statuses = componentStatusesNow(site);
  const ofEach = allComponents(site).map(({ id, retired }) => ({ retired, status: statuses.get(id) ?? 'operational' }));
  return overallState(
    ofEach.filter(({ retired, status }) => !retired || status !== 'operational').map(({ status }) => status),
  );
}

/** A time when the page changes without a new update. */
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

/** Returns all boundaries in the content, and the last midnight in the site's time zone before `to`. */
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
 * Returns what the clock alone changes on a page between `from` (exclusive), for which it was built, and `to`
 * (inclusive), oldest first. Of several midnights, only includes the last.
 */
export function boundariesBetween(site: Site, from: Instant, to: Instant): Boundary[] {
  return allBoundaries(site, to)
    .filter(({ at }) => at > from && at <= to)
    .toSorted((a, b) => a.at - b.at);
}
