import { type Month, monthOf } from '../domain/calendar.ts';
import type { Incident } from '../domain/incident.ts';
import type { Instant } from '../domain/instant.ts';
import type { Maintenance } from '../domain/maintenance.ts';
import type { Site } from '../domain/site.ts';
import { onceFor } from './once-for.ts';
import { count } from './words.ts';

export type MonthContent = { readonly incidents: Incident[]; readonly maintenances: Maintenance[] };

/** What began in each month of the site's calendar, newest month first. */
export const months = onceFor((site: Site): ReadonlyMap<Month, MonthContent> => {
  const found = new Map<Month, MonthContent>();
  const at = (instant: Instant): MonthContent => {
    const month = monthOf(instant, site.settings.timeZone);
    const content = found.get(month) ?? { incidents: [], maintenances: [] };
    found.set(month, content);
    return content;
  };
  for (const incident of site.incidents) at(incident.startedAt).incidents.push(incident);
  for (const maintenance of site.maintenances) at(maintenance.window.from).maintenances.push(maintenance);
  return new Map([...found].toSorted(([a], [b]) => (a < b ? 1 : -1)));
});

/** `2 incidents, 1 maintenance window` */
export function monthSummary({ incidents, maintenances }: MonthContent): string {
  const parts = [
    incidents.length > 0 ? count(incidents.length, 'incident') : '',
    maintenances.length > 0 ? count(maintenances.length, 'maintenance window') : '',
  ];
  return parts.filter((part) => part !== '').join(', ');
}
