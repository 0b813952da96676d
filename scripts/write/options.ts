import type { z } from 'zod';
import type { Fields } from '../../src/lib/content/write-content.ts';
import type { Instant } from '../../src/lib/domain/calendar.ts';
import type { Maintenance } from '../../src/lib/domain/maintenance.ts';
import {
  type Component,
  type ComponentStates,
  type ComponentStatus,
  componentStatuses,
  customerDataVerdicts,
  impacts,
  incidentStatuses,
  maintenanceStatuses,
} from '../../src/lib/domain/vocabulary.ts';
import { slugForm, slugify } from '../../src/lib/schema/components-file.ts';
import { adviceIn, didYouMean, quote } from '../../src/lib/schema/text.ts';
import { readInstant, shortUtc } from '../../src/lib/schema/time-fields.ts';
import type { Call, OptionTable, ValuesOf } from '../cli/command.ts';
import type { ContentFolder } from '../cli/content.ts';
import { oneLine, UsageError, UserError } from '../cli/errors.ts';
import type { Context } from '../cli/context.ts';

/** A flag's value can't be used. `problem` doesn't name the flag, so it also fits below a question. */
export class FlagError extends UsageError {
  readonly problem: string;
  constructor(flag: string, problem: string) {
    super(`--${flag}: ${problem}`);
    this.problem = problem;
  }
}

/** Reads `--slug`; with its date or without. Throws UsageError. */
export function readSlug(given: string, date: string): string {
  if (!slugForm.test(given)) {
    throw new UsageError(
      `--slug: ${quote(given)} cannot be used in an address. Use lowercase letters, digits and hyphens, such as ${slugify(given) || 'checkout-errors'}`,
    );
  }
  return /^\d{4}-\d{2}-\d{2}-/.test(given) ? given : `${date}-${given}`;
}

/**
 * The text of an update: from the flag, from standard input for `-` or when something is piped in,
 * else null. Throws UsageError when it is blank.
 */
export async function readMessage(flag: string | undefined, context: Context): Promise<string | null> {
  if (flag === undefined && context.input.kind !== 'piped') return null;
  const piped = flag === undefined || flag === '-';
  if (piped && context.input.kind === 'none')
    throw new UsageError(
      '--message -: nothing comes in on standard input. Pipe the text in, or type it behind --message',
    );
  const text = piped ? await context.input.readAll() : flag;
  // What a decoder puts where bytes are not UTF-8: customers would read it in place of a letter.
  if (text.includes('\uFFFD'))
    throw new UsageError(
      `the text of the update ${piped ? 'from standard input ' : ''}is not UTF-8 where it holds \uFFFD. Give it as UTF-8, or type those letters again`,
    );
  if (text.trim() !== '') return text;
  // An empty pipe is what a script hands down that never meant to give a text.
  if (flag === undefined) return null;
  throw new UsageError('--message is blank. Type what customers should know, as --message "We are looking into it."');
}

/** Flags whose name isn't that of their field. */
const flagOf: Readonly<Record<string, string>> = {
  scheduled_for: 'for',
  scheduled_until: 'until',
  components: 'component',
  authors: 'author',
};

/**
 * Checks flags against the schema of the file they end up in, so that the error can name the flag.
 * Throws FlagError for the first one that doesn't fit.
 */
export function requireFit(fields: Readonly<Record<string, unknown>>, schema: z.ZodType): void {
  const given = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
  const issue = schema.safeParse(given).error?.issues[0];
  if (issue === undefined) return;
  const field = String(issue.path[0] ?? '');
  const flag = flagOf[field] ?? field.replaceAll('_', '-');
  const isBlank = [given[field]].flat().some((value) => typeof value === 'string' && value.trim() === '');
  const message = isBlank ? 'is blank. Type a value, or leave it out' : adviceIn(issue.message)[0]?.message;
  throw new FlagError(flag, oneLine(message ?? ''));
}

/** Runs a check on an answer, and returns what is wrong with it; null if nothing is. */
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

function readStatus(given: string, id: string): ComponentStatus {
  const status = componentStatuses.find((word) => word === given);
  if (status !== undefined) return status;
  throw new UsageError(
    `--component ${id}: ${quote(given)} is not a component status. ${didYouMean(given, componentStatuses)}`,
  );
}

/**
 * Reads `ID=STATUS` from `--component`, and lists of them from `--components a=b,c=d`. Without a
 * status, `otherwise` holds; null for there being none. Undefined when none is named.
 * Throws UsageError, and UserError for a component that `components.yml` does not list.
 */
export function readComponentFlags(
  single: readonly string[],
  joined: string | undefined,
  known: readonly Component[],
  content: string,
  otherwise: ComponentStatus | null = null,
): ComponentStates | undefined {
  const words = [...single, ...(joined ?? '').split(',')].map((word) => word.trim()).filter((word) => word !== '');
  const states: Record<string, ComponentStatus> = {};
  for (const word of words) {
    const at = word.indexOf('=');
    const id = (at === -1 ? word : word.slice(0, at)).trim();
    const given = at === -1 ? otherwise : word.slice(at + 1).trim();
    if (given === null)
      throw new UsageError(
        `--component ${id} does not say what it is. Type --component ${id}=partial_outage, or one of: ${componentStatuses.join(', ')}`,
      );
    const ids = known.map((component) => component.id);
    if (!ids.includes(id))
      throw new UserError(
        `--component: ${quote(id)} is not a component of ${content}/components.yml. ${didYouMean(id, ids)}`,
      );
    if (Object.hasOwn(states, id)) throw new UsageError(`--component ${id} is given twice. Type it once`);
    states[id] = readStatus(given, id);
  }
  return words.length === 0 ? undefined : states;
}

type Given = {
  readonly from: string | undefined;
  readonly until: string | undefined;
  readonly status: string | undefined;
};

/** The flag's instant; what cannot be read has been told by then. */
function instantOf(given: string | undefined, otherwise: Instant, timeZone: string): Instant {
  const read = given === undefined ? { value: otherwise } : readInstant(given, timeZone);
  return 'value' in read ? read.value : otherwise;
}

/** Refuses a window that would end before it begins, or before work that still runs. Throws UsageError. */
export function requireWindow({ window }: Maintenance, given: Given, now: Instant, timeZone: string): void {
  const from = instantOf(given.from, window.from, timeZone);
  const to = instantOf(given.until, window.to, timeZone);
  if ((given.from ?? given.until) !== undefined && to <= from) {
    if (given.until === undefined) {
      const end = shortUtc(from + window.to - window.from);
      throw new UsageError(
        `--for: the window would begin at ${shortUtc(from)}, but it ends at ${shortUtc(to)}. Type its new end as well, as --until ${end}`,
      );
    }
    throw new UsageError(
      `--until: the window would end at ${shortUtc(to)}, but it starts at ${shortUtc(from)}. Type a later end, or its new beginning as well with --for`,
    );
  }
  if ((given.status === 'in_progress' || given.status === 'verifying') && now >= to) {
    throw new UsageError(
      `--status ${given.status}: the window ended at ${shortUtc(to)}. Type its new end as well, with --until, or --status completed`,
    );
  }
}

/** What every command that writes a file takes. */
export const publishingOptions = {
  commit: { help: 'commit the file to git' },
  push: { help: 'commit and push it' },
  github: {
    value: 'OWNER/REPO',
    help: 'write it to this repository on GitHub instead, and publish; needs GITHUB_TOKEN',
  },
  'dry-run': { help: 'show the file without writing it' },
} as const satisfies OptionTable;

export type Publishing = {
  readonly commit: boolean;
  readonly push: boolean;
  readonly github: string | undefined;
  readonly 'dry-run': boolean;
};

/** What any update of an incident may say. */
export const incidentOptions = {
  message: {
    value: 'TEXT',
    help: 'what customers should know, in markdown; - reads it from standard input',
  },
  template: { value: 'NAME', help: 'begin with this text, as no-news; in a terminal there is a choice' },
  title: { value: 'TEXT', help: 'what customers notice; on a later update, renames the incident' },
  impact: { value: 'IMPACT', help: `${impacts.join(', ')} (default: from the worst component)` },
  component: { repeatable: true, value: 'ID=STATUS', help: `${componentStatuses.join(', ')}` },
  components: { value: 'A=B,C=D', help: 'several components at once' },
  'customer-data': { value: 'VERDICT', help: customerDataVerdicts.join(', ') },
  'next-update': { value: 'WHEN', help: '30m, 14:30Z, a full time, or none (default: from the cadence)' },
  lead: { value: 'NAME', help: 'who leads the response' },
  comms: { value: 'NAME', help: 'who tells customers' },
  remedy: { value: 'TEXT', help: 'what is done for those who lost something' },
  ...publishingOptions,
} as const satisfies OptionTable;

/** What the flags of an incident command say, as front matter; the status comes from the command. */
export function incidentFields(options: ValuesOf<typeof incidentOptions>, content: ContentFolder): Fields {
  return {
    title: options.title?.trim(),
    impact: options.impact,
    components: readComponentFlags(options.component, options.components, content.components, content.folder),
    customer_data: options['customer-data'],
    next_update: options['next-update']?.trim(),
    lead: options.lead,
    comms: options.comms,
    remedy: options.remedy,
  };
}

/** What a later update of an incident or a maintenance may say. */
export const updateOptions = {
  ...incidentOptions,
  status: {
    value: 'STATUS',
    help: `${incidentStatuses.join(', ')}; of a maintenance ${maintenanceStatuses.join(', ')} (default: as before)`,
  },
  for: { value: 'TIME', help: 'of a maintenance: its new beginning' },
  until: { value: 'TIME', help: 'of a maintenance: its new end' },
} as const satisfies OptionTable;

export type UpdateCall = Call<typeof updateOptions>;

/** Throws UsageError for a flag that says nothing about what the update is of. */
export function refuseFlags(call: UpdateCall, flags: readonly (keyof UpdateCall['options'])[], what: string): void {
  const wrong = flags.find((flag) => call.options[flag] !== undefined);
  if (wrong !== undefined) throw new UsageError(`--${wrong} says nothing about ${what}. Leave it out`);
}
