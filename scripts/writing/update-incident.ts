import { type Incident, isOpen } from '../../src/domain/incident.ts';
import { incidentStatuses } from '../../src/domain/vocabulary.ts';
import { incidentUpdateSchema } from '../../src/schema/incident-update.ts';
import type { World } from '../cli/world.ts';
import { askChanges } from './ask-incident.ts';
import type { Desk } from './desk.ts';
import { finalVerdict } from './final-verdict.ts';
import { requireFit } from './flag-values.ts';
import { incidentHeadline } from './headline.ts';
import { incidentFields } from './incident-fields.ts';
import { incidentUpdateDraft } from './later-update.ts';
import { templateFlag } from './template-text.ts';
import { refuseFlags, type UpdateCall } from './update-options.ts';
import { updateSaying } from './update-saying.ts';
import { writeFile } from './write-file.ts';

/** An incident that is over: an update that does not say so would say it again, or worse. */
function afterTheEnd({ slug }: Incident): string {
  return `--status is missing, since ${slug} is resolved. Type --status resolved to add to it, or --status investigating, identified or monitoring to open it again`;
}

/** `update` of an incident. Throws UserError. */
export async function updateIncident(incident: Incident, call: UpdateCall, desk: Desk, world: World): Promise<number> {
  refuseFlags(call, ['for', 'until'], 'an incident');
  const template = templateFlag(call.options, 'update', desk);
  const fields = { ...incidentFields(call.options, desk), status: call.options.status };
  const current = incident.status;
  requireFit({ ...fields, status: fields.status ?? current }, incidentUpdateSchema(desk.settings.timeZone));
  const said = await updateSaying(
    { fields, template, message: call.options.message },
    {
      use: 'update',
      headline: incidentHeadline(incident, desk.now),
      current,
      statuses: incidentStatuses,
      statusMissing: isOpen(incident) ? null : afterTheEnd(incident),
      components: Object.keys(incident.components),
      askMore: (ask, so) => askChanges(so, incident, ask, desk),
    },
    desk,
    world,
  );
  if (said.fields.status !== 'resolved')
    return writeFile(incidentUpdateDraft(incident, said, call.now(), desk), call, desk, world);
  const verdict = await finalVerdict(incident, said.fields.customer_data as string | undefined, world.ask);
  const whole = { ...said, fields: { ...said.fields, customer_data: verdict } };
  return writeFile(incidentUpdateDraft(incident, whole, call.now(), desk), call, desk, world);
}
