import type { Component, ComponentStates } from '../../src/domain/component.ts';
import { type ComponentStatus, componentStatuses } from '../../src/domain/vocabulary.ts';
import { componentStatusWords } from '../../src/views/words.ts';
import type { Ask, Choice } from '../cli/world.ts';
import type { Desk } from './desk.ts';

type Names = Pick<Desk, 'components'>;

/** The mildest first: Enter must not claim an outage that nobody has looked at. Maintenance is no incident, so it is last. */
const ladder = [
  ...componentStatuses.filter((status) => status !== 'operational' && status !== 'under_maintenance'),
  'under_maintenance',
] as const;

function choice(value: ComponentStatus): Choice<ComponentStatus> {
  return { value, label: componentStatusWords[value] };
}

const nameOf = (id: string, { components }: Names): string =>
  components.find((component) => component.id === id)?.name ?? id;

/** Those that may be picked: no retired ones, but for those that are affected already. */
function shown({ components }: Names, current: ComponentStates): readonly Component[] {
  return components.filter(({ id, retired }) => !retired || current[id] !== undefined);
}

/** Which components, and what each is; `current` is what holds already, marked and first. Undefined for none. Throws Cancelled. */
async function askStates(
  ask: Ask,
  question: string,
  desk: Names,
  current: ComponentStates = {},
): Promise<ComponentStates | undefined> {
  const affected = Object.keys(current).filter((id) => current[id] !== 'operational');
  const all = shown(desk, current);
  const picked = await ask.pick(
    question,
    all.map(({ id, name }) => ({ value: id, label: name })),
    affected,
  );
  // In the order of the page, whatever was marked first.
  const ids = all.map(({ id }) => id).filter((id) => picked.includes(id));
  const states: Record<string, ComponentStatus> = {};
  for (const id of ids) {
    const now = current[id];
    const others = ladder.filter((status) => status !== now).map(choice);
    const still =
      now === undefined || now === 'operational' ? [] : [{ value: now, label: `Still: ${componentStatusWords[now]}` }];
    states[id] = await ask.choose(`${nameOf(id, desk)}: how bad is it?`, [...still, ...others]);
  }
  return ids.length === 0 ? undefined : states;
}

/** What a new incident affects. */
export function askAffected(ask: Ask, desk: Names): Promise<ComponentStates | undefined> {
  return askStates(ask, 'What is affected?', desk);
}

/** What a maintenance touches; each is under maintenance then. */
export async function askTouched(ask: Ask, desk: Names): Promise<ComponentStates | undefined> {
  const ids = await ask.pick(
    'What is touched?',
    shown(desk, {}).map(({ id, name }) => ({ value: id, label: name })),
  );
  return ids.length === 0 ? undefined : Object.fromEntries(ids.map((id) => [id, 'under_maintenance' as const]));
}

/** `Checkout: partial outage, Webhooks: degraded performance` */
export function statesInWords(states: ComponentStates, desk: Names): string {
  const affected = Object.entries(states).filter(([, status]) => status !== 'operational');
  return affected
    .map(([id, status]) => `${nameOf(id, desk)}: ${componentStatusWords[status].toLowerCase()}`)
    .join(', ');
}

/** What has changed of what an incident affects: only that, as an update's file says it. Undefined for nothing. Throws Cancelled. */
export async function askChanged(
  ask: Ask,
  current: ComponentStates,
  desk: Names,
): Promise<ComponentStates | undefined> {
  const words = statesInWords(current, desk);
  const same = { value: 'same', label: words === '' ? 'Still no component' : `Still: ${words}` } as const;
  if (
    (await ask.choose('What is affected now?', [
      same,
      { value: 'other', label: 'Something else, or less, or more' },
    ])) === 'same'
  )
    return undefined;
  const marked = (await askStates(ask, 'Mark all that is affected now', desk, current)) ?? {};
  const over = Object.keys(current).filter((id) => current[id] !== 'operational' && marked[id] === undefined);
  const changed = Object.entries(marked).filter(([id, status]) => status !== current[id]);
  const states = Object.fromEntries([...changed, ...over.map((id) => [id, 'operational'] as const)]);
  return Object.keys(states).length === 0 ? undefined : states;
}
