import type { Instant } from '../domain/calendar.ts';
import { endOf, touches } from '../domain/event.ts';
import { currentComponents, maintenancesAhead, type Site } from '../domain/site.ts';
import { affectedTime, countedWindow, type DayBar, dayBars, uptime } from '../domain/uptime.ts';
import type { Component } from '../domain/vocabulary.ts';
import { type Words, wordsFor } from '../words/words.ts';
import { feedTypes, frame, type LinkView } from './frame.ts';
import { historyItem, historyItems } from './event-list.ts';
import { barDaysOf, histories, incidentsBySlug, incidentsOf, statusNow } from './lookup.ts';
import { absolute, local, paths } from './paths.ts';
import { viewedPath } from './static-paths.ts';
import { dayInWords, shortDate } from './time.ts';
import { componentTones, type Tone } from './tone.ts';

/** Formats a share with two decimals, rounded down: 99.999% isn't 100%. */
export function percent(share: number, words: Words): string {
  const cut = Math.floor(share * 10_000 + 1e-6) / 100;
  return share === 1 ? words.percent(100, 0) : words.percent(Math.min(cut, 99.99), 2);
}

function daySummary(bar: DayBar, words: Words): string {
  const duration = (amount: number): string | null => (amount > 0 ? words.duration(amount) : null);
  return words.component.affected({
    major: duration(bar.major),
    partial: duration(bar.partial),
    degraded: duration(bar.degraded),
    maintenance: duration(bar.maintenance),
  });
}

/** A day with at least one incident. */
function troubledDay(site: Site, bar: DayBar, nth: number) {
  const named = bar.incidents.flatMap((slug) => incidentsBySlug(site).get(slug) ?? []);
  return {
    /** The index of its bar; 0 is the oldest. */
    bar: nth,
    day: dayInWords(bar.day, site.settings),
    summary: daySummary(bar, wordsFor(site.settings)),
    tone: componentTones[bar.worst ?? 'operational'],
    incidents: named.map(({ slug, title }): LinkView => ({
      label: title,
      href: local(site.settings, paths.incident(slug)),
    })),
  };
}

/** Only covers the days that count, not those before the component existed. */
function inWords(site: Site, id: string, bars: readonly DayBar[]): string {
  const { component: words } = wordsFor(site.settings);
  const counted = bars.filter(({ worst }) => worst !== null);
  const [first, last] = [counted[0]?.day, counted.at(-1)?.day];
  if (first === undefined) return words.noBars;
  const incidents = incidentsOf(site).get(id) ?? [];
  const daysWith = (status: string): number => counted.filter(({ worst }) => worst === status).length;
  return words.bars(counted.length, {
    major: daysWith('major_outage'),
    partial: daysWith('partial_outage'),
    degraded: daysWith('degraded_performance'),
    // Incidents can also list a component that works, or one that's under maintenance.
    any: incidents.some(({ days }) => touches(days, first, last)),
  });
}

/** `99.95% uptime`, with the day from which it's measured if that's after the first bar. */
function uptimeOf(share: number, from: Instant, site: Site): string {
  const { settings } = site;
  const words = wordsFor(settings);
  const uptime = words.component.uptime(percent(share, words));
  const isYoung = from > (barDaysOf(site)[0]?.from ?? from);
  return isYoung ? words.component.uptimeSince(uptime, shortDate(from, settings).text) : uptime;
}

export type ComponentView = ReturnType<typeof componentView>;

export function componentView(site: Site, component: Component) {
  const { settings, now } = site;
  const words = wordsFor(settings);
  const history = histories(site).get(component.id) ?? [];
  const days = barDaysOf(site);
  const counted = countedWindow(component, days, now, settings.timeZone);
  const bars = dayBars(history, days, counted);
  const up = uptime(history, counted);
  const { degraded } = affectedTime(history, counted);
  const share = up === null ? null : uptimeOf(up, counted.from, site);
  const uptimeInWords =
    share === null || degraded === 0 ? share : words.component.uptimeAndDegraded(share, words.duration(degraded));
  const status = statusNow(site, component.id);
  return {
    id: component.id,
    name: component.name,
    href: local(settings, paths.component(component.id)),
    description: component.description,
    status: words.componentStatus[status],
    tone: componentTones[status],
    /**
     * `99.95% uptime`, followed by the start date if that isn't the first bar, and by how long performance was
     * degraded, which counts as up. Null if no day counts.
     */
    uptime: component.showcase ? uptimeInWords : null,
    /** One per day, oldest first; `unknown` before the component existed. Empty if the content hides them. */
    bars: component.showcase ? bars.map(({ worst }): Tone => (worst === null ? 'unknown' : componentTones[worst])) : [],
    /** A summary of the bars; null if the content hides them. The uptime is shown below them. */
    barsInWords: component.showcase ? inWords(site, component.id, bars) : null,
    troubledDays: bars
      .flatMap((bar, nth) => (bar.incidents.length > 0 ? [troubledDay(site, bar, nth)] : []))
      .toReversed(),
  };
}

export type DayDetailsView = ReturnType<typeof dayDetails>;

/**
 * The data for components/day-details.ts about the days of some components. Only days with incidents have an entry.
 */
export function dayDetails(site: Site, components: readonly ComponentView[]) {
  const { componentStatus, component: component } = wordsFor(site.settings);
  const incidents = new Map<string, { readonly nth: number; readonly line: string }>();
  const days = components.map(({ id, troubledDays }) => {
    const lines = troubledDays.map(({ bar, summary, incidents: behind }) => {
      const numbers = behind.map(({ href, label }) => {
        const known = incidents.get(href) ?? { nth: incidents.size, line: `${href} ${label}` };
        incidents.set(href, known);
        return known.nth;
      });
      return `${bar} ${numbers.join(',')} ${summary}`;
    });
    return [id, lines.join('\n')] as const;
  });
  return {
    /** `2026-11-22`: the day of the last bar. */
    last: barDaysOf(site).at(-1)?.day ?? '',
    good: componentStatus.operational,
    unknown: component.noUptime,
    /** One incident per line: its path, a space and its title. */
    incidents: [...incidents.values()].map(({ line }) => line).join('\n'),
    /**
     * By component, with one day per line: the index of its bar, the indexes of its incidents (comma-separated),
     * and a summary.
     */
    days: new Map(days.filter(([, lines]) => lines !== '')),
  };
}

/** Keeps the page small. Incidents that ended earlier are on the pages of their months. */
const shownIncidents = 50;

export function componentPage(site: Site, component: Component) {
  const words = wordsFor(site.settings);
  const view = componentView(site, component);
  const all = (incidentsOf(site).get(component.id) ?? []).map(({ event }) => event);
  // Ordered by end, because incidents that began long ago may still be open.
  const shown = new Set(
    all.toSorted((a, b) => (endOf(b) ?? site.now) - (endOf(a) ?? site.now)).slice(0, shownIncidents),
  );
  const feed = absolute(site.settings, paths.componentRss(component.id));
  return {
    frame: frame(site, {
      title: component.name,
      tone: view.tone,
      description: words.component.description(component.name, view.status, view.barsInWords),
      path: paths.component(component.id),
      feeds: [{ label: words.frame.componentRss(component.name), href: feed, type: feedTypes.rss }],
    }),
    component: view,
    dayDetails: dayDetails(site, [view]),
    /** Running and scheduled, soonest first. */
    maintenances: maintenancesAhead(site)
      .filter(({ components }) => component.id in components)
      .map((maintenance) => historyItem(site, maintenance)),
    incidents: historyItems(
      site,
      all.filter((incident) => shown.has(incident)),
    ),
    /** How many older incidents aren't listed. */
    older: all.length - shown.size,
    history: local(site.settings, paths.history),
    feed,
  };
}

/** The pages of all current components. */
export function componentPaths(site: Site) {
  return currentComponents(site).map((component) => viewedPath({ id: component.id }, componentPage(site, component)));
}
