import { z } from 'zod';
import { publishedAt } from '../domain/calendar.ts';
import { isOpen, type UpdateRecord } from '../domain/incident.ts';
import { maintenanceStatus } from '../domain/maintenance.ts';
import type { Site } from '../domain/site.ts';
import type { MaintenanceStatus } from '../domain/vocabulary.ts';
import { viewedPath } from '../views/static-paths.ts';
import { apiComponents, componentSchema } from './components.ts';
import { apiIncident, type ApiIncident, incidentSchema } from './incidents.ts';
import { apiPage, apiStatus, pageSchema, statusSchema } from './page.ts';
import { apiMaintenance, type ApiMaintenance, maintenanceSchema } from './scheduled-maintenances.ts';

/** Statuspage lists the 50 newest. The full history is in `/api/history/`. */
const listed = 50;

const page = pageSchema;
const components = z.array(componentSchema).describe('As the page shows them, each group before its components.');
const incidents = z.array(incidentSchema);
const windows = z.array(maintenanceSchema);

/** The eight public endpoints of Statuspage's API v2, by name, relative to `/api/v2/` and without `.json`. */
export const v2Schemas = {
  summary: z.strictObject({
    page,
    components,
    incidents: incidents.describe('Open incidents, newest first.'),
    scheduled_maintenances: windows.describe('Active and upcoming maintenance, newest first.'),
    status: statusSchema,
  }),
  status: z.strictObject({ page, status: statusSchema }),
  components: z.strictObject({ page, components }),
  incidents: z.strictObject({ page, incidents: incidents.max(listed).describe('The 50 newest, newest first.') }),
  'incidents/unresolved': z.strictObject({
    page,
    incidents: incidents.describe('Open incidents, newest first.'),
  }),
  'scheduled-maintenances': z.strictObject({
    page,
    scheduled_maintenances: windows.max(listed).describe('The 50 newest, newest first.'),
  }),
  'scheduled-maintenances/upcoming': z.strictObject({
    page,
    scheduled_maintenances: windows.describe('Upcoming maintenance, newest first.'),
  }),
  'scheduled-maintenances/active': z.strictObject({
    page,
    scheduled_maintenances: windows.describe('Active maintenance, newest first.'),
  }),
} as const;

type V2Files = { readonly [Name in keyof typeof v2Schemas]: z.output<(typeof v2Schemas)[Name]> };

type Published = {
  readonly slug: string;
  readonly updates: readonly [{ readonly record: Pick<UpdateRecord<string>, 'at' | 'posted'> }, ...unknown[]];
};

/** Newest first. As on Statuspage, that means last created, regardless of when they begin. */
function byCreation<T extends Published>(entries: readonly T[]): T[] {
  return entries.toSorted(
    (a, b) => publishedAt(b.updates[0].record) - publishedAt(a.updates[0].record) || (a.slug < b.slug ? 1 : -1),
  );
}

function unresolved(site: Site): ApiIncident[] {
  return byCreation(site.incidents)
    .filter(isOpen)
    .map((incident) => apiIncident(site, incident));
}

function windowsIn(site: Site, ...statuses: readonly MaintenanceStatus[]): ApiMaintenance[] {
  return byCreation(site.maintenances)
    .filter((maintenance) => statuses.includes(maintenanceStatus(maintenance, site.now)))
    .map((maintenance) => apiMaintenance(site, maintenance));
}

/** Returns the content of the eight files. */
export function v2Files(site: Site): V2Files {
  const common = { page: apiPage(site) };
  return {
    summary: {
      ...common,
      components: [...apiComponents(site)],
      incidents: unresolved(site),
      scheduled_maintenances: windowsIn(site, 'scheduled', 'in_progress', 'verifying'),
      status: apiStatus(site),
    },
    status: { ...common, status: apiStatus(site) },
    components: { ...common, components: [...apiComponents(site)] },
    incidents: {
      ...common,
      incidents: byCreation(site.incidents)
        .slice(0, listed)
        .map((incident) => apiIncident(site, incident)),
    },
    'incidents/unresolved': { ...common, incidents: unresolved(site) },
    'scheduled-maintenances': {
      ...common,
      scheduled_maintenances: byCreation(site.maintenances)
        .slice(0, listed)
        .map((maintenance) => apiMaintenance(site, maintenance)),
    },
    'scheduled-maintenances/upcoming': { ...common, scheduled_maintenances: windowsIn(site, 'scheduled') },
    'scheduled-maintenances/active': { ...common, scheduled_maintenances: windowsIn(site, 'in_progress', 'verifying') },
  };
}

/** The eight files in `/api/v2/`. */
export function v2Paths(site: Site) {
  return Object.entries(v2Files(site)).map(([file, view]) => viewedPath({ file }, view));
}
