import type { Maintenance } from '../domain/maintenance.ts';
import type { Site } from '../domain/site.ts';
import { maintenanceUpdateStatus, wordsFor } from '../words/words.ts';
import { maintenanceSummary } from './event-list.ts';
import { feedTypes, frame } from './frame.ts';
import { timelineText, updateViews } from './incident-page.ts';
import { absolute, local, paths } from './paths.ts';
import { viewedPath } from './static-paths.ts';

export type MaintenanceView = ReturnType<typeof maintenanceView>;

/** A complete maintenance window. */
export function maintenanceView(site: Site, maintenance: Maintenance) {
  const { slug, updates } = maintenance;
  const words = wordsFor(site.settings);
  return {
    ...maintenanceSummary(site, maintenance),
    updates: updateViews(site, paths.maintenance(slug), updates, (update, before) => ({
      status: maintenanceUpdateStatus(words, update),
      closes: update.record.status === 'completed',
      ended: null,
      note: before === undefined || before.title === update.title ? null : words.update.renamed(before.title),
      promise: null,
      changes: [],
    })),
    text: local(site.settings, paths.maintenanceText(slug)),
  };
}

export function maintenancePage(site: Site, maintenance: Maintenance) {
  const view = maintenanceView(site, maintenance);
  const words = wordsFor(site.settings);
  return {
    frame: frame(site, {
      title: words.incident.description(view.status, maintenance.title),
      tone: view.over ? 'good' : 'maintenance',
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
export function maintenancePaths(site: Site) {
  return site.maintenances.map((maintenance) =>
    viewedPath({ slug: maintenance.slug }, maintenancePage(site, maintenance)),
  );
}

/** Returns a maintenance window as plain text, for replies to customers. */
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
  return `${maintenance.title}\n${facts.join('\n')}\n\n${timelineText(view.updates, words)}`;
}

/** The plain text versions of all maintenance windows. */
export function maintenanceTextPaths(site: Site) {
  return site.maintenances.map((maintenance) =>
    viewedPath({ slug: maintenance.slug }, maintenanceText(site, maintenance)),
  );
}
