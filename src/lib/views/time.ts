import { formatDuration } from 'date-fns/formatDuration';
import {
  day,
  type Day,
  dayOf,
  type Duration,
  hour,
  type Instant,
  isoTime,
  minute,
  type Month,
  second,
} from '../domain/calendar.ts';
import type { Settings } from '../domain/settings.ts';

/** A moment for machines and for people. */
export type TimeView = { readonly iso: string; readonly text: string };

type Zone = Pick<Settings, 'timeZone' | 'locale'>;

const formats = new Map<string, Intl.DateTimeFormat>();

function formatter(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${locale} ${JSON.stringify(options)}`;
  const known = formats.get(key) ?? new Intl.DateTimeFormat(locale, options);
  formats.set(key, known);
  return known;
}

const toTheMinute = {
  year: 'numeric',
  month: 'short',
  day: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  timeZoneName: 'short',
} as const;

/** `22 Nov 2026, 15:05 CET` in the site's time zone. */
export function time(instant: Instant, { timeZone, locale }: Zone): TimeView {
  return { iso: isoTime(instant), text: formatter(locale, { timeZone, ...toTheMinute }).format(instant) };
}

/** When something ends that began at `from`: without the date where it is that of the beginning, as `16:05 CET`. */
export function endTime(from: Instant, to: Instant, zone: Zone): TimeView {
  const { timeZone, locale } = zone;
  if (dayOf(from, timeZone) !== dayOf(to, timeZone)) return time(to, zone);
  return {
    iso: isoTime(to),
    text: formatter(locale, { timeZone, hour: '2-digit', minute: '2-digit', timeZoneName: 'short' }).format(to),
  };
}

/**
 * The times of a list, told apart: those that fall in one minute with another have seconds, and
 * milliseconds where seconds are not enough.
 */
export function distinctTimes(instants: readonly Instant[], zone: Zone): TimeView[] {
  const ties = (unit: Duration, instant: Instant): boolean =>
    instants.filter((other) => Math.floor(other / unit) === Math.floor(instant / unit)).length > 1;
  return instants.map((instant) => {
    if (!ties(minute, instant)) return time(instant, zone);
    const exact = ties(second, instant) ? ({ fractionalSecondDigits: 3 } as const) : {};
    const text = formatter(zone.locale, {
      timeZone: zone.timeZone,
      ...toTheMinute,
      second: '2-digit',
      ...exact,
    }).format(instant);
    return { iso: isoTime(instant), text };
  });
}

/** `22 November 2026` in the site's time zone. */
export function date(instant: Instant, { timeZone, locale }: Zone): TimeView {
  return { iso: isoTime(instant), text: formatter(locale, { timeZone, dateStyle: 'long' }).format(instant) };
}

/** A calendar date in words; `iso` is the date itself. */
export function dayInWords(day: Day, { locale }: Pick<Settings, 'locale'>): TimeView {
  const text = formatter(locale, { timeZone: 'UTC', dateStyle: 'long' }).format(Date.parse(`${day}T00:00Z`));
  return { iso: day, text };
}

/** `8–17 November 2026`, or one date alone; `first` is not after `last`. */
export function daysInWords(first: Day, last: Day, zone: Pick<Settings, 'locale'>): string {
  if (first === last) return dayInWords(first, zone).text;
  const at = (day: Day): Instant => Date.parse(`${day}T00:00Z`);
  return formatter(zone.locale, { timeZone: 'UTC', dateStyle: 'long' }).formatRange(at(first), at(last));
}

/** `November`, or `Nov`. */
export function monthName(month: Month, length: 'long' | 'short', { locale }: Pick<Settings, 'locale'>): string {
  return formatter(locale, { timeZone: 'UTC', month: length }).format(Date.parse(`${month}-01T00:00Z`));
}

/** `November 2026` */
export function monthInWords(month: Month, { locale }: Pick<Settings, 'locale'>): string {
  const options = { timeZone: 'UTC', year: 'numeric', month: 'long' } as const;
  return formatter(locale, options).format(Date.parse(`${month}-01T00:00Z`));
}

/** `22 Nov 2026, 14:05 UTC`, whatever the site's time zone is: for texts that must never change. */
export function utcTime(instant: Instant): string {
  const [day = '', clock = ''] = isoTime(instant).split('T');
  const [year, month, date] = day.split('-').map(Number);
  const names = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
  const exact = clock
    .replace('.000Z', '')
    .replace('Z', '')
    .replace(/^(\d\d:\d\d):00$/, '$1');
  return `${date} ${names[(month ?? 1) - 1]} ${year}, ${exact} UTC`;
}

/** `1 day 1 hour 20 minutes`; days of 24 hours, seconds are left out. */
export function durationInWords(duration: Duration): string {
  if (duration < minute) return 'less than a minute';
  return formatDuration({
    days: Math.floor(duration / day),
    hours: Math.floor((duration % day) / hour),
    minutes: Math.floor((duration % hour) / minute),
  });
}
