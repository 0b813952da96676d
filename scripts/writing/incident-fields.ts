import type { ValuesOf } from '../cli/command.ts';
import { readComponentFlags } from './component-flags.ts';
import type { Desk } from './desk.ts';
import type { incidentOptions } from './incident-options.ts';
import type { Fields } from './update-file.ts';

/** What the flags of an incident command say, as front matter; the status comes from the command. */
export function incidentFields(options: ValuesOf<typeof incidentOptions>, desk: Desk): Fields {
  return {
    title: options.title?.trim(),
    impact: options.impact,
    components: readComponentFlags(options.component, options.components, desk.components, desk.content),
    customer_data: options['customer-data'],
    next_update: options['next-update']?.trim(),
    lead: options.lead,
    comms: options.comms,
    remedy: options.remedy,
  };
}
