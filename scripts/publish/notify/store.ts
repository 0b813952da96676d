/** A record as it was found; version null when there is none yet. */
export type Stored = { readonly text: string | null; readonly version: string | null };

/** Where the record of deliveries survives from one run to the next. */
export type Store = {
  /** For people. */
  readonly name: string;
  readonly load: () => Promise<Stored>;
  /** Replaces what has this version; null when somebody else wrote meanwhile. Gives the new version. */
  readonly save: (text: string, version: string | null) => Promise<string | null>;
};
