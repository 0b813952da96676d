import { z } from 'zod';
import type { ComponentStates } from '../../domain/component.ts';
import { allComponents, type Site } from '../../domain/site.ts';
import { changedIds } from './component-times.ts';
import { componentId, idSchema } from './ids.ts';
import { componentStatusCodes, componentStatusSchema } from './words.ts';

export const affectedSchema = z
  .array(
    z
      .strictObject({
        code: idSchema.describe('The id of the component.'),
        name: z.string().describe('Its name, as it is today.'),
        old_status: componentStatusSchema.describe('Before this update.'),
        new_status: componentStatusSchema.describe('After this update.'),
      })
      .describe('A component that the update names.'),
  )
  .nullable()
  .describe('What the update says of components; null when it says nothing of any.');
export type AffectedComponents = z.output<typeof affectedSchema>;

/**
 * What an update says of components: those that its file names, and those that it changed by its
 * status, each with its status before and after. Null when there are none (Statuspage).
 */
export function affectedComponents(
  site: Site,
  named: readonly string[],
  before: ComponentStates,
  after: ComponentStates,
): AffectedComponents {
  const ids = new Set([...named, ...changedIds(before, after)]);
  const affected = allComponents(site)
    .filter(({ id }) => ids.has(id))
    .map(({ id, name }) => ({
      code: componentId(id),
      name,
      old_status: componentStatusCodes[before[id] ?? 'operational'],
      new_status: componentStatusCodes[after[id] ?? 'operational'],
    }));
  return affected.length === 0 ? null : affected;
}
