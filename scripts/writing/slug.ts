import { slugForm, slugify } from '../../src/schema/components-file.ts';
import { quote } from '../../src/schema/text.ts';
import { UsageError } from '../cli/errors.ts';

export { freeName, incidentSlug, titleSlug, utcDate } from '../../src/content/writing/slug.ts';

/** Reads `--slug`; with its date or without. Throws UsageError. */
export function readSlug(given: string, date: string): string {
  if (!slugForm.test(given)) {
    throw new UsageError(
      `--slug: ${quote(given)} cannot stand in an address. Type lower-case letters, digits and hyphens, as ${slugify(given) || 'checkout-errors'}`,
    );
  }
  return /^\d{4}-\d{2}-\d{2}-/.test(given) ? given : `${date}-${given}`;
}
