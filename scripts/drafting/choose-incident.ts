import { type Incident, isOpen } from '../../src/domain/incident.ts';
import { day, type Duration } from '../../src/domain/instant.ts';
import { durationInWords } from '../../src/views/time.ts';
import { UsageError, UserError } from '../cli/errors.ts';
import type { World } from '../cli/world.ts';
import { chooseUpdateFolder } from '../writing/choose-update-folder.ts';
import type { Desk } from '../writing/desk.ts';

/** Where the postmortem of an incident is kept. */
export const fileOf = (slug: string): string => `postmortems/${slug}.md`;

/** Resolved incidents without a postmortem, the latest first. */
function untold(desk: Desk): Incident[] {
  return desk.incidents
    .flatMap(({ value }) => (value === null || isOpen(value) ? [] : [value]))
    .filter(({ slug }) => !desk.tree.files.some(({ path }) => path === fileOf(slug)))
    .toSorted((a, b) => (b.resolvedAt ?? 0) - (a.resolvedAt ?? 0));
}

/** How long after its end an incident is taken without being named. */
const recent: Duration = 14 * day;

function noCandidate(desk: Desk): UserError {
  if (desk.incidents.length === 0) return new UserError('there is no incident yet. To report one: npx halfpast open');
  const isTold = desk.incidents.some(({ value }) => value !== null && !isOpen(value));
  return new UserError(
    isTold
      ? 'every resolved incident has a postmortem'
      : 'no incident is resolved yet. Resolve it first: npx halfpast resolve',
  );
}

/**
 * The incident that a postmortem is of: the one named, the only one that has none yet, else of several
 * the one that is chosen, or was over last. Throws UserError.
 */
export async function chooseIncident(given: string | undefined, desk: Desk, world: World): Promise<Incident> {
  if (given !== undefined) {
    const chosen = await chooseUpdateFolder(given, 'incident', desk, world);
    if (chosen.kind === 'incident') return chosen.incident;
    throw new UserError(`${chosen.maintenance.slug} is a maintenance. Postmortems are of incidents; name one`);
  }
  const candidates = untold(desk);
  const [newest, ...more] = candidates;
  if (newest === undefined) throw noCandidate(desk);
  if (more.length === 0) return newest;
  if (world.ask !== null) {
    const slug = await world.ask.choose(
      'Of which incident?',
      candidates.slice(0, 10).map((incident) => ({
        value: incident.slug,
        label: incident.title,
        hint: `resolved ${durationInWords(desk.now - (incident.resolvedAt ?? desk.now))} ago`,
      })),
    );
    return candidates.find((incident) => incident.slug === slug) ?? newest;
  }
  if (desk.now - (newest.resolvedAt ?? 0) <= recent) return newest;
  throw new UsageError(
    `which incident? None was resolved in the last 14 days. Name one of: ${candidates
      .slice(0, 5)
      .map(({ slug }) => slug)
      .join(', ')}`,
  );
}
