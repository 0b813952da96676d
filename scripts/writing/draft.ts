import type { NewFile } from './new-problems.ts';

/** A file that a command is about to write, and what to say about it. */
export type Draft = {
  readonly file: NewFile;
  readonly slug: string;
  /** Of the incident or maintenance, as people know it. */
  readonly title: string;
  /** The address on the page; null for what is not published yet. */
  readonly permalink: string | null;
  readonly commitMessage: string;
  /** Sentences for the person, such as what is promised by it. */
  readonly notes: readonly string[];
  /** What must be known before it is written; null for nothing. */
  readonly caution?: string | null;
  /** Whether questions were asked; then the last one is whether to write it. */
  readonly asked: boolean;
  /** The same with another text, for second thoughts; left out where the text is made by the program. */
  readonly rewritten?: ((message: string) => Draft) | undefined;
  /** What was typed as its text. */
  readonly message?: string;
};
