/** A file of the content folder as it is on disk. `path` is relative to that folder, with `/`. */
export type SourceFile = { readonly path: string; readonly bytes: Uint8Array };

/** The lines and columns of a place in a file, counted from 1. */
export type Place = { readonly line: number; readonly column: number };

export const fileStart: Place = { line: 1, column: 1 };
