import type { Instant } from '../../../src/domain/instant.ts';
import { localInstant } from '../../../src/schema/instant.ts';

/** An instant, and whether it was written without an offset, so that the zone decided. */
export type HugoTime = { readonly at: Instant; readonly isLocal: boolean };

const clock = String.raw`(?<hours>\d{1,2}):(?<minutes>\d{2})(?::(?<seconds>\d{2})(?:[.,](?<fraction>\d{1,9}))?)?(?:\s*(?<half>[ap])\.?m\.?)?`;
const zone = String.raw`(?<zone>Z|UTC|GMT|(?:(?:UTC|GMT)\s*)?[+-]\d{2}(?::?\d{2})?(?:\s+\(?[A-Z]{1,5}\)?|\s+[+-]\d{4})?)`;
const weekday = String.raw`(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?,?\s+)?`;

/** Hugo's own list, and the forms of cState's dateFormat: numbers, "02 Jan 2006", "January 2, 2006 at 3:04 PM", and what Unix prints. */
const forms = [
  String.raw`(?<year>\d{4})[-/](?<month>\d{1,2})[-/](?<day>\d{1,2})(?:(?:T|\s+)${clock})?\s*${zone}?`,
  String.raw`${weekday}(?<day>\d{1,2})(?:st|nd|rd|th)?[\s-](?<month>[a-z]{3,9})\.?[\s-](?<year>\d{4}|\d{2}),?(?:\s+(?:at\s+)?${clock})?\s*${zone}?`,
  String.raw`${weekday}(?<month>[a-z]{3,9})\.?\s+(?<day>\d{1,2})(?:st|nd|rd|th)?,?\s+(?<year>\d{4}),?(?:\s+(?:at\s+)?${clock})?\s*${zone}?`,
  String.raw`${weekday}(?<month>[a-z]{3,9})\s+(?<day>\d{1,2})\s+${clock}(?:\s+${zone})?\s+(?<year>\d{4})`,
].map((form) => new RegExp(`^${form}$`, 'i'));

const monthNames = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
];

function monthOf(said: string): string | null {
  if (/^\d+$/.test(said)) return said.padStart(2, '0');
  const index = monthNames.findIndex(
    (name) =>
      name === said.toLowerCase() ||
      name.slice(0, 3) === said.toLowerCase() ||
      (name === 'september' && said.toLowerCase() === 'sept'),
  );
  return index === -1 ? null : String(index + 1).padStart(2, '0');
}

/** 24 hours from `3 PM`; null for 13 PM. */
function hoursOf(hours: number, half: string | undefined): number | null {
  if (half === undefined) return hours < 24 ? hours : null;
  if (hours < 1 || hours > 12) return null;
  return (hours % 12) + (half.toLowerCase() === 'p' ? 12 : 0);
}

const pad = (value: string | number): string => String(value).padStart(2, '0');

/**
 * Reads a time as people write it into cState's front matter and `track` shortcodes. `timeZone` is
 * that of times without an offset; a day alone is its first minute. Null when it is not surely one time.
 */
export function readHugoTime(text: string, timeZone: string): HugoTime | null {
  const parts = forms.map((form) => form.exec(text.trim())).find((match) => match !== null)?.groups;
  if (parts === undefined) return null;
  const {
    year = '',
    month = '',
    day = '',
    hours = '0',
    minutes = '00',
    seconds = '00',
    fraction = '',
    half,
    zone: offset,
  } = parts;
  const [monthNumber, hour] = [monthOf(month), hoursOf(Number(hours), half)];
  if (monthNumber === null || hour === null) return null;
  const date = `${year.length === 2 ? `20${year}` : year}-${monthNumber}-${pad(day)}`;
  const local = `${date}T${pad(hour)}:${minutes}:${seconds}.${fraction.slice(0, 3).padEnd(3, '0')}`;
  // A date that is in no calendar, as 31 April, would be moved into the next month.
  const asUtc = Date.parse(`${local}Z`);
  if (Number.isNaN(asUtc) || new Date(asUtc).toISOString() !== `${local}Z`) return null;
  if (offset === undefined) {
    const at = localInstant(local, timeZone);
    return at === null ? null : { at, isLocal: true };
  }
  const [, sign, offsetHours = '0', offsetMinutes = '0'] = /([+-])(\d{2}):?(\d{2})?/.exec(offset) ?? [];
  const shift = (Number(offsetHours) * 60 + Number(offsetMinutes)) * 60_000;
  return { at: asUtc + (sign === '-' ? shift : -shift), isLocal: false };
}
