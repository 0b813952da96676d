import type { Instant } from '../../src/domain/instant.ts';
import type { World } from './world.ts';

/** One flag of a command. `value` is what its value is called in the help. */
export type OptionSpec =
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

export type Example = { readonly line: string; readonly says: string };

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
