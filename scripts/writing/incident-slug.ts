import { isOpen } from '../../src/domain/incident.ts';
import type { Instant } from '../../src/domain/instant.ts';
import { UserError } from '../cli/errors.ts';
import type { Desk } from './desk.ts';
import { freeName, incidentSlug as slugOfTitle, readSlug, utcDate } from './slug.ts';

/**
 * The folder for a new incident that is told at `at`; `given` is `--slug`. Throws UserError when one of
 * that name is open: two incidents of one name are more likely one.
 */
export function incidentSlug(title: string, given: string | undefined, at: Instant, desk: Desk): string {
  const isTaken = (name: string): boolean => desk.incidents.some(({ slug }) => slug === name);
  const { wanted: fromTitle, named } = slugOfTitle(title, at);
  if (given === undefined && !named) return freeName(fromTitle, isTaken);
  const wanted = given === undefined ? fromTitle : readSlug(given, utcDate(at));
  const same = desk.incidents.find(({ slug }) => slug === wanted);
  if (same?.value && isOpen(same.value)) {
    throw new UserError(
      `${wanted} is open already. To add to it, type: npx halfpast update ${wanted}. For another incident, give it another --slug`,
    );
  }
  return freeName(wanted, isTaken);
}
