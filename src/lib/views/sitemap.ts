import { currentComponents, publishedAnnouncements, type Site } from '../domain/site.ts';
import { type Instant, isoTime, publishedAt } from '../domain/calendar.ts';
import { latestUpdate } from '../domain/incident.ts';
import { escapeHtml } from '../markdown.ts';
import { months } from './lookup.ts';
import { absolute, paths } from './paths.ts';

/** Returns all pages. `changed` is null for pages that change for many reasons. */
export function sitemap(site: Site) {
  const entry = (path: string, changed: Instant | null = null) => ({ path, changed });
  const entries = [
    ...[paths.home, paths.history, paths.postmortems, paths.subscribe, paths.developers].map((path) => entry(path)),
    ...site.incidents.map((incident) =>
      entry(paths.incident(incident.slug), publishedAt(latestUpdate(incident).record)),
    ),
    ...site.maintenances.map((maintenance) =>
      entry(paths.maintenance(maintenance.slug), publishedAt(latestUpdate(maintenance).record)),
    ),
    ...[...months(site).keys()].map((month) => entry(paths.month(month))),
    ...currentComponents(site).map(({ id }) => entry(paths.component(id))),
    ...site.pages.map(({ slug }) => entry(paths.ownPage(slug))),
    ...site.postmortems.map(({ slug, published }) => entry(paths.postmortem(slug), published)),
    ...publishedAnnouncements(site).map(({ slug, from }) => entry(paths.announcement(slug), from)),
  ];
  return site.settings.languages.flatMap(({ folder }) =>
    entries.map(({ path, changed }) => ({ address: absolute({ ...site.settings, folder }, path), changed })),
  );
}

/** sitemaps.org, version 0.9 */
export function sitemapXml(entries: ReturnType<typeof sitemap>): string {
  const urls = entries.map(({ address, changed }) => {
    const lastmod = changed === null ? '' : `<lastmod>${isoTime(changed)}</lastmod>`;
    return `<url><loc>${escapeHtml(address)}</loc>${lastmod}</url>`;
  });
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">',
    ...urls,
    '</urlset>\n',
  ].join('\n');
}
