import { isOpen } from '../../src/lib/domain/incident.ts';
import { shortUtc } from '../../src/lib/schema/time-fields.ts';
import { defineCommand, type OptionTable } from '../cli/command.ts';
import { openContent } from '../cli/content.ts';
import { UserError } from '../cli/errors.ts';
import { chooseIncident } from '../write/choose-incident.ts';
import {
  afterwardsOptions,
  incidentOptions,
  publishingOptions,
  remedyOptions,
  updateOptions,
} from '../write/options.ts';
import { postUpdate } from '../write/update.ts';

const { message, template } = incidentOptions;

const options = {
  message,
  template,
  title: updateOptions.title,
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
    'If exactly one incident is open, you can leave it out. All its components become operational, now or, if it was over earlier, at --ended.',
  args: ['incident'],
  options,
  examples: [
    {
      line: 'npx halfpast resolve --message "All payments have been working for an hour. We are sorry."',
      says: 'the only open incident',
    },
    {
      line: 'npx halfpast resolve checkout-errors --customer-data unaffected --remedy "Orders that failed are not charged." --message "All payments are working."',
      says: 'with a verdict on customer data and a remedy',
    },
  ],
  run: async (call, context) => {
    const content = await openContent(call.content, call.now(), context);
    const refusal = (slug: string): string =>
      `${slug} is maintenance. Type: npx halfpast update ${slug} --status completed --message "…"`;
    const incident = await chooseIncident(call.args[0], refusal, content, context);
    if (!isOpen(incident)) {
      const since = shortUtc(incident.resolvedAt ?? 0);
      throw new UserError(
        `${incident.slug} was resolved at ${since}. To add to it: npx halfpast update ${incident.slug} --status resolved --message "…"`,
      );
    }
    return postUpdate(incident, { use: 'resolve', status: 'resolved' }, call, content, context);
  },
});
