import { incidentUpdateSchema } from '../../src/lib/schema/update-file.ts';
import { defineCommand } from '../cli/command.ts';
import { openContent } from '../cli/content.ts';
import { chooseIncident } from '../write/choose-incident.ts';
import { publishingOptions, requireFit, requireNames } from '../write/options.ts';
import { handOverDraft, newRoles } from '../write/roles.ts';
import { writeFile } from '../write/write-file.ts';

export const handOver = defineCommand({
  name: 'hand-over',
  summary: 'Record who leads, or who updates customers, from now on',
  details:
    "Adds the change and its time to the newest update of the incident, as hand_overs. Customers don't see a new update, and no channel is notified. If exactly one incident is open, you can leave it out.",
  args: ['incident'],
  options: {
    lead: { value: 'NAME', help: 'who leads the response from now on' },
    comms: { value: 'NAME', help: 'who updates customers from now on' },
    ...publishingOptions,
  },
  examples: [
    { line: 'npx halfpast hand-over --lead Sam', says: 'the only open incident has a new lead' },
    {
      line: 'npx halfpast hand-over checkout-errors --lead Sam --comms Priya',
      says: 'both roles of an incident, by part of its name',
    },
  ],
  run: async (call, context) => {
    const { lead, comms } = call.options;
    const content = await openContent(call.content, call.now(), context);
    const schema = incidentUpdateSchema(content.settings.timeZone);
    requireFit({ status: 'investigating', lead, comms }, schema);
    requireNames({ lead, comms }, context.ask);
    const refusal = (slug: string): string => `${slug} is maintenance, which has no lead. Name an incident`;
    const incident = await chooseIncident(call.args[0], refusal, content, context);
    const roles = await newRoles({ lead: lead?.trim(), comms: comms?.trim() }, incident, context.ask);
    requireFit({ status: 'investigating', ...roles }, schema);
    return writeFile(handOverDraft(incident, roles, call.now(), content), call, content, context);
  },
});
