import { componentStatuses, customerDataVerdicts, impacts } from '../../src/domain/vocabulary.ts';
import type { OptionTable } from '../cli/command.ts';
import { publishingOptions } from './publishing-options.ts';

/** What any update of an incident may say. */
export const incidentOptions = {
  message: {
    kind: 'text',
    value: 'TEXT',
    help: 'what customers should know, in markdown; - reads it from standard input',
  },
  template: { kind: 'text', value: 'NAME', help: 'begin with this text, as no-news; in a terminal there is a choice' },
  title: { kind: 'text', value: 'TEXT', help: 'what customers notice; on a later update, renames the incident' },
  impact: { kind: 'text', value: 'IMPACT', help: `${impacts.join(', ')} (default: from the worst component)` },
  component: { kind: 'list', value: 'ID=STATUS', help: `${componentStatuses.join(', ')}` },
  components: { kind: 'text', value: 'A=B,C=D', help: 'several components at once' },
  'customer-data': { kind: 'text', value: 'VERDICT', help: customerDataVerdicts.join(', ') },
  'next-update': { kind: 'text', value: 'WHEN', help: '30m, 14:30Z, a full time, or none (default: from the cadence)' },
  lead: { kind: 'text', value: 'NAME', help: 'who leads the response' },
  comms: { kind: 'text', value: 'NAME', help: 'who tells customers' },
  remedy: { kind: 'text', value: 'TEXT', help: 'what is done for those who lost something' },
  ...publishingOptions,
} as const satisfies OptionTable;
