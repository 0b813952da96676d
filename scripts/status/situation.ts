import type { Incident } from '../../src/domain/incident.ts';
import type { Instant } from '../../src/domain/instant.ts';
import { type Maintenance, maintenanceStatus } from '../../src/domain/maintenance.ts';
import { isOverdue, nextCheckIn } from '../../src/domain/promise.ts';
import { openIncidents, type Site } from '../../src/domain/site.ts';
import type { MaintenanceStatus } from '../../src/domain/vocabulary.ts';
import type { Zone } from '../writing/both-times.ts';

export type OpenIncident = {
  readonly incident: Incident;
  /** When the team next checks in with itself. */
  readonly checkIn: Instant;
  /** By when customers were promised to hear more; null for no promise. */
  readonly promised: Instant | null;
  readonly overdue: boolean;
};

export type ComingMaintenance = { readonly maintenance: Maintenance; readonly status: MaintenanceStatus };

/** What a responder needs to know at `now`. */
export type Situation = {
  readonly now: Instant;
  readonly url: string;
  readonly zone: Zone;
  readonly priorities: readonly string[];
  /** The one whose promise is due first comes first. */
  readonly incidents: readonly OpenIncident[];
  /** Running and to come, the next first. */
  readonly maintenances: readonly ComingMaintenance[];
};

export function situation(site: Site): Situation {
  const { now, settings } = site;
  const incidents = openIncidents(site).map((incident) => ({
    incident,
    checkIn: nextCheckIn(incident.startedAt, now, settings.cadence),
    promised: incident.promised,
    overdue: isOverdue(incident.promised, now),
  }));
  const maintenances = site.maintenances
    .map((maintenance) => ({ maintenance, status: maintenanceStatus(maintenance, now) }))
    .filter(({ status }) => status !== 'completed');
  return {
    now,
    url: settings.url,
    zone: settings,
    priorities: settings.priorities,
    incidents: incidents.toSorted((a, b) => (a.promised ?? Infinity) - (b.promised ?? Infinity) || b.incident.startedAt - a.incident.startedAt),
    maintenances: maintenances.toSorted((a, b) => a.maintenance.window.from - b.maintenance.window.from),
  };
}
