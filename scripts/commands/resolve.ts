import { isOpen } from '../../src/lib/domain/incident.ts';
import { shortUtc } from '../../src/lib/schema/time-fields.ts';
import { incidentUpdateSchema } from '../../src/lib/schema/update-file.ts';
import { defineCommand, type OptionTable } from '../cli/command.ts';
import { openContent } from '../cli/content.ts';
import { UserError } from '../cli/errors.ts';
import { chooseUpdateFolder, incidentHeadline } from '../write/choose-incident.ts';
import { incidentUpdateDraft, momentOf } from '../write/draft.ts';
import {
  afterwardsOptions,
  incidentOptions,
  publishingOptions,
  readComponentFlags,
  remedyFields,
  remedyOptions,
  requireFit,
  requireNames,
} from '../write/options.ts';
import { askChanges } from '../write/questions.ts';
import { templateFlag, withTemplate } from '../write/update-text.ts';
import { completeUpdate, withFinalVerdict } from '../write/update.ts';
import { writeFile } from '../write/write-file.ts';

const { message, template, title } = incidentOptions;

const options = {
  message,
  template,
  title,
  ...remedyOptions,
  'customer-data': incidentOptions['customer-data'],
  lead: incidentOptions.lead,
  comms: incidentOptions.comms,
  ...afterwardsOptions,
  component: incidentOptions.component,
  components: incidentOptions.components,
  ...publishingOptions,
} as const satisfies OptionTable;

export const resolve = defineCommand({
  name: 'resolve',
  summary: 'Resolve an incident',
  details:
    'You can leave the incident out if exactly one is open. All its components become operational, at the time of --ended if it was over earlier.',
  args: ['incident'],
  options,
  examples: [
    {
      line: 'npx halfpast resolve --message "All payments have worked for an hour. We are sorry."',
      says: 'the only open incident',
    },
    {
      line: 'npx halfpast resolve checkout-errors --customer-data unaffected --remedy "Orders that failed are not charged." --message "All payments work."',
      says: 'with a verdict on customer data and a remedy',
    },
  ],
  run: async (call, context) => {
    const content = await openContent(call.content, call.now(), context);
    const chosen = await chooseUpdateFolder(call.args[0], 'incident', content, context);
    if (chosen.kind === 'maintenance') {
      const { slug } = chosen.maintenance;
      throw new UserError(`${slug} is maintenance. Type: npx halfpast update ${slug} --status completed --message "…"`);
    }
    const { incident } = chosen;
    const moment = momentOf(call, content);
    if (!isOpen(incident)) {
      const since = shortUtc(incident.resolvedAt ?? 0);
      throw new UserError(
        `${incident.slug} was resolved at ${since}. To add to it: npx halfpast update ${incident.slug} --status resolved --message "…"`,
      );
    }
    const begins = templateFlag(call.options, 'resolve', content);
    const flags = {
      title: call.options.title?.trim(),
      customer_data: call.options['customer-data'],
      lead: call.options.lead,
      comms: call.options.comms,
      ...remedyFields(call.options),
      components: readComponentFlags(call.options, content),
      ended: call.options.ended?.trim(),
    };
    const fields = { ...withTemplate(flags, begins), status: 'resolved' };
    requireFit(fields, incidentUpdateSchema(content.settings.timeZone));
    requireNames(fields, context.ask);
    const update = await completeUpdate(
      { fields, template: begins, message: call.options.message },
      {
        use: 'resolve',
        headline: incidentHeadline(incident, content.now),
        current: 'resolved',
        statuses: ['resolved'],
        statusMissing: null,
        components: Object.keys(incident.components),
        askMore: (ask, answers) => askChanges(answers, incident, ask, content),
      },
      content,
      context,
    );
    const final = await withFinalVerdict(update, incident, context.ask);
    return writeFile(incidentUpdateDraft(incident, final, moment, content), call, content, context);
  },
});
