import type { Component } from '../../domain/component.ts';
import type { Site } from '../../domain/site.ts';
import { absolute, paths } from '../links.ts';
import { postmortemHtml } from '../postmortem-view.ts';
import { type FeedItem, feedItems } from './feed-items.ts';
import type { Feed } from './rss.ts';

function feed(site: Site, options: Pick<Feed, 'title' | 'description' | 'items'>, home: string, self: string): Feed {
  const { settings } = site;
  const [hub = null] = settings.notify.flatMap((channel) => (channel.kind === 'websub' ? [channel.hub] : []));
  return { ...options, hub, home: absolute(settings, home), self: absolute(settings, self), language: settings.locale };
}

/** Every update: one item each. */
export function updatesFeed(site: Site): Feed {
  const { name } = site.settings;
  const options = { title: `${name} status`, description: `Every status update of ${name}, once`, items: feedItems(site) };
  return feed(site, options, paths.home, paths.rss);
}

/** Every update that concerns one component. */
export function componentFeed(site: Site, component: Component): Feed {
  const { name } = site.settings;
  const options = {
    title: `${name} status: ${component.name}`,
    description: `Every status update of ${name} that concerns ${component.name}, once`,
    items: feedItems(site, component.id),
  };
  return feed(site, options, paths.component(component.id), paths.componentRss(component.id));
}

/** Every published postmortem, whole. */
export function postmortemsFeed(site: Site): Feed {
  const { settings, postmortems } = site;
  const items = postmortems.map((postmortem): FeedItem => {
    const link = absolute(settings, paths.postmortem(postmortem.slug));
    return { link, title: postmortem.title, at: postmortem.published, html: postmortemHtml(site, postmortem) };
  });
  const options = { title: `${settings.name} postmortems`, description: `What happened at ${settings.name}, and what was learned`, items };
  return feed(site, options, paths.postmortems, paths.postmortemsRss);
}
