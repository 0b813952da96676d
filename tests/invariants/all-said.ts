import { isOpen } from '../../src/lib/domain/incident.ts';
import { owedPostmortem } from '../../src/lib/domain/owed.ts';
import { allComponents, type Site } from '../../src/lib/domain/site.ts';
import { historyYear, historyYears, yearOfUpdates, yearsOfUpdates } from '../../src/lib/api/history.ts';
import { componentFeed, historyFeed, maintenanceFeed, updatesFeed } from '../../src/lib/feeds/site-feeds.ts';
import { incidentPage, incidentText } from '../../src/lib/views/incident-page.ts';
import { maintenancePage } from '../../src/lib/views/maintenance-page.ts';
import { paths } from '../../src/lib/views/paths.ts';

/**
 * The location of each update, such as `/incidents/2026-10-24-trouble-0/#2026-10-24T1000Z`, in every
 * output that readers may use.
 */
export function idsIn(
  site: Site,
): Readonly<Record<'files' | 'pages' | 'feed' | 'history' | 'records', readonly string[]>> {
  const events = [
    ...site.incidents.map((one) => ({ page: paths.incident(one.slug), one })),
    ...site.maintenances.map((one) => ({ page: paths.maintenance(one.slug), one })),
  ];
  const years = historyYears(site).map((year) => historyYear(site, year));
  return {
    files: events.flatMap(({ page, one }) => one.updates.map(({ record }) => `${page}#${record.id}`)),
    pages: [
      ...site.incidents.flatMap((one) =>
        incidentPage(site, one).incident.updates.map(({ id }) => `${paths.incident(one.slug)}#${id}`),
      ),
      ...site.maintenances.flatMap((one) =>
        maintenancePage(site, one).maintenance.updates.map(({ id }) => `${paths.maintenance(one.slug)}#${id}`),
      ),
    ],
    feed: updatesFeed(site).items.map(({ id }) => id.slice('https://status.example.com'.length)),
    history: years.flatMap(({ incidents, scheduled_maintenances: windows }) =>
      [...incidents, ...windows].flatMap(({ incident_updates: updates }) => updates.map(({ id }) => id)),
    ),
    records: yearsOfUpdates(site).flatMap((year) => yearOfUpdates(site, year).updates.map(({ id }) => id)),
  };
}

/**
 * The output that never changes with the clock alone: past incidents that owe no postmortem,
 * published updates, and every feed.
 */
export function lasting(site: Site): unknown {
  const over = site.incidents.filter((one) => !isOpen(one) && owedPostmortem(site, one) === null);
  return {
    pages: over.map((one) => [incidentPage(site, one), incidentText(site, one)]),
    history: historyYears(site).map((year) => historyYear(site, year).incidents),
    records: yearsOfUpdates(site).map((year) => yearOfUpdates(site, year)),
    feeds: [
      updatesFeed(site),
      historyFeed(site, paths.historyRss),
      maintenanceFeed(site),
      ...allComponents(site).map((component) => componentFeed(site, component)),
    ],
  };
}
