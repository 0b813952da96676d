import type { MaintenanceUpdate } from '../domain/maintenance.ts';
import type {
  Cause,
  ComponentStatus,
  CustomerData,
  Impact,
  IncidentStatus,
  MaintenanceStatus,
} from '../domain/vocabulary.ts';

/** The vocabulary as people read it. One table a concept: nowhere else are these words written. */
export const componentStatusWords: Readonly<Record<ComponentStatus, string>> = {
  operational: 'Operational',
  under_maintenance: 'Under maintenance',
  degraded_performance: 'Degraded performance',
  partial_outage: 'Partial outage',
  major_outage: 'Major outage',
};

export const incidentStatusWords: Readonly<Record<IncidentStatus, string>> = {
  investigating: 'Investigating',
  identified: 'Identified',
  monitoring: 'Monitoring',
  resolved: 'Resolved',
};

export const maintenanceStatusWords: Readonly<Record<MaintenanceStatus, string>> = {
  scheduled: 'Scheduled',
  in_progress: 'In progress',
  verifying: 'Verifying',
  completed: 'Completed',
};

/** What a maintenance is that was completed before it began. */
export const cancelledWord = 'Cancelled';

/** What an update says of a maintenance. */
export function maintenanceUpdateWord({ record, cancels }: MaintenanceUpdate): string {
  return cancels ? cancelledWord : maintenanceStatusWords[record.status];
}

export const impactWords: Readonly<Record<Impact, string>> = {
  none: 'No impact',
  minor: 'Minor impact',
  major: 'Major impact',
  critical: 'Critical impact',
};

export const customerDataWords: Readonly<Record<CustomerData, string>> = {
  unaffected: 'Customer data is not affected',
  under_review: 'We are checking whether customer data is affected',
  affected: 'Customer data is affected',
};

export const causeWords: Readonly<Record<Cause, string>> = {
  change: 'A change to software or its settings',
  data: 'Bad data',
  defect: 'A fault that had been there before',
  manual_work: 'A step done by hand',
  capacity: 'More load than there was room for',
  hardware: 'Machines or network',
  dependency: 'A service of somebody else',
  security: 'An attack',
  unknown: 'Not found',
};

/** `1 incident`, `2 incidents`. */
export function count(amount: number, one: string, many = `${one}s`): string {
  return `${amount} ${amount === 1 ? one : many}`;
}

/** `a, b and c` */
export function listOf(names: readonly string[]): string {
  if (names.length < 2) return names.join('');
  return `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`;
}

const words: Readonly<Record<string, string>> = {
  ...componentStatusWords,
  ...incidentStatusWords,
  ...maintenanceStatusWords,
  ...impactWords,
  ...customerDataWords,
};

/** A word of the vocabulary as people read it: `in_progress` is `In progress`. */
export function label(word: string): string {
  return words[word] ?? word;
}
