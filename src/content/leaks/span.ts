/** A piece of a text and where it begins. */
export type Span = { readonly text: string; readonly start: number };

/** All that a pattern, which must be global, finds. */
export function spansOf(pattern: RegExp, text: string): Span[] {
  return [...text.matchAll(pattern)].map((match) => ({ text: match[0], start: match.index }));
}
