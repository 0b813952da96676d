import type { Fields } from '../../src/lib/content/write-content.ts';
import { hour, type Instant, isoTime } from '../../src/lib/domain/calendar.ts';
import { affectedBefore, type Incident, isOpen, isSerious } from '../../src/lib/domain/incident.ts';
import type { Template } from '../../src/lib/domain/template.ts';
import {
  type Component,
  type ComponentStates,
  type ComponentStatus,
  componentStatuses,
  type CustomerData,
  type Impact,
  impactOf,
  incidentStatuses,
  worstStatus,
} from '../../src/lib/domain/vocabulary.ts';
import { nameProblem } from '../../src/lib/schema/update-file.ts';
import { readInstant, shortUtc } from '../../src/lib/schema/time-fields.ts';
import { en, label } from '../../src/lib/words/en.ts';
import type { ContentFolder } from '../cli/content.ts';
import type { Ask, Choice } from '../cli/context.ts';
import { answerProblem, MissingFlag, newWindow, requireNoPromise } from './options.ts';
import { askTemplate, askText, withTemplate } from './update-text.ts';

// Enter selects the first choice, so that choice never claims something unverified.

function choices<T extends string>(values: readonly T[]): Choice<T>[] {
  return values.map((value) => ({ value, label: label(value) }));
}

type Components = Pick<ContentFolder, 'components'>;

/** Mildest first. Maintenance isn't part of an incident, so it comes last. */
const worseningStatuses = [
  ...componentStatuses.filter((status) => status !== 'operational' && status !== 'under_maintenance'),
  'under_maintenance',
] as const;

/** Whether a text contains a component's name, as a whole word in languages with spaces between words. */
function isNamedIn(text: string, { id, name }: Component): boolean {
  return [id, name].some((word) => {
    const around = text.toLowerCase().split(word.toLowerCase());
    const isApart = (after: string, before: string): boolean =>
      !/[\p{Script=Latin}\d]$/u.test(before) && !/^[\p{Script=Latin}\d]/u.test(after);
    return around.slice(1).some((after, index) => isApart(after, around[index] ?? ''));
  });
}

/** What's known before asking what's affected: what's already affected, and the title. */
type Known = { readonly current?: ComponentStates; readonly title?: string };

/**
 * A multiple choice of components, in the page's order, without retired ones unless they're affected. Preselects what's
 * already affected, or else the only component and those in the title.
 */
async function askComponents(
  ask: Ask,
  question: string,
  { components }: Components,
  { current = {}, title = '' }: Known,
): Promise<readonly Component[]> {
  const offered = components.filter(({ id, retired }) => !retired || current[id] !== undefined);
  const affected = Object.keys(current).filter((id) => current[id] !== 'operational');
  const obvious = offered.length === 1 ? offered : offered.filter((one) => isNamedIn(title, one));
  const picked = await ask.pick(
    question,
    offered.map(({ id, name }) => ({ value: id, label: name })),
    Object.keys(current).length > 0 ? affected : obvious.map(({ id }) => id),
  );
  return offered.filter(({ id }) => picked.includes(id));
}

/** Asks which components are affected, and how badly. Returns undefined for none. */
async function askStates(
  ask: Ask,
  question: string,
  content: Components,
  known: Known,
): Promise<ComponentStates | undefined> {
  const states: Record<string, ComponentStatus> = {};
  const { current = {} } = known;
  const components = await askComponents(ask, question, content, known);
  for (const { id, name } of components) {
    const now = current[id];
    const others = worseningStatuses
      .filter((status) => status !== now)
      .map((value) => ({ value, label: en.componentStatus[value] }));
    const isAffected = now !== undefined && now !== 'operational';
    const still = isAffected ? [{ value: now, label: `Still: ${en.componentStatus[now]}` }] : [];
    states[id] = await ask.choose(`${name}: how bad is it?`, [...still, ...others]);
  }
  return components.length === 0 ? undefined : states;
}

/** A full hour, as an example of how to type a time. */
const exampleTime = (hoursAhead: number, now: Instant): string =>
  isoTime(now + hoursAhead * hour).replace(/:\d\d:\d\d\.\d+Z$/, ':00Z');

/** Asks for a time. `problem` validates it. Returns undefined for no answer, if that's allowed. */
async function askTime(
  ask: Ask,
  message: string,
  { settings }: ContentFolder,
  problem: (instant: Instant) => string | null,
  optional = false,
): Promise<string | undefined> {
  const check = (answer: string): string | null => {
    if (optional && answer === '') return null;
    const read = readInstant(answer, settings.timeZone);
    return 'wrong' in read ? read.wrong : problem(read.value);
  };
  return (await ask.text({ message, optional, check })) || undefined;
}

/** The problem with the end of an incident that began at `began`. */
const endProblem = (ended: Instant, began: Instant, now: Instant): string | null =>
  ended <= began || ended > now ? `Enter a time after ${shortUtc(began)} that has passed` : null;

/** Asks when a past incident began and ended. */
async function askPast({ started, ended }: Fields, ask: Ask, content: ContentFolder): Promise<Fields> {
  const { now } = content;
  const isPast = (instant: Instant): string | null => (instant > now ? 'Enter a time in the past' : null);
  const from = started ?? (await askTime(ask, `When did it begin? (such as ${exampleTime(-3, now)})`, content, isPast));
  const read = readInstant(String(from), content.settings.timeZone);
  const began = 'value' in read ? read.value : -Infinity;
  const to =
    ended ??
    (await askTime(ask, `When was it over? (such as ${exampleTime(-1, now)})`, content, (instant) =>
      endProblem(instant, began, now),
    ));
  return { started: from, ended: to };
}

/** Asks when everything worked again, if the incident still affects something. */
async function askEnd(incident: Incident, ask: Ask, content: ContentFolder): Promise<string | undefined> {
  const isAffected = Object.values(incident.components).some((status) => status !== 'operational');
  const began = incident.openPeriods.at(-1)?.from ?? incident.startedAt;
  if (!isOpen(incident) || !isAffected) return undefined;
  const question = `When did everything start working again? (such as ${exampleTime(-1, content.now)}; Enter for just now)`;
  return askTime(ask, question, content, (instant) => endProblem(instant, began, content.now), true);
}

/** Asks what maintenance affects. Those components are under maintenance during its window. */
async function askAffectedByWork(ask: Ask, title: string, content: Components): Promise<ComponentStates | undefined> {
  const affected = await askComponents(ask, 'Which components are affected?', content, { title });
  if (affected.length === 0) return undefined;
  return Object.fromEntries(affected.map(({ id }) => [id, 'under_maintenance' as const]));
}

/** Asks what an open incident affects now. Returns only the changes, as in the update's file. */
async function askChangedStates(
  ask: Ask,
  current: ComponentStates,
  content: Components,
): Promise<ComponentStates | undefined> {
  const affected = Object.keys(current).filter((id) => current[id] !== 'operational');
  const nameOf = (id: string): string => content.components.find((component) => component.id === id)?.name ?? id;
  const words = affected.map((id) => `${nameOf(id)}: ${label(current[id] ?? '').toLowerCase()}`).join(', ');
  const answer = await ask.choose('What is affected now?', [
    { value: 'same', label: words === '' ? 'Still no components' : `Still: ${words}` },
    { value: 'other', label: 'Something changed' },
  ]);
  if (answer === 'same') return undefined;
  const selected = (await askStates(ask, 'Select everything that is affected now', content, { current })) ?? {};
  const changed = Object.entries(selected).filter(([id, status]) => status !== current[id]);
  const works = affected.filter((id) => selected[id] === undefined).map((id) => [id, 'operational'] as const);
  const states = Object.fromEntries([...changed, ...works]);
  return Object.keys(states).length === 0 ? undefined : states;
}

/** Asks for the final verdict on customer data. */
export function askVerdict(ask: Ask, question: string): Promise<CustomerData> {
  return ask.choose<CustomerData>(question, [
    { value: 'under_review', label: 'Not known yet' },
    ...choices(['affected', 'unaffected'] as const),
  ]);
}

/**
 * The customer data of an update that resolves an incident. An open review needs a result, because this may be the last
 * update. A serious incident always needs one. Throws UsageError without a terminal.
 */
export async function finalVerdict(
  incident: Incident,
  { impact = incident.impact, customer_data: data }: Fields,
  ask: Ask | null,
): Promise<string | undefined> {
  const given = data as string | undefined;
  if (given !== undefined || !isOpen(incident)) return given;
  if (incident.customerData === null && isSerious({ impact: impact as Incident['impact'] })) {
    if (ask !== null) return askVerdict(ask, dataQuestion);
    throw new MissingFlag(
      (name) =>
        `${name('customer-data')} is missing: ${incident.slug} is ${String(impact)}, and customers haven't read whether their data is safe. Type ${name('customer-data', 'unaffected')} or ${name('customer-data', 'affected')}, or under_review if you don't know yet`,
    );
  }
  if (incident.customerData !== 'under_review') return given;
  if (ask !== null) return askVerdict(ask, 'What did you find out about customer data?');
  throw new MissingFlag(
    (name) =>
      `${name('customer-data')} is missing: customer data of ${incident.slug} is under review, and would stay so. Type ${name('customer-data', 'unaffected')} or ${name('customer-data', 'affected')}, or under_review again if the review continues`,
  );
}

/** Whether the fields of a first update make the incident serious. The fields are valid. */
export function isSeriousOpening({ impact, components }: Fields): boolean {
  const states = Object.values((components ?? {}) as ComponentStates);
  return isSerious({ impact: (impact as Impact | undefined) ?? impactOf(worstStatus(states)) });
}

const dataQuestion = 'Is customer data safe?';
const silence = { value: '', label: 'Say nothing yet' } as const;

/** Asks about customer data that nobody mentioned yet. In a serious incident, silence isn't the default. */
function askFirstVerdict(ask: Ask, serious: boolean): Promise<CustomerData | ''> {
  const verdicts = choices(['under_review', 'affected', 'unaffected'] as const);
  return ask.choose<CustomerData | ''>(dataQuestion, serious ? [...verdicts, silence] : [silence, ...verdicts]);
}

/** The answers so far, and the template for the text. */
type Answers = { readonly fields: Fields; readonly template: Template | null };

/**
 * Asks for everything that a new incident still needs, except the text. `titleProblem` validates the title before more
 * is typed. Throws Cancelled.
 */
export async function askOpening(
  { fields, template: given }: Answers,
  ask: Ask,
  content: ContentFolder,
  titleProblem: (title: string) => string | null,
  hasText: boolean,
): Promise<Answers> {
  const title =
    fields.title ??
    (await ask.text({
      message: 'What do customers notice?',
      placeholder: 'Checkout errors in Europe',
      check: titleProblem,
    }));
  const status = fields.status ?? (await ask.choose('What is the status?', choices(incidentStatuses)));
  requireNoPromise({ ...fields, status });
  const past = status === 'resolved' ? await askPast(fields, ask, content) : {};
  const asksStates = fields.components === undefined && fields.impact === undefined;
  const what = status === 'resolved' ? 'What was affected?' : 'What is affected?';
  const components = asksStates ? await askStates(ask, what, content, { title: String(title) }) : fields.components;
  const template = given ?? (hasText ? null : await askTemplate(ask, 'open', String(status), content));
  const filled = withTemplate({ ...fields, ...past, title, status, components }, template);
  const asksImpact = filled.impact === undefined && filled.components === undefined;
  const impact = asksImpact
    ? await ask.choose('How bad is it for customers?', choices(['minor', 'major', 'critical', 'none']))
    : filled.impact;
  const serious = isSeriousOpening({ ...filled, impact });
  const askData = () =>
    serious && status === 'resolved' ? askVerdict(ask, dataQuestion) : askFirstVerdict(ask, serious);
  const verdict = filled.customer_data ?? (await askData());
  const askWho = (message: string): Promise<string> => ask.text({ message, optional: true, check: nameProblem });
  const lead = filled.lead ?? (await askWho('Who leads the response? (optional)'));
  const comms = filled.comms ?? (await askWho('Who updates customers? (optional)'));
  const answers = { impact, customer_data: verdict || undefined, lead: lead || undefined, comms: comms || undefined };
  return { fields: { ...filled, ...answers }, template };
}

/** Asks for the status of a later update. The first choice keeps the current one. */
export function askStatus<T extends string>(ask: Ask, current: T, statuses: readonly T[]): Promise<T> {
  return ask.choose('What is the status now?', [
    { value: current, label: `Still: ${label(current)}` },
    ...choices(statuses.filter((status) => status !== current)),
  ]);
}

async function askCustomerData(ask: Ask, { customerData }: Incident, serious: boolean): Promise<unknown> {
  if (customerData === null) return (await askFirstVerdict(ask, serious)) || undefined;
  if (customerData !== 'under_review') return undefined;
  const still = { value: '', label: `Still: ${en.customerData.under_review}` } as const;
  return (await ask.choose(dataQuestion, [still, ...choices(['affected', 'unaffected'] as const)])) || undefined;
}

/** Asks what else changed: what's affected, and what's known about customer data. Throws Cancelled. */
export async function askChanges(
  fields: Fields,
  incident: Incident,
  ask: Ask,
  content: ContentFolder,
): Promise<Fields> {
  // Fail before the user types the text.
  requireNoPromise(fields);
  if (fields.status === 'resolved') {
    const ended = fields.ended ?? (await askEnd(incident, ask, content));
    const verdict = await finalVerdict(incident, fields, ask);
    return { ...fields, ended, customer_data: verdict };
  }
  const components =
    fields.components ??
    (isOpen(incident)
      ? await askChangedStates(ask, incident.components, content)
      : await askStates(ask, 'What is affected again?', content, { current: affectedBefore(incident.updates) }));
  const serious = isSerious(incident) || isSeriousOpening({ ...fields, components });
  const verdict = fields.customer_data ?? (await askCustomerData(ask, incident, serious));
  return { ...fields, components, customer_data: verdict };
}

/** The parts of an announcement; undefined for those that aren't known yet. */
export type NewMaintenance = Readonly<Record<'title' | 'for' | 'until' | 'message', string | undefined>> & {
  readonly components: ComponentStates | undefined;
};

/** Asks for the missing parts of an announcement. Throws Cancelled. */
export async function askMaintenance(
  given: NewMaintenance,
  template: Template | null,
  ask: Ask,
  content: ContentFolder,
): Promise<NewMaintenance> {
  const { now, settings } = content;
  const title = given.title ?? (await ask.text({ message: 'What will be done?', placeholder: 'Database upgrade' }));
  const from =
    given.for ??
    (await askTime(ask, `When does it start? (such as ${exampleTime(24, now)})`, content, () => null)) ??
    '';
  const checkEnd = (answer: string): string | null =>
    answerProblem(() => newWindow(from, answer, now, settings.timeZone));
  const until =
    given.until ??
    (await ask.text({ message: `When does it end? (such as ${exampleTime(26, now)})`, check: checkEnd }));
  const components = given.components ?? (await askAffectedByWork(ask, title, content));
  const known = { title, for: from, until, components };
  if (given.message !== undefined) return { ...known, message: given.message };
  const chosen = template ?? (await askTemplate(ask, 'schedule', 'scheduled', content));
  return { ...known, message: await askText(ask, chosen, Object.keys(components ?? {}), content) };
}
