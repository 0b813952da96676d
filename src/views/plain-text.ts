import type { Incident } from '../domain/incident.ts';
import type { Maintenance } from '../domain/maintenance.ts';
import type { Site } from '../domain/site.ts';
import { incidentDetail } from './incident-view.ts';
import { maintenanceView } from './maintenance-view.ts';
import { plainText } from './markdown.ts';
import type { UpdateView } from './update-view.ts';
import { type StaticPath, viewedPath } from './static-paths.ts';

function timeline(updates: readonly UpdateView[]): string {
  return updates
    .map(
      ({ status, time, edited, permalink, html }) =>
        `${status}, ${time.text}${edited === null ? '' : ` (edited ${edited.text})`}\n${plainText(html)}\n${permalink}\n`,
    )
    .join('\n');
}

/** An incident as plain text, to paste into a reply. */
export function incidentText(site: Site, incident: Incident): string {
  const detail = incidentDetail(site, incident);
  const facts = [
    `${detail.status} · ${detail.impact}`,
    `Began: ${detail.started.text}`,
    ...(detail.resolved === null ? [] : [`Resolved: ${detail.resolved.text}`]),
    ...(detail.customerData === null ? [] : [`${detail.customerData.text}.`]),
    ...detail.states.map(({ name, status }) => `${name}: ${status}`),
    ...(detail.promise === null ? [] : [`Next update by: ${detail.promise.time.text}`]),
    ...(detail.remedy === null ? [] : [`How we make it right: ${detail.remedy}`]),
  ];
  return `${incident.title}\n${facts.join('\n')}\n\n${timeline(detail.updates)}`;
}

/** A maintenance as plain text, to paste into a reply. */
export function maintenanceText(site: Site, maintenance: Maintenance): string {
  const view = maintenanceView(site, maintenance);
  const facts = [
    `Maintenance · ${view.status}`,
    `From: ${view.from.text}`,
    `Until: ${view.to.text}`,
    ...view.components,
  ];
  return `${maintenance.title}\n${facts.join('\n')}\n\n${timeline(view.updates)}`;
}

/** The text of each maintenance window. */
export function maintenanceTextPaths(site: Site): StaticPath<{ slug: string }, { view: string }>[] {
  return site.maintenances.map((maintenance) =>
    viewedPath({ slug: maintenance.slug }, maintenanceText(site, maintenance)),
  );
}
