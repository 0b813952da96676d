import type { Maintenance, MaintenanceUpdate } from '../domain/maintenance.ts';
import { textLanguage } from '../domain/translation.ts';
import type { Site } from '../domain/site.ts';
import { maintenanceUpdateStatus, wordsFor } from '../words/words.ts';
import { maintenanceSummary, type MaintenanceSummaryView } from './event-list.ts';
import { feedTypes, frame, type FrameView } from './frame.ts';
import { timelineText, type UpdateView } from './incident-page.ts';
import { absolute, bodyHtml, local, paths, updatePermalink, withLocalImages } from './lookup.ts';
import { type StaticPath, viewedPath } from './static-paths.ts';
import { distinctTimes, time, type TimeView } from './time.ts';

function maintenanceUpdateView(
  site: Site,
  page: string,
  update: MaintenanceUpdate,
  before: MaintenanceUpdate | undefined,
  at: TimeView | undefined,
): UpdateView {
  const { record, title } = update;
  const words = wordsFor(site.settings);
  return {
    id: record.id,
    permalink: updatePermalink(site, page, record.id),
    status: maintenanceUpdateStatus(words, update),
    closes: record.status === 'completed',
    time: at ?? time(record.at, site.settings),
    ended: null,
    posted: record.posted === null ? null : time(record.posted, site.settings),
    edited: record.edited === null ? null : time(record.edited, site.settings),
    html: withLocalImages(site.settings, bodyHtml(site, page, record)),
    lang: textLanguage(record, site.settings),
    note: before === undefined || before.title === title ? null : words.update.renamed(before.title),
    promise: null,
    changes: [],
  };
}

/** The updates of a maintenance window, newest first. */
function maintenanceUpdateViews(site: Site, maintenance: Maintenance): UpdateView[] {
  const page = paths.maintenance(maintenance.slug);
  const times = distinctTimes(
    maintenance.updates.map(({ record }) => record.at),
    site.settings,
  );
  return maintenance.updates
    .map((update, index) => maintenanceUpdateView(site, page, update, maintenance.updates[index - 1], times[index]))
    .toReversed();
}

/** A complete maintenance window. */
export type MaintenanceView = MaintenanceSummaryView & {
  /** Newest first. */
  readonly updates: readonly UpdateView[];
  readonly text: string;
};

export function maintenanceView(site: Site, maintenance: Maintenance): MaintenanceView {
  return {
    ...maintenanceSummary(site, maintenance),
    updates: maintenanceUpdateViews(site, maintenance),
    text: local(site.settings, paths.maintenanceText(maintenance.slug)),
  };
}

type MaintenancePageView = { readonly frame: FrameView; readonly maintenance: MaintenanceView };

export function maintenancePage(site: Site, maintenance: Maintenance): MaintenancePageView {
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
export function maintenancePaths(site: Site): StaticPath<{ slug: string }, { view: MaintenancePageView }>[] {
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
export function maintenanceTextPaths(site: Site): StaticPath<{ slug: string }, { view: string }>[] {
  return site.maintenances.map((maintenance) =>
    viewedPath({ slug: maintenance.slug }, maintenanceText(site, maintenance)),
  );
}
