import { z } from 'zod';
import type { Instant } from '../../src/lib/domain/calendar.ts';
import { componentStatuses, impacts, incidentStatuses, maintenanceStatuses } from '../../src/lib/domain/vocabulary.ts';
import { words } from '../../src/lib/schema/fields.ts';
import { quote } from '../../src/lib/schema/text.ts';
import { UserError } from '../cli/errors.ts';
import { type Note, plainError } from './plan.ts';

/** Statuspage: after `resolved`, an incident may get updates of this status. */
const incidentUpdateStatuses = [...incidentStatuses, 'postmortem'] as const;

const name = z.string({ error: ({ input }) => (input === undefined ? 'is missing' : `${quote(input)} is not text`) });
const id = name.min(1, { error: 'is blank' });
const isSaid = name.regex(/\S/, { error: 'is blank' });

const time = z.iso
  .datetime({
    offset: true,
    error: ({ input }) =>
      input === undefined ? 'is missing' : `${quote(input)} is not a time such as 2024-12-20T16:18:14.793Z`,
  })
  .transform((text): Instant => Date.parse(text));

const component = z.object({
  id,
  name: isSaid,
  status: words(componentStatuses, 'a component status'),
  description: name.nullish(),
  created_at: time.nullish(),
  updated_at: time.nullish(),
  showcase: z.boolean().nullish(),
  start_date: z.iso.date({ error: ({ input }) => `${quote(input)} is not a date such as 2022-06-21` }).nullish(),
  group: z.boolean().nullish(),
  group_id: name.nullish(),
  position: z.number().nullish(),
  only_show_if_degraded: z.boolean().nullish(),
});

const affected = z.object({ code: id, name: isSaid, new_status: words(componentStatuses, 'a component status') });

function update<const T extends readonly [string, ...string[]]>(statuses: T, what: string) {
  return z.object({
    id,
    status: words(statuses, what),
    body: name.nullish(),
    created_at: time,
    updated_at: time.nullish(),
    display_at: time.nullish(),
    affected_components: z.array(affected).nullish(),
  });
}

/** What both kinds share: only fields that are carried over or told of; the rest is passed over on purpose. */
const event = {
  id,
  name: isSaid,
  created_at: time,
  started_at: time.nullish(),
  components: z.array(component).nullish(),
};

const incident = z.object({
  ...event,
  impact: words(impacts, 'an impact'),
  incident_updates: z.array(update(incidentUpdateStatuses, 'a status of an incident'), { error: 'is missing' }),
});

const maintenance = z.object({
  ...event,
  scheduled_for: time,
  scheduled_until: time,
  incident_updates: z.array(update(maintenanceStatuses, 'a status of a maintenance'), { error: 'is missing' }),
});

const page = z.object({ name: isSaid, url: isSaid, time_zone: name.nullish(), updated_at: time.nullish() }).nullish();

/** The three files of Statuspage's v2 API, each with the field that tells it from the others. */
const dumpSchemas = {
  incidents: z.object({ page, incidents: z.array(incident) }),
  scheduled_maintenances: z.object({ page, scheduled_maintenances: z.array(maintenance) }),
  components: z.object({ page, components: z.array(component) }),
} as const;

export type DumpPage = z.output<typeof page>;
export type DumpComponent = z.output<typeof component>;
export type DumpIncident = z.output<typeof incident>;
export type DumpMaintenance = z.output<typeof maintenance>;

/** What the files hold together; empty or null where a file was not given. */
export type Dump = {
  readonly page: DumpPage;
  readonly incidents: readonly DumpIncident[];
  readonly maintenances: readonly DumpMaintenance[];
  /** Null when the list of components was not given. */
  readonly components: readonly DumpComponent[] | null;
};

type Json = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const list = (value: unknown): Json[] => (Array.isArray(value) ? value.filter(isObject) : []);
const isText = (value: unknown): value is string => typeof value === 'string' && value.trim() !== '';

/** Notes texts of the dump that Halfpast has no field for, by their path. `name` is the file's name. */
export function noteUnsupported(data: unknown, name: string, note: Note): void {
  if (!isObject(data)) return;
  for (const kind of ['incidents', 'scheduled_maintenances']) {
    for (const [index, event] of list(data[kind]).entries()) {
      const updates = list(event['incident_updates']);
      const postmortem = event['postmortem_body'];
      if (isText(postmortem) && !updates.some(({ body }) => isText(body) && body.trim() === postmortem.trim())) {
        note(
          `${name}: ${kind}.${index}.postmortem_body: is in no update, and was not imported. To publish it: npx halfpast postmortem`,
        );
      }
      for (const [position, update] of updates.entries()) {
        if (isText(update['custom_tweet']))
          note(
            `${name}: ${kind}.${index}.incident_updates.${position}.custom_tweet: was not imported: ${update['custom_tweet']}`,
          );
      }
    }
  }
}

type Kind = keyof typeof dumpSchemas;

/** The flag that takes each kind of file, and its name at Statuspage. */
const dumpFiles = {
  incidents: { flag: 'incidents', file: 'incidents.json' },
  scheduled_maintenances: { flag: 'maintenances', file: 'scheduled-maintenances.json' },
  components: { flag: 'components', file: 'components.json' },
} as const satisfies Record<Kind, { flag: string; file: string }>;

function parseJson(text: string, path: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    const why = error instanceof Error ? error.message : '';
    throw new UserError(`${path} is not JSON (${why}). Save Statuspage's answer again, whole`);
  }
}

/** Whether the file is one of the other two. */
function requireKind(data: unknown, kind: Kind, path: string): void {
  if (typeof data !== 'object' || data === null || Array.isArray(data)) {
    throw new UserError(
      `${path} is not a dump of Statuspage: it holds no object with "${kind}". Save https://YOUR-PAGE/api/v2/${dumpFiles[kind].file}`,
    );
  }
  if (kind in data) return;
  const other = (Object.keys(dumpFiles) as Kind[]).find((name) => name in data);
  const hint =
    other === undefined
      ? `Save https://YOUR-PAGE/api/v2/${dumpFiles[kind].file}`
      : `It holds "${other}": pass it as --${dumpFiles[other].flag}`;
  throw new UserError(`${path} has no "${kind}". ${hint}`);
}

function requireUniqueIds(entries: readonly { readonly id: string }[], kind: Kind, path: string): void {
  const seen = new Map<string, number>();
  for (const [index, { id }] of entries.entries()) {
    const first = seen.get(id);
    if (first !== undefined)
      throw new UserError(
        `${path}: ${kind}.${index}.id: "${id}" is also the id of ${kind}.${first}. Save Statuspage's answer again`,
      );
    seen.set(id, index);
  }
}

/**
 * Reads one file of a dump whole. Throws UserError with the path of the first value inside it that is
 * not as Statuspage writes it: an unknown word is never taken for a known one.
 */
export function readDump<K extends Kind>(text: string, kind: K, path: string): z.output<(typeof dumpSchemas)[K]> {
  const data = parseJson(text, path);
  requireKind(data, kind, path);
  const result = dumpSchemas[kind].safeParse(data, { error: plainError });
  if (!result.success) {
    const [issue] = result.error.issues;
    const more = result.error.issues.length - 1;
    throw new UserError(
      `${path}: ${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}${more > 0 ? ` (and ${more} more)` : ''}. Nothing was written`,
    );
  }
  const output = result.data as z.output<(typeof dumpSchemas)[K]>;
  requireUniqueIds((output as unknown as Record<K, readonly { readonly id: string }[]>)[kind], kind, path);
  return output;
}
