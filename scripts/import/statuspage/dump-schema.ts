import { z } from 'zod';
import type { Instant } from '../../../src/domain/instant.ts';
import { componentStatuses, impacts, incidentStatuses, maintenanceStatuses } from '../../../src/domain/vocabulary.ts';
import { quote } from '../../../src/schema/text.ts';
import { words } from '../../../src/schema/words.ts';

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
export const dumpSchemas = {
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
