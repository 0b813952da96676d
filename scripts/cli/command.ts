import { Command, CommanderError, Option } from 'commander';
import type { Instant } from '../../src/lib/domain/calendar.ts';
import { oneLine, UsageError } from './errors.ts';
import type { Context } from './context.ts';

/** One option of a command. */
type OptionDefinition = {
  readonly help: string;
  /** The placeholder for its value in the help. An option without one is a switch. */
  readonly value?: string;
  readonly repeatable?: true;
};

/** Options by name, without the leading hyphens. */
export type OptionTable = Readonly<Record<string, OptionDefinition>>;

export type ValuesOf<T extends OptionTable> = {
  readonly [K in keyof T]: T[K] extends { readonly repeatable: true }
    ? readonly string[]
    : T[K] extends { readonly value: string }
      ? string | undefined
      : boolean;
};

/** A parsed command line. */
export type Call<T extends OptionTable> = {
  readonly options: ValuesOf<T>;
  readonly args: readonly string[];
  /** The content folder, relative to the working folder. */
  readonly content: string;
  /** The time from `--now`; otherwise the included example's time or the current time. */
  readonly now: () => Instant;
  /** The time from `--now` or HALFPAST_NOW; null if neither is set. */
  readonly fixed: Instant | null;
  readonly json: boolean;
};

type Values = Readonly<Record<string, unknown>>;
type AnyCall = Omit<Call<OptionTable>, 'options'> & { readonly options: Values };

type Description = {
  /** One word, or two for a subcommand, such as `import statuspage`. */
  readonly name: string;
  /** One line without a period at the end. */
  readonly summary: string;
  readonly details?: string;
  /** The names of its arguments, which are all optional. */
  readonly args: readonly string[];
  readonly examples: readonly { readonly line: string; readonly says: string }[];
  /** It runs other commands on a copy of the content, so the commands they suggest don't get its `--content`. */
  readonly onCopy?: true;
};

export type CommandDefinition = Description & {
  readonly options: OptionTable;
  /** Returns the exit code. Throws UserError for errors that users can fix. */
  readonly run: (call: AnyCall, context: Context) => Promise<number>;
};

/** Defines a command. Its `run` receives the options with their types. */
export function defineCommand<const T extends OptionTable>(
  definition: Description & { readonly options: T; readonly run: (call: Call<T>, context: Context) => Promise<number> },
): CommandDefinition {
  // The parser sets every option of the table.
  return { ...definition, run: (call, context) => definition.run(call as Call<T>, context) };
}

/** Options that every command has. */
const commonOptions = {
  content: { value: 'DIR', help: 'the content folder (default: HALFPAST_CONTENT, or content)' },
  now: { value: 'TIME', help: 'the time to use, such as 2026-11-22T14:05Z (default: the current time)' },
  json: { help: 'print JSON, including errors' },
  quiet: { help: "don't show progress" },
} as const satisfies OptionTable;

const pathNames = ['DIR', 'FILE', 'COMMAND'];

function toOption(name: string, { help, value, repeatable }: OptionDefinition, words: readonly string[]): Option {
  if (value === undefined) return new Option(`--${name}`, help);
  const option = new Option(`--${name} <${value}>`, repeatable ? `${help}; can be repeated` : help);
  return option.argParser((given, previous: string | readonly string[] | undefined) => {
    // In `--title --status x`, the title is missing. To use a value that starts with `--`, pass --title=--x.
    if (given.startsWith('--') && !words.includes(`--${name}=${given}`))
      throw new UsageError(`--${name} needs a value, such as --${name} "…"`);
    // A blank path would mean the working folder.
    if (pathNames.includes(value) && given.trim() === '')
      throw new UsageError(`--${name} is blank. Add a value, such as --${name} ${value}`);
    if (repeatable) return [...(previous ?? []), given];
    if (previous !== undefined) throw new UsageError(`--${name} is given more than once. Use it once`);
    return given;
  });
}

/** The error for text without its flag, or without quotes, which the shell splits into several words. */
function excessArguments(command: Command, help: string): UsageError {
  const excess = command.args.slice(command.registeredArguments.length);
  const text = oneLine(excess.join(' '));
  const wanted = command.registeredArguments.length === 0 ? '--title' : '--message';
  const isText = wanted === '--title' || (excess.length === 1 && text.includes(' '));
  const hasFlag = isText && command.options.some(({ long }) => long === wanted);
  const advice = hasFlag ? `Did you mean ${wanted} ${JSON.stringify(text)}?` : 'Put text with spaces in quotes.';
  const what = excess.length > 1 ? 'unexpected arguments' : 'unexpected argument';
  return new UsageError(`${what} ${JSON.stringify(text)}. ${advice} ${help}`);
}

/** Converts a commander error to a one-line UsageError with a suggestion. */
function toUsageError({ message, code }: CommanderError, command: Command): UsageError {
  const path = [command, command.parent, command.parent?.parent].flatMap((one) => one?.name() ?? []).reverse();
  const help = `For help: ${path.join(' ')} --help`;
  if (code === 'commander.help') {
    // `help nope`: parsing `nope` alone gives the error for an unknown command.
    if (command.args[0] === 'help') command.parse(command.args.slice(1), { from: 'user' });
    const names = command.commands.map((one) => one.name()).join(', ');
    return new UsageError(`a command is missing. Use one of: ${names}. ${help}`);
  }
  const [problem = '', suggestion] = message.replace(/^error: /, '').split('\n');
  if (code === 'commander.excessArguments') return excessArguments(command, help);
  return new UsageError(`${problem}. ${suggestion?.replace(/^\((.*)\)$/, '$1') ?? help}`);
}

/** Configures a commander command with what all commands share. */
function configure(command: Command, options: OptionTable, words: readonly string[]): Command {
  for (const [name, definition] of Object.entries(options)) command.addOption(toOption(name, definition, words));
  return command
    .allowExcessArguments(false)
    .enablePositionalOptions()
    .configureHelp({ subcommandTerm: (subcommand) => subcommand.name() })
    .configureOutput({ writeErr: () => undefined })
    .exitOverride((error) => {
      throw error.exitCode === 0 ? error : toUsageError(error, command);
    });
}

/** The values of options that weren't given. */
export function noValues(table: OptionTable): Values {
  return Object.fromEntries(
    Object.entries(table).map(([name, { value, repeatable }]) => [
      name,
      repeatable ? [] : value === undefined ? false : undefined,
    ]),
  );
}

/** The values of a parsed command, by option name. */
function valuesOf<T extends OptionTable>(command: Command, table: T): ValuesOf<T> {
  const values = Object.entries(noValues(table)).map(([name, none]) => {
    const attribute = new Option(`--${name}`).attributeName();
    return [name, command.getOptionValue(attribute) ?? none];
  });
  return Object.fromEntries(values) as ValuesOf<T>;
}

/** Parses the options of a program without subcommands. Returns null after printing the help. Throws UsageError. */
export function parseOptions<const T extends OptionTable>(
  { name, description, options }: { readonly name: string; readonly description: string; readonly options: T },
  words: readonly string[],
): ValuesOf<T> | null {
  const program = configure(new Command(name).description(description), options, words);
  try {
    program.parse(words, { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError) return null;
    throw error;
  }
  return valuesOf(program, options);
}

/** Commands that only contain subcommands. */
const groups: Readonly<Record<string, string>> = {
  import: 'Import the history of another status page',
};

const generalExamples = `
Examples:
  # an incident from start to finish
  npx halfpast open --title "Checkout errors" --component checkout=partial_outage --message "Some card payments are failing. We are looking into it."
  npx halfpast update --status monitoring --message "Payments are working again. We are monitoring them."
  npx halfpast resolve --message "All payments have been working for an hour."
  # help and examples for one command
  npx halfpast open --help`;

/** The command line program. Calls `run` with the matching command. Parsing throws UsageError. */
export function createProgram(
  definitions: readonly CommandDefinition[],
  words: readonly string[],
  { version, columns, stdout }: Pick<Context, 'version' | 'columns' | 'stdout'>,
  run: (definition: CommandDefinition, parsed: Pick<AnyCall, 'options' | 'args'>) => Promise<void>,
): Command {
  const program = configure(new Command('npx halfpast').description('Halfpast: a status page kept in git.'), {}, words)
    .version(version, '--version', 'display the version')
    .configureOutput({ writeOut: stdout, getOutHelpWidth: () => Math.min(columns, 100) })
    .addHelpText('after', generalExamples);
  for (const definition of definitions) {
    const { name, summary, details, args, examples } = definition;
    const path = name.split(' ');
    const last = path.pop() ?? name;
    let parent = program;
    for (const word of path) {
      parent =
        program.commands.find((one) => one.name() === word) ??
        configure(program.command(word).description(groups[word] ?? ''), {}, words);
    }
    const options = { ...definition.options, ...commonOptions };
    const command = configure(parent.command(last), options, words)
      .summary(summary)
      .description(details === undefined ? `${summary}.` : `${summary}.\n\n${details}`)
      .addHelpText('after', `\nExamples:\n${examples.map(({ line, says }) => `  # ${says}\n  ${line}`).join('\n')}`);
    for (const argument of args) command.argument(`[${argument}]`);
    command.action(() => run(definition, { options: valuesOf(command, options), args: command.args }));
  }
  return program;
}
