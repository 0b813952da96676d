import type { Maintenance } from '../../domain/maintenance.ts';
import type { Site } from '../../domain/site.ts';
import { feedTypes, type FrameView, frame } from '../frame.ts';
import { absolute, paths } from '../links.ts';
import { type MaintenanceView, maintenanceView } from '../maintenance-view.ts';
import { type StaticPath, viewedPath } from '../static-paths.ts';

export type MaintenancePageView = { readonly frame: FrameView; readonly maintenance: MaintenanceView };

export function maintenancePage(site: Site, maintenance: Maintenance): MaintenancePageView {
  const view = maintenanceView(site, maintenance);
  return {
    frame: frame(site, {
      title: maintenance.title,
      description: `Maintenance, ${view.status.toLowerCase()}: ${view.from.text} to ${view.to.text}`,
      path: paths.maintenance(maintenance.slug),
      feeds: [
        {
          label: `${site.settings.name} maintenance`,
          href: absolute(site.settings, paths.maintenanceRss),
          type: feedTypes.rss,
        },
      ],
    }),
    maintenance: view,
  };
}

/** The page of each maintenance window. */
export function maintenancePaths(site: Site): StaticPath<{ slug: string }, { view: MaintenancePageView }>[] {
  return site.maintenances.map((maintenance) =>
    viewedPath({ slug: maintenance.slug }, maintenancePage(site, maintenance)),
  );
}
