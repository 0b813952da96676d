import { z } from 'zod';
import { type Incident, isOpen } from '../../domain/incident.ts';
import { type Instant, isoTime } from '../../domain/instant.ts';
import { allComponents, type Site } from '../../domain/site.ts';
import { absolute, paths } from '../links.ts';
import { affectedComponents } from './affected-components.ts';
import { componentObjects, componentSchema } from './component.ts';
import { apiUpdate, updateSchema } from './incident-update.ts';
import { idSchema, incidentId, incidentUpdateId, pageId } from './ids.ts';
import { latest, timeOrNull, timeSchema } from './times.ts';
import { impactCodes, impactSchema, incidentStatusCodes, incidentStatusSchema } from './words.ts';

const incidentUpdateSchema = updateSchema(incidentStatusSchema.describe('What the team was doing at that time.'));

/** An incident; `components` is what is told of those that it names. */
export function incidentOf<T extends z.ZodType>(components: T) {
  return z
    .strictObject({
      id: idSchema.describe('From the name of its folder.'),
      name: z.string(),
      status: incidentStatusSchema.describe('Its status now. An update after "resolved" can open it again.'),
      created_at: timeSchema.describe('The first update.'),
      updated_at: timeSchema.describe('The newest update, or the newest edit of one.'),
      monitoring_at: timeSchema.nullable().describe('When it last came to be monitored.'),
      resolved_at: timeSchema.nullable().describe('When it was last resolved; null while it is open.'),
      impact: impactSchema,
      shortlink: z.url().describe('Its permanent address.'),
      started_at: timeSchema.describe('When customers began to be affected, as far as is known.'),
      page_id: idSchema,
      components,
      reminder_intervals: z.null(),
      incident_updates: z.array(incidentUpdateSchema).min(1).describe('Newest first.'),
    })
    .describe('An incident.');
}

export const incidentSchema = incidentOf(
  z.array(componentSchema).describe('The components that it names, each as it is now.'),
);
export type ApiIncident = z.output<typeof incidentSchema>;

function monitoringAt({ updates }: Incident): Instant | null {
  return latest(
    updates.flatMap(({ record }, index) =>
      record.status === 'monitoring' && updates[index - 1]?.record.status !== 'monitoring' ? record.at : [],
    ),
  );
}

function updatesOf(site: Site, { slug, updates }: Incident) {
  return updates
    .map(({ record, components }, index) => {
      const before = updates[index - 1]?.components ?? {};
      // Resolved clears what was in effect, also what was well again before.
      const named = record.status === 'resolved' ? Object.keys(before) : Object.keys(record.components ?? {});
      return apiUpdate(record, {
        id: incidentUpdateId(slug, record.id),
        incident: incidentId(slug),
        status: incidentStatusCodes[record.status],
        affected: affectedComponents(site, named, before, components),
      });
    })
    .toReversed();
}

/** The ids of the components that an incident names, in the order of components.yml. */
export function namedIds(site: Site, states: Readonly<Record<string, unknown>>): string[] {
  return allComponents(site)
    .map(({ id }) => id)
    .filter((id) => Object.hasOwn(states, id));
}

/** An incident in Statuspage's form with what is told of its components. */
export function incidentWith<C>(site: Site, incident: Incident, components: C) {
  const records = incident.updates.map(({ record }) => record);
  return {
    id: incidentId(incident.slug),
    name: incident.title,
    status: incidentStatusCodes[incident.status],
    created_at: isoTime(incident.updates[0].record.at),
    updated_at: isoTime(Math.max(...records.map(({ at, edited }) => Math.max(at, edited ?? at)))),
    monitoring_at: timeOrNull(monitoringAt(incident)),
    resolved_at: isOpen(incident) ? null : timeOrNull(incident.resolvedAt),
    impact: impactCodes[incident.impact],
    shortlink: absolute(site.settings, paths.incident(incident.slug)),
    started_at: isoTime(incident.startedAt),
    page_id: pageId(site),
    components,
    reminder_intervals: null,
    incident_updates: updatesOf(site, incident),
  };
}

export function apiIncident(site: Site, incident: Incident): ApiIncident {
  const components = namedIds(site, incident.worstComponents).flatMap((id) => componentObjects(site).get(id) ?? []);
  return incidentWith(site, incident, components);
}
