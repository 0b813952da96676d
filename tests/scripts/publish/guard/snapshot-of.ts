import { parseContent } from '../../../../src/lib/content/check-content.ts';
import { allComponents, currentComponents, type Site } from '../../../../src/lib/domain/site.ts';
import { isoTime } from '../../../../src/lib/domain/calendar.ts';
import { feedItems } from '../../../../src/lib/feeds/feed-items.ts';
import { rssXml } from '../../../../src/lib/feeds/formats.ts';
import { postmortemsFeed, updatesFeed } from '../../../../src/lib/feeds/site-feeds.ts';
import { paths } from '../../../../src/lib/views/paths.ts';
import { historyPage } from '../../../../src/lib/views/history-page.ts';
import { incidentPage } from '../../../../src/lib/views/incident-page.ts';
import { maintenancePage } from '../../../../src/lib/views/maintenance-page.ts';
import { indexPage } from '../../../../src/lib/views/index-page.ts';
import { postmortemPage } from '../../../../src/lib/views/postmortem-page.ts';
import { announcementsFile } from '../../../../src/lib/api/announcements.ts';
import { updateRecords } from '../../../../src/lib/api/history.ts';
import { postmortemsFile } from '../../../../src/lib/api/postmortems.ts';
import { siteIn } from '../../../../src/lib/domain/site-language.ts';
import { readItems, readPostmortems, type Snapshot } from '../../../../scripts/live/snapshot.ts';
import type { Files } from './pushes.ts';

/** The site from content in memory; null if `check` refuses it. */
export function siteOf(files: Files, now: number): Site | null {
  const folders = new Set(
    [...files.keys()].flatMap((path) =>
      path
        .split('/')
        .slice(0, -1)
        .map((_, index, parts) => parts.slice(0, index + 1).join('/')),
    ),
  );
  const bytes = [...files].map(([path, text]) => ({ path, bytes: new TextEncoder().encode(text) }));
  const parsed = parseContent({ files: bytes, folders: [...folders], others: [] }, now);
  return 'problems' in parsed ? null : parsed.site;
}

const size = ({ frame: _, ...said }: { readonly frame: unknown }): number => JSON.stringify(said).length;

/** What the guard would read from the built site, created from the views behind its pages. */
export async function snapshotOf(site: Site, commit: string | null = null): Promise<Snapshot> {
  const index = indexPage(site);
  const links = JSON.stringify(index).matchAll(
    /"(?:href|permalink)":"[^"]*?(\/(?:incidents|maintenance)\/[^"/]+\/(?:#[^"]*)?)"/g,
  );
  const newest = feedItems(site)[0];
  const lengths = await Promise.all(
    site.settings.languages.map(async (language) =>
      Object.entries(readPostmortems(await rssXml(postmortemsFeed(siteIn(site, language))), language.folder)),
    ),
  );
  return {
    release: {
      commit,
      now: isoTime(site.now),
      newestAt: newest === undefined ? null : isoTime(newest.at),
      url: site.settings.url,
      components: currentComponents(site).map(({ id }) => id),
      retired: allComponents(site)
        .filter(({ retired }) => retired)
        .map(({ id }) => id),
    },
    updates: updateRecords(site),
    items: readItems(await rssXml(updatesFeed(site))),
    postmortems: Object.fromEntries(lengths.flat()),
    translations: Object.fromEntries([
      ...announcementsFile(site).announcements.map(
        (one) => [`announcements/${one.id}`, one.translations ?? {}] as const,
      ),
      ...postmortemsFile(site).postmortems.map((one) => [`postmortems/${one.id}`, one.translations ?? {}] as const),
    ]),
    pages: Object.fromEntries([
      ['/', size(index)],
      ['/history/', size(historyPage(site))],
      ...site.incidents.map((incident) => [paths.incident(incident.slug), size(incidentPage(site, incident))]),
      ...site.maintenances.map((maintenance) => [
        paths.maintenance(maintenance.slug),
        size(maintenancePage(site, maintenance)),
      ]),
      ...site.postmortems.map((postmortem) => [
        paths.postmortem(postmortem.slug),
        size(postmortemPage(site, postmortem)),
      ]),
    ]),
    onIndex: [...new Set([...links].map(([, path = '']) => path))],
  };
}
