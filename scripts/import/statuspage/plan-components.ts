import { shortUtc } from '../../../src/schema/instant.ts';
import { componentId } from '../component-id.ts';
import { nameOf } from '../name-of.ts';
import type { CodedComponent, PlannedComponent, PlannedComponents } from '../planned-components.ts';
import type { Dump, DumpComponent } from './dump-schema.ts';

type Known = Pick<DumpComponent, 'id' | 'name'> & Partial<DumpComponent>;

/** All components that the history names, with the latest name of each. */
function namedInHistory(dump: Dump): Map<string, Known> {
  const named = new Map<string, Known>();
  const oldestFirst = [...dump.incidents, ...dump.maintenances].toSorted((a, b) => a.created_at - b.created_at);
  for (const { components, incident_updates: updates } of oldestFirst) {
    for (const { code, name } of updates.flatMap((update) => update.affected_components ?? [])) {
      named.set(code, { ...named.get(code), id: code, name });
    }
    for (const component of components ?? []) if (component.group !== true) named.set(component.id, component);
  }
  return named;
}

/** When it was made and last changed, as far as the dump can be believed. */
function moments({ created_at: created, updated_at: changed }: Known): Pick<PlannedComponent, 'created' | 'changed'> {
  return {
    ...(typeof created === 'number' ? { created: shortUtc(created) } : {}),
    ...(typeof changed === 'number' && changed >= (created ?? changed) ? { changed: shortUtc(changed) } : {}),
  };
}

function toPlanned(known: Known, id: string, retired: boolean): PlannedComponent {
  const description = nameOf(known.description ?? '');
  return {
    id,
    name: nameOf(known.name),
    ...(description === '' ? {} : { description }),
    ...(typeof known.start_date === 'string' ? { since: known.start_date } : {}),
    ...(retired ? { retired: true as const } : {}),
    ...(known.showcase === false ? { showcase: false as const } : {}),
    ...moments(known),
  };
}

/**
 * Plans `components.yml`: those of the list in their groups, then those that only the history names, as
 * retired. Without a list nobody knows which are retired, and none is. An id is made from the name.
 */
export function planComponents(dump: Dump, note: (text: string) => void): PlannedComponents {
  const history = namedInHistory(dump);
  const listed = (dump.components ?? []).toSorted((a, b) => (a.position ?? 0) - (b.position ?? 0));
  const groups = listed.filter(({ group }) => group === true);
  const single = listed.filter(({ group }) => group !== true);
  const gone = [...history.values()].filter(({ id }) => !listed.some((component) => component.id === id));
  const ids = new Map<string, string>();
  const planned = new Map<string, PlannedComponent>();
  for (const known of [...single, ...gone]) {
    const id = componentId([known.name], ids.values());
    ids.set(known.id, id);
    planned.set(known.id, toPlanned(known, id, dump.components !== null && gone.includes(known)));
    if (known.only_show_if_degraded === true)
      note(`component ${id} was shown only when degraded; here it is always shown`);
  }
  const pick = (components: readonly Known[]): PlannedComponent[] =>
    components.flatMap(({ id }) => planned.get(id) ?? []);
  const inGroup = (group: string): Known[] => single.filter(({ group_id: of }) => of === group);
  const grouped = groups.map((group) => ({ name: nameOf(group.name), components: pick(inGroup(group.id)) }));
  for (const { name } of grouped.filter(({ components }) => components.length === 0))
    note(`group "${name}" has no component, and was not carried over`);
  const loose = single.filter(({ group_id: of }) => !groups.some(({ id }) => id === of));
  const coded = (codes: Iterable<string>): CodedComponent[] =>
    [...codes].flatMap((code) => {
      const component = planned.get(code);
      return component === undefined ? [] : [{ code, planned: component }];
    });
  return {
    ids,
    file: { components: pick([...loose, ...gone]), groups: grouped.filter(({ components }) => components.length > 0) },
    used: coded(history.keys()),
    all: coded(ids.keys()),
  };
}
