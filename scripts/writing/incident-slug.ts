import { isOpen } from '../../src/domain/incident.ts';
import { type Instant, isoTime } from '../../src/domain/instant.ts';
import { UserError } from '../cli/errors.ts';
import type { Desk } from './desk.ts';
import { freeName, readSlug, titleSlug, utcDate } from './slug.ts';

/**
 * The folder for a new incident that is told at `at`; `given` is `--slug`. Throws UserError when one of
 * that name is open: two incidents of one name are more likely one.
 */
export function incidentSlug(title: string, given: string | undefined, at: Instant, desk: Desk): string {
  const date = utcDate(at);
  const isTaken = (name: string): boolean => desk.incidents.some(({ slug }) => slug === name);
  const inLetters = titleSlug(title, '');
  // Two titles without a letter that can stand in an address are not the same for that.
  if (given === undefined && inLetters === '') return freeName(`${date}-incident-${isoTime(at).slice(11, 16).replace(':', '')}`, isTaken);
  const wanted = given === undefined ? `${date}-${inLetters}` : readSlug(given, date);
  const same = desk.incidents.find(({ slug }) => slug === wanted);
  if (same?.value && isOpen(same.value)) {
    throw new UserError(`${wanted} is open already. To add to it, type: npx halfpast update ${wanted}. For another incident, give it another --slug`);
  }
  return freeName(wanted, isTaken);
}
