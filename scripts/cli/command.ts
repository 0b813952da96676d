import { parseArgs } from 'node:util';
import type { Instant } from '../../src/lib/domain/calendar.ts';
import { quote, suggest } from '../../src/lib/schema/text.ts';
import { readInstant } from '../../src/lib/schema/time-fields.ts';
import { UsageError } from './errors.ts';
import type { World } from './world.ts';

/** One flag of a command. `value` is what its value is called in the help. */
type OptionSpec =
  | { readonly kind: 'text'; readonly value: string; readonly help: string }
  | { readonly kind: 'list'; readonly value: string; readonly help: string }
  | { readonly kind: 'switch'; readonly help: string };

export type OptionTable = Readonly<Record<string, OptionSpec>>;

/** What the flags of a table come to: given text, all texts given, or whether it was given. */
export type ValuesOf<T extends OptionTable> = {
  readonly [K in keyof T]: T[K]['kind'] extends 'switch'
    ? boolean
    : T[K]['kind'] extends 'list'
      ? readonly string[]
      : string | undefined;
};

/** A command as it was called. */
export type Call<T extends OptionTable> = {
  readonly options: ValuesOf<T>;
  /** The words behind the command, as many as it takes or fewer. */
  readonly args: readonly string[];
  /** The content folder as the person named it, or as it was found. */
  readonly content: string;
  /** The time to go by: `--now` or the clock, read anew at each call. */
  readonly now: () => Instant;
  readonly json: boolean;
};

type Example = { readonly line: string; readonly says: string };

type Described = {
  /** One word, or two for one of a kind, as `import statuspage`. */
  readonly name: string;
  /** What it does, as one line without a full stop. */
  readonly summary: string;
  /** What else to know, as paragraphs. */
  readonly details?: string;
  /** The names of its arguments; all may be left out. */
  readonly args: readonly string[];
  readonly examples: readonly Example[];
};

/** A command whose flags have been checked against its table before it runs. */
export type Command = Described & {
  readonly options: OptionTable;
  /** Gives the exit code. Throws UserError for what a person can put right. */
  readonly run: (call: Call<OptionTable>, world: World) => Promise<number>;
};

/** Declares a command; its `run` sees each flag with its own type. */
export function command<const T extends OptionTable>(
  declared: Described & { readonly options: T; readonly run: (call: Call<T>, world: World) => Promise<number> },
): Command {
  // The parser fills every flag of the table, so the values are those of this very table.
  return { ...declared, run: (call, world) => declared.run(call as Call<T>, world) };
}

/** What every command takes. */
const commonOptions = {
  content: { kind: 'text', value: 'DIR', help: 'the content folder (default: content)' },
  now: { kind: 'text', value: 'TIME', help: 'the time to go by, as 2026-11-22T14:05Z (default: the clock)' },
  json: { kind: 'switch', help: 'print JSON, for programs, errors included' },
  quiet: { kind: 'switch', help: 'show no progress; a terminal alone is shown any' },
  help: { kind: 'switch', help: 'show this help' },
} as const satisfies OptionTable;

type Given = { readonly flags: ReadonlyMap<string, readonly (string | true)[]>; readonly args: readonly string[] };

/** What is called: its name, the words it takes without a flag, its flags, and the line that shows them. */
type Called<T extends OptionTable> = {
  readonly name: string;
  readonly args: readonly string[];
  readonly options: T;
  readonly help: string;
};

function tokensOf(words: readonly string[], called: Called<OptionTable>): Given {
  const table = called.options;
  const flags = new Map<string, (string | true)[]>();
  const args: string[] = [];
  const options = Object.fromEntries(
    Object.entries(table).map(([name, { kind }]) => [
      name,
      { type: kind === 'switch' ? 'boolean' : 'string' } as const,
    ]),
  );
  // Not strict: its own messages do not say what to type instead.
  const { tokens } = parseArgs({ args: [...words], options, strict: false, allowPositionals: true, tokens: true });
  for (const token of tokens) {
    if (token.kind === 'positional') args.push(token.value);
    if (token.kind !== 'option') continue;
    const spec = Object.hasOwn(table, token.name) ? table[token.name] : undefined;
    if (spec === undefined) throw unknownFlag(token.rawName, called);
    flags.set(token.name, [...(flags.get(token.name) ?? []), flagValue(token, spec.kind === 'switch')]);
  }
  return { flags, args };
}

function unknownFlag(given: string, { name, options, help }: Called<OptionTable>): UsageError {
  const near = suggest(given.replace(/^-+/, ''), Object.keys(options));
  const hint = near === null ? `For all flags: ${help}` : `Did you mean "--${near}"?`;
  return new UsageError(`${quote(given)} is not a flag of ${name}. ${hint}`);
}

type Token = { readonly name: string; readonly value?: string | undefined; readonly inlineValue?: boolean | undefined };

function flagValue({ name, value, inlineValue }: Token, isSwitch: boolean): string | true {
  if (isSwitch) {
    if (value !== undefined) throw new UsageError(`--${name} takes no value. Type --${name} alone`);
    return true;
  }
  // `--title --status x` forgot the title; a text that really begins so is given as --title=--x.
  if (value === undefined || (value.startsWith('--') && inlineValue !== true)) {
    throw new UsageError(`--${name} needs a value. Type it behind the flag, as --${name} "…"`);
  }
  return value;
}

function valuesOf(table: OptionTable, { flags }: Given): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(table).map(([name, { kind }]) => {
      const given = flags.get(name) ?? [];
      if (kind === 'switch') return [name, given.length > 0];
      if (kind === 'list') return [name, given];
      if (given.length > 1) throw new UsageError(`--${name} is given twice. Type it once`);
      return [name, given[0]];
    }),
  );
}

function clockOf(now: unknown, clock: () => Instant): () => Instant {
  if (typeof now !== 'string') return clock;
  const read = readInstant(now, 'UTC');
  if ('wrong' in read) throw new UsageError(`--now: ${read.wrong}`);
  return () => read.value;
}

/** `--out ""` would be the working folder itself, for no reason that anyone had. */
function requirePaths(table: OptionTable, values: Readonly<Record<string, unknown>>): void {
  for (const [name, spec] of Object.entries(table)) {
    const value = values[name];
    if (spec.kind === 'switch' || typeof value !== 'string' || value.trim() !== '') continue;
    const what = { DIR: 'a folder', FILE: 'a file', COMMAND: 'a shell line' }[spec.value];
    if (what !== undefined)
      throw new UsageError(`--${name} is blank. Type ${what} behind it, as --${name} ${spec.value}`);
  }
}

/** Reads words by a table of flags, one of which is `help`. Null when help was asked for. Throws UsageError. */
export function parseWords<const T extends OptionTable>(
  called: Called<T>,
  words: readonly string[],
): { readonly options: ValuesOf<T>; readonly args: readonly string[] } | null {
  const { name, args, options } = called;
  const given = tokensOf(
    words.map((word) => (word === '-h' ? '--help' : word)),
    called,
  );
  if (given.flags.has('help')) return null;
  const surplus = given.args[args.length];
  if (surplus !== undefined) {
    const takes = args.length === 0 ? 'takes no words without a flag' : `takes only: ${args.join(' ')}`;
    throw new UsageError(
      `${quote(surplus)} is one word too many: ${name} ${takes}. A text of several words needs quotes`,
    );
  }
  const values = valuesOf(options, given);
  requirePaths(options, values);
  // Every flag of the table is there, with the type that its kind has.
  return { options: values as ValuesOf<T>, args: given.args };
}

/**
 * Reads the words behind a command's name. `content` is the folder when none is named. Null when help
 * was asked for. Throws UsageError.
 */
export function parseCall(
  { name, args, options }: Command,
  words: readonly string[],
  clock: () => Instant,
  content = 'content',
): Call<OptionTable> | null {
  const read = parseWords(
    { name, args, options: { ...options, ...commonOptions }, help: `npx halfpast ${name} --help` },
    words,
  );
  if (read === null) return null;
  const { content: named, now, json } = read.options as Record<string, unknown>;
  return {
    ...read,
    content: typeof named === 'string' ? named : content,
    now: clockOf(now, clock),
    json: json === true,
  };
}

function columns(rows: readonly (readonly [string, string])[]): string {
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`.trimEnd()).join('\n');
}

function optionRows(table: OptionTable): (readonly [string, string])[] {
  return Object.entries(table).map(([name, spec]) => {
    const flag = spec.kind === 'switch' ? `--${name}` : `--${name} ${spec.value}`;
    return [flag, spec.kind === 'list' ? `${spec.help}; may be repeated` : spec.help] as const;
  });
}

/** The flags of a table, a line each, with what they are for. */
export const flagLines = (table: OptionTable): string => columns(optionRows(table));

/** What `halfpast <command> --help` prints. */
export function commandHelp(command: Command): string {
  const args = command.args.map((name) => ` [${name}]`).join('');
  const parts = [
    `${command.summary}.`,
    ...(command.details === undefined ? [] : [command.details]),
    `Usage: npx halfpast ${command.name}${args} [flags]`,
    `Flags:\n${flagLines({ ...command.options, ...commonOptions })}`,
    `Examples:\n${command.examples.map(({ line, says }) => `  # ${says}\n  ${line}`).join('\n')}`,
  ];
  return `${parts.join('\n\n')}\n`;
}

/** What `halfpast --help` prints. */
export function generalHelp(commands: readonly Command[]): string {
  const parts = [
    'Halfpast: a status page kept in git.',
    'Usage: npx halfpast <command> [flags]',
    `Commands:\n${columns(commands.map(({ name, summary }) => [name, summary]))}`,
    `Every command takes:\n${flagLines(commonOptions)}`,
    'Examples:\n' +
      '  # an incident, from the first word to the last\n' +
      '  npx halfpast open --title "Checkout errors" --component checkout=partial_outage --message "Some card payments fail. We are looking into it."\n' +
      '  npx halfpast update --status monitoring --message "Payments work again. We are watching."\n' +
      '  npx halfpast resolve --message "All payments have worked for an hour."\n' +
      '  # each command asks for what is missing when run in a terminal, and explains itself\n' +
      '  npx halfpast open --help',
  ];
  return `${parts.join('\n\n')}\n`;
}
