import type { Component } from '../../../src/domain/component.ts';
import { UserError } from '../../cli/errors.ts';
import { toYaml } from '../../writing/update-file.ts';
import type { ComponentIds } from './component-ids.ts';
import type { PlannedComponents } from './plan-components.ts';

/** Our id for each code: the same id first, then the same name, and no id for two of them. */
function matches({ used }: PlannedComponents, known: readonly Component[]): Map<string, string> {
  const ids = new Map<string, string>();
  for (const { code, planned } of used) {
    if (known.some(({ id }) => id === planned.id)) ids.set(code, planned.id);
  }
  for (const { code, planned } of used.filter((component) => !ids.has(component.code))) {
    const free = known.filter(({ id }) => ![...ids.values()].includes(id));
    const same = free.find(({ name }) => name.toLowerCase() === planned.name.toLowerCase());
    if (same !== undefined) ids.set(code, same.id);
  }
  return ids;
}

/**
 * The ids that an existing `components.yml` has for the components of the history: by id, else by name.
 * Throws UserError with the lines to add when it lacks some.
 */
export function matchComponents(planned: PlannedComponents, known: readonly Component[], path: string): ComponentIds {
  const ids = matches(planned, known);
  const lacking = planned.used.filter(({ code }) => !ids.has(code));
  if (lacking.length === 0) return ids;
  const lines = toYaml(lacking.map((component) => component.planned)).trimEnd().split('\n');
  throw new UserError([`${path} lacks components that the history names. Add these below "components:", and import again`, ...lines].join('\n'));
}
