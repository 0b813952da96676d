import { isValid } from 'date-fns/isValid';
import { parseISO } from 'date-fns/parseISO';
import { type Instant, isoTime, second } from '../domain/calendar.ts';
import { slugify } from '../schema/components-file.ts';
import { quote } from '../schema/text.ts';
import { clockFault, localInstants, shortUtc } from '../schema/time-fields.ts';

const form = /^(20\d{2}-\d{2}-\d{2})T(\d{2})(\d{2})(?:(\d{2})(\.\d{3})?)?Z$/;

/**
 * Parses the time in an update's file name without the extension, such as `2026-11-22T1405Z`: UTC, to the minute,
 * second or millisecond, in this century. Null for names in another format.
 */
export function parseUpdateName(name: string): Instant | null {
  const parts = form.exec(name);
  if (parts === null) return null;
  const [, date, hours, minutes, seconds = '00', fraction = ''] = parts;
  const instant = parseISO(`${date}T${hours}:${minutes}:${seconds}${fraction}Z`);
  return isValid(instant) && Number(hours) < 24 ? instant.getTime() : null;
}

/** Returns the shortest exact name for an update at an instant. */
export function updateName(instant: Instant): string {
  const exact = isoTime(instant).replaceAll(':', '');
  return exact.replace('.000Z', 'Z').replace(/^(.*T\d{4})00Z$/, '$1Z');
}

/** The names of the updates in a folder, without extensions. */
type Taken = ReadonlySet<string>;

export const namesOf = (files: readonly { readonly id: string }[]): Taken => new Set(files.map(({ id }) => id));

/** Returns the name for an update at an instant, or at the first free second after it. */
export function freeUpdateName(at: Instant, taken: Taken): string {
  const name = updateName(at);
  return taken.has(name) ? freeUpdateName(at + second, taken) : name;
}

const copied = /(?: ?\(\d+\)| - copy(?: \(\d+\))?| copy(?: \d+)?)$/i;

/** A time in any format, with or without its offset from UTC. */
const anyTime =
  /^\D*(\d{4})\D?(\d\d)\D?(\d\d)\D*(\d\d)\D?(\d\d)(?:(?![+-]\d\d:?\d\d$|\+)\D?(\d\d))?([+-][01]\d(?::?[0-5]\d)?$)?/;

/** The message for a name in another format. */
export function wrongUpdateName(name: string, taken: Taken): string {
  const original = name.replace(copied, '');
  if (original !== name && taken.has(original)) {
    const other = freeUpdateName(parseUpdateName(original) ?? 0, taken);
    return `${quote(`${name}.md`)} looks like a copy of ${original}.md. Delete one of them; if it is another update, rename it to its time in UTC, such as ${other}.md`;
  }
  const [, year = '', month = '', day = '', hours = '', minutes = '', seconds, offset = 'Z'] =
    anyTime.exec(original) ?? [];
  const date = `${year}-${month}-${day}`;
  const fault = year === '' ? null : clockFault(date, hours, minutes, seconds);
  const isTime = fault === null && parseUpdateName(`${date}T${hours}${minutes}Z`) !== null;
  const at = isTime ? parseISO(`${date}T${hours}:${minutes}${offset}`).getTime() : null;
  const example = at === null ? 'such as 2026-11-22T1405Z.md' : `perhaps ${freeUpdateName(at, taken)}.md`;
  const why = fault === null ? '' : `: ${fault}`;
  return `${quote(`${name}.md`)} is not a valid update name${why}. Rename it to its time in UTC, ${example}`;
}

/**
 * The message for a file in an update folder that isn't Markdown, or is in a subfolder. `name` includes the extension.
 */
export function notAnUpdate(name: string, folder: string, taken: Taken): string {
  if (name.includes('/')) return `is nested too deeply. Move it up to ${folder}/, or out of the content folder`;
  if (/\.(?:heic|heif|bmp|tiff?|jxl)$/i.test(name))
    return `${quote(name)} is an image that many browsers do not show. Save it as PNG, JPEG, GIF, WebP, AVIF or SVG`;
  const at = parseUpdateName(name.replace(/\.[^.]*$/, ''));
  const advice =
    at === null ? 'Delete it or move it out of the content folder' : `Rename it to ${freeUpdateName(at, taken)}.md`;
  return `${quote(name)} is not an update, which must be an .md file named after its time. ${advice}`;
}

/**
 * The message for an update with an impossible time, which may be local time. `fits` checks whether the converted time
 * is possible. `timeZone` is the site's.
 */
export function localTimeHint(
  at: Instant,
  timeZone: string,
  taken: Taken,
  fits: (instant: Instant) => boolean,
): string {
  const local = isoTime(at);
  const meant = localInstants(local, timeZone).filter((instant) => instant !== at && fits(instant));
  if (meant.length === 0) return 'Rename it to the time of the update in UTC';
  const times = meant.map((instant) => shortUtc(instant).slice(11)).join(' or ');
  const names = meant.map((instant) => `${freeUpdateName(instant, taken)}.md`).join(' or ');
  const twice = meant.length > 1 ? ', as clocks show it twice that day' : '';
  return `Did you use local time? ${local.slice(11, 16)} in ${timeZone} is ${times}${twice}: rename it to ${names}`;
}

const longest = 60;

/**
 * Converts a title for use in a URL: at most 60 characters, cut between words. Returns `otherwise` if nothing is left.
 */
export function titleSlug(title: string, otherwise: string): string {
  const slug = slugify(title);
  if (slug.length <= longest) return slug === '' ? otherwise : slug;
  const cut = slug.slice(0, longest + 1);
  const words = cut.slice(0, cut.lastIndexOf('-'));
  return words === '' ? slug.slice(0, longest) : words;
}

/** Returns the UTC date of an instant, as used in file names. */
export function utcDate(instant: Instant): string {
  return isoTime(instant).slice(0, 10);
}

/** Returns the first free name of `name`, `name-2`, `name-3`… */
export function freeName(name: string, isTaken: (name: string) => boolean): string {
  let candidate = name;
  for (let number = 2; isTaken(candidate); number += 1) candidate = `${name}-${number}`;
  return candidate;
}

/**
 * Returns the folder for a new incident that begins at `at`. `named` is whether the name comes from the title. If so,
 * an open incident with the same name is probably the same incident.
 */
export function incidentSlug(title: string, at: Instant): { readonly wanted: string; readonly named: boolean } {
  const date = utcDate(at);
  const inLetters = titleSlug(title, '');
  // Titles without usable letters all look alike, but that doesn't make them the same incident.
  if (inLetters === '')
    return { wanted: `${date}-incident-${isoTime(at).slice(11, 16).replace(':', '')}`, named: false };
  return { wanted: `${date}-${inLetters}`, named: true };
}
