import type { Incident } from '../../src/domain/incident.ts';
import { type Cause, causes, type CustomerData, customerDataVerdicts } from '../../src/domain/vocabulary.ts';
import { causeWords } from '../../src/views/words.ts';
import { UsageError } from '../cli/errors.ts';
import type { World } from '../cli/world.ts';
import { askVerdict } from '../writing/final-verdict.ts';

/** The verdict on customer data: the flag's, else the incident's, else what is answered. Throws UsageError. */
export async function verdictFor(incident: Incident, flag: string | undefined, world: World): Promise<CustomerData> {
  const given = customerDataVerdicts.find((verdict) => verdict === flag) ?? incident.customerData;
  if (given !== null) return given;
  if (world.ask !== null) return askVerdict(world.ask, 'Was customer data affected?');
  throw new UsageError(
    `--customer-data is missing, since ${incident.slug} never says it. Type what is true, one of: ${customerDataVerdicts.map((verdict) => `--customer-data ${verdict}`).join(', ')}`,
  );
}

/** Who writes it: the flags' names, else the lead, else who is named. Throws UsageError. */
export async function authorsFor(
  incident: Incident,
  flags: readonly string[],
  world: World,
): Promise<readonly string[]> {
  if (flags.length > 0) return flags.map((author) => author.trim());
  if (incident.lead !== null) return [incident.lead];
  if (world.ask === null)
    throw new UsageError('--author is missing, since the incident names no lead. Type who writes it, as --author Dana');
  return [await world.ask.text({ message: 'Who writes it?' })];
}

/** The kind of cause: the flag's, which fits the schema, else what is answered; null while nobody has said. */
export async function causeFor(flag: string | undefined, world: World): Promise<Cause | null> {
  const given = causes.find((cause) => cause === flag);
  if (given !== undefined || world.ask === null) return given ?? null;
  // What claims nothing comes first; `unknown` is the end of a search, which a draft is not.
  const answer = await world.ask.choose<Cause | 'later'>('What kind of cause was it?', [
    { value: 'later', label: 'Say it later' },
    ...causes.map((value) => ({ value, label: causeWords[value] })),
  ]);
  return answer === 'later' ? null : answer;
}
