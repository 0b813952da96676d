import { problemLine } from '../../src/lib/content/problem.ts';
import { readTemplates, templatesFolder } from '../../src/lib/content/read-templates.ts';
import type { Fields } from '../../src/lib/content/write-content.ts';
import { hour, type Instant, isoTime } from '../../src/lib/domain/calendar.ts';
import { type Incident, isOpen } from '../../src/lib/domain/incident.ts';
import {
  blanksIn,
  type BlankValues,
  fillBlanks,
  suits,
  type Template,
  type TemplateUse,
} from '../../src/lib/domain/template.ts';
import {
  type Component,
  type ComponentStates,
  type ComponentStatus,
  componentStatuses,
  type CustomerData,
  incidentStatuses,
} from '../../src/lib/domain/vocabulary.ts';
import { didYouMean, quote } from '../../src/lib/schema/text.ts';
import { readInstant, shortUtc } from '../../src/lib/schema/time-fields.ts';
import { clock } from '../../src/lib/views/time.ts';
import { en, label, listOf } from '../../src/lib/words/en.ts';
import type { ContentFolder } from '../cli/content.ts';
import { UsageError, UserError } from '../cli/errors.ts';
import type { Ask, Choice } from '../cli/context.ts';
import { answerProblem, FlagError } from './options.ts';

function readAll(content: ContentFolder) {
  return readTemplates(content.tree, {
    timeZone: content.settings.timeZone,
    componentIds: content.components.map(({ id }) => id),
  });
}

/** The templates that are of use there, to choose from; those that cannot be read are left to `check`. */
function templatesFor(use: TemplateUse, content: ContentFolder): readonly Template[] {
  return readAll(content).templates.filter((template) => suits(template, use));
}

/** The template of a name. Throws UserError when there is none, when it cannot be read, and when it is of no use there. */
function templateNamed(given: string, use: TemplateUse, content: ContentFolder): Template {
  const { templates, problems } = readAll(content);
  const name = given.trim().replace(/\.md$/, '');
  const broken = problems.find(({ file }) => file === `${templatesFolder}/${name}.md`);
  if (broken !== undefined) throw new UserError(problemLine(broken, content.folder));
  const found = templates.find((template) => template.name === name);
  const fitting = templates.filter((template) => suits(template, use)).map((template) => template.name);
  if (found === undefined)
    throw new UserError(`--template: ${quote(given)} is not a template. ${didYouMean(name, fitting)}`.trim());
  if (suits(found, use)) return found;
  throw new UserError(`--template: ${quote(name)} is of no use here. ${didYouMean('', fitting)}`.trim());
}

type KnownFacts = {
  /** The affected components, by id. */
  readonly components: readonly string[];
  readonly content: ContentFolder;
};

/** What blanks are filled with by the program: `components`, `site` and `time`, the clock in the site's time zone. */
function knownBlanks({ components, content }: KnownFacts): BlankValues {
  const names = components.map((id) => content.components.find((component) => component.id === id)?.name ?? id);
  return {
    components: names.length === 0 ? undefined : listOf(names),
    site: content.settings.name,
    time: clock(content.now, content.settings),
  };
}

/** A template's text as far as it can be filled in, and the names of the blanks that are left, each once. */
function beginWith(
  template: Template,
  facts: KnownFacts,
): { readonly text: string; readonly blanks: readonly string[] } {
  const text = fillBlanks(template.body, knownBlanks(facts));
  return { text, blanks: [...new Set(blanksIn(text).map(({ name }) => name))] };
}

export const textQuestion = 'What should customers know?';

/** The template of `--template`; null without one. Throws UsageError together with `--message`: both are the text. */
export function templateFlag(
  options: { readonly template: string | undefined; readonly message: string | undefined },
  use: TemplateUse,
  content: ContentFolder,
): Template | null {
  if (options.template === undefined) return null;
  if (options.message !== undefined)
    throw new UsageError('--template and --message both say the text. Type one of them');
  return templateNamed(options.template, use, content);
}

/** What is said, and what a template suggests where nothing is. */
export function withTemplate(fields: Fields, template: Template | null): Fields {
  const said = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
  return { ...template?.fields, ...said };
}

/** A template's text where there is nobody to ask. Throws UsageError that names what is left to fill in. */
export function wholeText(template: Template, facts: KnownFacts): string {
  const { text, blanks } = beginWith(template, facts);
  if (blanks.length === 0) return text;
  throw new UsageError(
    `--template ${template.name}: somebody has to say ${blanks.map((name) => `{{${name}}}`).join(', ')}. Run it in a terminal, which asks for them, or type the whole text behind --message`,
  );
}

/** Offers the texts that suit a status; null for one's own. Throws Cancelled. */
export async function askTemplate(
  ask: Ask,
  use: TemplateUse,
  status: string,
  content: ContentFolder,
): Promise<Template | null> {
  const fitting = templatesFor(use, content).filter(
    ({ fields }) => fields.status === undefined || fields.status === status,
  );
  if (fitting.length === 0) return null;
  // One that is made for this status is likelier than one for any.
  const sorted = fitting.toSorted(
    (a, b) => Number(a.fields.status === undefined) - Number(b.fields.status === undefined),
  );
  const name = await ask.choose('Begin with a text?', [
    { value: '', label: 'No, I write it myself' },
    ...sorted.map(({ name: value, label }) => ({ value, label, hint: value })),
  ]);
  return sorted.find((template) => template.name === name) ?? null;
}

/** The text of an update: written anew, or from a template whose blanks are asked for, to be looked over. Throws Cancelled. */
export async function askText(ask: Ask, template: Template | null, facts: KnownFacts): Promise<string> {
  if (template === null) return ask.paragraphs(textQuestion);
  const { text, blanks } = beginWith(template, facts);
  ask.show(text, 'The text, with what is left to fill in');
  const answers: Record<string, string> = {};
  for (const name of blanks) {
    const answer = await ask.text({ message: `Fill in: ${name}`, optional: true });
    // What is left out is left for the last look.
    if (answer !== '') answers[name] = answer;
  }
  const check = (said: string): string | null => {
    const [left] = blanksIn(said);
    return left === undefined ? null : `Fill in or delete ${left.written}`;
  };
  return ask.paragraphs('Is this what customers should know?', { initial: fillBlanks(text, answers), check });
}

/** Words of the vocabulary to choose from, as people read them. */
function choices<T extends string>(words: readonly T[]): Choice<T>[] {
  return words.map((value) => ({ value, label: label(value) }));
}

type Names = Pick<ContentFolder, 'components'>;

/** The mildest first: Enter must not claim an outage that nobody has looked at. Maintenance is no incident, so it is last. */
const ladder = [
  ...componentStatuses.filter((status) => status !== 'operational' && status !== 'under_maintenance'),
  'under_maintenance',
] as const;

function choice(value: ComponentStatus): Choice<ComponentStatus> {
  return { value, label: en.componentStatus[value] };
}

const nameOf = (id: string, { components }: Names): string =>
  components.find((component) => component.id === id)?.name ?? id;

/** Those that may be picked: no retired ones, but for those that are affected already. */
function shown({ components }: Names, current: ComponentStates): readonly Component[] {
  return components.filter(({ id, retired }) => !retired || current[id] !== undefined);
}

/** Which components, and what each is; `current` is what holds already, marked and first. Undefined for none. Throws Cancelled. */
async function askStates(
  ask: Ask,
  question: string,
  content: Names,
  current: ComponentStates = {},
): Promise<ComponentStates | undefined> {
  const affected = Object.keys(current).filter((id) => current[id] !== 'operational');
  const all = shown(content, current);
  const picked = await ask.pick(
    question,
    all.map(({ id, name }) => ({ value: id, label: name })),
    affected,
  );
  // In the order of the page, whatever was marked first.
  const ids = all.map(({ id }) => id).filter((id) => picked.includes(id));
  const states: Record<string, ComponentStatus> = {};
  for (const id of ids) {
    const now = current[id];
    const others = ladder.filter((status) => status !== now).map(choice);
    const still =
      now === undefined || now === 'operational' ? [] : [{ value: now, label: `Still: ${en.componentStatus[now]}` }];
    states[id] = await ask.choose(`${nameOf(id, content)}: how bad is it?`, [...still, ...others]);
  }
  return ids.length === 0 ? undefined : states;
}

/** What a new incident affects. */
function askAffected(ask: Ask, content: Names): Promise<ComponentStates | undefined> {
  return askStates(ask, 'What is affected?', content);
}

/** What a maintenance touches; each is under maintenance then. */
async function askTouched(ask: Ask, content: Names): Promise<ComponentStates | undefined> {
  const ids = await ask.pick(
    'What is touched?',
    shown(content, {}).map(({ id, name }) => ({ value: id, label: name })),
  );
  return ids.length === 0 ? undefined : Object.fromEntries(ids.map((id) => [id, 'under_maintenance' as const]));
}

/** `Checkout: partial outage, Webhooks: degraded performance` */
function statesInWords(states: ComponentStates, content: Names): string {
  const affected = Object.entries(states).filter(([, status]) => status !== 'operational');
  return affected
    .map(([id, status]) => `${nameOf(id, content)}: ${en.componentStatus[status].toLowerCase()}`)
    .join(', ');
}

/** What has changed of what an incident affects: only that, as an update's file says it. Undefined for nothing. Throws Cancelled. */
async function askChanged(ask: Ask, current: ComponentStates, content: Names): Promise<ComponentStates | undefined> {
  const words = statesInWords(current, content);
  const same = { value: 'same', label: words === '' ? 'Still no component' : `Still: ${words}` } as const;
  if (
    (await ask.choose('What is affected now?', [
      same,
      { value: 'other', label: 'Something else, or less, or more' },
    ])) === 'same'
  )
    return undefined;
  const marked = (await askStates(ask, 'Mark all that is affected now', content, current)) ?? {};
  const over = Object.keys(current).filter((id) => current[id] !== 'operational' && marked[id] === undefined);
  const changed = Object.entries(marked).filter(([id, status]) => status !== current[id]);
  const states = Object.fromEntries([...changed, ...over.map((id) => [id, 'operational'] as const)]);
  return Object.keys(states).length === 0 ? undefined : states;
}

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

// Enter takes the first choice, and must never claim what nobody has looked at.
const dataChoices = [
  { value: '', label: 'Say nothing yet' },
  ...choices(['under_review', 'affected', 'unaffected']),
] as const;
const impactChoices = choices(['minor', 'major', 'critical', 'none']);
const dataQuestion = 'Is customer data safe?';

const orNothing = (answer: unknown): unknown => (answer === '' ? undefined : answer);

/** What was said so far, and the template that the text begins with. */
type Answered = { readonly fields: Fields; readonly template: Template | null };

/**
 * Asks for what a new incident does not say yet, but for its text. `titleProblem` says why a title will
 * not do, before anything is written under it. Throws Cancelled.
 */
export async function askOpening(
  said: Answered,
  ask: Ask,
  content: ContentFolder,
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
  const components = named ? await askAffected(ask, content) : fields.components;
  const template = said.template ?? (hasText ? null : await askTemplate(ask, 'open', String(status), content));
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
      { value: '', label: `Still: ${en.customerData.under_review}` },
      ...choices(['affected', 'unaffected']),
    ]),
  );
}

/** Asks what has changed of an incident besides its status: what is affected, and what is known of customer data. Throws Cancelled. */
export async function askChanges(
  fields: Fields,
  incident: Incident,
  ask: Ask,
  content: ContentFolder,
): Promise<Fields> {
  if (fields.status === 'resolved') {
    const verdict = await finalVerdict(incident, fields.customer_data as string | undefined, ask);
    return { ...fields, customer_data: verdict };
  }
  const components = fields.components ?? (await askChanged(ask, incident.components, content));
  return { ...fields, components, customer_data: fields.customer_data ?? (await askData(ask, incident)) };
}

/** What an announcement is made of; what is undefined has not been said. */
export type Announced = {
  readonly title: string | undefined;
  readonly for: string | undefined;
  readonly until: string | undefined;
  readonly message: string | undefined;
  readonly components: ComponentStates | undefined;
};

/** A window must end after it begins, and not be over before it is announced. Gives its begin. Throws UsageError. */
export function windowStart(from: string, until: string, now: Instant, timeZone: string): Instant {
  const [start, end] = [readInstant(from, timeZone), readInstant(until, timeZone)];
  if ('wrong' in start) throw new FlagError('for', start.wrong);
  if ('wrong' in end) throw new FlagError('until', end.wrong);
  if (end.value <= start.value)
    throw new FlagError(
      'until',
      `${shortUtc(end.value)} is not after the start, ${shortUtc(start.value)}. Type a later end`,
    );
  if (end.value <= now)
    throw new FlagError('until', `${shortUtc(end.value)} is in the past. Type a window that is still to come`);
  return start.value;
}

/** An hour of tomorrow night, to show how a time is typed. */
function example(hoursAhead: number, now: Instant): string {
  return isoTime(now + hoursAhead * hour).replace(/:\d\d:\d\d\.\d+Z$/, ':00Z');
}

/** Asks for what an announcement does not say yet. Throws Cancelled. */
export async function askAnnouncement(
  said: Announced,
  template: Template | null,
  ask: Ask,
  content: ContentFolder,
): Promise<Announced> {
  const { timeZone } = content.settings;
  const checkFrom = (answer: string): string | null => {
    const read = readInstant(answer, timeZone);
    return 'wrong' in read ? read.wrong : null;
  };
  const title = said.title ?? (await ask.text({ message: 'What will be done?', placeholder: 'Database upgrade' }));
  const from =
    said.for ?? (await ask.text({ message: `When does it begin? (as ${example(24, content.now)})`, check: checkFrom }));
  const checkUntil = (answer: string): string | null =>
    answerProblem(() => windowStart(from, answer, content.now, timeZone));
  const until =
    said.until ??
    (await ask.text({ message: `When does it end? (as ${example(26, content.now)})`, check: checkUntil }));
  const components = said.components ?? (await askTouched(ask, content));
  if (said.message !== undefined) return { title, for: from, until, components, message: said.message };
  const chosen = template ?? (await askTemplate(ask, 'schedule', 'scheduled', content));
  const message = await askText(ask, chosen, { components: Object.keys(components ?? {}), content });
  return { title, for: from, until, components, message };
}
