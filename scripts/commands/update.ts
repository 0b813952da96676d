import { type Incident, isOpen } from '../../src/domain/incident.ts';
import type { Maintenance } from '../../src/domain/maintenance.ts';
import { incidentStatuses, maintenanceStatuses } from '../../src/domain/vocabulary.ts';
import { incidentUpdateSchema } from '../../src/schema/incident-update.ts';
import { maintenanceUpdateSchema } from '../../src/schema/maintenance-update.ts';
import { didYouMean } from '../../src/schema/suggest.ts';
import { quote } from '../../src/schema/text.ts';
import { type Call, command } from '../cli/command.ts';
import { UsageError } from '../cli/errors.ts';
import type { World } from '../cli/world.ts';
import { askStatus } from '../writing/ask-incident.ts';
import { chooseUpdateFolder } from '../writing/choose-update-folder.ts';
import { type Desk, openDesk } from '../writing/desk.ts';
import { finalVerdict } from '../writing/final-verdict.ts';
import { requireFit } from '../writing/flag-values.ts';
import { incidentHeadline, maintenanceHeadline } from '../writing/headline.ts';
import { incidentFields } from '../writing/incident-fields.ts';
import { incidentOptions } from '../writing/incident-options.ts';
import { incidentUpdateDraft, maintenanceUpdateDraft, type Said } from '../writing/later-update.ts';
import { readMessage } from '../writing/message.ts';
import type { Fields } from '../writing/update-file.ts';
import { requireWindow } from '../writing/window-flags.ts';
import { writeFile } from '../writing/write-file.ts';

const options = {
  ...incidentOptions,
  status: {
    kind: 'text',
    value: 'STATUS',
    help: `${incidentStatuses.join(', ')}; of a maintenance ${maintenanceStatuses.join(', ')} (default: as before)`,
  },
  for: { kind: 'text', value: 'TIME', help: 'of a maintenance: its new beginning' },
  until: { kind: 'text', value: 'TIME', help: 'of a maintenance: its new end' },
} as const;

type UpdateCall = Call<typeof options>;

function isMaintenanceStatus(given: string | undefined): boolean {
  if (given === undefined) return false;
  const all: readonly string[] = [...incidentStatuses, ...maintenanceStatuses];
  if (!all.includes(given)) throw new UsageError(`--status: ${quote(given)} is not a status. ${didYouMean(given, all)}`);
  return maintenanceStatuses.some((status) => status === given);
}

/** What an update is of, as far as questions about it go. */
type Subject<T extends string> = {
  readonly headline: string;
  readonly current: T;
  readonly statuses: readonly T[];
  /** What to say when the status is left out though it must not be; null when it may be. */
  readonly statusMissing: string | null;
};

async function sayings<T extends string>(fields: Fields, subject: Subject<T>, call: UpdateCall, world: World): Promise<Said> {
  const { headline, current, statuses, statusMissing } = subject;
  const message = await readMessage(call.options.message, world);
  const needsStatus = fields.status === undefined && statusMissing !== null;
  if (message !== null && !needsStatus) return { fields: { ...fields, status: fields.status ?? current }, message, asked: false };
  if (world.ask === null) {
    throw new UsageError(message !== null && statusMissing !== null ? statusMissing : '--message is missing. Type what customers should know, as --message "Payments work again."');
  }
  world.ask.say(headline);
  const status = fields.status ?? (await askStatus(world.ask, current, statuses));
  return { fields: { ...fields, status }, message: message ?? (await world.ask.paragraphs('What should customers know?')), asked: true };
}

function refuseFlags(call: UpdateCall, flags: readonly (keyof UpdateCall['options'])[], what: string): void {
  const wrong = flags.find((flag) => call.options[flag] !== undefined);
  if (wrong !== undefined) throw new UsageError(`--${wrong} says nothing about ${what}. Leave it out`);
}

/** An incident that is over: an update that does not say so would say it again, or worse. */
function afterTheEnd({ slug }: Incident): string {
  return `--status is missing, since ${slug} is resolved. Type --status resolved to add to it, or --status investigating, identified or monitoring to open it again`;
}

async function updateIncident(incident: Incident, call: UpdateCall, desk: Desk, world: World): Promise<number> {
  refuseFlags(call, ['for', 'until'], 'an incident');
  const fields = { ...incidentFields(call.options, desk), status: call.options.status };
  const current = incident.status;
  requireFit({ ...fields, status: fields.status ?? current }, incidentUpdateSchema(desk.settings.timeZone));
  const headline = incidentHeadline(incident, desk.now);
  const said = await sayings(fields, { headline, current, statuses: incidentStatuses, statusMissing: isOpen(incident) ? null : afterTheEnd(incident) }, call, world);
  if (said.fields.status !== 'resolved') return writeFile(incidentUpdateDraft(incident, said, call.now(), desk), call, desk, world);
  const verdict = await finalVerdict(incident, call.options['customer-data'], world.ask);
  const whole = { ...said, fields: { ...said.fields, customer_data: verdict } };
  return writeFile(incidentUpdateDraft(incident, whole, call.now(), desk), call, desk, world);
}

async function updateMaintenance(maintenance: Maintenance, call: UpdateCall, desk: Desk, world: World): Promise<number> {
  refuseFlags(call, ['impact', 'customer-data', 'next-update', 'lead', 'comms', 'remedy'], 'a maintenance');
  const { timeZone } = desk.settings;
  const { title, components } = incidentFields(call.options, desk);
  const fields = { title, components, status: call.options.status, scheduled_for: call.options.for?.trim(), scheduled_until: call.options.until?.trim() };
  requireFit({ ...fields, status: fields.status ?? maintenance.written }, maintenanceUpdateSchema(timeZone));
  requireWindow(maintenance, { from: fields.scheduled_for, until: fields.scheduled_until, status: fields.status }, desk.now, timeZone);
  const headline = maintenanceHeadline(maintenance, desk.now, desk.settings);
  const said = await sayings(fields, { headline, current: maintenance.written, statuses: maintenanceStatuses, statusMissing: null }, call, world);
  return writeFile(maintenanceUpdateDraft(maintenance, said, call.now(), desk), call, desk, world);
}

export const update = command({
  name: 'update',
  summary: 'Tell customers more of an open incident or a maintenance',
  details:
    'The incident may be left out if exactly one is open, and its name may be shortened; a maintenance needs its whole name, or a status, --for or --until that only a maintenance has. What is not said stays as it was. A resolved incident is opened again by any status but resolved.',
  args: ['incident'],
  options,
  examples: [
    { line: 'npx halfpast update --message "We are still looking. Payments by transfer work."', says: 'the one open incident, status as before' },
    { line: 'npx halfpast update checkout-errors --status monitoring --component checkout=operational --message "Payments work again. We are watching."', says: 'by a part of its name' },
    { line: 'npx halfpast update checkout-database --status scheduled --message "The upgrade takes place as announced."', says: 'of a maintenance' },
  ],
  run: async (call, world) => {
    const { status, for: from, until } = call.options;
    const what = isMaintenanceStatus(status) || (from ?? until) !== undefined ? 'maintenance' : 'incident';
    const desk = await openDesk(call.content, call.now(), world);
    const chosen = await chooseUpdateFolder(call.args[0], what, desk, world);
    return chosen.kind === 'incident'
      ? updateIncident(chosen.incident, call, desk, world)
      : updateMaintenance(chosen.maintenance, call, desk, world);
  },
});
