const kibibyte = 1024;

/**
 * The most bytes a file may have: ten thousand words in a text, a thousand components in a list. What
 * is larger is here by mistake, and is not even read.
 */
export function mostBytes(path: string): number {
  return (path.endsWith('.md') ? 64 : 128) * kibibyte;
}

/** A file of the content folder as it is on disk. `path` is relative to that folder, with `/`. */
export type SourceFile = {
  readonly path: string;
  readonly bytes: Uint8Array;
  /** How many bytes it has, if these are so many that it was not read. */
  readonly tooLarge?: number;
};

/** The lines and columns of a place in a file, counted from 1. */
export type Place = { readonly line: number; readonly column: number };

export const fileStart: Place = { line: 1, column: 1 };
