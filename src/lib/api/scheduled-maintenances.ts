import { z } from 'zod';
import { isoTime, publishedAt } from '../domain/calendar.ts';
import { type Maintenance, maintenanceStatus, type MaintenanceUpdate } from '../domain/maintenance.ts';
import type { Site } from '../domain/site.ts';
import type { ComponentStates, MaintenanceStatus } from '../domain/vocabulary.ts';
import { absolute, paths } from '../views/paths.ts';
import { affectedComponents, componentObjects, componentSchema } from './components.ts';
import { apiUpdate, namedIds, updateSchema } from './incidents.ts';
import {
  idSchema,
  maintenanceId,
  maintenanceStatusSchema,
  maintenanceUpdateId,
  pageId,
  timeOrNull,
  timeSchema,
} from './values.ts';

const maintenanceUpdateSchema = updateSchema(maintenanceStatusSchema.describe('The status at that time.'));

/** A maintenance window. `components` is the schema for its components, with their current status. */
export function maintenanceOf<T extends z.ZodType>(components: T) {
  return z
    .strictObject({
      id: idSchema.describe('Derived from the name of its folder.'),
      name: z.string(),
      status: maintenanceStatusSchema.describe(
        'Its status by the clock, or earlier if an update says so: a window begins and ends even without updates.',
      ),
      created_at: timeSchema.describe('The first update.'),
      updated_at: timeSchema.describe('The newest update, or the newest edit of one.'),
      monitoring_at: z.null(),
      resolved_at: timeSchema.nullable().describe('When it was completed; null until then.'),
      impact: z.literal('maintenance'),
      shortlink: z.url().describe('Its permalink.'),
      started_at: timeSchema.describe(
        'When it was announced, as created_at (Statuspage); the work begins at scheduled_for.',
      ),
      page_id: idSchema,
      components,
      scheduled_for: timeSchema.describe('The start of the window.'),
      scheduled_until: timeSchema.describe('The end of the window.'),
      incident_updates: z.array(maintenanceUpdateSchema).min(1).describe('Newest first.'),
    })
    .describe('A maintenance window.');
}

export const maintenanceSchema = maintenanceOf(
  z.array(componentSchema).describe('The components that it mentions, with their current status.'),
);
export type ApiMaintenance = z.output<typeof maintenanceSchema>;

/** Whether each status affects components. */
const works: Readonly<Record<MaintenanceStatus, boolean>> = {
  scheduled: false,
  in_progress: true,
  verifying: true,
  completed: false,
};

/** Returns what is in effect after each update: nothing before and after the work. */
function statesAfterEach(updates: readonly MaintenanceUpdate[]): ComponentStates[] {
  let announced: ComponentStates = {};
  return updates.map(({ record }) => {
    announced = { ...announced, ...record.components };
    return works[record.status] ? announced : {};
  });
}

function updatesOf(site: Site, { slug, updates }: Maintenance) {
  const after = statesAfterEach(updates);
  return updates
    .map(({ record }, index) =>
      apiUpdate(record, {
        id: maintenanceUpdateId(slug, record.id),
        incident: maintenanceId(slug),
        status: record.status,
        affected: affectedComponents(
          site,
          Object.keys(record.components ?? {}),
          after[index - 1] ?? {},
          after[index] ?? {},
        ),
      }),
    )
    .toReversed();
}

/** Returns a maintenance window in Statuspage's format, with the components that it lists. */
export function maintenanceWith<C>(site: Site, maintenance: Maintenance, components: C) {
  const { slug, window, actual, updates } = maintenance;
  const status = maintenanceStatus(maintenance, site.now);
  const created = isoTime(publishedAt(updates[0].record));
  return {
    id: maintenanceId(slug),
    name: maintenance.title,
    status,
    created_at: created,
    updated_at: isoTime(Math.max(...updates.map(({ record }) => record.edited ?? publishedAt(record)))),
    monitoring_at: null,
    resolved_at: timeOrNull(status === 'completed' ? actual.to : null),
    impact: 'maintenance' as const,
    shortlink: absolute(site.settings, paths.maintenance(slug)),
    started_at: created,
    page_id: pageId(site),
    components,
    scheduled_for: isoTime(window.from),
    scheduled_until: isoTime(window.to),
    incident_updates: updatesOf(site, maintenance),
  };
}

export function apiMaintenance(site: Site, maintenance: Maintenance): ApiMaintenance {
  const components = namedIds(site, maintenance.components).flatMap((id) => componentObjects(site).get(id) ?? []);
  return maintenanceWith(site, maintenance, components);
}
