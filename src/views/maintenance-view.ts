import { isCancelled, type Maintenance, maintenanceStatus } from '../domain/maintenance.ts';
import type { Site } from '../domain/site.ts';
import { local, paths } from './links.ts';
import { componentName } from './lookup.ts';
import { endTime, type TimeView, time } from './time.ts';
import { type UpdateView, maintenanceUpdateViews } from './update-view.ts';
import { cancelledWord, maintenanceStatusWords } from './words.ts';

export type MaintenanceView = {
  readonly slug: string;
  readonly title: string;
  readonly href: string;
  readonly status: string;
  readonly over: boolean;
  readonly from: TimeView;
  readonly to: TimeView;
  /** `to` behind `from`: without its date where both are on one day. */
  readonly end: TimeView;
  readonly components: readonly string[];
  /** Newest first. */
  readonly updates: readonly UpdateView[];
  readonly text: string;
};

export function maintenanceView(site: Site, maintenance: Maintenance): MaintenanceView {
  const { settings, now } = site;
  const status = maintenanceStatus(maintenance, now);
  return {
    slug: maintenance.slug,
    title: maintenance.title,
    href: local(settings, paths.maintenance(maintenance.slug)),
    status: isCancelled(maintenance) ? cancelledWord : maintenanceStatusWords[status],
    over: status === 'completed',
    from: time(maintenance.window.from, settings),
    to: time(maintenance.window.to, settings),
    end: endTime(maintenance.window.from, maintenance.window.to, settings),
    components: Object.keys(maintenance.components).map((id) => componentName(site, id)),
    updates: maintenanceUpdateViews(site, maintenance),
    text: local(settings, paths.maintenanceText(maintenance.slug)),
  };
}
