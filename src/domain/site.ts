import type { Component, ComponentGroup, ComponentStates } from './component.ts';
import { type Incident, isOpen } from './incident.ts';
import type { Instant } from './instant.ts';
import { isRunning, type Maintenance, maintenanceStatus } from './maintenance.ts';
import type { Postmortem } from './postmortem.ts';
import type { Settings } from './settings.ts';
import type { Template } from './template.ts';
import { overallState, type SiteState } from './site-state.ts';
import { type ComponentStatus, impacts, worstStatus } from './vocabulary.ts';

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

/** The components that are shown. */
export function currentComponents(site: Site): Component[] {
  return allComponents(site).filter((component) => !component.retired);
}

function runningMaintenances(site: Site): Maintenance[] {
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
