import { updateName } from '../../src/content/update-name.ts';
import { isOpen } from '../../src/domain/incident.ts';
import { isoTime, type Instant } from '../../src/domain/instant.ts';
import { incidentStatuses } from '../../src/domain/vocabulary.ts';
import { incidentUpdateSchema } from '../../src/schema/incident-update.ts';
import { readInstant, shortUtc } from '../../src/schema/instant.ts';
import { command } from '../cli/command.ts';
import { UsageError, UserError } from '../cli/errors.ts';
import type { World } from '../cli/world.ts';
import { askOpening } from '../writing/ask-incident.ts';
import { type Desk, openDesk } from '../writing/desk.ts';
import { requireFit } from '../writing/flag-values.ts';
import { incidentFields } from '../writing/incident-fields.ts';
import { incidentOptions } from '../writing/incident-options.ts';
import { readMessage } from '../writing/message.ts';
import { permalink } from '../writing/permalink.ts';
import { promiseNote } from '../writing/promise-note.ts';
import { freeName, readSlug, titleSlug, utcDate } from '../writing/slug.ts';
import { type Fields, fileText } from '../writing/update-file.ts';
import { updateTime } from '../writing/update-time.ts';
import { label } from '../writing/words.ts';
import { writeFile } from '../writing/write-file.ts';

/** What is missing without a person to ask; null when nothing is. */
function missingFlag(fields: Fields, message: string | null): string | null {
  if (fields.title === undefined) return '--title is missing. Type what customers notice, as --title "Checkout errors"';
  if (message === null) return '--message is missing. Type what customers should know, as --message "We are looking into it."';
  if (fields.impact !== undefined || fields.components !== undefined) return null;
  return '--component is missing. Type what is affected, as --component checkout=partial_outage, or --impact minor';
}

function slugFor(fields: Fields, given: string | undefined, at: Instant, desk: Desk): string {
  const date = utcDate(at);
  const isTaken = (name: string): boolean => desk.incidents.some(({ slug }) => slug === name);
  const inLetters = titleSlug(String(fields.title), '');
  // Two titles without a letter that can stand in an address are not the same for that.
  if (given === undefined && inLetters === '') return freeName(`${date}-incident-${isoTime(at).slice(11, 16).replace(':', '')}`, isTaken);
  const wanted = given === undefined ? `${date}-${inLetters}` : readSlug(given, date);
  const same = desk.incidents.find(({ slug }) => slug === wanted);
  if (same?.value && isOpen(same.value)) {
    throw new UserError(`${wanted} is open already. To add to it, type: npx halfpast update ${wanted}. For another incident, give it another --slug`);
  }
  return freeName(wanted, isTaken);
}

/** When customers began to be affected, for a file name that is not before it. Throws UsageError for the future. */
function startOf(started: unknown, now: Instant, timeZone: string): Instant {
  const read = typeof started === 'string' ? readInstant(started.trim(), timeZone) : null;
  if (read === null || 'wrong' in read) return -Infinity;
  if (read.value > now) throw new UsageError(`--started: ${shortUtc(read.value)} is in the future. Type when customers began to be affected`);
  return read.value;
}

async function complete(fields: Fields, message: string | null, desk: Desk, world: World) {
  const missing = missingFlag(fields, message);
  if (missing === null) return { fields: { ...fields, status: fields.status ?? 'investigating' }, message: message ?? '', asked: false };
  if (world.ask === null) throw new UsageError(missing);
  const said = await askOpening(fields, world.ask, desk);
  return { fields: said, message: message ?? (await world.ask.paragraphs('What should customers know?')), asked: true };
}

export const open = command({
  name: 'open',
  summary: 'Tell customers of a new incident',
  details:
    'Writes incidents/<date>-<title>/<time>.md. In a terminal it asks for what is missing. The incident stays open until it is resolved.',
  args: [],
  options: {
    ...incidentOptions,
    status: { kind: 'text', value: 'STATUS', help: `${incidentStatuses.join(', ')} (default: investigating)` },
    started: { kind: 'text', value: 'TIME', help: 'when customers began to be affected, if earlier' },
    slug: { kind: 'text', value: 'NAME', help: 'the name in the address (default: from the title)' },
  },
  examples: [
    { line: 'npx halfpast open --title "Checkout errors in Europe" --component checkout=partial_outage --message "Some card payments in Europe fail. We are looking into it."', says: 'the usual: what, where, and one sentence' },
    { line: 'npx halfpast open --title "Sign-in is slow" --impact minor --customer-data unaffected --lead Dana --comms Priya --next-update 30m --message "Signing in takes up to a minute."', says: 'with who leads, who tells customers, and a promise' },
    { line: 'npx halfpast open --title "Messages are late" --component webhooks=degraded_performance --message "Messages arrive some minutes late." --dry-run', says: 'look at the file first' },
  ],
  run: async (call, world) => {
    const { options } = call;
    const desk = await openDesk(call.content, call.now(), world);
    const flags = { ...incidentFields(options, desk), status: options.status, started: options.started?.trim() };
    const schema = incidentUpdateSchema(desk.settings.timeZone);
    requireFit({ ...flags, status: flags.status ?? 'investigating' }, schema);
    const { fields, message, asked } = await complete(flags, await readMessage(options.message, world), desk, world);
    requireFit(fields, schema);
    const now = call.now();
    const at = updateTime(now, null, startOf(fields.started, now, desk.settings.timeZone));
    const slug = slugFor(fields, options.slug, at, desk);
    const draft = {
      file: { path: `incidents/${slug}/${updateName(at)}.md`, text: fileText(fields, message) },
      slug,
      title: String(fields.title),
      permalink: permalink(desk.settings, 'incident', slug, at),
      commitMessage: `${label(String(fields.status))}: ${String(fields.title)}`,
      notes: fields.status === 'resolved' ? [] : [promiseNote(fields, at, desk.settings)],
      asked,
    };
    return writeFile(draft, call, desk, world);
  },
});
