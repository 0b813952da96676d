import { currentComponents, type Site } from '../../../src/domain/site.ts';
import { absolute, paths } from '../../../src/views/links.ts';
import type { Notice } from './notice.ts';

/** The feeds in which some updates are news, in every format: those of the site, of maintenance, of the components they are about. */
export function feedsOf(site: Site, notices: readonly Notice[]): string[] {
  const concerned = new Set(notices.flatMap(({ concerns }) => concerns));
  const components = currentComponents(site).filter(({ id }) => concerned.has(id));
  const maintenance = notices.some(({ kind }) => kind === 'maintenance') ? [paths.maintenanceRss] : [];
  return [
    ...[paths.rss, paths.atom, paths.jsonFeed, paths.historyRss, paths.historyAtom],
    ...maintenance,
    ...components.map(({ id }) => paths.componentRss(id)),
  ].map((path) => absolute(site.settings, path));
}
