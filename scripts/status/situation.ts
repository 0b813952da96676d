import { type Incident, isOpen, latestUpdate } from '../../src/domain/incident.ts';
import type { Instant } from '../../src/domain/instant.ts';
import { type Maintenance, maintenanceStatus } from '../../src/domain/maintenance.ts';
import { isOverdue, nextCheckIn } from '../../src/domain/promise.ts';
import { openIncidents, type Site } from '../../src/domain/site.ts';
import type { MaintenanceStatus } from '../../src/domain/vocabulary.ts';
import { componentName } from '../../src/views/lookup.ts';
import { type StateView, stateViews } from '../../src/views/update-view.ts';

export type OpenIncident = {
  readonly incident: Incident;
  /** What it has brought about now, in words. */
  readonly states: readonly StateView[];
  /** When customers last heard of it. */
  readonly told: Instant;
  /** When the team next checks in with itself. */
  readonly checkIn: Instant;
  /** By when customers were promised to hear more, by the update at `told`; null for no promise. */
  readonly promised: Instant | null;
  readonly overdue: boolean;
};

export type ComingMaintenance = {
  readonly maintenance: Maintenance;
  readonly status: MaintenanceStatus;
  /** Names of the components it touches. */
  readonly touches: readonly string[];
};

/** What a responder needs to know at `now`. */
export type Situation = {
  readonly now: Instant;
  readonly url: string;
  readonly timeZone: string;
  readonly priorities: readonly string[];
  /** The one whose promise is due first comes first. */
  readonly incidents: readonly OpenIncident[];
  /** The incident that was over last; null when there was none. */
  readonly lastResolved: Incident | null;
  /** Running and to come, the next first. */
  readonly maintenances: readonly ComingMaintenance[];
};

export function situation(site: Site): Situation {
  const { now, settings } = site;
  const incidents = openIncidents(site).map((incident) => ({
    incident,
    states: stateViews(site, incident.components),
    told: latestUpdate(incident).record.at,
    checkIn: nextCheckIn(incident.startedAt, now, settings.cadence),
    promised: incident.promised,
    overdue: isOverdue(incident.promised, now),
  }));
  const maintenances = site.maintenances
    .map((maintenance) => ({
      maintenance,
      status: maintenanceStatus(maintenance, now),
      touches: Object.keys(maintenance.components).map((id) => componentName(site, id)),
    }))
    .filter(({ status }) => status !== 'completed');
  const [lastResolved] = site.incidents
    .filter((incident) => !isOpen(incident))
    .toSorted((a, b) => (b.resolvedAt ?? 0) - (a.resolvedAt ?? 0));
  return {
    now,
    url: settings.url,
    timeZone: settings.timeZone,
    priorities: settings.priorities,
    incidents: incidents.toSorted(
      (a, b) => (a.promised ?? Infinity) - (b.promised ?? Infinity) || b.incident.startedAt - a.incident.startedAt,
    ),
    lastResolved: lastResolved ?? null,
    maintenances: maintenances.toSorted((a, b) => a.maintenance.window.from - b.maintenance.window.from),
  };
}
