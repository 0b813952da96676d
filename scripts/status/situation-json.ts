import { type Instant, isoTime } from '../../src/domain/instant.ts';
import type { ComingMaintenance, OpenIncident, Situation } from './situation.ts';

const time = (instant: Instant | null): string | null => (instant === null ? null : isoTime(instant));

function incidentJson({ incident, checkIn, promised, overdue }: OpenIncident, url: string): object {
  return {
    slug: incident.slug,
    title: incident.title,
    status: incident.status,
    impact: incident.impact,
    components: incident.components,
    customer_data: incident.customerData,
    lead: incident.lead,
    comms: incident.comms,
    started_at: time(incident.startedAt),
    updated_at: time(incident.updates.at(-1)?.record.at ?? null),
    next_check_in: time(checkIn),
    next_update: time(promised),
    overdue,
    address: `${url}/incidents/${incident.slug}/`,
  };
}

function maintenanceJson({ maintenance, status }: ComingMaintenance, url: string): object {
  return {
    slug: maintenance.slug,
    title: maintenance.title,
    status,
    components: maintenance.components,
    scheduled_for: time(maintenance.window.from),
    scheduled_until: time(maintenance.window.to),
    address: `${url}/maintenance/${maintenance.slug}/`,
  };
}

/** What `status --json` prints: times in UTC, null for what is not said. */
export function situationJson({ now, url, priorities, incidents, maintenances }: Situation): object {
  return {
    now: time(now),
    priorities,
    incidents: incidents.map((open) => incidentJson(open, url)),
    maintenances: maintenances.map((coming) => maintenanceJson(coming, url)),
  };
}
