import { isDeepStrictEqual } from 'node:util';
import { type Day, day, lastDays, startOf } from '../domain/calendar.ts';
import { beginOf, endOf, isIncident, isOngoing, stretches } from '../domain/event.ts';
import { maintenanceStatus } from '../domain/maintenance.ts';
import { currentComponents, firstKnownDay, maintenancesAhead, openIncidents, type Site } from '../domain/site.ts';
import { componentStatuses, worstStatus } from '../domain/vocabulary.ts';
import { wordsFor } from '../words/words.ts';
import { runningAnnouncements } from './announcement-page.ts';
import { componentView, dayDetails } from './component-page.ts';
import { frame } from './frame.ts';
import { historyItem, historyItems } from './event-list.ts';
import { incidentDetail } from './incident-page.ts';
import { maintenanceView } from './maintenance-page.ts';
import { eventsOn, type Placed, statusNow } from './lookup.ts';
import { absolute, local, paths } from './paths.ts';
import { date, daysInWords, endTime, time } from './time.ts';
import { stateImage } from './shared-image.ts';
import { componentTones, headline } from './tone.ts';

/** Components under one collapsible heading. Without a name, they can't be collapsed. */
export type ComponentGroupView = ReturnType<typeof componentGroups>[number];

/** About one screen. While nothing is affected, groups are expanded up to here. */
const shownWhenCalm = 6;

/** Longer lists only show the affected components, or the first ones if none is affected. */
const longestList = 12;

/** Returns groups with current components. Affected groups come first, worst first, and are expanded. */
function componentGroups(site: Site) {
  const words = wordsFor(site.settings).componentStatus;
  const current = new Set(currentComponents(site).map(({ id }) => id));
  const groups = site.groups
    .map(({ name, components }) => {
      const shown = components.filter(({ id }) => current.has(id));
      const worst = worstStatus(shown.map(({ id }) => statusNow(site, id)));
      const affected = shown.filter(({ id }) => statusNow(site, id) !== 'operational');
      const first = shown.length <= longestList ? shown : affected.length > 0 ? affected : shown.slice(0, longestList);
      return { name, components: first, more: shown.filter((one) => !first.includes(one)), worst };
    })
    .filter(({ components }) => components.length > 0)
    .toSorted((a, b) => componentStatuses.indexOf(b.worst) - componentStatuses.indexOf(a.worst));
  const isCalm = groups.every(({ worst }) => worst === 'operational');
  let rows = 0;
  return groups.map(({ name, components, more, worst }) => {
    rows += components.length;
    return {
      name,
      components: components.map((component) => componentView(site, component)),
      /** In a long list, the operational components, which are collapsed. */
      more: more.map((component) => componentView(site, component)),
      open: isCalm ? rows <= shownWhenCalm : worst !== 'operational',
      /** The worst status of its components. */
      status: words[worst],
      tone: componentTones[worst],
    };
  });
}

const recentDays = 14;

/** An event on a day after the one it began on. */
function continuedView(site: Site, { event, days }: Placed, day: Day) {
  const { now, settings } = site;
  const { listed: words } = wordsFor(settings);
  const { title, lang, href, status, tone } = historyItem(site, event);
  // Incidents that were reopened have several stretches.
  const index = days.findLastIndex(({ first }) => first <= day);
  const begin = stretches(event, now)[index]?.first ?? beginOf(event);
  const end = endOf(event);
  const isLast = index === days.length - 1;
  const isNow = isLast && isOngoing(event, now);
  const isEnd = isLast && !isOngoing(event, now) && day === days[index]?.last;
  const isReopened = index > 0 && day === days[index]?.first;
  return {
    title,
    lang,
    href,
    /** Its status while it's ongoing and on the day it ended; null on days in between, when its status differed. */
    state: isNow || isEnd ? { tone, text: status } : null,
    /** Has placeholders for `since` and `ended`. */
    text: isEnd ? words.ended : isReopened ? words.reopened : isNow ? words.ongoing : words.continued,
    since: date(begin, settings),
    ended: isEnd && end !== null ? endTime(end - 1, end, settings) : null,
  };
}

/** The events on a day. If both lists are empty, nothing happened. */
function dayView(site: Site, day: Day) {
  // Scheduled maintenance has its own section.
  const events = eventsOn(site, day).filter(
    ({ event }) => isIncident(event) || maintenanceStatus(event, site.now) !== 'scheduled',
  );
  const begins = ({ days }: Placed): boolean => days[0]?.first === day;
  return {
    /** Events that began on that day. */
    items: historyItems(
      site,
      events.filter(begins).map(({ event }) => event),
    ),
    /** Events that began earlier. */
    continued: events
      .filter((one) => !begins(one))
      .toSorted((a, b) => beginOf(b.event) - beginOf(a.event))
      .map((one) => continuedView(site, one, day)),
  };
}

/**
 * Returns the last 14 days with data, newest first. Joins consecutive days that look the same, unless something
 * began on them.
 */
export function recentDaysViews(site: Site) {
  const views: (ReturnType<typeof dayView> & { readonly first: Day; readonly last: Day })[] = [];
  const known = firstKnownDay(site);
  for (const { day } of lastDays(site.now, recentDays, site.settings.timeZone)) {
    const view = dayView(site, day);
    if (known !== null && day < known && view.items.length + view.continued.length === 0) continue;
    const before = views.at(-1);
    const isSame =
      view.items.length === 0 && before?.items.length === 0 && isDeepStrictEqual(view.continued, before.continued);
    if (isSame) views.splice(-1, 1, { ...before, last: day });
    else views.push({ ...view, first: day, last: day });
  }
  return views.toReversed().map(({ first, last, items, continued }) => ({
    days: daysInWords(first, last, site.settings),
    items,
    continued,
  }));
}

/**
 * Returns for how many days there has been no incident, as far as that's known; null for less than a day, and if there
 * has never been one.
 */
function quietFor(site: Site): string | null {
  const { incidents, now, settings } = site;
  const known = firstKnownDay(site);
  const from = known === null ? -Infinity : startOf(known, settings.timeZone);
  const days = Math.floor((now - Math.max(from, ...incidents.map(({ resolvedAt }) => resolvedAt ?? now))) / day);
  return days > 0 && incidents.length > 0 ? wordsFor(settings).index.quietFor(days) : null;
}

/** How many scheduled windows the page shows expanded. With more, the components would be too far down. */
const nextMaintenances = 3;

export function indexPage(site: Site) {
  const { settings, now } = site;
  const words = wordsFor(settings);
  const groups = componentGroups(site);
  const banner = headline(site);
  const incidents = openIncidents(site);
  const amount = words.headline.openIncidents(incidents.length);
  const ahead = maintenancesAhead(site).map((maintenance) => maintenanceView(site, maintenance));
  const shown = ahead.filter(({ running }) => running).length + nextMaintenances;
  return {
    frame: frame(site, {
      title: banner.headline,
      tone: banner.tone,
      description: words.index.description(settings.name, banner.headline),
      path: paths.home,
      image: stateImage(site),
      // The site name for search engines.
      structuredData: {
        '@context': 'https://schema.org',
        '@type': 'WebSite',
        name: words.frame.siteName(settings.name),
        url: absolute(settings, paths.home),
      },
    }),
    /** `detail` counts open incidents, or days without one. */
    banner: { ...banner, detail: banner.headline === amount ? null : incidents.length > 0 ? amount : quietFor(site) },
    asOf: time(now, settings),
    announcements: runningAnnouncements(site),
    incidents: incidents.map((incident) => incidentDetail(site, incident)),
    maintenances: ahead.slice(0, shown),
    /** Further scheduled windows, such as those of recurring maintenance. They're collapsed. */
    laterMaintenances: ahead.slice(shown),
    groups,
    dayDetails: dayDetails(
      site,
      groups.flatMap(({ components, more }) => [...components, ...more]),
    ),
    /** Null if nothing has ever been recorded. */
    days: site.incidents.length + site.maintenances.length === 0 ? null : recentDaysViews(site),
    recentDays,
    history: local(settings, paths.history),
    subscribe: local(settings, paths.subscribe),
  };
}
