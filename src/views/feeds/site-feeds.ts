import type { Component } from '../../domain/component.ts';
import { allComponents, type Site } from '../../domain/site.ts';
import { absolute, local, paths } from '../links.ts';
import { postmortemHtml } from '../postmortem-view.ts';
import type { Feed, FeedItem } from './feed.ts';
import { feedItems } from './feed-items.ts';
import { historyItems } from './history-items.ts';
import { componentFeedSource } from '../sources.ts';
import { cacheKey, type StaticPath } from '../static-paths.ts';

function feed(
  { settings }: Site,
  options: Pick<Feed, 'title' | 'description' | 'items'>,
  home: string,
  self: string,
): Feed {
  const [hub = null] = settings.notify.flatMap((channel) => (channel.kind === 'websub' ? [channel.hub] : []));
  return {
    ...options,
    hub,
    home: absolute(settings, home),
    self: absolute(settings, self),
    style: local(settings, paths.feedStyle),
    author: settings.name,
    language: settings.locale,
  };
}

/** Every update: one item each. `self` is where the feed is served: each format has its own address. */
export function updatesFeed(
  site: Site,
  self: typeof paths.rss | typeof paths.atom | typeof paths.jsonFeed = paths.rss,
): Feed {
  const { name } = site.settings;
  const options = {
    title: `${name} status`,
    description: `Every status update of ${name}, once`,
    items: feedItems(site),
  };
  return feed(site, options, paths.home, self);
}

/** Every update of a maintenance. */
export function maintenanceFeed(site: Site): Feed {
  const { name } = site.settings;
  const options = {
    title: `${name} status: maintenance`,
    description: `Every update of planned maintenance at ${name}, once`,
    items: feedItems(site, { kind: 'maintenance' }),
  };
  return feed(site, options, paths.home, paths.maintenanceRss);
}

/** Every update that concerns one component. */
export function componentFeed(site: Site, component: Component): Feed {
  const { name } = site.settings;
  const options = {
    title: `${name} status: ${component.name}`,
    description: `Every status update of ${name} that concerns ${component.name}, once`,
    items: feedItems(site, { kind: 'component', id: component.id }),
  };
  const home = component.retired ? paths.home : paths.component(component.id);
  return feed(site, options, home, paths.componentRss(component.id));
}

/** Statuspage: one entry for each incident, which grows with its updates. For those who move over. */
export function historyFeed(site: Site, self: typeof paths.historyRss | typeof paths.historyAtom): Feed {
  const { name } = site.settings;
  const options = {
    title: `${name} Status - Incident History`,
    description: `Every incident of ${name}, with all its updates`,
    items: historyItems(site),
  };
  return feed(site, options, paths.history, self);
}

/** Every published postmortem, whole. */
export function postmortemsFeed(site: Site): Feed {
  const { settings, postmortems } = site;
  const items = postmortems.map((postmortem): FeedItem => {
    const { title, published } = postmortem;
    const link = absolute(settings, paths.postmortem(postmortem.slug));
    return { id: link, link, title, at: published, updated: published, html: postmortemHtml(site, postmortem) };
  });
  const options = {
    title: `${settings.name} postmortems`,
    description: `What happened at ${settings.name}, and what was learned`,
    items,
  };
  return feed(site, options, paths.postmortems, paths.postmortemsRss);
}

/** The feed of each component. A retired component keeps its feed, so that its subscribers don't get a 404. */
export function componentFeedPaths(site: Site): StaticPath<{ id: string }, { component: Component }>[] {
  return allComponents(site).map((component) => ({
    params: { id: component.id },
    props: { component },
    cacheKey: cacheKey(componentFeedSource(site, component)),
  }));
}
