import { escape, ICalCalendar, type ICalEventData, ICalEventStatus, ICalEventTransparency } from 'ical-generator';
import { hour, type Instant, publishedAt } from '../domain/calendar.ts';
import { isCancelled, type Maintenance } from '../domain/maintenance.ts';
import type { Site } from '../domain/site.ts';
import { plainText } from '../plain-text.ts';
import { absolute, bodyHtml, paths } from '../views/lookup.ts';
import { wordsFor } from '../words/words.ts';

/** How many windows that are over stay in the calendar, newest first; those to come are all in it. */
const shownPast = 100;

/** How often a calendar program is asked to look again. */
const refresh = hour;

/** Text without the characters that RFC 5545 allows in no text. */
const calendarText = (text: string): string =>
  text.toWellFormed().replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g, '\ufffd');

/** The library writes addresses as text, and a backslash before a comma would spoil one. */
const calendarAddress = (address: string): string => address.replaceAll(',', '%2C').replaceAll(';', '%3B');

/** When anything that the event says was last written. */
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
  const newest = updates.at(-1) ?? updates[0];
  const stamp = new Date(revised(maintenance));
  return {
    // With the folder of the site, since others may be on the same host; parsers differ on commas and the like.
    id: `${slug}@${hostname}${pathname === '/' ? '' : pathname.replaceAll(/[^\w./-]/g, '-')}`,
    // RFC 5545 3.8.7.2: without METHOD, DTSTAMP is when the event was last revised, as LAST-MODIFIED is.
    stamp,
    lastModified: stamp,
    // Each later update and each edited one is a revision; neither is ever taken back.
    sequence: updates.length - 1 + updates.filter(({ record }) => record.edited !== null).length,
    start: new Date(window.from),
    end: new Date(window.to),
    // Many programs show a cancelled event as any other.
    summary: calendarText(summary(site.settings.name, title)),
    description: calendarText(plainText(bodyHtml(site, page, newest.record))),
    url: calendarAddress(absolute(site.settings, page)),
    status: cancelled ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
    // Nobody is busy because a server is.
    transparency: ICalEventTransparency.TRANSPARENT,
  };
}

/** The windows in the calendar, latest first: all that aren't over, and the newest others. */
function calendarWindows({ maintenances, now }: Site): Maintenance[] {
  const over = maintenances.filter(({ window }) => window.to <= now);
  const left = new Set(over.slice(shownPast));
  return maintenances.filter((maintenance) => !left.has(maintenance));
}

/**
 * The maintenance windows as a calendar (RFC 5545), times in UTC. It names no METHOD: nobody is
 * invited, and RFC 5546 would then ask for an organizer.
 */
export function calendar(site: Site): string {
  const name = calendarText(wordsFor(site.settings).calendar.name(site.settings.name));
  const calendar = new ICalCalendar({
    prodId: { company: 'Halfpast', product: 'Halfpast' },
    // The library escapes what an event says, not what the calendar is called.
    name: escape(name, false),
    ttl: refresh / 1000,
    events: calendarWindows(site).map((maintenance) => eventOf(site, maintenance)),
  });
  // RFC 5545 3.1: every line ends with a line break, the last one too.
  return `${calendar.toString()}\r\n`;
}
