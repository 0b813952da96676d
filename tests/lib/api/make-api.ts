import { foldIncident, type Incident, type IncidentUpdateRecord } from '../../../src/lib/domain/incident.ts';
import {
  foldMaintenance,
  type Maintenance,
  type MaintenanceUpdateRecord,
} from '../../../src/lib/domain/maintenance.ts';
import type { Site } from '../../../src/lib/domain/site.ts';
import { at, cadence, component } from '../domain/make.ts';
import { smallSite } from '../views/small-site.ts';

export const incidentNamed = (slug: string, ...updates: [IncidentUpdateRecord, ...IncidentUpdateRecord[]]): Incident =>
  foldIncident(slug, updates, cadence);

export const windowNamed = (
  slug: string,
  ...updates: [MaintenanceUpdateRecord, ...MaintenanceUpdateRecord[]]
): Maintenance => foldMaintenance(slug, updates);

/** A site with two components, `a` and `b`, and what is given. */
export function siteOf(given: Partial<Site> = {}, now = '2026-11-22T15:00Z'): Site {
  return smallSite({ now: at(now), groups: [{ name: null, components: [component('a'), component('b')] }], ...given });
}
