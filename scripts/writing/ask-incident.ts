import type { ComponentStates } from '../../src/domain/component.ts';
import { type ComponentStatus, componentStatuses, incidentStatuses } from '../../src/domain/vocabulary.ts';
import type { Ask, Choice } from '../cli/world.ts';
import type { Desk } from './desk.ts';
import type { Fields } from './update-file.ts';
import { label } from './words.ts';

function choices<T extends string>(words: readonly T[]): Choice<T>[] {
  return words.map((value) => ({ value, label: label(value) }));
}

// Enter takes the first choice, and must never claim what nobody has looked at.
const dataChoices = [{ value: '', label: 'Say nothing yet' }, ...choices(['under_review', 'affected', 'unaffected'])] as const;
const impactChoices = choices(['minor', 'major', 'critical', 'none']);

/** Asks what each affected component is. */
async function askComponents(ask: Ask, desk: Desk): Promise<ComponentStates | undefined> {
  const shown = desk.components.filter(({ retired }) => !retired);
  const ids = await ask.pick('What is affected? (space to mark)', shown.map(({ id, name }) => ({ value: id, label: name })));
  const states: Record<string, ComponentStatus> = {};
  for (const id of ids) {
    const name = shown.find((component) => component.id === id)?.name ?? id;
    const worstFirst = componentStatuses.toReversed().filter((status) => status !== 'operational');
    states[id] = await ask.choose(`${name} is`, choices(worstFirst));
  }
  return ids.length === 0 ? undefined : states;
}

/** Asks for what a new incident does not say yet. Throws Cancelled. */
export async function askOpening(fields: Fields, ask: Ask, desk: Desk): Promise<Fields> {
  const title = fields.title ?? (await ask.text({ message: 'What do customers notice?', placeholder: 'Checkout errors in Europe' }));
  const status = fields.status ?? (await ask.choose('Where are you with it?', choices(incidentStatuses)));
  const named = fields.components === undefined && fields.impact === undefined;
  const components = named ? await askComponents(ask, desk) : fields.components;
  const impact = fields.impact ?? (components === undefined ? await ask.choose('How bad is it for customers?', impactChoices) : undefined);
  const verdict = fields.customer_data ?? (await ask.choose('Is customer data safe?', dataChoices));
  const lead = fields.lead ?? (await ask.text({ message: 'Who leads? (Enter to leave out)', optional: true }));
  const comms = fields.comms ?? (await ask.text({ message: 'Who tells customers? (Enter to leave out)', optional: true }));
  const said = (value: unknown) => (value === '' ? undefined : value);
  return { ...fields, title, status, components, impact, customer_data: said(verdict), lead: said(lead), comms: said(comms) };
}

/** Asks for the status of a later update; the first choice leaves it as it is. */
export async function askStatus<T extends string>(ask: Ask, current: T, statuses: readonly T[]): Promise<T> {
  const others = choices(statuses.filter((status) => status !== current));
  return ask.choose('Where are you now?', [{ value: current, label: `Still: ${label(current)}` }, ...others]);
}
