/** What a server said to one request, or why there was no answer. */
export type Answer =
  | {
      readonly kind: 'answer';
      readonly status: number;
      /** Names in small letters. */
      readonly headers: Readonly<Record<string, string>>;
      readonly body: Uint8Array;
    }
  | { readonly kind: 'none'; readonly reason: string };

/** Asks for an address; never throws for what the network does. */
export type Ask = (address: string) => Promise<Answer>;

/** Something that is not as it was built. A note is worth knowing and does not fail the check. */
export type Finding = {
  readonly level: 'problem' | 'note';
  /** Below the site's address, as `/rss.xml`. */
  readonly path: string;
  readonly message: string;
};

export const problem = (path: string, message: string): Finding => ({ level: 'problem', path, message });
export const note = (path: string, message: string): Finding => ({ level: 'note', path, message });
