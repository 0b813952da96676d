import type { z } from 'zod';
import type { Problem } from '../../src/lib/content/problem.ts';
import type { Fields } from '../../src/lib/content/write-content.ts';
import type { ClosedPeriod, Instant } from '../../src/lib/domain/calendar.ts';
import type { Maintenance } from '../../src/lib/domain/maintenance.ts';
import {
  type ComponentStates,
  type ComponentStatus,
  componentStatuses,
  customerDataVerdicts,
  impacts,
  incidentStatuses,
  maintenanceStatuses,
} from '../../src/lib/domain/vocabulary.ts';
import { slugForm, slugify } from '../../src/lib/schema/components-file.ts';
import { didYouMean, quote } from '../../src/lib/schema/text.ts';
import { nameProblem } from '../../src/lib/schema/update-file.ts';
import { readInstant, shortUtc } from '../../src/lib/schema/time-fields.ts';
import type { Call, OptionTable, ValuesOf } from '../cli/command.ts';
import type { ContentFolder } from '../cli/content.ts';
import { oneLine, UsageError, UserError } from '../cli/errors.ts';
import type { Context } from '../cli/context.ts';

/** An invalid flag value. `problem` doesn't name the flag, so it can also be shown below a prompt. */
export class FlagError extends UsageError {
  readonly flag: string;
  readonly problem: string;
  constructor(flag: string, problem: string) {
    super(`--${flag}: ${problem}`);
    this.flag = flag;
    this.problem = problem;
  }
}

/** The form field for a flag. Forms don't have repeatable flags. */
const fieldName = (flag: string): string => (flag === 'component' ? 'components' : flag.replaceAll('-', '_'));

/**
 * A sentence about a missing flag. `name` formats flags, either as typed (`--ended 2026-11-22T04:00Z`) or as fields.
 */
export type MissingText = (name: (flag: string, value?: string) => string) => string;

/** A required flag is missing. */
export class MissingFlag extends UsageError {
  /** The message for a form or a program. */
  readonly inFields: string;
  constructor(text: MissingText) {
    super(text((flag, value) => `--${flag}${value === undefined ? '' : ` ${value}`}`));
    this.inFields = text((flag, value) => `${fieldName(flag)}${value === undefined ? '' : `: ${value}`}`);
  }
}

/**
 * Runs a command for a form or program. Its fields have the names of the flags, with underscores. Throws UsageError.
 */
export async function withFieldNames(run: () => Promise<number>): Promise<number> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof MissingFlag) throw new UsageError(error.inFields);
    if (error instanceof FlagError) throw new UsageError(`${fieldName(error.flag)}: ${error.problem}`);
    throw error;
  }
}

/** The folder name from `--slug`, with `date` as a prefix unless it has one. Throws FlagError. */
export function readSlug(given: string, date: string): string {
  if (!slugForm.test(given)) {
    const better = slugify(given) || 'checkout-errors';
    throw new FlagError(
      'slug',
      `${quote(given)} cannot be used in an address. Use lowercase letters, digits and hyphens, such as ${better}`,
    );
  }
  return /^\d{4}-\d{2}-\d{2}-/.test(given) ? given : `${date}-${given}`;
}

/**
 * The text of an update, from the flag or from standard input (for `-`, or when something is piped in). Null without
 * a text. Throws UsageError.
 */
export async function readMessage(flag: string | undefined, context: Context): Promise<string | null> {
  if (flag === undefined && context.input.kind !== 'piped') return null;
  const piped = flag === undefined || flag === '-';
  if (piped && context.input.kind === 'none')
    throw new UsageError('--message -: standard input is empty. Pipe the text in, or type it after --message');
  const text = piped ? await context.input.readAll() : flag;
  // The decoder's replacement for bytes that aren't UTF-8. Customers would see it.
  if (text.includes('\uFFFD'))
    throw new UsageError(
      `the text of the update ${piped ? 'from standard input ' : ''}isn't UTF-8 where it contains \uFFFD. Save it as UTF-8, or retype those letters`,
    );
  if (text.trim() !== '') return text;
  // Scripts may pass an empty pipe unintentionally.
  if (flag === undefined) return null;
  throw new UsageError(
    '--message is blank. Type what customers should know, such as --message "We are looking into it."',
  );
}

/** Flags whose name differs from their field's. */
const flagOf: Readonly<Record<string, string>> = {
  scheduled_for: 'for',
  scheduled_until: 'until',
  components: 'component',
  authors: 'author',
};

/**
 * Validates flags with the schema of the file they're written to, so that the error can name the flag. Throws FlagError
 * for the first invalid one.
 */
export function requireFit(fields: Readonly<Record<string, unknown>>, schema: z.ZodType): void {
  const given = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
  const issue = schema.safeParse(given).error?.issues[0];
  if (issue === undefined) return;
  const field = String(issue.path[0] ?? '');
  const flag = flagOf[field] ?? field.replaceAll('_', '-');
  const isBlank = [given[field]].flat().some((value) => typeof value === 'string' && value.trim() === '');
  const message = isBlank ? 'is blank. Type a value, or leave it out' : issue.message;
  throw new FlagError(flag, oneLine(message));
}

/** The error about the flag that a problem's field is from; null if the flag wasn't given. */
export function givenFlag({ field, message }: Problem, options: Readonly<Record<string, unknown>>): FlagError | null {
  const [name = '', ...inside] = field?.split('.') ?? [];
  const flag = flagOf[name] ?? name.replaceAll('_', '-');
  const given = [flag, name].find((one) => [options[one]].flat().some((value) => typeof value === 'string'));
  if (given === undefined) return null;
  // The problem is worded for a file.
  const advice = message.replace('Delete the line', 'Leave it out').replace('delete the line', 'leave it out');
  return new FlagError(given, oneLine([...inside, advice].join(' ')));
}

/**
 * Throws FlagError for a lead or comms that isn't a name, if someone can type it again. Otherwise, `check` only warns:
 * scripts and forms must always be able to report an incident.
 */
export function requireNames(fields: Fields, ask: Context['ask']): void {
  if (ask === null) return;
  for (const role of ['lead', 'comms'] as const) {
    const given = fields[role];
    const wrong = typeof given === 'string' ? nameProblem(given) : null;
    if (wrong !== null) throw new FlagError(role, wrong);
  }
}

/** Throws FlagError for a promise in an update that resolves the incident. For existing content, `check` only warns. */
export function requireNoPromise({ status, next_update: next = 'none' }: Fields): void {
  if (status === 'resolved' && next !== 'none')
    throw new FlagError(
      'next-update',
      'the update resolves the incident, so there is no next update. Leave it out, or use another status',
    );
}

/** Runs a check on an answer, and returns the problem; null if there's none. */
export function answerProblem(check: () => unknown): string | null {
  try {
    check();
    return null;
  } catch (error) {
    if (error instanceof FlagError) return error.problem;
    if (error instanceof UserError) return error.message;
    throw error;
  }
}

/**
 * The components from `--component ID=STATUS` and `--components a=b,c=d`; undefined if there are none. `defaultStatus`
 * applies to those without a status; null if a status is required. Throws FlagError.
 */
export function readComponentFlags(
  { component, components }: { readonly component: readonly string[]; readonly components: string | undefined },
  content: ContentFolder,
  defaultStatus: ComponentStatus | null = null,
): ComponentStates | undefined {
  const given = [...component, ...(components ?? '').split(',')].map((one) => one.trim()).filter((one) => one !== '');
  const ids = content.components.map(({ id }) => id);
  const states: Record<string, ComponentStatus> = {};
  for (const one of given) {
    const at = one.indexOf('=');
    const id = (at === -1 ? one : one.slice(0, at)).trim();
    const word = at === -1 ? defaultStatus : one.slice(at + 1).trim();
    const flag = component.some((each) => each.trim() === one) ? 'component' : 'components';
    if (word === null)
      throw new FlagError(
        flag,
        `${quote(id)} has no status. Type ${id}=partial_outage, or one of: ${componentStatuses.join(', ')}`,
      );
    if (!ids.includes(id))
      throw new FlagError(
        flag,
        `${quote(id)} is not a component of ${content.folder}/components.yml. ${didYouMean(id, ids)}`,
      );
    if (Object.hasOwn(states, id)) throw new FlagError(flag, `${quote(id)} is given twice. Use it once`);
    const status = componentStatuses.find((known) => known === word);
    if (status === undefined)
      throw new FlagError(flag, `${quote(word)} is not a component status. ${didYouMean(word, componentStatuses)}`);
    states[id] = status;
  }
  return given.length === 0 ? undefined : states;
}

/** A new window. It must end after it starts, and in the future. Throws FlagError. */
export function newWindow(from: string, until: string, now: Instant, timeZone: string): ClosedPeriod {
  const [start, end] = [readInstant(from, timeZone), readInstant(until, timeZone)];
  if ('wrong' in start) throw new FlagError('for', start.wrong);
  if ('wrong' in end) throw new FlagError('until', end.wrong);
  const [startText, endText] = [shortUtc(start.value), shortUtc(end.value)];
  if (end.value <= start.value)
    throw new FlagError('until', `${endText} is not after the start, ${startText}. Type a later end`);
  if (end.value <= now) throw new FlagError('until', `${endText} is in the past. Type a window in the future`);
  return { from: start.value, to: end.value };
}

type WindowFlags = Readonly<Record<'from' | 'until' | 'status', string | undefined>>;

/**
 * Checks the window after an update at `at`: it must end after it starts, and not before planned or ongoing work.
 * Throws UsageError.
 */
export function requireWindow({ window }: Maintenance, given: WindowFlags, at: Instant, timeZone: string): void {
  // Invalid times were reported earlier.
  const instantOf = (text: string | undefined, current: Instant): Instant => {
    const read = text === undefined ? { value: current } : readInstant(text, timeZone);
    return 'value' in read ? read.value : current;
  };
  const [from, to] = [instantOf(given.from, window.from), instantOf(given.until, window.to)];
  const isChanged = (given.from ?? given.until) !== undefined;
  if (isChanged && to <= from && given.until === undefined)
    throw new FlagError(
      'for',
      `the window would start at ${shortUtc(from)}, but it ends at ${shortUtc(to)}. Add its new end, such as --until ${shortUtc(from + window.to - window.from)}`,
    );
  if (isChanged && to <= from)
    throw new FlagError(
      'until',
      `the window would end at ${shortUtc(to)}, but it starts at ${shortUtc(from)}. Type a later end, or add its new start with --for`,
    );
  if (given.status === undefined || given.status === 'completed' || at < to) return;
  const end = given.status === 'scheduled' ? 'the new window with --for and --until' : 'its new end with --until';
  throw new UsageError(
    `--status ${given.status}: the window ended at ${shortUtc(to)}. Add ${end}, or type --status completed`,
  );
}

/** Flags of all commands that write a file. */
export const publishingOptions = {
  commit: { help: 'commit the file to git' },
  push: { help: 'commit and push the file, and wait until it is live' },
  github: {
    value: 'OWNER/REPO',
    help: 'write the file to this repository on GitHub instead, and publish it; needs GITHUB_TOKEN',
  },
  wait: { value: 'TIME', help: 'how long to wait until it is live (default: 5m)' },
  'dry-run': { help: 'show the file without writing it' },
} as const satisfies OptionTable;

export type Publishing = ValuesOf<typeof publishingOptions>;

/** Flags for reporting an incident afterwards. */
export const afterwardsOptions = {
  at: { value: 'TIME', help: 'when it happened, if you report it afterwards (default: now)' },
  ended: { value: 'TIME', help: 'when a resolved incident ended, if earlier' },
} as const satisfies OptionTable;

/** Flags for remedies. */
export const remedyOptions = {
  remedy: { value: 'TEXT', help: 'what you will do for customers who lost something' },
  claim: { value: 'TEXT', help: 'how customers claim the remedy' },
  'claim-until': { value: 'DATE', help: 'the last day to claim it' },
  remedied: { value: 'DATE', help: 'the day customers received the remedy; pending until then' },
} as const satisfies OptionTable;

/** Flags for all updates of incidents. */
export const incidentOptions = {
  message: {
    value: 'TEXT',
    help: 'what customers should know, in Markdown; - reads it from standard input',
  },
  template: { value: 'NAME', help: 'start from this template' },
  title: { value: 'TEXT', help: 'what customers notice' },
  impact: { value: 'IMPACT', help: `${impacts.join(', ')} (default: from the worst component)` },
  component: { repeatable: true, value: 'ID=STATUS', help: `${componentStatuses.join(', ')}` },
  components: { value: 'A=B,C=D', help: 'several components at once' },
  'customer-data': { value: 'VERDICT', help: customerDataVerdicts.join(', ') },
  'next-update': {
    value: 'WHEN',
    help: 'when to post again: 30m, 14:30Z, a full time, or none (default: from the cadence)',
  },
  lead: { value: 'NAME', help: 'who leads the response' },
  comms: { value: 'NAME', help: 'who updates customers' },
  ...remedyOptions,
  ...afterwardsOptions,
  ...publishingOptions,
} as const satisfies OptionTable;

/** Not every command has all of these flags. */
export type IncidentValues = Omit<ValuesOf<typeof incidentOptions>, 'impact' | 'next-update'> & {
  readonly [K in 'impact' | 'next-update']?: string | undefined;
};

/** The front matter from the flags. The status comes from the command. */
export function incidentFields(options: IncidentValues, content: ContentFolder): Fields {
  return {
    title: options.title?.trim(),
    impact: options.impact,
    components: readComponentFlags(options, content),
    customer_data: options['customer-data'],
    next_update: options['next-update']?.trim(),
    lead: options.lead,
    comms: options.comms,
    remedy: options.remedy,
    claim: options.claim,
    claim_until: options['claim-until']?.trim(),
    remedied: options.remedied?.trim(),
    ended: options.ended?.trim(),
  };
}

/** Flags for later updates of incidents and maintenance. */
export const updateOptions = {
  ...incidentOptions,
  template: { value: 'NAME', help: 'start from this template, such as no-news' },
  title: { value: 'TEXT', help: 'a new title' },
  status: {
    value: 'STATUS',
    help: `${incidentStatuses.join(', ')}; for maintenance ${maintenanceStatuses.join(', ')} (default: unchanged)`,
  },
  for: { value: 'TIME', help: 'the new start of a maintenance window' },
  until: { value: 'TIME', help: 'its new end' },
} as const satisfies OptionTable;

export type UpdateCall = Call<typeof updateOptions>;

type UpdateFlag = keyof UpdateCall['options'];

/** The flags of `updateOptions` that maintenance has, too. */
const shared: readonly UpdateFlag[] = ['message', 'template', 'title', 'component', 'components', 'at'];

/** Those that only incidents have. */
export const incidentFlags = (Object.keys(incidentOptions) as UpdateFlag[]).filter(
  (flag) => !shared.includes(flag) && !(flag in publishingOptions),
);

/** Throws UsageError for a flag that doesn't apply to the kind of update. */
export function refuseFlags(call: UpdateCall, flags: readonly UpdateFlag[], what: string): void {
  const wrong = flags.find((flag) => call.options[flag] !== undefined);
  if (wrong !== undefined) throw new UsageError(`--${wrong} doesn't apply to ${what}. Leave it out`);
}
