import type { Fields } from '../../lib/content/write-content.ts';
import { day, dayOf, type Instant, minute } from '../../lib/domain/calendar.ts';
import { type ComponentStatus, componentStatuses } from '../../lib/domain/vocabulary.ts';
import { clockFault, localInstants, shortUtc } from '../../lib/schema/time-fields.ts';

/** The form's values. Blank fields are empty strings. */
export type Answers = {
  /** The folder of an open incident; empty for a new incident. */
  readonly incident: string;
  readonly title: string;
  readonly status: string;
  readonly impact: string;
  /** Only components that have a value. */
  readonly components: Readonly<Record<string, ComponentStatus>>;
  readonly customer_data: string;
  readonly next_update: string;
  readonly lead: string;
  readonly comms: string;
  readonly remedy: string;
  readonly claim: string;
  /** Days, such as 2026-12-31. */
  readonly claim_until: string;
  readonly remedied: string;
  /** Times in UTC, such as 2026-11-22T14:05Z. */
  readonly started: string;
  readonly ended: string;
  readonly message: string;
};

/** The name of a component's field in the form. */
export const componentField = (id: string): string => `component.${id}`;

const localTime = /^(?:(\d{4}-\d{2}-\d{2})[T ]+)?([01]?\d|2[0-3])[:.]([0-5]\d)$/;

/**
 * Completes a time as people type it: adds to `10:30` the offset that `zone` has when clocks next show that time, and
 * converts `2026-11-22 10:30` to UTC, as the next one if clocks show it twice. Returns anything else unchanged,
 * including times that no clock shows.
 */
export function withOffset(typed: string, zone: string, now: Instant): string {
  const [, date, hours = '', minutes = ''] = localTime.exec(typed) ?? [];
  if (hours === '') return typed;
  const local = `${hours.padStart(2, '0')}:${minutes}`;
  if (date !== undefined) {
    const instants = clockFault(date, hours, minutes) === null ? localInstants(`${date}T${local}:00`, zone) : [];
    const instant = instants.find((each) => each > now) ?? instants[0];
    return instant === undefined ? typed : shortUtc(instant);
  }
  const next = [now, now + day]
    .flatMap((around) => localInstants(`${dayOf(around, zone)}T${local}:00`, zone))
    .find((instant) => instant > now);
  if (next === undefined) return typed;
  const offset = Math.round((Date.parse(`${dayOf(next, zone)}T${local}:00Z`) - next) / minute);
  const [whole, rest] = [Math.floor(Math.abs(offset) / 60), Math.abs(offset) % 60];
  const two = (amount: number): string => String(amount).padStart(2, '0');
  return offset === 0 ? `${local}Z` : `${local}${offset < 0 ? '-' : '+'}${two(whole)}:${two(rest)}`;
}

/** `zone` is the time zone of the reader's device. */
export function readAnswers(form: FormData, componentIds: readonly string[], zone: string, now: Instant): Answers {
  const text = (name: string): string => {
    const value = form.get(name);
    return typeof value === 'string' ? value.trim() : '';
  };
  // Browsers return local times without an offset.
  const timeOf = (name: string): string => (text(name) === '' ? '' : shortUtc(new Date(text(name)).getTime()));
  const stateOf = (id: string) => componentStatuses.find((status) => status === text(componentField(id)));
  return {
    incident: text('incident'),
    title: text('title'),
    status: text('status'),
    impact: text('impact'),
    components: Object.fromEntries(
      componentIds.flatMap((id) => {
        const state = stateOf(id);
        return state === undefined ? [] : [[id, state]];
      }),
    ),
    customer_data: text('customer_data'),
    next_update: withOffset(text('next_update'), zone, now),
    lead: text('lead'),
    comms: text('comms'),
    remedy: text('remedy'),
    claim: text('claim'),
    claim_until: text('claim_until'),
    remedied: text('remedied'),
    started: timeOf('started'),
    ended: timeOf('ended'),
    message: text('message'),
  };
}

export const valueOf = (text: string): string | undefined => (text === '' ? undefined : text);

/** Returns the front matter of the file. */
export function fieldsOf(answers: Answers): Fields {
  const { title, status, impact, components, customer_data, next_update, lead, comms } = answers;
  const { remedy, claim, claim_until, remedied, started, ended } = answers;
  return {
    title: valueOf(title),
    status,
    impact: valueOf(impact),
    components,
    customer_data: valueOf(customer_data),
    next_update: valueOf(next_update),
    lead: valueOf(lead),
    comms: valueOf(comms),
    remedy: valueOf(remedy),
    claim: valueOf(claim),
    claim_until: valueOf(claim_until),
    remedied: valueOf(remedied),
    started: valueOf(started),
    ended: valueOf(ended),
  };
}
