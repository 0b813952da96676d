import { type Incident, isOpen } from '../../src/domain/incident.ts';
import type { CustomerData } from '../../src/domain/vocabulary.ts';
import { UsageError } from '../cli/errors.ts';
import type { Ask } from '../cli/world.ts';
import { label } from './words.ts';

// What claims least comes first: Enter must not say what nobody has looked at.
const verdicts = ['under_review', 'affected', 'unaffected'] as const;

/** Asks for the verdict on customer data; `question` is what is asked. */
export function askVerdict(ask: Ask, question: string): Promise<CustomerData> {
  return ask.choose<CustomerData>(
    question,
    verdicts.map((value) => ({ value, label: value === 'under_review' ? 'Not known yet' : label(value) })),
  );
}

/**
 * What an update that resolves an incident says of customer data. While it is under review, somebody has
 * to say how that ended: nothing comes after the last update. Throws UsageError without a person to ask.
 */
export async function finalVerdict(
  incident: Incident,
  given: string | undefined,
  ask: Ask | null,
): Promise<string | undefined> {
  if (given !== undefined || !isOpen(incident) || incident.customerData !== 'under_review') return given;
  if (ask !== null) return askVerdict(ask, 'How did the check of customer data end?');
  throw new UsageError(
    `--customer-data is missing, since ${incident.slug} says under_review, and that would stand for good. Type --customer-data unaffected or --customer-data affected, or under_review again if the check goes on`,
  );
}
