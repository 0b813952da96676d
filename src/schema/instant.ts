import { tzOffset } from '@date-fns/tz';
import { isValid } from 'date-fns/isValid';
import { parseISO } from 'date-fns/parseISO';
import { day, type Instant, isoTime, minute } from '../domain/instant.ts';
import { quote, type Read, readable } from './text.ts';

const form =
  /^(\d{4}-\d{2}-\d{2})[T ](\d{2}):?(\d{2})(?::?(\d{2})(\.\d{1,3})?)? ?(Z|[+-](?:0\d|1[0-4])(?::?[0-5]\d)?)?$/i;

/** UTC to the minute where that is exact, as a user would type it: `2026-11-22T13:05Z`. */
export function shortUtc(instant: Instant): string {
  return isoTime(instant).replace('.000Z', 'Z').replace(/:00Z$/, 'Z');
}

/**
 * The instant of a clock on the wall in `timeZone`; `local` is `2026-11-22T14:05:00`, with or without a
 * fraction. The first of two if clocks were put back; null if they were put forward over it.
 */
export function localInstant(local: string, timeZone: string): Instant | null {
  const asUtc = Date.parse(local.replace(/Z?$/, 'Z'));
  const offsetAt = (instant: Instant) => tzOffset(timeZone, new Date(instant)) * minute;
  const possible = [asUtc - day, asUtc + day]
    .map((around) => asUtc - offsetAt(around))
    .filter((instant) => instant + offsetAt(instant) === asUtc);
  return possible.length === 0 ? null : Math.min(...possible);
}

function noOffset(given: string, local: string, timeZone: string): string {
  const instant = localInstant(local, timeZone);
  if (instant === null) return `${quote(given)} has no offset. Put Z behind it for UTC, or an offset such as +01:00`;
  return `${quote(given)} has no offset. If it is ${local.slice(11, 16)} in ${timeZone}, type ${shortUtc(instant)}; if it is UTC, put Z behind it`;
}

/** A time with an offset. `timeZone` is the site's, for the hint when the offset is missing. */
export function readInstant(given: string, timeZone: string): Read<Instant> {
  const parts = form.exec(given);
  const example = 'Type a time such as 2026-11-22T14:30Z';
  if (/^\d{4}-\d{2}-\d{2}$/.test(given)) {
    return { wrong: `${quote(given)} is a day without a time. Type both, as ${given}T14:30Z` };
  }
  if (parts === null) return { wrong: `${quote(given)} is not a time. ${example}` };
  const [, date, hours, minutes, seconds = '00', fraction = '', offset] = parts;
  const local = `${date}T${hours}:${minutes}:${seconds}${fraction}`;
  if (!isValid(parseISO(`${local}Z`))) {
    return { wrong: `${quote(given)} is not in the calendar. ${example}` };
  }
  if (offset === undefined) return { wrong: noOffset(given, local, timeZone) };
  // No status page is older, and nobody plans further: a slip of the finger, with which a history would begin in the year 202.
  if (!/^20/.test(given)) return { wrong: `${quote(given)} is not in this century. ${example}` };
  return { value: parseISO(`${local}${offset.toUpperCase()}`).getTime() };
}

export const instant = (example: string, timeZone: string) =>
  readable(example, (given) => readInstant(given, timeZone));
