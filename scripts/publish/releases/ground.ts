/**
 * Where releases are kept: the steps that a file system does whole or not at all. Everything else in
 * this room is put together from them, so that a run may be killed between any two.
 * Paths are absolute. What is missing is null or empty, never an error; other errors of the system come through.
 */
export type Ground = {
  readonly read: (path: string) => Promise<string | null>;
  /** Writes a file in place: only for files that nobody reads yet. */
  readonly write: (path: string, text: string) => Promise<void>;
  readonly makeFolder: (path: string) => Promise<void>;
  /** The names in a folder, sorted. */
  readonly list: (path: string) => Promise<readonly string[]>;
  /** Takes the place of a file or link that is there; refuses to take that of a folder. */
  readonly rename: (from: string, to: string) => Promise<void>;
  /** Makes a symbolic link; false when the name is taken. It needs no free space as long as `target` is short, below 60 bytes. */
  readonly makeLink: (target: string, path: string) => Promise<boolean>;
  /** Where a symbolic link leads, as written; null when there is none. */
  readonly readLink: (path: string) => Promise<string | null>;
  /** Removes a file, a link or a folder with all below it. */
  readonly remove: (path: string) => Promise<void>;
  /** Marks a file, or a link itself, as changed now. */
  readonly touch: (path: string, now: number) => Promise<void>;
  /** When a file, or a link itself, was changed, in milliseconds since 1970; null when there is none. */
  readonly changedAt: (path: string) => Promise<number | null>;
};
