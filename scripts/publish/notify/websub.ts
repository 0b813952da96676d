import type { Channel } from '../../../src/lib/domain/settings.ts';
import { currentComponents, type Site } from '../../../src/lib/domain/site.ts';
import { absolute, paths } from '../../../src/lib/views/paths.ts';
import { httpPost, patience, type Sender, type Sending } from './channel.ts';
import type { Notice } from './notice.ts';

/**
 * The feeds that contain the news, in every format: those of the site, maintenance, its components, and postmortems.
 */
function feedsOf(site: Site, news: readonly Notice[]): string[] {
  const updates = news.filter(({ announced }) => announced);
  const isInSiteFeeds = updates.length > 0 || news.some(({ kind }) => kind === 'announcement');
  const concerned = new Set(updates.flatMap(({ concerns }) => concerns));
  const components = currentComponents(site).filter(({ id }) => concerned.has(id));
  return [
    ...(isInSiteFeeds ? [paths.rss, paths.atom, paths.jsonFeed] : []),
    ...(updates.length > 0 ? [paths.historyRss, paths.historyAtom] : []),
    ...(updates.some(({ kind }) => kind === 'maintenance') ? [paths.maintenanceRss] : []),
    ...components.map(({ id }) => paths.componentRss(id)),
    ...(news.some(({ kind }) => kind === 'postmortem') ? [paths.postmortemsRss] : []),
  ].flatMap((path) => site.settings.languages.map(({ folder }) => absolute({ ...site.settings, folder }, path)));
}

/**
 * Notifies a WebSub hub of the feeds that have news. The hub fetches them and passes them on. The format is that of
 * PubSubHubbub 0.4 with one feed per request, because all hubs accept it.
 */
export function websub(hub: string, feedsOf: (news: readonly Notice[]) => readonly string[]): Sender {
  return {
    kind: 'websub',
    together: true,
    send: async (news) => {
      for (const feed of feedsOf(news)) {
        const body = new URLSearchParams({ 'hub.mode': 'publish', 'hub.url': feed }).toString();
        const sending: Sending = await httpPost({
          url: hub,
          headers: { 'content-type': 'application/x-www-form-urlencoded' },
          body,
          patience,
        });
        if (sending.kind !== 'sent') return sending;
      }
      return { kind: 'sent' };
    },
  };
}

/** The hub of a site's feeds. It needs no secret, so it can always be used. */
export function openHub({ hub }: Extract<Channel, { readonly kind: 'websub' }>, site: Site): Sender {
  return websub(hub, (news) => feedsOf(site, news));
}
