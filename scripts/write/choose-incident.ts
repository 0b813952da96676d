import { problemLine } from '../../src/lib/content/problem.ts';
import type { Instant } from '../../src/lib/domain/calendar.ts';
import { type Incident, isOpen } from '../../src/lib/domain/incident.ts';
import { type Maintenance, maintenanceStatus } from '../../src/lib/domain/maintenance.ts';
import { didYouMean, quote } from '../../src/lib/schema/text.ts';
import { utcAndLocal, type Zone } from '../../src/lib/views/time.ts';
import { durationInWords, label } from '../../src/lib/words/en.ts';
import type { ContentFolder, ContentItem } from '../cli/content.ts';
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
  return `${label(maintenanceStatus(maintenance, now)).toLowerCase()}, ${utcAndLocal(from, zone)} to ${utcAndLocal(to, zone)}`;
}

/** `Checkout errors in Europe: investigating, major impact, open for 1 hour`, for the person who is about to write of it. */
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

type Candidate = Chosen & {
  readonly slug: string;
  readonly title: string;
  readonly live: boolean;
  readonly began: Instant;
  readonly headline: string;
};

function incidentCandidates(content: ContentFolder): Candidate[] {
  return content.incidents.flatMap(({ slug, value }): Candidate[] =>
    value === null
      ? []
      : [
          {
            kind: 'incident',
            incident: value,
            slug,
            title: value.title,
            live: isOpen(value),
            began: value.startedAt,
            headline: incidentState(value, content.now),
          },
        ],
  );
}

function maintenanceCandidates(content: ContentFolder): Candidate[] {
  return content.maintenances.flatMap(({ slug, value }): Candidate[] =>
    value === null
      ? []
      : [
          {
            kind: 'maintenance',
            maintenance: value,
            slug,
            title: value.title,
            live: maintenanceStatus(value, content.now) !== 'completed',
            began: value.window.from,
            headline: maintenanceState(value, content.now, content.settings),
          },
        ],
  );
}

function unreadable(
  content: ContentFolder,
  entries: readonly ContentItem<unknown>[],
  given: string | null,
): UserError | null {
  const broken = entries.find(({ slug, value }) => value === null && (given === null || slug.includes(given)));
  const [problem] = broken?.problems ?? [];
  if (broken === undefined || problem === undefined) return null;
  const why =
    given === null
      ? 'which one is meant cannot be told while another cannot be read. Name it, or put this right'
      : `${broken.slug} cannot be read`;
  return new UserError(`${why}: ${problemLine(problem, content.folder)}`);
}

function listed(candidates: readonly Candidate[]): string {
  return candidates
    .map(({ slug }) => slug)
    .slice(0, 10)
    .join(', ');
}

/** What to say when a part of a name fits only what it may not choose. */
function wholeNameNeeded(given: string, what: Kind, { kind, slug, title }: Candidate): UserError {
  return new UserError(
    `${quote(given)} is in the name of no ${what}. If you mean the ${kind} ${quote(title)}, type its whole name: npx halfpast update ${slug}`,
  );
}

/**
 * The one whose name is given: whole, or in part among those of the kind that is meant. Of several, the
 * one that is still open. A part of a name never chooses the other kind: an outage must not be told
 * under a maintenance.
 */
function named(given: string, what: Kind, candidates: readonly Candidate[], content: ContentFolder): Candidate {
  const wanted = given
    .replace(/^(incidents|maintenance)\//, '')
    .replace(/\/+$/, '')
    .toLowerCase();
  const exact = candidates.filter(({ slug }) => slug === wanted);
  const [whole] = exact.toSorted((a, b) => Number(b.kind === what) - Number(a.kind === what));
  if (whole !== undefined) return whole;
  const fitting = candidates.filter(({ slug }) => slug.includes(wanted));
  const matching = fitting.filter(({ kind }) => kind === what);
  const narrowed = matching.length > 1 ? matching.filter(({ live }) => live) : matching;
  const [only, ...more] = narrowed.length === 0 ? matching : narrowed;
  if (only === undefined) {
    const near = didYouMean(wanted, candidates.map(({ slug }) => slug).slice(-5));
    const broken = unreadable(content, [...content.incidents, ...content.maintenances], wanted);
    if (broken !== null) throw broken;
    throw fitting[0] === undefined
      ? new UserError(`${quote(given)} is in no name of ${content.folder}. ${near}`.trim())
      : wholeNameNeeded(given, what, fitting[0]);
  }
  if (more.length > 0)
    throw new UserError(
      `${quote(given)} fits more than one. Type more of the name, one of: ${listed([only, ...more].toReversed())}`,
    );
  return only;
}

/** The only one that is open. With several, asks in a terminal. */
async function open(
  candidates: readonly Candidate[],
  what: Kind,
  content: ContentFolder,
  context: Context,
): Promise<Candidate> {
  const live = candidates.filter((candidate) => candidate.live);
  const entries = what === 'incident' ? content.incidents : content.maintenances;
  const broken = unreadable(content, entries, null);
  if (broken !== null) throw broken;
  const [only, ...more] = live;
  if (only === undefined) {
    const hint =
      what === 'incident' ? 'To report a new one: npx halfpast open' : 'To announce one: npx halfpast schedule';
    throw new UserError(`no ${what} is open. ${hint}. To add to an old one, name it`);
  }
  if (more.length === 0) return only;
  if (context.ask === null) throw new UsageError(`more than one ${what} is open. Name one of: ${listed(live)}`);
  // The newest incident is likely the one that hurts; of maintenance, the one that is next.
  const sorted = live.toSorted((a, b) => (what === 'incident' ? b.began - a.began : a.began - b.began));
  const slug = await context.ask.choose(
    `Which ${what}?`,
    sorted.map(({ slug: value, title, headline }) => ({ value, label: title, hint: headline })),
  );
  return live.find((candidate) => candidate.slug === slug) ?? only;
}

/**
 * The incident or maintenance that an update is for. `given` is the whole name of either, or a part of
 * the name of one that is `what`; without it the only open incident is meant, or the only maintenance
 * ahead.
 * Throws UserError that lists what there is.
 */
export async function chooseUpdateFolder(
  given: string | undefined,
  what: Kind,
  content: ContentFolder,
  context: Context,
): Promise<Chosen> {
  const incidents = incidentCandidates(content);
  const maintenances = maintenanceCandidates(content);
  if (given !== undefined) return named(given, what, [...incidents, ...maintenances], content);
  return open(what === 'incident' ? incidents : maintenances, what, content, context);
}
