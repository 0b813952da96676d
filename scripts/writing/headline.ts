import { type Incident, isOpen } from '../../src/domain/incident.ts';
import type { Instant } from '../../src/domain/instant.ts';
import { type Maintenance, maintenanceStatus } from '../../src/domain/maintenance.ts';
import { durationInWords } from '../../src/views/time.ts';
import { bothTimes, type Zone } from './both-times.ts';
import { label } from './words.ts';

/** `investigating, major impact, open for 1 hour` */
export function incidentState(incident: Incident, now: Instant): string {
  const since = durationInWords(Math.max(0, now - (incident.resolvedAt ?? incident.startedAt)));
  const impact = label(incident.impact).toLowerCase();
  return isOpen(incident)
    ? `${label(incident.status).toLowerCase()}, ${impact}, open for ${since}`
    : `${impact}, resolved ${since} ago`;
}

/** `scheduled, 2026-12-01T22:00Z (23:00 CET) to 2026-12-02T00:00Z (01:00 CET)` */
export function maintenanceState(maintenance: Maintenance, now: Instant, zone: Zone): string {
  const { from, to } = maintenance.window;
  return `${label(maintenanceStatus(maintenance, now)).toLowerCase()}, ${bothTimes(from, zone)} to ${bothTimes(to, zone)}`;
}

/** `Checkout errors in Europe: investigating, major impact, open for 1 hour`, for the person who is about to write of it. */
export function incidentHeadline(incident: Incident, now: Instant): string {
  return `${incident.title}: ${incidentState(incident, now)}`;
}

export function maintenanceHeadline(maintenance: Maintenance, now: Instant, zone: Zone): string {
  return `${maintenance.title}: ${maintenanceState(maintenance, now, zone)}`;
}
