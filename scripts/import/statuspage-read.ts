import { resolve } from 'node:path';
import { z } from 'zod';
import { second } from '../../src/lib/domain/calendar.ts';
import { count } from '../../src/lib/words/en.ts';
import { UserError } from '../cli/errors.ts';
import type { Context } from '../cli/context.ts';
import { parseJson } from '../cli/text.ts';
import { isMissing, request, responseText, retryAfter, withRetries } from '../live/http.ts';
import type { Note } from './plan.ts';
import { type Dump, dumpFiles, type Kind, parseSaved, readDump } from './statuspage-dump.ts';

/** Fetches a path below the page's URL; null if it doesn't exist. Throws UserError if it can't be fetched. */
type Read = (path: string) => Promise<string | null>;

const attempts = 4;
const longestWait = 60 * second;

/**
 * Reads a page's files. When the server asks for fewer requests, it waits as long as the server says, or else longer
 * each time. `onWait` gets the seconds of waits that are worth mentioning.
 */
export function pageReader(base: string, sleep: Context['sleep'], onWait: (seconds: number) => void): Read {
  return async (path) => {
    const answer = await withRetries(
      () => request(base + path, { timeout: 20 * second, headers: { accept: 'application/json' } }),
      (each, attempt) => {
        const mayRecover = each.kind === 'none' || each.status === 429 || each.status >= 500;
        if (!mayRecover || attempt === attempts) return null;
        const time = Math.min(retryAfter(each) ?? 2 ** (attempt - 1) * second, longestWait);
        if (time >= 5 * second) onWait(time / second);
        return time;
      },
      sleep,
    );
    const text = responseText(answer);
    if (text !== null || isMissing(answer)) return text;
    throw new UserError(
      answer.kind === 'none'
        ? `${base}${path} doesn't respond (${answer.reason}). Check the address and the connection`
        : `${base}${path} returns status ${answer.status}. Try again later, or save the files and pass them with --incidents and so on`,
    );
  };
}

type Event = Readonly<Record<string, unknown>>;
/** `isWhole`: whether it includes everything in the API, with more detail. */
type Events = {
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
const eventsIn = (value: unknown): Event[] => (Array.isArray(value) ? value.filter(isObject) : []);

/** Parses a JSON object; null for anything else, such as an HTML page. */
const parseObject = (text: string | null): Event | null => parseJson(z.record(z.string(), z.unknown()), text);

/** The number of years without any entries that mark the end of a history. */
const emptyYears = 5;

/**
 * The history of a Halfpast page, one file per year; null for other pages. Notes fields that aren't in any API.
 */
async function ofHalfpast({ base, newestYear, read, note, progress }: Known): Promise<Events | null> {
  if (newestYear === null) return null;
  const years: Event[] = [];
  // The first update of an incident from the end of a year may be in the next one.
  for (let year = newestYear + 1, empty = 0; empty < emptyYears; year -= 1) {
    const file = parseObject(await read(`/api/history/${year}.json`));
    if (file === null && years.length === 0 && year <= newestYear) return null;
    empty = file === null ? empty + 1 : 0;
    if (file === null) continue;
    years.push(file);
    progress(`history of ${year}`);
  }
  note(
    `${base}: is a Halfpast page; customer data, remedies, next updates and postmortems are not in the API. Copy its content/ to keep them`,
  );
  return {
    incidents: years.flatMap((file) => eventsIn(file['incidents'])),
    maintenances: years.flatMap((file) => eventsIn(file['scheduled_maintenances'])),
    isWhole: true,
  };
}

type Listed = { readonly code: string; readonly month: string };

/**
 * Statuspage's history lists three months per page, including empty ones from before the page existed. A year of empty
 * months is the end.
 */
const emptyPages = 4;

/** The entries in the history, newest first; null if the page has no history. */
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

/** An incident or maintenance, as in its own file, which calls the id a code. */
function withIds(event: Event, code: string): Event {
  const updates = eventsIn(event['incident_updates']).map((update, index) => ({
    ...update,
    id: update['id'] ?? update['code'] ?? `${code}-${index}`,
  }));
  return { ...event, id: event['id'] ?? code, ...('incident_updates' in event ? { incident_updates: updates } : {}) };
}

/**
 * Everything before the incidents in the API. Notes how many entries were unreadable, and from when. Throws UserError
 * if the page stops responding.
 */
async function olderEvents(known: Known): Promise<Events> {
  const whole = await ofHalfpast(known);
  if (whole !== null) return whole;
  const { base, ids, read, note, progress } = known;
  const history = await listed(known);
  if (history === null) {
    note(`${base}/history.json: is not there, so only the API's newest incidents could be read, 50 at most`);
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

export const fileFlags = ['incidents', 'maintenances', 'components', 'summary'] as const;
type Files = { readonly [K in (typeof fileFlags)[number]]: string | undefined };

/** Reads saved files. An event's own file takes precedence over lists. Throws UserError. */
export async function readFiles(files: Files, context: Context, note: Note): Promise<Dump> {
  const read = async (flag: keyof Files) => {
    const path = files[flag];
    if (path === undefined) return null;
    const text = await context.disk.read(resolve(context.cwd, path));
    if (text === null) throw new UserError(`--${flag}: there is no file ${path}. Check the path`);
    return { path, data: parseSaved(text, path, 'Statuspage') };
  };
  // A pipe can only be read once.
  const summary = await read('summary');
  const dumpOf = async <K extends Kind>(kind: K) => {
    const file = (await read(dumpFiles[kind].flag)) ?? summary;
    return file && readDump(file.data, kind, file.path, note);
  };
  const incidents = await dumpOf('incidents');
  const windows = await dumpOf('scheduled_maintenances');
  const components = await dumpOf('components');
  if (summary !== null)
    note(
      `${summary.path}: a summary lists only what is open; the rest of the history is in incidents.json, or have it all with --url`,
    );
  return {
    page: components?.page ?? incidents?.page ?? windows?.page,
    incidents: incidents?.incidents ?? [],
    maintenances: windows?.scheduled_maintenances ?? [],
    components: components?.components ?? null,
  };
}

const yearOf = (event: Event): number => Number(String(event['created_at'] ?? '').slice(0, 4));

/** Older files have no documented format. Unexpected ones are noted, and the others are still imported. */
function readable(events: readonly Event[], kind: Kind, base: string, note: Note): Event[] {
  return events.filter((event) => {
    try {
      const path = `${base}/incidents/${String(event['id'])}.json`;
      readDump({ [kind]: [event] }, kind, path, () => undefined, 'It was not imported');
      return true;
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      note(error.message);
      return false;
    }
  });
}

/**
 * Reads a live page: the three lists of its API, then the history before them. `base` is its URL without a trailing
 * slash. Throws UserError.
 */
export async function readLive(base: string, read: Read, note: Note, progress: (line: string) => void): Promise<Dump> {
  const take = async (path: string): Promise<Event | null> => {
    progress(path.slice(1));
    const text = await read(path);
    const data = parseObject(text);
    if (text !== null && data === null)
      throw new UserError(
        `${base}${path} is not JSON. Name the address of a page on Statuspage, such as --url https://status.example.com`,
      );
    return data;
  };
  const incidents = await take('/api/v2/incidents.json');
  if (incidents === null || !Array.isArray(incidents['incidents']))
    throw new UserError(
      `${base} has no /api/v2/incidents.json. Name the address of a page on Statuspage, such as --url https://status.example.com`,
    );
  const components = await take('/api/v2/components.json');
  const windows = await take('/api/v2/scheduled-maintenances.json');
  if (components === null) note(`${base}/api/v2/components.json: is not there; components come from the history`);
  if (windows === null) note(`${base}/api/v2/scheduled-maintenances.json: is not there; windows come from the history`);
  const recent = {
    incidents: eventsIn(incidents['incidents']),
    maintenances: eventsIn(windows?.['scheduled_maintenances']),
  };
  const all = [...recent.incidents, ...recent.maintenances];
  const ids = new Set(all.map(({ id }) => String(id)));
  const years = all.map(yearOf).filter((year) => year > 1990);
  const older = await olderEvents({
    base,
    ids,
    newestYear: years.length === 0 ? null : Math.max(...years),
    read,
    note,
    progress,
  });
  const dumpOf = <K extends Kind>(kind: K, listed: readonly Event[], before: readonly Event[]) => {
    // Halfpast's history has each component's worst status; the API lists its current one.
    const [first, then] = older.isWhole ? [before, listed] : [listed, before];
    const known = new Set(first.map(({ id }) => String(id)));
    const others = then.filter(({ id }) => !known.has(String(id)));
    const data = { page: incidents['page'], [kind]: [...first, ...readable(others, kind, base, note)] };
    return readDump(data, kind, `${base}/api/v2/${dumpFiles[kind].file}`, note);
  };
  const { page, incidents: allIncidents } = dumpOf('incidents', recent.incidents, older.incidents);
  const ofWindows = dumpOf('scheduled_maintenances', recent.maintenances, older.maintenances);
  return {
    page,
    incidents: allIncidents,
    maintenances: ofWindows.scheduled_maintenances,
    components: components && readDump(components, 'components', `${base}/api/v2/components.json`, note).components,
  };
}
