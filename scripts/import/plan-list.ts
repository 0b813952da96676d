import { componentId } from './component-id.ts';
import { nameOf } from './name-of.ts';
import type { CodedComponent, PlannedComponent, PlannedComponents } from './planned-components.ts';

/** A component as another page lists it; `group` is the heading it stands under there. */
export type Listed = {
  readonly code: string;
  readonly name: string;
  readonly description?: string;
  readonly group?: string;
  readonly wish?: string;
};

/** Plans `components.yml` from a list, and from those that only the history names, as retired where a list was given. */
export function planList(
  listed: readonly Listed[],
  used: ReadonlySet<string>,
  gone: readonly Listed[],
  hasList: boolean,
): PlannedComponents {
  const ids = new Map<string, string>();
  const planned = new Map<string, PlannedComponent>();
  const plan = ({ code, name, description = '', wish }: Listed, retired: boolean): PlannedComponent => {
    const id = componentId([wish ?? name, name], ids.values());
    const component = {
      id,
      name: nameOf(name) || id,
      ...(nameOf(description) === '' ? {} : { description: nameOf(description) }),
      ...(retired ? { retired: true as const } : {}),
    };
    ids.set(code, id);
    planned.set(code, component);
    return component;
  };
  const now = listed.map((one) => ({ group: one.group, component: plan(one, false) }));
  const before = gone.map((one) => plan(one, hasList));
  const names = [...new Set(now.flatMap(({ group }) => group ?? []))];
  const coded = (codes: Iterable<string>): CodedComponent[] =>
    [...codes].flatMap((code) => {
      const component = planned.get(code);
      return component === undefined ? [] : [{ code, planned: component }];
    });
  return {
    ids,
    file: {
      components: [...now.filter(({ group }) => group === undefined).map(({ component }) => component), ...before],
      groups: names.map((name) => ({
        name: nameOf(name),
        components: now.filter(({ group }) => group === name).map(({ component }) => component),
      })),
    },
    used: coded(used),
    all: coded(ids.keys()),
  };
}
