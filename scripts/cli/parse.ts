import { parseArgs } from 'node:util';
import { readInstant } from '../../src/schema/instant.ts';
import { quote } from '../../src/schema/text.ts';
import { suggest } from '../../src/schema/suggest.ts';
import type { Instant } from '../../src/domain/instant.ts';
import type { Call, Command, OptionTable } from './command.ts';
import { commonOptions } from './common-options.ts';
import { UsageError } from './errors.ts';

type Given = { readonly flags: ReadonlyMap<string, readonly (string | true)[]>; readonly args: readonly string[] };

function tokensOf(words: readonly string[], table: OptionTable, command: string): Given {
  const flags = new Map<string, (string | true)[]>();
  const args: string[] = [];
  const options = Object.fromEntries(
    Object.entries(table).map(([name, { kind }]) => [name, { type: kind === 'switch' ? 'boolean' : 'string' } as const]),
  );
  // Not strict: its own messages do not say what to type instead.
  const { tokens } = parseArgs({ args: [...words], options, strict: false, allowPositionals: true, tokens: true });
  for (const token of tokens) {
    if (token.kind === 'positional') args.push(token.value);
    if (token.kind !== 'option') continue;
    const spec = Object.hasOwn(table, token.name) ? table[token.name] : undefined;
    if (spec === undefined) throw unknownFlag(token.rawName, table, command);
    flags.set(token.name, [...(flags.get(token.name) ?? []), flagValue(token, spec.kind === 'switch')]);
  }
  return { flags, args };
}

function unknownFlag(given: string, table: OptionTable, command: string): UsageError {
  const near = suggest(given.replace(/^-+/, ''), Object.keys(table));
  const hint = near === null ? `For all flags: npx halfpast ${command} --help` : `Did you mean "--${near}"?`;
  return new UsageError(`${quote(given)} is not a flag of ${command}. ${hint}`);
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
    const what = { DIR: 'a folder', FILE: 'a file' }[spec.value];
    if (what !== undefined) throw new UsageError(`--${name} is blank. Type ${what} behind it, as --${name} ${spec.value}`);
  }
}

/**
 * Reads the words behind a command's name. `content` is the folder when none is named. Null when help
 * was asked for. Throws UsageError.
 */
export function parseCall(command: Command, words: readonly string[], clock: () => Instant, content = 'content'): Call<OptionTable> | null {
  const table = { ...command.options, ...commonOptions };
  const given = tokensOf(words, table, command.name);
  if (given.flags.has('help')) return null;
  const surplus = given.args[command.args.length];
  if (surplus !== undefined) {
    const takes = command.args.length === 0 ? 'takes no words without a flag' : `takes only: ${command.args.join(' ')}`;
    throw new UsageError(`${quote(surplus)} is one word too many: ${command.name} ${takes}. A text of several words needs quotes`);
  }
  const values = valuesOf(table, given);
  requirePaths(table, values);
  return {
    // Every flag of the table is there, with the type that its kind has.
    options: values as Call<OptionTable>['options'],
    args: given.args,
    content: typeof values['content'] === 'string' ? values['content'] : content,
    now: clockOf(values['now'], clock),
    json: values['json'] === true,
  };
}
