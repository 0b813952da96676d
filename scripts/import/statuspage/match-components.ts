import type { Component } from '../../../src/domain/component.ts';
import { UserError } from '../../cli/errors.ts';
import { toYaml } from '../../writing/update-file.ts';
import type { ComponentIds } from './component-ids.ts';
import type { PlannedComponents } from './plan-components.ts';

/**
 * The ids that an existing `components.yml` has for the components of the history: by id, else by name.
 * Throws UserError with the lines to add when it lacks some.
 */
export function matchComponents({ used }: PlannedComponents, known: readonly Component[], path: string): ComponentIds {
  const ids = new Map<string, string>();
  const lacking = used.filter(({ code, planned }) => {
    const same = known.find(({ id }) => id === planned.id) ?? known.find(({ name }) => name.toLowerCase() === planned.name.toLowerCase());
    if (same !== undefined) ids.set(code, same.id);
    return same === undefined;
  });
  if (lacking.length === 0) return ids;
  const lines = toYaml(lacking.map(({ planned }) => planned)).trimEnd().split('\n');
  throw new UserError([`${path} lacks components that the history names. Add these below "components:", and import again`, ...lines].join('\n'));
}
