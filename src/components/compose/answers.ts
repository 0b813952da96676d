import type { Fields } from '../../lib/content/write-content.ts';
import { day, dayOf, type Instant, minute } from '../../lib/domain/calendar.ts';
import { type ComponentStatus, componentStatuses } from '../../lib/domain/vocabulary.ts';
import { clockFault, localInstants, shortUtc } from '../../lib/schema/time-fields.ts';

/** The fields that are texts. `incident` is the folder of an open incident; empty for a new incident. */
const texts = [
  ...(['incident', 'message', 'title', 'status', 'impact', 'customer_data', 'next_update', 'lead', 'comms'] as const),
  ...(['remedy', 'claim', 'claim_until', 'remedied', 'started', 'ended'] as const),
];

/**
 * The form's values. Blank fields are empty strings. Days are like 2026-12-31, and times are in UTC, like
 * 2026-11-22T14:05Z.
 */
export type Answers = Readonly<Record<(typeof texts)[number], string>> & {
  /** Only components that have a value. */
  readonly components: Readonly<Record<string, ComponentStatus>>;
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
    ...(Object.fromEntries(texts.map((name) => [name, text(name)])) as Omit<Answers, 'components'>),
    next_update: withOffset(text('next_update'), zone, now),
    started: timeOf('started'),
    ended: timeOf('ended'),
    components: Object.fromEntries(
      componentIds.flatMap((id) => {
        const state = stateOf(id);
        return state === undefined ? [] : [[id, state]];
      }),
    ),
  };
}

/** Returns the front matter of the file. */
export function fieldsOf({ incident: _incident, message: _message, ...fields }: Answers): Fields {
  const filled = Object.entries(fields).filter(([, value]) => value !== '');
  return { ...Object.fromEntries(filled), status: fields.status };
}
