import type { Component, ComponentStates } from '../../src/domain/component.ts';
import { type ComponentStatus, componentStatuses } from '../../src/domain/vocabulary.ts';
import { didYouMean } from '../../src/schema/suggest.ts';
import { quote } from '../../src/schema/text.ts';
import { UsageError, UserError } from '../cli/errors.ts';

function readStatus(given: string, id: string): ComponentStatus {
  const status = componentStatuses.find((word) => word === given);
  if (status !== undefined) return status;
  throw new UsageError(
    `--component ${id}: ${quote(given)} is not a component status. ${didYouMean(given, componentStatuses)}`,
  );
}

/**
 * Reads `ID=STATUS` from `--component`, and lists of them from `--components a=b,c=d`. Without a
 * status, `otherwise` holds; null for there being none. Undefined when none is named.
 * Throws UsageError, and UserError for a component that `components.yml` does not list.
 */
export function readComponentFlags(
  single: readonly string[],
  joined: string | undefined,
  known: readonly Component[],
  content: string,
  otherwise: ComponentStatus | null = null,
): ComponentStates | undefined {
  const words = [...single, ...(joined ?? '').split(',')].map((word) => word.trim()).filter((word) => word !== '');
  const states: Record<string, ComponentStatus> = {};
  for (const word of words) {
    const at = word.indexOf('=');
    const id = (at === -1 ? word : word.slice(0, at)).trim();
    const given = at === -1 ? otherwise : word.slice(at + 1).trim();
    if (given === null)
      throw new UsageError(
        `--component ${id} does not say what it is. Type --component ${id}=partial_outage, or one of: ${componentStatuses.join(', ')}`,
      );
    const ids = known.map((component) => component.id);
    if (!ids.includes(id))
      throw new UserError(
        `--component: ${quote(id)} is not a component of ${content}/components.yml. ${didYouMean(id, ids)}`,
      );
    if (Object.hasOwn(states, id)) throw new UsageError(`--component ${id} is given twice. Type it once`);
    states[id] = readStatus(given, id);
  }
  return words.length === 0 ? undefined : states;
}
