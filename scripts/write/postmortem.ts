import { readPostmortem } from '../../src/lib/content/read-postmortem.ts';
import { day, type Duration } from '../../src/lib/domain/calendar.ts';
import { type Incident, isOpen } from '../../src/lib/domain/incident.ts';
import type { Postmortem } from '../../src/lib/domain/postmortem.ts';
import { type Cause, causes, type CustomerData, customerDataVerdicts } from '../../src/lib/domain/vocabulary.ts';
import { nameProblem } from '../../src/lib/schema/update-file.ts';
import { timeWithOffset } from '../../src/lib/views/time.ts';
import { count, durationInWords, en } from '../../src/lib/words/en.ts';
import type { ContentFolder } from '../cli/content.ts';
import { oneLine, UsageError, UserError } from '../cli/errors.ts';
import type { Context } from '../cli/context.ts';
import { type CheckIn, plainCheckIn } from './check-ins.ts';
import { chooseIncident } from './choose-incident.ts';
import { askVerdict } from './questions.ts';

/** The postmortem file of an incident. */
export const postmortemFile = (slug: string): string => `postmortems/${slug}.md`;

/** The published postmortem of an incident; null if it's missing or unreadable. */
export function publishedPostmortem(incident: Incident, { tree, readContext }: ContentFolder): Postmortem | null {
  const file = tree.files.find(({ path }) => path === postmortemFile(incident.slug));
  if (file === undefined) return null;
  const { postmortem, problems } = readPostmortem(file, new Map([[incident.slug, incident]]), readContext);
  return problems.length > 0 ? null : postmortem;
}

/** Resolved incidents without a postmortem, most recent first. */
function withoutPostmortem(content: ContentFolder): Incident[] {
  return content.incidents
    .flatMap(({ value }) => (value === null || isOpen(value) ? [] : [value]))
    .filter(({ slug }) => !content.tree.files.some(({ path }) => path === postmortemFile(slug)))
    .toSorted((a, b) => (b.resolvedAt ?? 0) - (a.resolvedAt ?? 0));
}

/** How long after its end an incident is selected by default. */
const recent: Duration = 14 * day;

function noCandidate(content: ContentFolder): UserError {
  if (content.incidents.length === 0)
    return new UserError('there is no incident yet. To report one: npx halfpast open');
  const hasResolved = content.incidents.some(({ value }) => value !== null && !isOpen(value));
  return new UserError(
    hasResolved
      ? 'every resolved incident has a postmortem'
      : 'no incident is resolved yet. Resolve it first: npx halfpast resolve',
  );
}

/**
 * The incident for a postmortem: the given one, or the only one without a postmortem. Of several, it's the one that the
 * user selects, or else the one that was resolved last. Throws UserError.
 */
export async function incidentToExplain(
  given: string | undefined,
  content: ContentFolder,
  context: Context,
): Promise<Incident> {
  const refusal = (slug: string): string => `${slug} is maintenance. Postmortems are for incidents; name one`;
  if (given !== undefined) return chooseIncident(given, refusal, content, context);
  const candidates = withoutPostmortem(content);
  const [newest, ...more] = candidates;
  if (newest === undefined) throw noCandidate(content);
  if (more.length === 0) return newest;
  if (context.ask !== null) {
    const slug = await context.ask.choose(
      'Which incident is it about?',
      candidates.slice(0, 10).map((incident) => ({
        value: incident.slug,
        label: incident.title,
        hint: `resolved ${durationInWords(content.now - (incident.resolvedAt ?? content.now))} ago`,
      })),
    );
    return candidates.find((incident) => incident.slug === slug) ?? newest;
  }
  if (content.now - (newest.resolvedAt ?? 0) <= recent) return newest;
  throw new UsageError(
    `which incident? None was resolved in the last 14 days. Name one of: ${candidates
      .slice(0, 5)
      .map(({ slug }) => slug)
      .join(', ')}`,
  );
}

/** The verdict on customer data, from the flag, the incident, or a prompt. Throws UsageError. */
export async function verdictFor(
  incident: Incident,
  flag: string | undefined,
  context: Context,
): Promise<CustomerData> {
  const given = customerDataVerdicts.find((verdict) => verdict === flag) ?? incident.customerData;
  if (given !== null) return given;
  if (context.ask !== null) return askVerdict(context.ask, 'Was customer data affected?');
  throw new UsageError(
    `--customer-data is missing, and no update of ${incident.slug} says whether customer data is safe. Use one of: ${customerDataVerdicts.map((verdict) => `--customer-data ${verdict}`).join(', ')}`,
  );
}

/** The authors, from the flags, the lead, or a prompt. Throws UsageError. */
export async function authorsFor(
  incident: Incident,
  flags: readonly string[],
  context: Context,
): Promise<readonly string[]> {
  if (flags.length > 0) return flags.map((author) => author.trim());
  if (incident.lead !== null && (context.ask === null || nameProblem(incident.lead) === null)) return [incident.lead];
  if (context.ask === null)
    throw new UsageError(
      '--author is missing, and the incident has no lead. Type who writes it, such as --author Dana',
    );
  return [await context.ask.text({ message: 'Who is the author?', check: nameProblem })];
}

/** The kind of cause, from the flag (already validated) or a prompt; null if unknown. */
export async function causeFor(flag: string | undefined, context: Context): Promise<Cause | null> {
  const given = causes.find((cause) => cause === flag);
  if (given !== undefined || context.ask === null) return given ?? null;
  // The first choice claims nothing. `unknown` means that the search is over, which isn't true of a draft.
  const answer = await context.ask.choose<Cause | 'later'>('What kind of cause was it?', [
    { value: 'later', label: 'Decide later' },
    ...causes.map((value) => ({ value, label: en.cause[value] })),
  ]);
  return answer === 'later' ? null : answer;
}

/**
 * The check-ins to include in the draft. The author selects each one, because a draft in a public repository is public.
 * Without a terminal, none.
 */
export async function confirmedCheckIns(
  log: readonly CheckIn[],
  { settings, now }: ContentFolder,
  { ask }: Context,
): Promise<readonly CheckIn[]> {
  const taken: CheckIn[] = [];
  if (ask === null || log.length === 0) return taken;
  ask.say(
    `The team's log has ${count(log.length, 'check-in')}. The draft is as public as your repository, so choose line by line.`,
  );
  for (const checkIn of log) {
    const line = `${timeWithOffset(checkIn.at, now, settings)} ${plainCheckIn(checkIn.text)}`;
    const answer = await ask.choose<'out' | 'in' | 'rest'>(oneLine(line), [
      { value: 'out', label: 'Leave it out' },
      { value: 'in', label: 'Put it in the draft' },
      { value: 'rest', label: 'Leave out this one and the rest' },
    ]);
    if (answer === 'rest') break;
    if (answer === 'in') taken.push(checkIn);
  }
  return taken;
}
