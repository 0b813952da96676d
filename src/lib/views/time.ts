import {
  type Day,
  dayOf,
  type Duration,
  type Instant,
  isoTime,
  minute,
  type Month,
  second,
} from '../domain/calendar.ts';
import type { Settings } from '../domain/settings.ts';
import { shortUtc } from '../schema/time-fields.ts';
import type { Words } from '../words/words.ts';

/** A time, both machine-readable and human-readable. */
export type TimeView = { readonly iso: string; readonly text: string };

/** The time zone and locale for showing times. */
export type Zone = Pick<Settings, 'timeZone' | 'locale'>;

/** Uses the same years and digits as in URLs and the content, even for regions with others, such as `ar-SA`. */
const sameEverywhere = { calendar: 'gregory', numberingSystem: 'latn' } as const;

const formats = new Map<string, Intl.DateTimeFormat>();

/** Formatters are cached, because creating one takes longer than using it a hundred times. */
function formatter({ timeZone, locale }: Zone, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${locale} ${timeZone} ${JSON.stringify(options)}`;
  const known = formats.get(key) ?? new Intl.DateTimeFormat(locale, { timeZone, ...sameEverywhere, ...options });
  formats.set(key, known);
  return known;
}

const hourAndMinute = { hour: '2-digit', minute: '2-digit' } as const;
const clockOptions = { ...hourAndMinute, timeZoneName: 'short' } as const;
/** With the styles of `Intl`, some languages would show the month's name, others its number. */
const dayOptions = { year: 'numeric', month: 'short', day: 'numeric' } as const;
const timeOptions = { ...dayOptions, ...clockOptions } as const;

const view = (instant: Instant, zone: Zone, options: Intl.DateTimeFormatOptions): TimeView => ({
  iso: isoTime(instant),
  text: formatter(zone, options).format(instant),
});

/** `22 Nov 2026, 15:05 CET` */
export const time = (instant: Instant, zone: Zone): TimeView => view(instant, zone, timeOptions);

/** `22 November 2026` */
export const date = (instant: Instant, zone: Zone): TimeView => view(instant, zone, { dateStyle: 'long' });

/** `22 Nov 2026`; `iso` is the date itself. */
export const shortDate = (instant: Instant, zone: Zone): TimeView => ({
  iso: dayOf(instant, zone.timeZone),
  text: formatter(zone, dayOptions).format(instant),
});

/** `15:05 CET` */
export const clock = (instant: Instant, zone: Zone): string => formatter(zone, clockOptions).format(instant);

/** `15:05`, for texts that state the zone once. */
export const clockWithoutZone = (instant: Instant, zone: Zone): string =>
  formatter(zone, hourAndMinute).format(instant);

/** Returns the end of what began at `from`: `22 Nov 2026, 16:05 CET`, or `16:05 CET` on the same day. */
export function endTime(from: Instant, to: Instant, zone: Zone): TimeView {
  const isSameDay = dayOf(from, zone.timeZone) === dayOf(to, zone.timeZone);
  return view(to, zone, isSameDay ? clockOptions : timeOptions);
}

/** Returns the times of a list. Times within the same minute get seconds and, if needed, milliseconds. */
export function distinctTimes(instants: readonly Instant[], zone: Zone): TimeView[] {
  const ties = (unit: Duration, instant: Instant): boolean =>
    instants.filter((other) => Math.floor(other / unit) === Math.floor(instant / unit)).length > 1;
  return instants.map((instant) => {
    if (!ties(minute, instant)) return time(instant, zone);
    const exact = ties(second, instant) ? ({ fractionalSecondDigits: 3 } as const) : {};
    return view(instant, zone, { ...timeOptions, second: '2-digit', ...exact });
  });
}

type Locale = Pick<Settings, 'locale'>;

// Calendar days and months, which are the same in all time zones.
const calendar = ({ locale }: Locale, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat =>
  formatter({ locale, timeZone: 'UTC' }, options);
const midnight = (day: Day): Instant => Date.parse(`${day}T00:00Z`);

/** A calendar date in words; `iso` is the date itself. */
export const dayInWords = (day: Day, locale: Locale): TimeView => ({
  iso: day,
  text: calendar(locale, { dateStyle: 'long' }).format(midnight(day)),
});

/** `8–17 Nov 2026`, or a single date; `first` isn't after `last`. */
export function daysInWords(first: Day, last: Day, locale: Locale): string {
  const format = calendar(locale, dayOptions);
  return first === last ? format.format(midnight(first)) : format.formatRange(midnight(first), midnight(last));
}

/** `November`, or `Nov`. */
export const monthName = (month: Month, length: 'long' | 'short', locale: Locale): string =>
  calendar(locale, { month: length }).format(midnight(`${month}-01`));

/** `November 2026` */
export const monthInWords = (month: Month, locale: Locale): string =>
  calendar(locale, { year: 'numeric', month: 'long' }).format(midnight(`${month}-01`));

/** `Sunday, 22 November 2026` */
export const weekdayAndDate = (instant: Instant, zone: Zone): string =>
  formatter(zone, { dateStyle: 'full' }).format(instant);

/**
 * `15:30+01:00`, ready to type in a file or a flag. On other days than that of `now`, starts with the date: `Sat
 * 21 Nov 15:30+01:00`.
 */
export function timeWithOffset(instant: Instant, now: Instant, zone: Zone): string {
  const { timeZone } = zone;
  const offset = { ...hourAndMinute, timeZoneName: 'longOffset' } as const;
  const text = formatter({ timeZone, locale: 'en-GB' }, offset).format(instant);
  const typed = text.replace(/ GMT$/, '+00:00').replace(' GMT', '');
  if (dayOf(instant, timeZone) === dayOf(now, timeZone)) return typed;
  return `${formatter(zone, { weekday: 'short', day: 'numeric', month: 'short' }).format(instant)} ${typed}`;
}

/** `2026-11-22T14:30Z (15:30 CET)`: ready to type, followed by how the page shows it. */
export function utcAndLocal(instant: Instant, zone: Zone): string {
  const utc = shortUtc(instant);
  if (zone.timeZone === 'UTC') return utc;
  const isSameDay = dayOf(instant, zone.timeZone) === dayOf(instant, 'UTC');
  const day = isSameDay ? {} : ({ day: 'numeric', month: 'short' } as const);
  return `${utc} (${formatter(zone, { ...day, ...clockOptions }).format(instant)})`;
}

/** `22 Nov 2026, 14:05 UTC` in all time zones and regions, for texts that must never change. */
export function utcTime(instant: Instant, { feeds: words }: Words): string {
  const [day = '', clock = ''] = isoTime(instant).split('T');
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  const exact = clock
    .replace('.000Z', '')
    .replace('Z', '')
    .replace(/^(\d\d:\d\d):00$/, '$1');
  return words.time(year, month, date, exact);
}
