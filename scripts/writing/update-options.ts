import { incidentStatuses, maintenanceStatuses } from '../../src/domain/vocabulary.ts';
import type { Call, OptionTable } from '../cli/command.ts';
import { UsageError } from '../cli/errors.ts';
import { incidentOptions } from './incident-options.ts';

/** What a later update of an incident or a maintenance may say. */
export const updateOptions = {
  ...incidentOptions,
  status: {
    kind: 'text',
    value: 'STATUS',
    help: `${incidentStatuses.join(', ')}; of a maintenance ${maintenanceStatuses.join(', ')} (default: as before)`,
  },
  for: { kind: 'text', value: 'TIME', help: 'of a maintenance: its new beginning' },
  until: { kind: 'text', value: 'TIME', help: 'of a maintenance: its new end' },
} as const satisfies OptionTable;

export type UpdateCall = Call<typeof updateOptions>;

/** Throws UsageError for a flag that says nothing about what the update is of. */
export function refuseFlags(call: UpdateCall, flags: readonly (keyof UpdateCall['options'])[], what: string): void {
  const wrong = flags.find((flag) => call.options[flag] !== undefined);
  if (wrong !== undefined) throw new UsageError(`--${wrong} says nothing about ${what}. Leave it out`);
}
