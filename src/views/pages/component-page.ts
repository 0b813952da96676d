import type { Component } from '../../domain/component.ts';
import { currentComponents, maintenancesAhead, type Site } from '../../domain/site.ts';
import { type ComponentView, componentView } from '../component-view.ts';
import { feedTypes, type FrameView, frame } from '../frame.ts';
import { type EntryView, incidentEntry, maintenanceEntry } from '../entry-view.ts';
import { absolute, local, paths } from '../links.ts';
import { type StaticPath, viewedPath } from '../static-paths.ts';

/** So that the page stays small however long the history is; the months hold the rest. */
const shownIncidents = 50;

export type ComponentPageView = {
  readonly frame: FrameView;
  readonly component: ComponentView;
  /** Planned work on it that runs or is to come, soonest first. */
  readonly maintenances: readonly EntryView[];
  readonly incidents: readonly EntryView[];
  /** How many older incidents there are than those listed. */
  readonly older: number;
  readonly history: string;
  readonly feed: string;
};

/** One component: its state, its days, planned work on it, its incidents, its feed. */
export function componentPage(site: Site, component: Component): ComponentPageView {
  const view = componentView(site, component);
  const all = site.incidents.filter(({ worstComponents }) => component.id in worstComponents);
  const feed = absolute(site.settings, paths.componentRss(component.id));
  return {
    frame: frame(site, {
      title: component.name,
      description: `${component.name}: ${view.status}.${view.barsInWords === null ? '' : ` ${view.barsInWords}`}`,
      path: paths.component(component.id),
      feeds: [{ label: `${component.name}: status updates`, href: feed, type: feedTypes.rss }],
    }),
    component: view,
    maintenances: maintenancesAhead(site)
      .filter(({ components }) => component.id in components)
      .map((maintenance) => maintenanceEntry(site, maintenance)),
    incidents: all.slice(0, shownIncidents).map((incident) => incidentEntry(site, incident)),
    older: Math.max(0, all.length - shownIncidents),
    history: local(site.settings, paths.history),
    feed,
  };
}

/** The page of each component that is shown. */
export function componentPaths(site: Site): StaticPath<{ id: string }, { view: ComponentPageView }>[] {
  return currentComponents(site).map((component) => viewedPath({ id: component.id }, componentPage(site, component)));
}
