import { problemLine } from '../../src/lib/content/problem.ts';
import type { ReadEvent } from '../../src/lib/content/read-updates.ts';
import type { Instant } from '../../src/lib/domain/calendar.ts';
import { type Incident, isOpen } from '../../src/lib/domain/incident.ts';
import { type Maintenance, maintenanceStatus } from '../../src/lib/domain/maintenance.ts';
import { didYouMean, quote } from '../../src/lib/schema/text.ts';
import { utcAndLocal, type Zone } from '../../src/lib/views/time.ts';
import { durationInWords, label } from '../../src/lib/words/en.ts';
import type { ContentFolder } from '../cli/content.ts';
import { UsageError, UserError } from '../cli/errors.ts';
import type { Context } from '../cli/context.ts';

/** `investigating, major impact, open for 1 hour` */
function incidentState(incident: Incident, now: Instant): string {
  const since = durationInWords(Math.max(0, now - (incident.resolvedAt ?? incident.startedAt)));
  const impact = label(incident.impact).toLowerCase();
  return isOpen(incident)
    ? `${label(incident.status).toLowerCase()}, ${impact}, open for ${since}`
    : `${impact}, resolved ${since} ago`;
}

/** `scheduled, 2026-12-01T22:00Z (23:00 CET) to 2026-12-02T00:00Z (01:00 CET)` */
function maintenanceState(maintenance: Maintenance, now: Instant, zone: Zone): string {
  const { from, to } = maintenance.window;
  const status = label(maintenanceStatus(maintenance, now)).toLowerCase();
  return `${status}, ${utcAndLocal(from, zone)} to ${utcAndLocal(to, zone)}`;
}

/** `Checkout errors in Europe: investigating, major impact, open for 1 hour` */
export function incidentHeadline(incident: Incident, now: Instant): string {
  return `${incident.title}: ${incidentState(incident, now)}`;
}

export function maintenanceHeadline(maintenance: Maintenance, now: Instant, zone: Zone): string {
  return `${maintenance.title}: ${maintenanceState(maintenance, now, zone)}`;
}

type Chosen =
  | { readonly kind: 'incident'; readonly incident: Incident }
  | { readonly kind: 'maintenance'; readonly maintenance: Maintenance };

type Kind = Chosen['kind'];

const nameOf = (kind: Kind): string => (kind === 'incident' ? kind : 'maintenance window');

type Candidate = Chosen & {
  readonly slug: string;
  readonly title: string;
  /** An open incident, or a maintenance window that isn't completed. */
  readonly current: boolean;
  readonly start: Instant;
  readonly state: string;
};

function candidatesIn({ incidents, maintenances, now, settings }: ContentFolder): Candidate[] {
  return [
    ...incidents.flatMap(({ value: incident }): Candidate[] => {
      if (incident === null) return [];
      const { slug, title, startedAt: start } = incident;
      const state = incidentState(incident, now);
      return [{ kind: 'incident', incident, slug, title, current: isOpen(incident), start, state }];
    }),
    ...maintenances.flatMap(({ value: maintenance }): Candidate[] => {
      if (maintenance === null) return [];
      const { slug, title, window } = maintenance;
      const current = maintenanceStatus(maintenance, now) !== 'completed';
      const state = maintenanceState(maintenance, now, settings);
      return [{ kind: 'maintenance', maintenance, slug, title, current, start: window.from, state }];
    }),
  ];
}

type Items = readonly ReadEvent<unknown>[];

/** The first unreadable item whose name contains `part`. */
function unreadable(items: Items, part: string, why: (slug: string) => string, folder: string): UserError | null {
  const broken = items.find(({ slug, value }) => value === null && slug.includes(part));
  const [problem] = broken?.problems ?? [];
  if (broken === undefined || problem === undefined) return null;
  return new UserError(`${why(broken.slug)}: ${problemLine(problem, folder)}`);
}

const slugList = (candidates: readonly Candidate[]): string =>
  candidates
    .map(({ slug }) => slug)
    .slice(0, 10)
    .join(', ');

function notFound(
  given: string,
  wanted: string,
  what: Kind,
  all: readonly Candidate[],
  content: ContentFolder,
): UserError {
  const { folder, incidents, maintenances } = content;
  const broken = unreadable([...incidents, ...maintenances], wanted, (slug) => `${slug} can't be read`, folder);
  if (broken !== null) return broken;
  const other = all.find(({ slug }) => slug.includes(wanted));
  if (other !== undefined)
    return new UserError(
      `no ${nameOf(what)} has ${quote(given)} in its name. If you mean the ${other.kind} ${quote(other.title)}, type its full name: npx halfpast update ${other.slug}`,
    );
  const ofKind = all.filter(({ kind }) => kind === what).toSorted((a, b) => b.start - a.start);
  const near = didYouMean(wanted, ofKind.map(({ slug }) => slug).slice(0, 5));
  return new UserError(`nothing in ${folder} has ${quote(given)} in its name. ${near}`.trim());
}

/**
 * The incident or maintenance with the given name, or the only one of the requested kind whose name contains it.
 * Current ones come first. Part of a name never selects the other kind, so that an outage isn't reported as part of a
 * maintenance.
 */
function findByName(given: string, what: Kind, all: readonly Candidate[], content: ContentFolder): Candidate {
  const wanted = given
    .replace(/^(incidents|maintenance)\//, '')
    .replace(/\/+$/, '')
    .toLowerCase();
  const sameName = all.filter(({ slug }) => slug === wanted);
  const exact = sameName.find(({ kind }) => kind === what) ?? sameName[0];
  if (exact !== undefined) return exact;
  const matching = all.filter(({ slug, kind }) => kind === what && slug.includes(wanted));
  const current = matching.filter((candidate) => candidate.current);
  const [only, ...more] = current.length === 0 ? matching : current;
  if (only === undefined) throw notFound(given, wanted, what, all, content);
  if (more.length > 0)
    throw new UserError(`${quote(given)} matches more than one. Use one of: ${slugList([only, ...more].toReversed())}`);
  return only;
}

/** The only current one. Asks if there are several. */
async function chooseCurrent(
  what: Kind,
  all: readonly Candidate[],
  content: ContentFolder,
  context: Context,
): Promise<Candidate> {
  const items = what === 'incident' ? content.incidents : content.maintenances;
  const why = (): string =>
    `one ${nameOf(what)} can't be read, so it is not clear which one you mean. Name it, or fix this`;
  const broken = unreadable(items, '', why, content.folder);
  if (broken !== null) throw broken;
  const current = all.filter((candidate) => candidate.kind === what && candidate.current);
  const [only, ...more] = current;
  if (only === undefined) {
    const hint = what === 'incident' ? 'To report one: npx halfpast open' : 'To announce one: npx halfpast schedule';
    throw new UserError(`no ${nameOf(what)} is open. ${hint}. To update an old one, name it`);
  }
  if (more.length === 0) return only;
  if (context.ask === null)
    throw new UsageError(`more than one ${nameOf(what)} is open. Name one of: ${slugList(current)}`);
  // The most likely ones come first: the newest incident, or the next maintenance.
  const sorted = current.toSorted((a, b) => (what === 'incident' ? b.start - a.start : a.start - b.start));
  const slug = await context.ask.choose(
    `Which ${what}?`,
    sorted.map(({ slug: value, title, state }) => ({ value, label: title, hint: state })),
  );
  return current.find((candidate) => candidate.slug === slug) ?? only;
}

/** The incident to use, as in `chooseUpdateFolder`. For maintenance, throws UserError with the message `refusal`. */
export async function chooseIncident(
  given: string | undefined,
  refusal: (slug: string) => string,
  content: ContentFolder,
  context: Context,
): Promise<Incident> {
  const chosen = await chooseUpdateFolder(given, 'incident', content, context);
  if (chosen.kind === 'incident') return chosen.incident;
  throw new UserError(refusal(chosen.maintenance.slug));
}

/**
 * The incident or maintenance to update. `given` is the full name of either, or part of the name of the kind `what`.
 * Without it: the only open incident, or the only maintenance that isn't completed. Throws UserError.
 */
export async function chooseUpdateFolder(
  given: string | undefined,
  what: Kind,
  content: ContentFolder,
  context: Context,
): Promise<Chosen> {
  const all = candidatesIn(content);
  return given === undefined ? chooseCurrent(what, all, content, context) : findByName(given, what, all, content);
}
