import { type Announcement, publishedAnnouncements } from './announcement.ts';
import { dayOf, type Instant, publishedAt, startOf } from './calendar.ts';
import { type Incident, isOpen } from './incident.ts';
import { isRunning, type Maintenance, maintenanceStatus } from './maintenance.ts';
import type { OwnPage } from './page.ts';
import type { Postmortem } from './postmortem.ts';
import { overdueFrom } from './promise.ts';
import type { Settings } from './settings.ts';
import type { Template } from './template.ts';
import {
  type Component,
  type ComponentGroup,
  type ComponentStates,
  type ComponentStatus,
  impacts,
  worstStatus,
  type ImageFile,
} from './vocabulary.ts';

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

/** All that the content says, and the moment it is looked at. Everything published follows from it. */
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
  /** Newest first; those to come as well. */
  readonly announcements: readonly Announcement[];
  /** Pages that the content adds, in the order of the navigation. */
  readonly pages: readonly OwnPage[];
  /** The images that texts show. */
  readonly images: readonly (ImageFile & { readonly bytes: Uint8Array })[];
  /** Texts to begin an update with: those of the content and those that Halfpast brings. */
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

/** When each update, postmortem and announcement was published: the dates of feed items. */
export function publicationTimes(
  site: Pick<Site, 'incidents' | 'maintenances' | 'postmortems' | 'announcements' | 'now'>,
): Instant[] {
  const { incidents, maintenances, postmortems } = site;
  const updates = [...incidents, ...maintenances].flatMap((one) =>
    one.updates.map(({ record }) => publishedAt(record)),
  );
  return [
    ...updates,
    ...postmortems.map(({ published }) => published),
    ...publishedAnnouncements(site).map(({ from }) => from),
  ];
}

/** The components that are shown. */
export function currentComponents(site: Site): Component[] {
  return allComponents(site).filter((component) => !component.retired);
}

export function runningMaintenances(site: Site): Maintenance[] {
  return site.maintenances.filter((maintenance) => isRunning(maintenance, site.now));
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

/** Every such moment the content knows of; of midnights in the site's time zone the last one before `to`. */
function all(site: Site, to: Instant): Boundary[] {
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
 * What the clock alone has changed on a page that was built for `from`, by `to`: after `from`, up to
 * and including `to`, oldest first. Of several midnights only the last is told.
 */
export function boundariesBetween(site: Site, from: Instant, to: Instant): Boundary[] {
  return all(site, to)
    .filter(({ at }) => at > from && at <= to)
    .toSorted((a, b) => a.at - b.at);
}
