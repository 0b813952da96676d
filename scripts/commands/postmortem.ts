import { isOpen, type Incident } from '../../src/domain/incident.ts';
import { day, type Duration } from '../../src/domain/instant.ts';
import { postmortemFacts } from '../../src/domain/postmortem-facts.ts';
import { type CustomerData, customerDataVerdicts } from '../../src/domain/vocabulary.ts';
import { postmortemSchema } from '../../src/schema/postmortem.ts';
import { quote } from '../../src/schema/text.ts';
import { command } from '../cli/command.ts';
import { UsageError, UserError } from '../cli/errors.ts';
import type { World } from '../cli/world.ts';
import { postmortemDraft } from '../drafting/postmortem-draft.ts';
import { bothTimes } from '../writing/both-times.ts';
import { askVerdict } from '../writing/final-verdict.ts';
import { chooseUpdateFolder } from '../writing/choose-update-folder.ts';
import { type Desk, openDesk } from '../writing/desk.ts';
import { requireFit } from '../writing/flag-values.ts';
import { publishingOptions } from '../writing/publishing-options.ts';
import { writeFile } from '../writing/write-file.ts';

const fileOf = (slug: string): string => `postmortems/${slug}.md`;

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
  return new UserError(isTold ? 'every resolved incident has a postmortem' : 'no incident is resolved yet. Resolve it first: npx halfpast resolve');
}

async function chooseIncident(given: string | undefined, desk: Desk, world: World): Promise<Incident> {
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
    const slug = await world.ask.choose('Of which incident?', candidates.slice(0, 10).map((incident) => ({ value: incident.slug, label: incident.title, hint: incident.slug })));
    return candidates.find((incident) => incident.slug === slug) ?? newest;
  }
  if (desk.now - (newest.resolvedAt ?? 0) <= recent) return newest;
  throw new UsageError(`which incident? None was resolved in the last 14 days. Name one of: ${candidates.slice(0, 5).map(({ slug }) => slug).join(', ')}`);
}

async function verdictFor(incident: Incident, flag: string | undefined, world: World): Promise<CustomerData> {
  const given = customerDataVerdicts.find((verdict) => verdict === flag) ?? incident.customerData;
  if (given !== null) return given;
  if (world.ask !== null) return askVerdict(world.ask, 'Was customer data affected?');
  throw new UsageError(`--customer-data is missing, since ${incident.slug} never says it. Type what is true, one of: ${customerDataVerdicts.map((verdict) => `--customer-data ${verdict}`).join(', ')}`);
}

async function authorsFor(incident: Incident, flags: readonly string[], world: World): Promise<readonly string[]> {
  if (flags.length > 0) return flags.map((author) => author.trim());
  if (incident.lead !== null) return [incident.lead];
  if (world.ask === null) throw new UsageError('--author is missing, since the incident names no lead. Type who writes it, as --author Dana');
  return [await world.ask.text({ message: 'Who writes it?' })];
}

export const postmortem = command({
  name: 'postmortem',
  summary: 'Draft a postmortem from the timeline of an incident',
  details:
    'Writes postmortems/<incident>.md with the facts, the timeline and the questions to answer. It is a draft, which is not published until "draft: true" gives way to "published:" and its time.',
  args: ['incident'],
  options: {
    title: { kind: 'text', value: 'TEXT', help: 'its title (default: that of the incident)' },
    author: { kind: 'list', value: 'NAME', help: 'who writes it (default: who led)' },
    'customer-data': { kind: 'text', value: 'VERDICT', help: `${customerDataVerdicts.join(', ')} (default: what the incident says)` },
    remedy: { kind: 'text', value: 'TEXT', help: 'what was made right (default: what the incident says)' },
    ...publishingOptions,
  },
  examples: [
    { line: 'npx halfpast postmortem slow-search', says: 'of one incident, by a part of its name' },
    { line: 'npx halfpast postmortem order-emails-late --author Dana --author Priya --title "Why order e-mails came late" --customer-data unaffected', says: 'with its authors and a title of its own' },
  ],
  run: async (call, world) => {
    const { options } = call;
    const desk = await openDesk(call.content, call.now(), world);
    const incident = await chooseIncident(call.args[0], desk, world);
    const path = fileOf(incident.slug);
    if (desk.tree.files.some((file) => file.path === path)) throw new UserError(`${desk.content}/${path} is there already. Edit it, or delete it to begin anew`);
    const facts = postmortemFacts(incident);
    if (facts === null) throw new UserError(`${incident.slug} is still open. Resolve it first: npx halfpast resolve ${incident.slug} --message "…"`);
    // Flags are held against the schema before questions are asked.
    const filled = { title: options.title?.trim() ?? incident.title, authors: options.author.length === 0 ? ['-'] : options.author, summary: '-', remedy: options.remedy };
    requireFit({ ...filled, customer_data: options['customer-data'] ?? 'unaffected' }, postmortemSchema(desk.settings.timeZone));
    const authors = await authorsFor(incident, options.author, world);
    const verdict = await verdictFor(incident, options['customer-data'], world);
    const remedy = options.remedy ?? incident.remedy;
    const text = postmortemDraft({ incident, facts, title: filled.title, authors, verdict, remedy, components: desk.components, timeZone: desk.settings.timeZone });
    const draft = {
      file: { path, text },
      slug: incident.slug,
      title: incident.title,
      permalink: null,
      commitMessage: `Postmortem draft: ${filled.title}`,
      notes: [`It is of the incident ${quote(incident.title)}, resolved at ${bothTimes(facts.endedAt, desk.settings)}.`, 'It is a draft. Answer the questions; to publish, replace "draft: true" with "published:" and the time.'],
      asked: false,
    };
    return writeFile(draft, call, desk, world);
  },
});
