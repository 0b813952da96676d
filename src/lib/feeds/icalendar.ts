import { escape, ICalCalendar, type ICalEventData, ICalEventStatus, ICalEventTransparency } from 'ical-generator';
import { hour, type Instant, publishedAt } from '../domain/calendar.ts';
import { latestUpdate } from '../domain/incident.ts';
import { isCancelled, type Maintenance } from '../domain/maintenance.ts';
import type { Site } from '../domain/site.ts';
import { plainText } from '../plain-text.ts';
import { bodyHtml } from '../views/lookup.ts';
import { absolute, paths } from '../views/paths.ts';
import { wordsFor } from '../words/words.ts';

/** How many past windows to keep in the calendar, newest first. All upcoming windows are included. */
const shownPast = 100;

/** How often to ask calendar apps to refresh. */
const refresh = hour;

/** Removes characters that RFC 5545 doesn't allow in text. */
const calendarText = (text: string): string =>
  text.toWellFormed().replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g, '\ufffd');

/** The library writes URLs as text, in which a comma would be escaped with a backslash. */
const calendarAddress = (address: string): string => address.replaceAll(',', '%2C').replaceAll(';', '%3B');

/** Returns when anything in the event last changed. */
function revised({ updates }: Maintenance): Instant {
  return Math.max(...updates.map(({ record }) => record.edited ?? publishedAt(record)));
}

function eventOf(site: Site, maintenance: Maintenance): ICalEventData {
  const { slug, title, updates, window } = maintenance;
  const page = paths.maintenance(slug);
  const { hostname, pathname } = new URL(site.settings.url);
  const cancelled = isCancelled(maintenance);
  const { calendar: words } = wordsFor(site.settings);
  const summary = cancelled ? words.cancelledEvent : words.event;
  const stamp = new Date(revised(maintenance));
  return {
    // Includes the site's folder, because the host may serve other sites. Parsers handle commas and
    // similar characters differently.
    id: `${slug}@${hostname}${pathname === '/' ? '' : pathname.replaceAll(/[^\w./-]/g, '-')}`,
    // RFC 5545 3.8.7.2: without METHOD, DTSTAMP is when the event was last revised, like LAST-MODIFIED.
    stamp,
    lastModified: stamp,
    // Each later update and each edited update counts as a revision. Neither is ever undone.
    sequence: updates.length - 1 + updates.filter(({ record }) => record.edited !== null).length,
    start: new Date(window.from),
    end: new Date(window.to),
    // Many apps show canceled events like any others.
    summary: calendarText(summary(site.settings.name, title)),
    description: calendarText(plainText(bodyHtml(site, page, latestUpdate(maintenance).record))),
    url: calendarAddress(absolute(site.settings, page)),
    status: cancelled ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
    // A window doesn't block anyone's time.
    transparency: ICalEventTransparency.TRANSPARENT,
  };
}

/** Returns the windows for the calendar, latest first: all that aren't over, and the newest past ones. */
function calendarWindows({ maintenances, now }: Site): Maintenance[] {
  const over = maintenances.filter(({ window }) => window.to <= now);
  const left = new Set(over.slice(shownPast));
  return maintenances.filter((maintenance) => !left.has(maintenance));
}

/**
 * Returns the maintenance windows as a calendar (RFC 5545), with times in UTC. Doesn't set METHOD, because these
 * aren't invitations, and RFC 5546 would then require an organizer.
 */
export function calendar(site: Site): string {
  const name = calendarText(wordsFor(site.settings).calendar.name(site.settings.name));
  const calendar = new ICalCalendar({
    prodId: { company: 'Halfpast', product: 'Halfpast' },
    // The library escapes the text of events, but not the name of the calendar.
    name: escape(name, false),
    ttl: refresh / 1000,
    events: calendarWindows(site).map((maintenance) => eventOf(site, maintenance)),
  });
  // RFC 5545 3.1: every line ends with a line break, including the last.
  return `${calendar.toString()}\r\n`;
}
