import { currentComponents, type Site } from '../../../src/domain/site.ts';
import { absolute, paths } from '../../../src/views/links.ts';
import type { News } from './notice.ts';

/** The feeds in which something is news, in every format: those of the site, of maintenance, of the components it is about; of postmortems. */
export function feedsOf(site: Site, news: readonly News[]): string[] {
  const updates = news.filter((one) => one.kind !== 'postmortem');
  const concerned = new Set(updates.flatMap(({ concerns }) => concerns));
  const components = currentComponents(site).filter(({ id }) => concerned.has(id));
  return [
    ...(updates.length > 0 ? [paths.rss, paths.atom, paths.jsonFeed, paths.historyRss, paths.historyAtom] : []),
    ...(updates.some(({ kind }) => kind === 'maintenance') ? [paths.maintenanceRss] : []),
    ...components.map(({ id }) => paths.componentRss(id)),
    ...(news.length > updates.length ? [paths.postmortemsRss] : []),
  ].map((path) => absolute(site.settings, path));
}
