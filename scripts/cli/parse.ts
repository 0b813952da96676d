import { parseArgs } from 'node:util';
import { readInstant } from '../../src/schema/instant.ts';
import { quote } from '../../src/schema/text.ts';
import { suggest } from '../../src/schema/suggest.ts';
import type { Instant } from '../../src/domain/instant.ts';
import type { Call, Command, OptionTable, ValuesOf } from './command.ts';
import { commonOptions } from './common-options.ts';
import { UsageError } from './errors.ts';

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
