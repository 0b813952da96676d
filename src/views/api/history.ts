import { z } from 'zod';
import type { ComponentStates } from '../../domain/component.ts';
import { yearOf } from '../../domain/instant.ts';
import type { Maintenance } from '../../domain/maintenance.ts';
import type { Site } from '../../domain/site.ts';
import { worstStatus } from '../../domain/vocabulary.ts';
import { componentName } from '../lookup.ts';
import { componentId, idSchema } from './ids.ts';
import { incidentOf, incidentWith, namedIds } from './incident.ts';
import { lastingPage, lastingPageSchema } from './page.ts';
import { maintenanceOf, maintenanceWith } from './scheduled-maintenance.ts';
import { componentStatusCodes, componentStatusSchema } from './words.ts';
import { yearSource } from '../sources.ts';
import { cacheKey, type StaticPath } from '../static-paths.ts';

const named = (status: string) =>
  z
    .strictObject({ id: idSchema, name: z.string(), status: componentStatusSchema.describe(status) })
    .describe('A component that is named.');

const affected = z
  .array(named('The worst that it was during the incident.'))
  .describe(
    'The components that it names. Unlike in /api/v2/, each with the worst status it had during the incident and not with that of today: what is over does not change.',
  );

const touched = z
  .array(named('What it is while the work runs.'))
  .describe(
    'The components that it names. Unlike in /api/v2/, each with the worst that it is while the work runs and not with its status of today: what is over does not change.',
  );

export const historyYearSchema = z
  .strictObject({
    page: lastingPageSchema.describe(
      'The page. Without updated_at, so that the file of a year that is over stays as it is.',
    ),
    year: z
      .string()
      .regex(/^\d{4}$/)
      .describe('A year of UTC.'),
    incidents: z.array(incidentOf(affected)).describe('All whose first update is of that year, newest first.'),
    scheduled_maintenances: z
      .array(maintenanceOf(touched))
      .describe('All whose first update is of that year, newest first.'),
  })
  .describe('Everything that was published in one year. All years together are the whole history.');
export type HistoryYear = z.output<typeof historyYearSchema>;

function namedObjects(site: Site, states: ComponentStates) {
  return namedIds(site, states).map((id) => ({
    id: componentId(id),
    name: componentName(site, id),
    status: componentStatusCodes[states[id] ?? 'operational'],
  }));
}

/** The worst that any update says of each component. */
function worstAnnounced({ updates }: Maintenance): ComponentStates {
  const said = updates.map(({ record }) => record.components ?? {});
  const ids = new Set(said.flatMap((states) => Object.keys(states)));
  return Object.fromEntries([...ids].map((id) => [id, worstStatus(said.flatMap((states) => states[id] ?? []))]));
}

type Published = { readonly updates: readonly [{ readonly record: { readonly at: number } }, ...unknown[]] };

const publishedIn = ({ updates }: Published): string => yearOf(updates[0].record.at);

/** The years of UTC in which an incident or a maintenance was first told, newest first. */
export function historyYears({ incidents, maintenances }: Site): string[] {
  return [...new Set([...incidents, ...maintenances].map(publishedIn))].sort().toReversed();
}

/** What was first told in one year of UTC, newest first. */
export function historyYear(site: Site, year: string): HistoryYear {
  const isOfYear = (entry: Published): boolean => publishedIn(entry) === year;
  return {
    page: lastingPage(site),
    year,
    incidents: site.incidents
      .filter(isOfYear)
      .map((incident) => incidentWith(site, incident, namedObjects(site, incident.worstComponents))),
    scheduled_maintenances: site.maintenances
      .filter(isOfYear)
      .map((maintenance) => maintenanceWith(site, maintenance, namedObjects(site, worstAnnounced(maintenance)))),
  };
}

/** The file of each year of UTC. */
export function historyYearPaths(site: Site): StaticPath<{ year: string }, object>[] {
  return historyYears(site).map((year) => ({
    params: { year },
    props: {},
    cacheKey: cacheKey(yearSource(site, year)),
  }));
}
