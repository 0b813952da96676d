import type { Incident } from '../../src/domain/incident.ts';
import type { Template } from '../../src/domain/template.ts';
import { incidentStatuses } from '../../src/domain/vocabulary.ts';
import { customerDataWords } from '../../src/views/words.ts';
import type { Ask } from '../cli/world.ts';
import { choices } from './choices.ts';
import { askAffected, askChanged } from './component-questions.ts';
import type { Desk } from './desk.ts';
import { finalVerdict } from './final-verdict.ts';
import { askTemplate, withTemplate } from './template-text.ts';
import type { Fields } from './update-file.ts';

// Enter takes the first choice, and must never claim what nobody has looked at.
const dataChoices = [
  { value: '', label: 'Say nothing yet' },
  ...choices(['under_review', 'affected', 'unaffected']),
] as const;
const impactChoices = choices(['minor', 'major', 'critical', 'none']);
const dataQuestion = 'Is customer data safe?';

const orNothing = (answer: unknown): unknown => (answer === '' ? undefined : answer);

/** What was said so far, and the template that the text begins with. */
export type Answered = { readonly fields: Fields; readonly template: Template | null };

/**
 * Asks for what a new incident does not say yet, but for its text. `titleProblem` says why a title will
 * not do, before anything is written under it. Throws Cancelled.
 */
export async function askOpening(
  said: Answered,
  ask: Ask,
  desk: Desk,
  titleProblem: (title: string) => string | null,
  hasText: boolean,
): Promise<Answered> {
  const { fields } = said;
  const title =
    fields.title ??
    (await ask.text({
      message: 'What do customers notice?',
      placeholder: 'Checkout errors in Europe',
      check: titleProblem,
    }));
  const status = fields.status ?? (await ask.choose('Where are you with it?', choices(incidentStatuses)));
  const named = fields.components === undefined && fields.impact === undefined;
  const components = named ? await askAffected(ask, desk) : fields.components;
  const template = said.template ?? (hasText ? null : await askTemplate(ask, 'open', String(status), desk));
  const so = withTemplate({ ...fields, title, status, components }, template);
  const impact =
    so.impact ??
    (so.components === undefined ? await ask.choose('How bad is it for customers?', impactChoices) : undefined);
  const verdict = so.customer_data ?? (await ask.choose(dataQuestion, dataChoices));
  const lead = so.lead ?? (await ask.text({ message: 'Who leads? (optional)', optional: true }));
  const comms = so.comms ?? (await ask.text({ message: 'Who tells customers? (optional)', optional: true }));
  return {
    fields: { ...so, impact, customer_data: orNothing(verdict), lead: orNothing(lead), comms: orNothing(comms) },
    template,
  };
}

/** Asks for the status of a later update; the first choice leaves it as it is. */
export async function askStatus<T extends string>(ask: Ask, current: T, statuses: readonly T[]): Promise<T> {
  const [still] = choices([current]);
  return ask.choose('Where are you now?', [
    { value: current, label: `Still: ${still?.label ?? current}` },
    ...choices(statuses.filter((status) => status !== current)),
  ]);
}

async function askData(ask: Ask, { customerData }: Incident): Promise<unknown> {
  if (customerData !== null && customerData !== 'under_review') return undefined;
  if (customerData === null) return orNothing(await ask.choose(dataQuestion, dataChoices));
  return orNothing(
    await ask.choose(dataQuestion, [
      { value: '', label: `Still: ${customerDataWords.under_review}` },
      ...choices(['affected', 'unaffected']),
    ]),
  );
}

/** Asks what has changed of an incident besides its status: what is affected, and what is known of customer data. Throws Cancelled. */
export async function askChanges(fields: Fields, incident: Incident, ask: Ask, desk: Desk): Promise<Fields> {
  if (fields.status === 'resolved') {
    const verdict = await finalVerdict(incident, fields.customer_data as string | undefined, ask);
    return { ...fields, customer_data: verdict };
  }
  const components = fields.components ?? (await askChanged(ask, incident.components, desk));
  return { ...fields, components, customer_data: fields.customer_data ?? (await askData(ask, incident)) };
}
