import { isValid } from 'date-fns/isValid';
import { parseISO } from 'date-fns/parseISO';
import {
  day,
  type Day,
  type Duration,
  hour,
  type Instant,
  isoTime,
  minute,
  offsetAt,
  possibleInstants,
  wallTime,
} from '../domain/calendar.ts';
import type { NextUpdate } from '../domain/promise.ts';
import { languageOf, languages } from '../words/words.ts';
import { quote, type Read, readable, suggest } from './text.ts';

const form =
  /^(\d{4}-\d{2}-\d{2})[T ](\d{2}):?(\d{2})(?::?(\d{2})(\.\d{1,3})?)? ?(Z|[+-](?:0\d|1[0-4])(?::?[0-5]\d)?)?$/i;

/** Formats a time in UTC as users would type it, to the minute if that's exact: `2026-11-22T13:05Z`. */
export function shortUtc(instant: Instant): string {
  return isoTime(instant).replace('.000Z', 'Z').replace(/:00Z$/, 'Z');
}

/**
 * Returns the instants at which clocks in `timeZone` show a time, earliest first: usually one; two if clocks were set
 * back over it; none if they were set forward over it. `local` is `2026-11-22T14:05:00`, with an optional fraction.
 */
export function localInstants(local: string, timeZone: string): Instant[] {
  const asUtc = Date.parse(local.replace(/Z?$/, 'Z'));
  const shows = (instant: Instant): boolean => instant + offsetAt(instant, timeZone) === asUtc;
  return [...new Set(possibleInstants(asUtc, timeZone))].filter(shows).sort((a, b) => a - b);
}

/** Returns the first instant at which clocks in `timeZone` show a time; null if they skip it. */
export function localInstant(local: string, timeZone: string): Instant | null {
  return localInstants(local, timeZone)[0] ?? null;
}

/**
 * Says what to write instead of a time without an offset. When clocks change, the time may not exist, or
 * may exist twice.
 */
function noOffset(given: string, local: string, timeZone: string): Read<never> {
  const [first, second] = localInstants(local, timeZone);
  const clock = local.slice(11, 16);
  const lacks = `${quote(given)} has no UTC offset`;
  if (first === undefined) {
    // When a clock that wasn't set forward would show it.
    const asUtc = Date.parse(`${local}Z`);
    const at = asUtc - offsetAt(asUtc - day, timeZone);
    const shown = wallTime(at, timeZone).slice(11, 16);
    const advice = `For ${shown} there, use ${shortUtc(at)}; for UTC, add Z`;
    return { wrong: `${lacks}, and clocks in ${timeZone} skip ${clock} that day. ${advice}` };
  }
  if (second !== undefined) {
    const advice = `Use ${shortUtc(first)} for the first time, or ${shortUtc(second)} for the second; for UTC, add Z`;
    return { wrong: `${lacks}, and clocks in ${timeZone} show ${clock} twice that day. ${advice}` };
  }
  const utc = shortUtc(first);
  return { wrong: `${lacks}. For ${clock} in ${timeZone}, use ${utc}; for UTC, add Z`, fix: { given, type: utc } };
}

/** Says why no clock shows this time, such as `2026-02-30`, `25`, `00`. Null if one does. */
export function clockFault(date: string, hours: string, minutes: string, seconds = '00'): string | null {
  const [year = '', month = '', day = ''] = date.split('-');
  if (month < '01' || month > '12') return `${month} is not a month`;
  if (!isValid(parseISO(date))) return `${year}-${month} has no day ${day}`;
  const [name, given, last] =
    hours > '23' ? ['hour', hours, 23] : minutes > '59' ? ['minute', minutes, 59] : ['second', seconds, 59];
  return Number(given) > last ? `the last ${name} is ${last}, not ${given}` : null;
}

/** Parses a time with an offset. `timeZone` is the site's, for the hint if the offset is missing. */
export function readInstant(given: string, timeZone: string): Read<Instant> {
  const parts = form.exec(given);
  const example = 'Use a time such as 2026-11-22T14:30Z';
  const century = { wrong: `${quote(given)} is not in this century. ${example}` };
  if (/^\d{4}-\d{2}-\d{2}$/.test(given)) {
    const fault = clockFault(given, '00', '00');
    if (fault !== null) return { wrong: `${quote(given)} is not a valid date: ${fault}. ${example}` };
    if (!given.startsWith('20')) return century;
    return { wrong: `${quote(given)} is a date without a time. Use both, such as ${given}T14:30Z` };
  }
  if (parts === null) return { wrong: `${quote(given)} is not a time. ${example}` };
  const [, date = '', hours = '', minutes = '', seconds = '00', fraction = '', offset] = parts;
  // 24:00 is the end of a day.
  const fault = clockFault(date, hours === '24' && Number(minutes + seconds) === 0 ? '00' : hours, minutes, seconds);
  if (fault !== null) return { wrong: `${quote(given)} is not a valid time: ${fault}. ${example}` };
  // Years outside of this century are typos, such as 202, which would become the start of the history.
  if (!given.startsWith('20')) return century;
  const local = `${date}T${hours}:${minutes}:${seconds}${fraction}`;
  if (offset === undefined) return noOffset(given, local, timeZone);
  return { value: parseISO(`${local}${offset.toUpperCase()}`).getTime() };
}

export const instant = (example: string, timeZone: string) =>
  readable(example, (given) => readInstant(given, timeZone));

const durationForm = /^(?=\d)(?:(\d{1,4})d)?(?:(\d{1,4})h)?(?:(\d{1,4})m)?$/;

/** Parses `30m`, `1h`, `1h30m` or `7d` to milliseconds; null for anything else, including an empty text. */
export function parseDuration(given: string): Duration | null {
  const parts = durationForm.exec(given.replaceAll(' ', ''));
  if (parts === null) return null;
  const [days, hours, minutes] = parts.slice(1).map((part) => Number(part ?? 0));
  const total = (days ?? 0) * day + (hours ?? 0) * hour + (minutes ?? 0) * minute;
  return total > 0 ? total : null;
}

function readDuration(given: string): Read<Duration> {
  const value = parseDuration(given);
  if (value !== null) return { value };
  return { wrong: `${quote(given)} is not a duration. Use minutes, hours or days, such as 30m, 1h30m or 7d` };
}

/** A duration greater than zero. `example` shows what to type. */
export const duration = (example: string) => readable(example, readDuration);

/** Parses a date in the site's calendar. */
export function readDate(given: string): Read<Day> {
  if (/^\d{4}-\d{2}-\d{2}$/.test(given) && isValid(parseISO(given))) return { value: given };
  return { wrong: `${quote(given)} is not a valid date. Use year, month and day, such as 2026-11-22` };
}

/** A date in the site's calendar, such as `2026-11-22`. */
export const calendarDate = (example: string) => readable(example, readDate);

/**
 * Whether a name is an IANA time zone, in IANA's spelling. Offsets such as `+01:00` don't handle daylight saving time.
 */
export function isTimeZone(name: string): boolean {
  try {
    const { timeZone } = new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions();
    // Outdated names resolve to a different name. Miscapitalized names only resolve to another spelling.
    return /^[A-Z]/.test(name) && (timeZone === name || timeZone.toLowerCase() !== name.toLowerCase());
  } catch {
    return false;
  }
}

function readTimeZone(given: string): Read<string> {
  if (isTimeZone(given)) return { value: given };
  const known = ['UTC', ...Intl.supportedValuesOf('timeZone')];
  const near = suggest(given, known);
  if (near === null)
    return { wrong: `${quote(given)} is not a time zone. Use an IANA name such as Europe/Berlin or UTC.` };
  return { wrong: `${quote(given)} is not a time zone. Did you mean "${near}"?`, fix: { given, type: near } };
}

/** An IANA time zone name. */
export const timeZone = readable('time_zone: Europe/Berlin', readTimeZone);

function readLocale(given: string): Read<string> {
  const known = `${languages.slice(0, -1).join(', ')} or ${languages.at(-1) ?? ''}`;
  try {
    const [tag = ''] = Intl.getCanonicalLocales(given);
    // Other calendars, as in `-u-ca-buddhist`, would show different years than the rest of the page.
    if (!/^[a-z]{2,3}(?:-[A-Z][a-z]{3})?(?:-(?:[A-Z]{2}|\d{3}))?$/.test(tag))
      return { wrong: `${quote(given)} is more than a language and a region. Use one such as en-GB or de` };
    if (languageOf(tag) !== null) return { value: tag };
    return { wrong: `${quote(given)} has no translation yet. Use ${known}` };
  } catch {
    return { wrong: `${quote(given)} is not a locale. Use ${known}, or one with a region, such as en-GB` };
  }
}

/** The language of the page, and the region's date formats. */
export const locale = readable('locale: en-GB', readLocale);

const timeOfDay = /^([01]\d|2[0-3]):([0-5]\d)(?:(Z)|([+-])(0\d|1[0-4]):?([0-5]\d))?$/i;
const minutesOfDay = 24 * 60;

function readTimeOfDay(given: string, parts: RegExpExecArray): Read<NextUpdate> {
  const [, hours, minutes, utc, sign, offsetHours, offsetMinutes] = parts;
  if (utc === undefined && sign === undefined) {
    return { wrong: `${quote(given)} has no UTC offset. Use ${given}Z for UTC, or a duration such as 30m` };
  }
  const offset = (Number(offsetHours ?? 0) * 60 + Number(offsetMinutes ?? 0)) * (sign === '-' ? -1 : 1);
  const local = Number(hours) * 60 + Number(minutes);
  return { value: { kind: 'clock', minuteOfDay: (local - offset + 2 * minutesOfDay) % minutesOfDay } };
}

/** Parses a duration (`30m`), a time of day (`14:30Z`), a full time, or `none`. */
export function readNextUpdate(given: string, timeZone: string): Read<NextUpdate> {
  if (given === 'none') return { value: { kind: 'none' } };
  const duration = parseDuration(given);
  if (duration !== null) return { value: { kind: 'in', duration } };
  const parts = timeOfDay.exec(given);
  if (parts !== null) return readTimeOfDay(given, parts);
  if (/^\d{4}-/.test(given)) {
    const time = readInstant(given, timeZone);
    return 'wrong' in time ? time : { value: { kind: 'at', instant: time.value } };
  }
  return { wrong: `${quote(given)} is neither a duration nor a time. Use a value such as 30m, 14:30Z or none` };
}

export const nextUpdate = (timeZone: string) =>
  readable('next_update: 30m', (given) => readNextUpdate(given, timeZone));
