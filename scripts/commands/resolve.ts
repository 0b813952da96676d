import { isOpen } from '../../src/domain/incident.ts';
import { incidentUpdateSchema } from '../../src/schema/incident-update.ts';
import { shortUtc } from '../../src/schema/instant.ts';
import { command, type OptionTable } from '../cli/command.ts';
import { UsageError, UserError } from '../cli/errors.ts';
import { chooseUpdateFolder } from '../writing/choose-update-folder.ts';
import { openDesk } from '../writing/desk.ts';
import { finalVerdict } from '../writing/final-verdict.ts';
import { requireFit } from '../writing/flag-values.ts';
import { incidentHeadline } from '../writing/headline.ts';
import { incidentOptions } from '../writing/incident-options.ts';
import { incidentUpdateDraft } from '../writing/later-update.ts';
import { readMessage } from '../writing/message.ts';
import { publishingOptions } from '../writing/publishing-options.ts';
import { writeFile } from '../writing/write-file.ts';

const { message, title, remedy } = incidentOptions;

const options = {
  message,
  title,
  remedy,
  'customer-data': incidentOptions['customer-data'],
  lead: incidentOptions.lead,
  comms: incidentOptions.comms,
  ...publishingOptions,
} as const satisfies OptionTable;

export const resolve = command({
  name: 'resolve',
  summary: 'Tell customers that an incident is over',
  details: 'The incident may be left out if exactly one is open. All its components are operational again.',
  args: ['incident'],
  options,
  examples: [
    { line: 'npx halfpast resolve --message "All payments have worked for an hour. We are sorry."', says: 'the one open incident' },
    { line: 'npx halfpast resolve checkout-errors --customer-data unaffected --remedy "Orders that failed are not charged." --message "All payments work."', says: 'with the verdict on customer data, and what is made right' },
  ],
  run: async (call, world) => {
    const desk = await openDesk(call.content, call.now(), world);
    const chosen = await chooseUpdateFolder(call.args[0], 'incident', desk, world);
    if (chosen.kind === 'maintenance') {
      const { slug } = chosen.maintenance;
      throw new UserError(`${slug} is a maintenance. Type: npx halfpast update ${slug} --status completed --message "…"`);
    }
    const { incident } = chosen;
    if (!isOpen(incident)) {
      const since = shortUtc(incident.resolvedAt ?? 0);
      throw new UserError(`${incident.slug} is resolved already, since ${since}. To add to it: npx halfpast update ${incident.slug} --status resolved --message "…"`);
    }
    const fields = {
      title: call.options.title?.trim(),
      status: 'resolved',
      customer_data: call.options['customer-data'],
      lead: call.options.lead,
      comms: call.options.comms,
      remedy: call.options.remedy,
    };
    requireFit(fields, incidentUpdateSchema(desk.settings.timeZone));
    const given = await readMessage(call.options.message, world);
    if (given === null && world.ask === null) throw new UsageError('--message is missing. Type what customers should know, as --message "All payments work again."');
    if (given === null) world.ask?.say(incidentHeadline(incident, desk.now));
    const verdict = await finalVerdict(incident, fields.customer_data, world.ask);
    const text = given ?? (await world.ask?.paragraphs('What should customers know?')) ?? '';
    const said = { fields: { ...fields, customer_data: verdict }, message: text, asked: given === null || verdict !== fields.customer_data };
    return writeFile(incidentUpdateDraft(incident, said, call.now(), desk), call, desk, world);
  },
});
