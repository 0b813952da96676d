import { incidentStatuses, maintenanceStatuses } from '../../src/lib/domain/vocabulary.ts';
import { suggest } from '../../src/lib/schema/text.ts';
import { defineCommand } from '../cli/command.ts';
import { openContent } from '../cli/content.ts';
import { chooseUpdateFolder } from '../write/choose-incident.ts';
import { refuseFlags, updateOptions } from '../write/options.ts';
import { postUpdate, updateMaintenance } from '../write/update.ts';

/**
 * Whether a status belongs to maintenance, even if mistyped. It's validated later, when the file to update is known.
 */
function isMaintenanceStatus(given: string): boolean {
  const near = suggest(given, [...incidentStatuses, ...maintenanceStatuses]);
  return maintenanceStatuses.some((status) => status === near);
}

export const update = defineCommand({
  name: 'update',
  summary: 'Post an update to an incident or maintenance window',
  details:
    'If exactly one incident is open, you can leave it out. Otherwise, part of its name is enough. For maintenance, type its full name, or a status, --for or --until that only maintenance has. Fields that you leave out keep their values. Any status except resolved reopens a resolved incident.',
  args: ['incident'],
  options: updateOptions,
  examples: [
    {
      line: 'npx halfpast update --message "We are still looking into it. Payments by transfer work."',
      says: 'the only open incident, with the same status',
    },
    {
      line: 'npx halfpast update checkout-errors --status monitoring --component checkout=operational --message "Payments are working again. We are monitoring them."',
      says: 'an incident by part of its name',
    },
    {
      line: 'npx halfpast update checkout-database --status scheduled --message "The upgrade will take place as announced."',
      says: 'maintenance',
    },
  ],
  run: async (call, context) => {
    const { status, for: from, until } = call.options;
    const what =
      (status !== undefined && isMaintenanceStatus(status)) || (from ?? until) !== undefined
        ? 'maintenance'
        : 'incident';
    const content = await openContent(call.content, call.now(), context);
    const chosen = await chooseUpdateFolder(call.args[0], what, content, context);
    if (chosen.kind === 'maintenance') return updateMaintenance(chosen.maintenance, call, content, context);
    refuseFlags(call, ['for', 'until'], 'an incident');
    return postUpdate(chosen.incident, { use: 'update', status }, call, content, context);
  },
});
