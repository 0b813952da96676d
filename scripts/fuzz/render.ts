import type { Site } from '../../src/domain/site.ts';
import { allComponents } from '../../src/domain/site.ts';
import { badgeSvg, componentBadge, siteBadge } from '../../src/views/badge.ts';
import { v2Files } from '../../src/views/api/v2-files.ts';
import { calendar } from '../../src/views/calendar.ts';
import { atomXml } from '../../src/views/feeds/atom.ts';
import { jsonFeed } from '../../src/views/feeds/json-feed.ts';
import { rssXml } from '../../src/views/feeds/rss.ts';
import { historyFeed, maintenanceFeed, postmortemsFeed, updatesFeed } from '../../src/views/feeds/site-feeds.ts';
import { paths } from '../../src/views/links.ts';
import { componentPage } from '../../src/views/pages/component-page.ts';
import { historyPage } from '../../src/views/pages/history-page.ts';
import { incidentPage } from '../../src/views/pages/incident-page.ts';
import { indexPage } from '../../src/views/pages/index-page.ts';
import { maintenancePage } from '../../src/views/pages/maintenance-page.ts';
import { postmortemPage } from '../../src/views/pages/postmortem-page.ts';
import { incidentText, maintenanceText } from '../../src/views/plain-text.ts';
import { sitemap, sitemapXml } from '../../src/views/sitemap.ts';

/** Makes all that is published but for the markup around it. Gives the texts; throws what the views throw. */
export async function renderAll(site: Site): Promise<string[]> {
  const feeds = [updatesFeed(site), historyFeed(site, paths.historyRss), maintenanceFeed(site), postmortemsFeed(site)];
  return [
    ...(await Promise.all(feeds.map(rssXml))),
    ...feeds.map((feed) => atomXml(feed, site.now)),
    ...feeds.map((feed) => JSON.stringify(jsonFeed(feed))),
    JSON.stringify([indexPage(site), historyPage(site), v2Files(site)]),
    ...site.incidents.flatMap((incident) => [
      JSON.stringify(incidentPage(site, incident)),
      incidentText(site, incident),
    ]),
    ...site.maintenances.flatMap((maintenance) => [
      JSON.stringify(maintenancePage(site, maintenance)),
      maintenanceText(site, maintenance),
    ]),
    ...site.postmortems.map((postmortem) => JSON.stringify(postmortemPage(site, postmortem))),
    ...allComponents(site)
      .slice(0, 3)
      .flatMap((component) => [
        JSON.stringify(componentPage(site, component)),
        badgeSvg(componentBadge(site, component)),
      ]),
    calendar(site),
    badgeSvg(siteBadge(site)),
    sitemapXml(sitemap(site)),
  ];
}
