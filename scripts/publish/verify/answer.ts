/** What a server said to one request, or why there was no answer. */
export type Answer =
  | {
      readonly kind: 'answer';
      readonly status: number;
      /** Names in small letters. */
      readonly headers: Readonly<Record<string, string>>;
      readonly body: Uint8Array;
      /** The address that answered in the end, where that is another one. */
      readonly redirectedTo?: string;
    }
  | { readonly kind: 'none'; readonly reason: string; readonly redirectedTo?: string };

/** Asks for an address; never throws for what the network does. */
export type Ask = (address: string) => Promise<Answer>;

/** Something that is not as it was built. A note is worth knowing and does not fail the check. */
export type Finding = {
  readonly level: 'problem' | 'note';
  /** Below the site's address, as `/rss.xml`. */
  readonly path: string;
  readonly message: string;
  /** Whether the same of other files is said by one line, however few lines there are. */
  readonly once?: boolean;
};

export const problem = (path: string, message: string): Finding => ({ level: 'problem', path, message });
export const note = (path: string, message: string): Finding => ({ level: 'note', path, message });

/** `how` tells one request from another. What is behind a redirect is the same for all files. */
export function noAnswer(
  path: string,
  { reason, redirectedTo }: Extract<Answer, { readonly kind: 'none' }>,
  how = '',
): Finding {
  const host = redirectedTo === undefined ? null : URL.parse(redirectedTo)?.origin;
  if (host === null || host === undefined) return problem(path, `does not answer${how}: ${reason}`);
  return { ...problem(path, `redirects to ${host}, which does not answer: ${reason}`), once: true };
}
