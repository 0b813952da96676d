import type { Component } from '../../src/domain/component.ts';
import type { CodedComponent, ComponentIds } from './planned-components.ts';

export type Matched = {
  readonly ids: ComponentIds;
  /** Those that `components.yml` does not have. */
  readonly lacking: readonly CodedComponent[];
};

/** The ids that an existing `components.yml` has for these: the same id first, then the same name, and no id for two of them. */
export function matchComponents(components: readonly CodedComponent[], known: readonly Component[]): Matched {
  const ids = new Map<string, string>();
  for (const { code, planned } of components) {
    if (known.some(({ id }) => id === planned.id)) ids.set(code, planned.id);
  }
  for (const { code, planned } of components.filter((component) => !ids.has(component.code))) {
    const free = known.filter(({ id }) => ![...ids.values()].includes(id));
    const same = free.find(({ name }) => name.toLowerCase() === planned.name.toLowerCase());
    if (same !== undefined) ids.set(code, same.id);
  }
  return { ids, lacking: components.filter(({ code }) => !ids.has(code)) };
}
