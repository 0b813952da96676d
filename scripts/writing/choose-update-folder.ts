import { type Incident, isOpen } from '../../src/domain/incident.ts';
import { type Maintenance, maintenanceStatus } from '../../src/domain/maintenance.ts';
import { problemLine } from '../../src/content/problem.ts';
import { didYouMean } from '../../src/schema/suggest.ts';
import { quote } from '../../src/schema/text.ts';
import { UserError, UsageError } from '../cli/errors.ts';
import type { World } from '../cli/world.ts';
import type { Desk, Entry } from './desk.ts';

export type Chosen =
  | { readonly kind: 'incident'; readonly incident: Incident }
  | { readonly kind: 'maintenance'; readonly maintenance: Maintenance };

type Candidate = Chosen & { readonly slug: string; readonly title: string; readonly live: boolean };

function incidentCandidates(desk: Desk): Candidate[] {
  return desk.incidents.flatMap(({ slug, value }): Candidate[] =>
    value === null ? [] : [{ kind: 'incident', incident: value, slug, title: value.title, live: isOpen(value) }],
  );
}

function maintenanceCandidates(desk: Desk): Candidate[] {
  return desk.maintenances.flatMap(({ slug, value }): Candidate[] =>
    value === null
      ? []
      : [{ kind: 'maintenance', maintenance: value, slug, title: value.title, live: maintenanceStatus(value, desk.now) !== 'completed' }],
  );
}

function unreadable(desk: Desk, entries: readonly Entry<unknown>[], given: string | null): UserError | null {
  const broken = entries.find(({ slug, value }) => value === null && (given === null || slug.includes(given)));
  const [problem] = broken?.problems ?? [];
  if (broken === undefined || problem === undefined) return null;
  const why = given === null ? 'which one is meant cannot be told while another cannot be read. Name it, or put this right' : `${broken.slug} cannot be read`;
  return new UserError(`${why}: ${problemLine(problem, desk.content)}`);
}

function listed(candidates: readonly Candidate[]): string {
  return candidates.map(({ slug }) => slug).slice(0, 10).join(', ');
}

/** The one whose name is given, whole or in part; of several, the one that is still open. */
function named(given: string, candidates: readonly Candidate[], desk: Desk): Candidate {
  const wanted = given.replace(/^(incidents|maintenance)\//, '').replace(/\/+$/, '').toLowerCase();
  const exact = candidates.find(({ slug }) => slug === wanted);
  if (exact !== undefined) return exact;
  const matching = candidates.filter(({ slug }) => slug.includes(wanted));
  const narrowed = matching.length > 1 ? matching.filter(({ live }) => live) : matching;
  const [only, ...more] = narrowed.length === 0 ? matching : narrowed;
  if (only === undefined) {
    const near = didYouMean(wanted, candidates.map(({ slug }) => slug).slice(-5));
    throw unreadable(desk, [...desk.incidents, ...desk.maintenances], wanted) ?? new UserError(`${quote(given)} is in no name of ${desk.content}. ${near}`.trim());
  }
  if (more.length > 0) throw new UserError(`${quote(given)} fits more than one. Type more of the name, one of: ${listed([only, ...more])}`);
  return only;
}

/** The only one that is open. With several, asks in a terminal. */
async function open(candidates: readonly Candidate[], what: 'incident' | 'maintenance', desk: Desk, world: World): Promise<Candidate> {
  const live = candidates.filter((candidate) => candidate.live);
  const entries = what === 'incident' ? desk.incidents : desk.maintenances;
  const broken = unreadable(desk, entries, null);
  if (broken !== null) throw broken;
  const [only, ...more] = live;
  if (only === undefined) {
    const hint = what === 'incident' ? 'To report a new one: npx halfpast open' : 'To announce one: npx halfpast schedule';
    throw new UserError(`no ${what} is open. ${hint}. To add to an old one, name it`);
  }
  if (more.length === 0) return only;
  if (world.ask === null) throw new UsageError(`more than one ${what} is open. Name one of: ${listed(live)}`);
  const slug = await world.ask.choose(`Which ${what}?`, live.map(({ slug: value, title }) => ({ value, label: title, hint: value })));
  return live.find((candidate) => candidate.slug === slug) ?? only;
}

/**
 * The incident or maintenance that an update is for. `given` may be a part of its name; without it
 * the only open incident is meant, or the only maintenance ahead when `what` is maintenance.
 * Throws UserError that lists what there is.
 */
export async function chooseUpdateFolder(given: string | undefined, what: 'incident' | 'maintenance', desk: Desk, world: World): Promise<Chosen> {
  const incidents = incidentCandidates(desk);
  const maintenances = maintenanceCandidates(desk);
  if (given !== undefined) return named(given, [...incidents, ...maintenances], desk);
  return open(what === 'incident' ? incidents : maintenances, what, desk, world);
}
