import { z } from 'zod';
import type { Day } from '../domain/calendar.ts';
import {
  componentStatuses,
  customerDataVerdicts,
  impacts,
  incidentStatuses,
  maintenanceStatuses,
} from '../domain/vocabulary.ts';
import { fields, list, oneOf, perZone } from './fields.ts';
import { line, quote, type Read, readable, text } from './text.ts';
import { calendarDate, instant, nextUpdate, readDate, readNextUpdate } from './time-fields.ts';

/** The status of each component, by id. Whether the ids exist is checked elsewhere. */
const componentStates = z.record(z.string(), oneOf(componentStatuses, 'a component status'), {
  error: ({ input }) =>
    `${quote(input)} is not a list of component statuses. Below "components:", write one line per component, like "  checkout: partial_outage"`,
});

/** The maximum length of an alert's key. Alertmanager and Grafana build keys from labels. */
export const keyLength = 500;

/** Parts of names that start with a lowercase letter. */
const particles = /^(?:al|and|bin|da|de|del|della|den|der|di|dos|du|e|el|et|la|le|of|ten|ter|und|van|von|y|zu)$/;

/** Answers to "who?" that aren't names. */
const noNames =
  /^(?:[^\p{L}\p{N}]+|me|myself|nobody|no one|none|unknown|tbd|yes|not sure|(?:i )?(?:do not|don['’]?t) know(?: yet)?)$/iu;

/**
 * Says what's wrong with a name for lead or comms; null if nothing is. A role can be held by a team or two people, so
 * this only rejects non-names and what looks like a sentence: text that ends with `?` or `!`, or that has four or more
 * words, of which at least two are lowercase.
 */
export function nameProblem(given: string): string | null {
  const words = given.trim().split(/\s+/);
  const small = words.filter((word) => /^\p{Ll}/u.test(word) && !particles.test(word));
  const isSentence = /[!?]$/.test(given.trim()) || (words.length > 3 && small.length > 1);
  if (!isSentence && !noNames.test(given.trim())) return null;
  return `${quote(given)} is not a name. Type only the name, such as Dana, or leave it out`;
}

/** A change of roles between two updates. Times in hints are in `timeZone`. */
const handOver = (timeZone: string) =>
  fields(
    {
      at: instant('at: 2026-11-22T15:00Z', timeZone),
      lead: text('lead: Sam').optional(),
      comms: text('comms: Priya').optional(),
    },
    'is not a hand-over. Write at: and who takes over, starting with "- at: 2026-11-22T15:00Z"',
  ).refine(({ lead, comms }) => (lead ?? comms) !== undefined, {
    error: 'names nobody. Add who takes over, such as lead: Sam',
  });

/** How to claim a remedy, and when customers received it, for updates and postmortems. */
export const remedyTerms = {
  claim: text('claim: Write to support@example.com with your order number.').optional(),
  claim_until: calendarDate('claim_until: 2026-12-31').optional(),
  remedied: readable('remedied: 2026-12-05', (given): Read<Day | 'pending'> => {
    if (given === 'pending') return { value: given };
    const read = readDate(given);
    if ('value' in read) return read;
    const example = 'Use the day customers received the remedy, such as 2026-12-05, or pending until then';
    return { wrong: `${quote(given)} is neither a date nor pending. ${example}` };
  }).optional(),
};

/** The front matter of an incident update. Times in hints are in `timeZone`. */
export const incidentUpdateSchema = perZone((timeZone) => {
  return fields(
    {
      title: text('title: Checkout errors').optional(),
      status: oneOf(incidentStatuses, 'a status'),
      impact: oneOf(impacts, 'an impact').optional(),
      components: componentStates.optional(),
      customer_data: oneOf(customerDataVerdicts, 'a verdict on customer data').optional(),
      next_update: nextUpdate(timeZone).optional(),
      lead: text('lead: Dana').optional(),
      comms: text('comms: Priya').optional(),
      hand_overs: list(handOver(timeZone), 'at: 2026-11-22T15:00Z').optional(),
      remedy: text('remedy: Orders that failed are not charged.').optional(),
      ...remedyTerms,
      started: instant('started: 2026-11-22T13:50Z', timeZone).optional(),
      ended: instant('ended: 2026-11-22T15:10Z', timeZone).optional(),
      posted: instant('posted: 2026-11-24T09:00Z', timeZone).optional(),
      edited: instant('edited: 2026-11-22T16:00Z', timeZone).optional(),
      source: line('source: the address it came from').optional(),
      key: line('key: the name of the alert')
        .max(keyLength, { error: `is longer than ${keyLength} characters. Use a shorter one` })
        .optional(),
    },
    'is not front matter. Write one field per line, like "status: investigating"',
  );
});

export type IncidentUpdateFile = z.output<ReturnType<typeof incidentUpdateSchema>>;

/** The front matter of a maintenance update. Times in hints are in `timeZone`. */
export const maintenanceUpdateSchema = perZone((timeZone) => {
  return fields(
    {
      title: text('title: Database upgrade').optional(),
      status: oneOf(maintenanceStatuses, 'a maintenance status'),
      scheduled_for: instant('scheduled_for: 2026-12-01T22:00Z', timeZone).optional(),
      scheduled_until: instant('scheduled_until: 2026-12-02T00:00Z', timeZone).optional(),
      components: componentStates.optional(),
      posted: instant('posted: 2026-11-24T09:00Z', timeZone).optional(),
      edited: instant('edited: 2026-11-22T16:00Z', timeZone).optional(),
      source: line('source: the address it came from').optional(),
    },
    'is not front matter. Write one field per line, like "status: scheduled"',
  );
});

export type MaintenanceUpdateFile = z.output<ReturnType<typeof maintenanceUpdateSchema>>;

/** Same as in an update, but kept as typed. A fixed time would be in the past when the template is used. */
const templateNextUpdate = (timeZone: string) =>
  readable('next_update: 30m', (given) => {
    const read = readNextUpdate(given, timeZone);
    if ('wrong' in read) return read;
    if (read.value.kind === 'at')
      return {
        wrong: `${quote(given)} is a fixed time, but a template is used more than once. Use a duration such as 30m`,
      };
    return { value: given };
  });

/** The front matter of a template, which it suggests for updates. Times in hints are in `timeZone`. */
export const templateSchema = perZone((timeZone) => {
  return fields(
    {
      label: text('label: We are looking into it').optional(),
      title: text('title: "{{what customers notice}}"').optional(),
      status: oneOf([...incidentStatuses, ...maintenanceStatuses], 'a status').optional(),
      impact: oneOf(impacts, 'an impact').optional(),
      components: componentStates.optional(),
      customer_data: oneOf(customerDataVerdicts, 'a verdict on customer data').optional(),
      next_update: templateNextUpdate(timeZone).optional(),
      remedy: text('remedy: "{{what is done for them}}"').optional(),
    },
    'is not front matter. Write one field per line, like "status: investigating"',
  );
});
