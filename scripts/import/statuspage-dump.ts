import { z } from 'zod';
import type { Instant } from '../../src/lib/domain/calendar.ts';
import { componentStatuses, impacts, incidentStatuses, maintenanceStatuses } from '../../src/lib/domain/vocabulary.ts';
import { oneOf } from '../../src/lib/schema/fields.ts';
import { quote } from '../../src/lib/schema/text.ts';
import { UserError } from '../cli/errors.ts';
import { readableOf, readLenient, sentence } from './read-leniently.ts';
import type { Note } from './plan.ts';

/** In Statuspage, an incident can get updates with this status after `resolved`. */
const incidentUpdateStatuses = [...incidentStatuses, 'postmortem'] as const;

const text = z.string();
const filled = text.regex(/\S/, { error: 'is blank' });
const componentStatus = oneOf(componentStatuses, 'a component status');

/** A JSON time with an offset. */
export const jsonTime = z.iso
  .datetime({
    offset: true,
    error: ({ input }) =>
      input === undefined ? 'is missing' : `${quote(input)} is not a time such as 2024-12-20T16:18:14.793Z`,
  })
  .transform((given): Instant => Date.parse(given));

const component = z.object({
  id: filled,
  name: filled.nullish(),
  status: componentStatus.nullish(),
  description: text.nullish(),
  created_at: jsonTime.nullish(),
  updated_at: jsonTime.nullish(),
  showcase: z.boolean().nullish(),
  start_date: z.iso.date({ error: ({ input }) => `${quote(input)} is not a date such as 2022-06-21` }).nullish(),
  group: z.boolean().nullish(),
  group_id: text.nullish(),
  position: z.number().nullish(),
  only_show_if_degraded: z.boolean().nullish(),
});

/** Old pages have entries without a code, such as "No components were affected by this update". */
const affected = z.object({ code: filled, name: filled.nullish(), new_status: componentStatus });

function updates<const T extends readonly [string, ...string[]]>(statuses: T, what: string) {
  const update = z
    .object({
      id: text.nullish(),
      status: oneOf(statuses, what),
      body: text.nullish(),
      created_at: jsonTime.nullish(),
      updated_at: jsonTime.nullish(),
      display_at: jsonTime.nullish(),
      affected_components: readableOf(affected).nullish(),
      custom_tweet: text.nullish(),
    })
    .transform((read, { issues }) => {
      const created = read.created_at ?? read.display_at;
      if (typeof created === 'number') return { ...read, created_at: created };
      issues.push({ code: 'custom', message: 'has no created_at', input: read });
      return z.NEVER;
    });
  return z.array(update, { error: 'is missing' });
}

/** The fields that both kinds share. Unlisted ones aren't needed. */
const event = {
  id: filled,
  name: filled,
  created_at: jsonTime.nullish(),
  started_at: jsonTime.nullish(),
  resolved_at: jsonTime.nullish(),
  components: readableOf(component).nullish(),
  postmortem_body: text.nullish(),
};

type RawUpdate = { readonly created_at: Instant; readonly display_at?: Instant | null | undefined };

/** When readers saw an update. */
export const shownAt = ({ display_at: displayed, created_at: created }: RawUpdate): Instant => displayed ?? created;

type RawEvent = { readonly created_at?: Instant | null | undefined; readonly incident_updates: readonly RawUpdate[] };

/** An event without a creation time is as old as its first update. */
const dated = <T extends RawEvent>(read: T) => ({
  ...read,
  created_at:
    read.created_at ?? (read.incident_updates.length === 0 ? 0 : Math.min(...read.incident_updates.map(shownAt))),
});

const incident = z
  .object({
    ...event,
    status: oneOf(incidentUpdateStatuses, 'a status of an incident').nullish(),
    impact: oneOf(impacts, 'an impact'),
    incident_updates: updates(incidentUpdateStatuses, 'a status of an incident'),
  })
  .transform(dated);

const maintenance = z
  .object({
    ...event,
    status: oneOf(maintenanceStatuses, 'a status of maintenance').nullish(),
    scheduled_for: jsonTime,
    scheduled_until: jsonTime,
    incident_updates: updates(maintenanceStatuses, 'a status of maintenance'),
  })
  .transform(dated);

const page = z
  .object({ name: filled.nullish(), url: text.nullish(), time_zone: text.nullish(), updated_at: jsonTime.nullish() })
  .nullish();

/** The three files of Statuspage's v2 API, by the field with the list. */
const dumpSchemas = {
  incidents: z.object({ page, incidents: z.array(incident) }),
  scheduled_maintenances: z.object({ page, scheduled_maintenances: z.array(maintenance) }),
  components: z.object({ page, components: readableOf(component) }),
} as const;

export type DumpPage = z.output<typeof page>;
export type DumpComponent = z.output<typeof component>;
export type DumpIncident = z.output<typeof incident>;
export type DumpMaintenance = z.output<typeof maintenance>;

/** The combined contents of the files; empty or null for missing files. */
export type Dump = {
  readonly page: DumpPage;
  readonly incidents: readonly DumpIncident[];
  readonly maintenances: readonly DumpMaintenance[];
  /** Null without a list of components. */
  readonly components: readonly DumpComponent[] | null;
};

export type Kind = keyof typeof dumpSchemas;

/** The flag for each kind of file, and the file's name at Statuspage. */
export const dumpFiles = {
  incidents: { flag: 'incidents', file: 'incidents.json' },
  scheduled_maintenances: { flag: 'maintenances', file: 'scheduled-maintenances.json' },
  components: { flag: 'components', file: 'components.json' },
} as const satisfies Record<Kind, { flag: string; file: string }>;

/** Parses the JSON of a saved response; `from` names its source. Throws UserError. */
export function parseSaved(text: string, path: string, from: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    const why = error instanceof Error ? error.message : '';
    throw new UserError(`${path} is not JSON (${why}). Save the whole response from ${from} again`);
  }
}

/** Whether the file is of one of the other two kinds. */
function requireKind(data: unknown, kind: Kind, path: string): void {
  const save = `Save https://YOUR-PAGE/api/v2/${dumpFiles[kind].file}`;
  if (typeof data !== 'object' || data === null || Array.isArray(data))
    throw new UserError(`${path} is not a dump of Statuspage: it has no object with "${kind}". ${save}`);
  if (kind in data) return;
  const other = (Object.keys(dumpFiles) as Kind[]).find((name) => name in data);
  const hint = other === undefined ? save : `It has "${other}": pass it as --${dumpFiles[other].flag}`;
  throw new UserError(`${path} has no "${kind}". ${hint}`);
}

function requireUniqueIds(entries: readonly { readonly id: string }[], kind: Kind, path: string): void {
  const seen = new Set<string>();
  for (const { id } of entries) {
    if (seen.has(id))
      throw new UserError(`${path}: ${kind}: the id "${id}" appears twice. Save Statuspage's response again`);
    seen.add(id);
  }
}

/**
 * Reads the data of a dump's file. Omits and notes invalid values that aren't essential. For others, it throws
 * UserError with the path of the first one and `consequence`: an unknown value is never mapped to a known one.
 */
export function readDump<K extends Kind>(
  data: unknown,
  kind: K,
  path: string,
  note: Note,
  consequence = 'Nothing was written',
): z.output<(typeof dumpSchemas)[K]> {
  requireKind(data, kind, path);
  const read = readLenient(dumpSchemas[kind], data, (place) => `${path}: ${place.join('.')}`, note);
  if ('problems' in read) {
    const [problem, ...more] = read.problems;
    const others = more.length > 0 ? ` (and ${more.length} more)` : '';
    const line = sentence(`${path}: ${problem?.path.join('.') ?? ''}: ${problem?.message ?? ''}${others}`);
    throw new UserError(`${line} ${consequence}`);
  }
  const value = read.value as z.output<(typeof dumpSchemas)[K]>;
  requireUniqueIds((value as unknown as Record<K, readonly { readonly id: string }[]>)[kind], kind, path);
  return value;
}
