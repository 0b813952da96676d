import type { Maintenance } from '../../src/domain/maintenance.ts';
import { maintenanceStatuses } from '../../src/domain/vocabulary.ts';
import { maintenanceUpdateSchema } from '../../src/schema/maintenance-update.ts';
import type { World } from '../cli/world.ts';
import type { Desk } from './desk.ts';
import { requireFit } from './flag-values.ts';
import { maintenanceHeadline } from './headline.ts';
import { incidentFields } from './incident-fields.ts';
import { maintenanceUpdateDraft } from './later-update.ts';
import { templateFlag } from './template-text.ts';
import { refuseFlags, type UpdateCall } from './update-options.ts';
import { updateSaying } from './update-saying.ts';
import { requireWindow } from './window-flags.ts';
import { writeFile } from './write-file.ts';

/** `update` of a maintenance. Throws UserError. */
export async function updateMaintenance(
  maintenance: Maintenance,
  call: UpdateCall,
  desk: Desk,
  world: World,
): Promise<number> {
  refuseFlags(call, ['impact', 'customer-data', 'next-update', 'lead', 'comms', 'remedy'], 'a maintenance');
  const { timeZone } = desk.settings;
  const template = templateFlag(call.options, 'maintenance', desk);
  const { title, components } = incidentFields(call.options, desk);
  const fields = {
    title,
    components,
    status: call.options.status,
    scheduled_for: call.options.for?.trim(),
    scheduled_until: call.options.until?.trim(),
  };
  requireFit({ ...fields, status: fields.status ?? maintenance.written }, maintenanceUpdateSchema(timeZone));
  const requireTimes = (status: unknown): void =>
    requireWindow(
      maintenance,
      { from: fields.scheduled_for, until: fields.scheduled_until, status: status as string | undefined },
      desk.now,
      timeZone,
    );
  requireTimes(fields.status);
  const said = await updateSaying(
    { fields, template, message: call.options.message },
    {
      use: 'maintenance',
      headline: maintenanceHeadline(maintenance, desk.now, desk.settings),
      current: maintenance.written,
      statuses: maintenanceStatuses,
      statusMissing: null,
      components: Object.keys(maintenance.components),
      askMore: async (_, so) => {
        // Before the text is typed.
        if (so.status !== maintenance.written) requireTimes(so.status);
        return so;
      },
    },
    desk,
    world,
  );
  return writeFile(maintenanceUpdateDraft(maintenance, said, call.now(), desk), call, desk, world);
}
