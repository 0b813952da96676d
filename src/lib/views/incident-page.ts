import type { Incident } from '../domain/incident.ts';
import type { Maintenance } from '../domain/maintenance.ts';
import type { Site } from '../domain/site.ts';
import { excerpt, plainText } from '../plain-text.ts';
import { type Words, wordsFor } from '../words/words.ts';
import { feedTypes, frame, type FrameView } from './frame.ts';
import { incidentDetail, type IncidentDetailView, maintenanceView, type MaintenanceView } from './incident-view.ts';
import { absolute, paths } from './lookup.ts';
import { cacheKey, incidentSource, type StaticPath, viewedPath } from './static-paths.ts';
import type { UpdateView } from './update-view.ts';

type IncidentPageView = { readonly frame: FrameView; readonly incident: IncidentDetailView };

export function incidentPage(site: Site, incident: Incident): IncidentPageView {
  const detail = incidentDetail(site, incident);
  const latest = detail.updates[0];
  const text = latest === undefined ? '' : excerpt(plainText(latest.html));
  return {
    frame: frame(site, {
      title: incident.title,
      description: wordsFor(site.settings).incident.description(detail.status, text),
      path: paths.incident(incident.slug),
    }),
    incident: detail,
  };
}

/** The pages and plain texts of all incidents. */
export function incidentPaths(site: Site): StaticPath<{ slug: string }, { incident: Incident }>[] {
  return site.incidents.map((incident) => ({
    params: { slug: incident.slug },
    props: { incident },
    cacheKey: cacheKey(incidentSource(site, incident)),
  }));
}

type MaintenancePageView = { readonly frame: FrameView; readonly maintenance: MaintenanceView };

export function maintenancePage(site: Site, maintenance: Maintenance): MaintenancePageView {
  const view = maintenanceView(site, maintenance);
  const words = wordsFor(site.settings);
  return {
    frame: frame(site, {
      title: maintenance.title,
      description: words.maintenance.description(view.status, view.from.text, view.to.text),
      path: paths.maintenance(maintenance.slug),
      feeds: [
        {
          label: words.frame.maintenanceRss(site.settings.name),
          href: absolute(site.settings, paths.maintenanceRss),
          type: feedTypes.rss,
        },
      ],
    }),
    maintenance: view,
  };
}

/** The pages of all maintenance windows. */
export function maintenancePaths(site: Site): StaticPath<{ slug: string }, { view: MaintenancePageView }>[] {
  return site.maintenances.map((maintenance) =>
    viewedPath({ slug: maintenance.slug }, maintenancePage(site, maintenance)),
  );
}

function timeline(updates: readonly UpdateView[], { text: words }: Words): string {
  return updates
    .map(({ status, time, edited, permalink, html }) => {
      const heading =
        edited === null ? words.update(status, time.text) : words.editedUpdate(status, time.text, edited.text);
      return `${heading}\n${plainText(html)}\n${permalink}\n`;
    })
    .join('\n');
}

/** An incident as plain text, for replies to customers. */
export function incidentText(site: Site, incident: Incident): string {
  const words = wordsFor(site.settings);
  const { text } = words;
  const detail = incidentDetail(site, incident);
  const facts = [
    text.status(detail.status, detail.impact),
    text.began(detail.started.text),
    ...(detail.resolved === null ? [] : [text.resolved(detail.resolved.text)]),
    ...(detail.customerData === null ? [] : [text.customerData(detail.customerData.text)]),
    ...detail.states.map(({ name, status }) => text.component(name, status)),
    ...(detail.promise === null ? [] : [text.nextUpdate(detail.promise.time.text)]),
    ...(detail.remedy === null ? [] : [text.remedy(detail.remedy)]),
  ];
  return `${incident.title}\n${facts.join('\n')}\n\n${timeline(detail.updates, words)}`;
}

/** A maintenance window as plain text, for replies to customers. */
export function maintenanceText(site: Site, maintenance: Maintenance): string {
  const words = wordsFor(site.settings);
  const { text } = words;
  const view = maintenanceView(site, maintenance);
  const facts = [
    text.maintenance(view.status),
    text.from(view.from.text),
    text.until(view.to.text),
    ...view.components,
  ];
  return `${maintenance.title}\n${facts.join('\n')}\n\n${timeline(view.updates, words)}`;
}

/** The plain texts of all maintenance windows. */
export function maintenanceTextPaths(site: Site): StaticPath<{ slug: string }, { view: string }>[] {
  return site.maintenances.map((maintenance) =>
    viewedPath({ slug: maintenance.slug }, maintenanceText(site, maintenance)),
  );
}
