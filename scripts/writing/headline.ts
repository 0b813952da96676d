import { type Incident, isOpen } from '../../src/domain/incident.ts';
import type { Instant } from '../../src/domain/instant.ts';
import { type Maintenance, maintenanceStatus } from '../../src/domain/maintenance.ts';
import { durationInWords } from '../../src/views/time.ts';
import { bothTimes, type Zone } from './both-times.ts';
import { label } from './words.ts';

/** `Checkout errors in Europe: major impact, open for 1 hour`, for the person who is about to write of it. */
export function incidentHeadline(incident: Incident, now: Instant): string {
  const since = Math.max(0, now - (incident.resolvedAt ?? incident.startedAt));
  const state = isOpen(incident) ? `open for ${durationInWords(since)}` : `resolved ${durationInWords(since)} ago`;
  return `${incident.title}: ${label(incident.impact).toLowerCase()}, ${state}`;
}

/** `Database upgrade: scheduled, 2026-12-01T22:00Z (23:00 CET) to 2026-12-02T00:00Z (01:00 CET)` */
export function maintenanceHeadline(maintenance: Maintenance, now: Instant, zone: Zone): string {
  const { from, to } = maintenance.window;
  return `${maintenance.title}: ${label(maintenanceStatus(maintenance, now)).toLowerCase()}, ${bothTimes(from, zone)} to ${bothTimes(to, zone)}`;
}
