import { type Span, spansOf } from './span.ts';

/** Ends of names that no public name has (RFC 6762, RFC 8375, ICANN's .internal), or none that customers should see. */
const usual = ['internal', 'intranet', 'local', 'localdomain', 'lan', 'corp', 'home.arpa'];

// With a bound, since files may be huge.
const label = '(?:[a-z0-9_-]{1,63}\\.)';

const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\/-]/g, '\\$&');

/**
 * Finds names of machines that only the team can reach: those that end in `.internal`, `.local` and the
 * like, `localhost`, and those of `listed`: `corp.example` is that name and all below it, `.corp.example` the same.
 */
export function internalHosts(listed: readonly string[]): (text: string) => Span[] {
  const below = usual.map(escaped).join('|');
  const whole = ['localhost', ...listed.map((name) => name.replace(/^\.+/, '')).filter((name) => name !== '')].map(escaped).join('|');
  const pattern = new RegExp(`(?<![\\w.@-])(?:${label}{1,10}(?:${below})|${label}{0,10}(?:${whole}))(?![\\w@-]|\\.\\w)`, 'gi');
  // Most texts have nothing like it, and that is seen quickly.
  const hint = new RegExp(`\\.(?:${below})|${whole}`, 'i');
  return (text) => (hint.test(text) ? spansOf(pattern, text) : []);
}
