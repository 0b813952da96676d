import { type Span, spansOf } from './span.ts';

const address = /(?<![\w.+%-])[\w.+%-]{1,64}@(?:[a-z0-9-]{1,63}\.){1,10}[a-z]{2,63}(?![\w-])/gi;

/** Names for examples (RFC 2606), which nobody reads mail at, and the user that git connects as. */
const nobodys = /^git@|@(?:.*\.)?(?:example(?:\.(?:com|net|org))?|invalid|test)$/i;

/** What comes before @ in an address of the web may be a password, which nothing may repeat. */
function isInWebAddress(text: string, start: number): boolean {
  return /:\/\/[^\s/]*$/.test(text.slice(Math.max(0, start - 300), start));
}

/** E-mail addresses of people and teams. */
export function mailAddresses(text: string): Span[] {
  if (!text.includes('@')) return [];
  return spansOf(address, text).filter((span) => !nobodys.test(span.text) && !isInWebAddress(text, span.start));
}
