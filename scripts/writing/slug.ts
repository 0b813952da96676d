import { isoTime, type Instant } from '../../src/domain/instant.ts';
import { slugForm, slugify } from '../../src/schema/components-file.ts';
import { quote } from '../../src/schema/text.ts';
import { UsageError } from '../cli/errors.ts';

const longest = 60;

/** A title as part of an address: at most 60 characters, cut between words. `otherwise` when nothing is left of it. */
export function titleSlug(title: string, otherwise: string): string {
  const slug = slugify(title);
  if (slug.length <= longest) return slug === '' ? otherwise : slug;
  const cut = slug.slice(0, longest + 1);
  const words = cut.slice(0, cut.lastIndexOf('-'));
  return words === '' ? slug.slice(0, longest) : words;
}

/** The date of an instant in UTC, as file names have it. */
export function utcDate(instant: Instant): string {
  return isoTime(instant).slice(0, 10);
}

/** The first of `name`, `name-2`, `name-3`… that is free. */
export function freeName(name: string, isTaken: (name: string) => boolean): string {
  let candidate = name;
  for (let number = 2; isTaken(candidate); number += 1) candidate = `${name}-${number}`;
  return candidate;
}

/** Reads `--slug`; with its date or without. Throws UsageError. */
export function readSlug(given: string, date: string): string {
  if (!slugForm.test(given)) {
    throw new UsageError(`--slug: ${quote(given)} cannot stand in an address. Type lower-case letters, digits and hyphens, as ${slugify(given) || 'checkout-errors'}`);
  }
  return /^\d{4}-\d{2}-\d{2}-/.test(given) ? given : `${date}-${given}`;
}
