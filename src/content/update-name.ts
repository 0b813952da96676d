import { isValid } from 'date-fns/isValid';
import { parseISO } from 'date-fns/parseISO';
import { type Instant, isoTime } from '../domain/instant.ts';
import { quote } from '../schema/text.ts';

const form = /^(20\d{2}-\d{2}-\d{2})T(\d{2})(\d{2})(?:(\d{2})(\.\d{3})?)?Z$/;

/**
 * The instant in the name of an update file without its ending, such as `2026-11-22T1405Z`:
 * UTC, to the minute, second or millisecond, in this century. Null if the name is of another form.
 */
export function parseUpdateName(name: string): Instant | null {
  const parts = form.exec(name);
  if (parts === null) return null;
  const [, date, hours, minutes, seconds = '00', fraction = ''] = parts;
  const instant = parseISO(`${date}T${hours}:${minutes}:${seconds}${fraction}Z`);
  return isValid(instant) && Number(hours) < 24 ? instant.getTime() : null;
}

/** The name for an update at an instant, as short as is exact. */
export function updateName(instant: Instant): string {
  const exact = isoTime(instant).replaceAll(':', '');
  return exact.replace('.000Z', 'Z').replace(/^(.*T\d{4})00Z$/, '$1Z');
}

/** What to say about a name of another form. */
export function wrongUpdateName(name: string): string {
  const digits = name.replaceAll(/\D/g, '');
  const likely = digits.length >= 12 ? `${digits.slice(0, 4)}-${digits.slice(4, 6)}-${digits.slice(6, 8)}T${digits.slice(8, 12)}Z` : '';
  const example = parseUpdateName(likely) === null ? 'such as 2026-11-22T1405Z.md' : `perhaps ${likely}.md`;
  return `${quote(`${name}.md`)} is not the name of an update. Rename it to its time in UTC, ${example}`;
}

/** What to say about a file in an update folder that is not markdown, or in a folder below; `name` has its ending. */
export function notAnUpdate(name: string, folder: string): string {
  if (name.includes('/')) return `is too deep. Move it up to ${folder}/, or out of the content folder`;
  const stem = name.replace(/\.[^.]*$/, '');
  const advice = parseUpdateName(stem) === null ? 'Delete it or move it out of the content folder' : `Rename it to ${stem}.md`;
  return `${quote(name)} is not an update: those are .md files named by their time. ${advice}`;
}
