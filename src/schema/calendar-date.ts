import { isValid } from 'date-fns/isValid';
import { parseISO } from 'date-fns/parseISO';
import type { Day } from '../domain/calendar.ts';
import { quote, type Read, readable } from './text.ts';

function readDate(given: string): Read<Day> {
  if (/^\d{4}-\d{2}-\d{2}$/.test(given) && isValid(parseISO(given))) return { value: given };
  return { wrong: `${quote(given)} is not a date. Type year, month and day, as 2026-11-22` };
}

/** A day in the site's calendar, as `2026-11-22`. */
export const calendarDate = (example: string) => readable(example, readDate);
