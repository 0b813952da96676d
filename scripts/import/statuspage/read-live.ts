import { UserError } from '../../cli/errors.ts';
import type { Note } from '../note.ts';
import type { Dump } from './dump-schema.ts';
import { type Event, eventsIn, olderEvents, parseObject } from './live-history.ts';
import { notCarried } from './not-carried.ts';
import type { Read } from './polite-reader.ts';
import { readDump } from './read-dump.ts';

type Kind = 'incidents' | 'scheduled_maintenances';

const yearOf = (event: Event): number => Number(String(event['created_at'] ?? '').slice(0, 4));

/** Older ones are from files that nobody promised: one that is not as expected is told, and does not keep the others out. */
function readable(events: readonly Event[], kind: Kind, base: string, note: Note): Event[] {
  return events.filter((event) => {
    try {
      readDump(JSON.stringify({ [kind]: [event] }), kind, `${base}/incidents/${String(event['id'])}.json`);
      return true;
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      note(error.message.replace(/ Nothing was written$/, ' It was not carried over'));
      return false;
    }
  });
}

/**
 * Reads a live page: the three lists of its API, then the history before them. `base` is its address
 * without a slash at the end. Throws UserError.
 */
export async function readLive(base: string, read: Read, note: Note, progress: (line: string) => void): Promise<Dump> {
  const take = async (path: string): Promise<Event | null> => {
    progress(path.slice(1));
    const text = await read(path);
    const data = parseObject(text);
    if (text !== null && data === null)
      throw new UserError(
        `${base}${path} is not JSON. Name the address of a page on Statuspage, as --url https://status.example.com`,
      );
    return data;
  };
  const incidents = await take('/api/v2/incidents.json');
  if (incidents === null || !Array.isArray(incidents['incidents']))
    throw new UserError(
      `${base} has no /api/v2/incidents.json. Name the address of a page on Statuspage, as --url https://status.example.com`,
    );
  const components = await take('/api/v2/components.json');
  const windows = await take('/api/v2/scheduled-maintenances.json');
  if (components === null)
    note(`${base}/api/v2/components.json: is not there; components are those that the history names`);
  if (windows === null)
    note(`${base}/api/v2/scheduled-maintenances.json: is not there; windows are those of the history`);
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
  // Halfpast's own history says the worst that each component was; what the API lists says what it is today.
  const whole = (kind: Kind, listed: readonly Event[], before: readonly Event[]): string => {
    const [first, then] = older.isWhole ? [before, listed] : [listed, before];
    const known = new Set(first.map(({ id }) => String(id)));
    const rest = readable(
      then.filter(({ id }) => !known.has(String(id))),
      kind,
      base,
      note,
    );
    const data = { page: incidents['page'], [kind]: [...first, ...rest] };
    notCarried(data, base, note);
    return JSON.stringify(data);
  };
  const ofIncidents = readDump(
    whole('incidents', recent.incidents, older.incidents),
    'incidents',
    `${base}/api/v2/incidents.json`,
  );
  const ofWindows = readDump(
    whole('scheduled_maintenances', recent.maintenances, older.maintenances),
    'scheduled_maintenances',
    `${base}/api/v2/scheduled-maintenances.json`,
  );
  return {
    page: ofIncidents.page,
    incidents: ofIncidents.incidents,
    maintenances: ofWindows.scheduled_maintenances,
    components:
      components === null
        ? null
        : readDump(JSON.stringify(components), 'components', `${base}/api/v2/components.json`).components,
  };
}
