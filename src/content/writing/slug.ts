import { isoTime, type Instant } from '../../domain/instant.ts';
import { slugify } from '../../schema/components-file.ts';

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

/**
 * The folder of a new incident that begins at `at`. `named`: whether its name comes from the title,
 * so that an open one of the same name is probably the same incident.
 */
export function incidentSlug(title: string, at: Instant): { readonly wanted: string; readonly named: boolean } {
  const date = utcDate(at);
  const inLetters = titleSlug(title, '');
  // Two titles without a letter that can stand in an address are not the same for that.
  if (inLetters === '') return { wanted: `${date}-incident-${isoTime(at).slice(11, 16).replace(':', '')}`, named: false };
  return { wanted: `${date}-${inLetters}`, named: true };
}
