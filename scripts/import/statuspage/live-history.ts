import { UserError } from '../../cli/errors.ts';
import { count } from '../../../src/views/words.ts';
import type { Note } from '../note.ts';
import type { Read } from './polite-reader.ts';

export type Event = Readonly<Record<string, unknown>>;
/** `isWhole`: also what the API lists, and said better. */
export type Events = {
  readonly incidents: readonly Event[];
  readonly maintenances: readonly Event[];
  readonly isWhole: boolean;
};

type Known = {
  readonly base: string;
  readonly ids: ReadonlySet<string>;
  readonly newestYear: number | null;
  readonly read: Read;
  readonly note: Note;
  readonly progress: (line: string) => void;
};

const isObject = (value: unknown): value is Event =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
export const eventsIn = (value: unknown): Event[] => (Array.isArray(value) ? value.filter(isObject) : []);

/** JSON of an object; null when it is something else, as a page for people. */
export function parseObject(text: string | null): Event | null {
  try {
    const data: unknown = text === null ? null : JSON.parse(text);
    return isObject(data) ? data : null;
  } catch {
    return null;
  }
}

/** So many years without anything do not come in the middle of a history. */
const emptyYears = 5;

/** The history of a page that is itself made by Halfpast, from its first year on, a file a year; null when it is not. Tells of what no API has. */
async function ofHalfpast({ base, newestYear, read, note, progress }: Known): Promise<Events | null> {
  if (newestYear === null) return null;
  const years: Event[] = [];
  // What began in the last minutes of a year may have been told first in the next.
  for (let year = newestYear + 1, empty = 0; empty < emptyYears; year -= 1) {
    const file = parseObject(await read(`/api/history/${year}.json`));
    if (file === null && years.length === 0 && year <= newestYear) return null;
    empty = file === null ? empty + 1 : 0;
    if (file !== null) years.push(file);
    if (file !== null) progress(`history of ${year}`);
  }
  note(
    `${base}: is a page of Halfpast; customer data, remedies, next updates and postmortems are not in the API. Copy its content/ to keep them`,
  );
  return {
    incidents: years.flatMap((file) => eventsIn(file['incidents'])),
    maintenances: years.flatMap((file) => eventsIn(file['scheduled_maintenances'])),
    isWhole: true,
  };
}

type Listed = { readonly code: string; readonly month: string };

/** Statuspage's page of history lists three months a page, also empty ones before the page began: a year of them is the end. */
const emptyPages = 4;

/** What the history lists, newest first; null when the page has no such list. */
async function listed({ read, progress }: Known): Promise<Listed[] | null> {
  const found = new Map<string, Listed>();
  for (let page = 1, empty = 0; empty < emptyPages; page += 1) {
    const months = parseObject(await read(`/history.json?page=${page}`))?.['months'];
    if (!Array.isArray(months)) return page === 1 ? null : [...found.values()];
    if (months.length === 0) break;
    const before = found.size;
    for (const month of eventsIn(months)) {
      for (const { code } of eventsIn(month['incidents'])) {
        if (typeof code === 'string' && !found.has(code))
          found.set(code, { code, month: `${String(month['name'])} ${String(month['year'])}` });
      }
    }
    empty = found.size === before ? empty + 1 : 0;
    progress(`page ${page} of the history, ${count(found.size, 'incident')} so far`);
  }
  return [...found.values()];
}

/** One incident or maintenance as its own file has it; it calls its id a code. */
function withIds(event: Event, code: string): Event {
  const updates = eventsIn(event['incident_updates']).map((update, index) => ({
    ...update,
    id: update['id'] ?? update['code'] ?? `${code}-${index}`,
  }));
  return { ...event, id: event['id'] ?? code, ...('incident_updates' in event ? { incident_updates: updates } : {}) };
}

/**
 * All that happened before what the API lists. What cannot be had is told, with how much and of when.
 * Throws UserError when the page stops answering.
 */
export async function olderEvents(known: Known): Promise<Events> {
  const whole = await ofHalfpast(known);
  if (whole !== null) return whole;
  const { base, ids, read, note, progress } = known;
  const history = await listed(known);
  if (history === null) {
    note(
      `${base}/history.json: is not there, so that only what the API lists could be read: the newest incidents, at most 50`,
    );
    return { incidents: [], maintenances: [], isWhole: false };
  }
  const older = history.filter(({ code }) => !ids.has(code));
  const events: Event[] = [];
  const lost: Listed[] = [];
  for (const [index, one] of older.entries()) {
    const file = parseObject(
      await read(`/incidents/${encodeURIComponent(one.code)}.json`).catch((error: unknown) => {
        if (error instanceof UserError) return null;
        throw error;
      }),
    );
    const event = isObject(file?.['incident']) ? file['incident'] : file;
    if (event === null) lost.push(one);
    else events.push(withIds(event, one.code));
    if ((index + 1) % 10 === 0 || index + 1 === older.length)
      progress(`older incidents: ${index + 1} of ${older.length}`);
  }
  const [newest, oldest] = [lost[0], lost.at(-1)];
  if (newest !== undefined && oldest !== undefined) {
    note(
      `${base}/history.json: ${count(lost.length, 'incident')} of the history could not be read, from ${oldest.month} to ${newest.month}: ${lost.map(({ code }) => code).join(', ')}`,
    );
  }
  const isWindow = (event: Event): boolean => typeof event['scheduled_for'] === 'string';
  return {
    incidents: events.filter((event) => !isWindow(event)),
    maintenances: events.filter(isWindow),
    isWhole: false,
  };
}
