import { updateFile } from '../../src/content/writing/new-update.ts';
import type { Instant } from '../../src/domain/instant.ts';
import { readInstant, shortUtc } from '../../src/schema/instant.ts';
import { maintenanceUpdateSchema } from '../../src/schema/maintenance-update.ts';
import { command } from '../cli/command.ts';
import { UsageError } from '../cli/errors.ts';
import type { Ask } from '../cli/world.ts';
import { readComponentFlags } from '../writing/component-flags.ts';
import { type Desk, openDesk } from '../writing/desk.ts';
import { requireFit } from '../writing/flag-values.ts';
import { incidentOptions } from '../writing/incident-options.ts';
import { readMessage } from '../writing/message.ts';
import { permalink } from '../writing/permalink.ts';
import { publishingOptions } from '../writing/publishing-options.ts';
import { freeName, readSlug, titleSlug, utcDate } from '../writing/slug.ts';
import type { Fields } from '../writing/update-file.ts';
import { updateTime } from '../writing/update-time.ts';
import { writeFile } from '../writing/write-file.ts';

const missing = {
  title: '--title is missing. Type what is done, as --title "Database upgrade"',
  for: '--for is missing. Type when the window begins, as --for 2026-12-01T22:00Z',
  until: '--until is missing. Type when the window ends, as --until 2026-12-02T00:00Z',
  message: '--message is missing. Type what customers should know, as --message "Orders cannot be placed for some minutes."',
} as const;

type Said = { readonly [K in keyof typeof missing]: string | undefined };

function requireAll(said: Said): { readonly [K in keyof Said]: string } {
  const need = (name: keyof Said): string => {
    const value = said[name];
    if (value === undefined) throw new UsageError(missing[name]);
    return value;
  };
  return { title: need('title'), for: need('for'), until: need('until'), message: need('message') };
}

async function askMissing(said: Said, ask: Ask, timeZone: string): Promise<Said> {
  const check = (answer: string): string | null => {
    const read = readInstant(answer, timeZone);
    return 'wrong' in read ? read.wrong : null;
  };
  return {
    title: said.title ?? (await ask.text({ message: 'What will be done?', placeholder: 'Database upgrade' })),
    for: said.for ?? (await ask.text({ message: 'When does it begin?', placeholder: '2026-12-01T22:00Z', check })),
    until: said.until ?? (await ask.text({ message: 'When does it end?', placeholder: '2026-12-02T00:00Z', check })),
    message: said.message ?? (await ask.paragraphs('What should customers know?')),
  };
}

/** A window must end after it begins, and not be over before it is announced. */
function windowStart(from: string, until: string, now: Instant, timeZone: string): Instant {
  const [start, end] = [readInstant(from, timeZone), readInstant(until, timeZone)];
  if ('wrong' in start) throw new UsageError(`--for: ${start.wrong}`);
  if ('wrong' in end) throw new UsageError(`--until: ${end.wrong}`);
  if (end.value <= start.value) throw new UsageError(`--until: ${shortUtc(end.value)} is not after --for, ${shortUtc(start.value)}. Type a later end`);
  if (end.value <= now) throw new UsageError(`--until: ${shortUtc(end.value)} is over already. Type a window that is still to come`);
  return start.value;
}

function slugFor(title: string, given: string | undefined, start: Instant, desk: Desk): string {
  const date = utcDate(start);
  const wanted = given === undefined ? `${date}-${titleSlug(title, 'maintenance')}` : readSlug(given, date);
  return freeName(wanted, (name) => desk.maintenances.some(({ slug }) => slug === name));
}

export const schedule = command({
  name: 'schedule',
  summary: 'Announce a maintenance',
  details: 'Writes maintenance/<date>-<title>/<time>.md. The window begins and ends by the clock, even if nobody writes again.',
  args: [],
  options: {
    title: { kind: 'text', value: 'TEXT', help: 'what will be done' },
    for: { kind: 'text', value: 'TIME', help: 'when the window begins, with an offset' },
    until: { kind: 'text', value: 'TIME', help: 'when it ends' },
    component: { kind: 'list', value: 'ID[=STATUS]', help: 'what is touched (default status: under_maintenance)' },
    components: { kind: 'text', value: 'A,B', help: 'several components at once' },
    message: incidentOptions.message,
    slug: { kind: 'text', value: 'NAME', help: 'the name in the address (default: from the title)' },
    ...publishingOptions,
  },
  examples: [
    { line: 'npx halfpast schedule --title "Database upgrade" --for 2030-12-01T22:00Z --until 2030-12-02T00:00Z --component checkout --message "Orders cannot be placed for about 40 minutes."', says: 'two hours at night' },
    { line: 'npx halfpast schedule --title "New servers" --for 2030-12-01T23:00+01:00 --until 2030-12-02T01:00+01:00 --components checkout,webhooks=degraded_performance --message "Everything may be slow." --commit', says: 'in local time, committed' },
  ],
  run: async (call, world) => {
    const { options } = call;
    const desk = await openDesk(call.content, call.now(), world);
    const { timeZone } = desk.settings;
    const schema = maintenanceUpdateSchema(timeZone);
    const components = readComponentFlags(options.component, options.components, desk.components, desk.content, 'under_maintenance');
    const flags = { title: options.title?.trim(), for: options.for?.trim(), until: options.until?.trim() };
    requireFit({ title: flags.title, status: 'scheduled', scheduled_for: flags.for, scheduled_until: flags.until }, schema);
    const given = { ...flags, message: (await readMessage(options.message, world)) ?? undefined };
    const asks = world.ask !== null && Object.values(given).includes(undefined);
    const said = requireAll(asks && world.ask !== null ? await askMissing(given, world.ask, timeZone) : given);
    const start = windowStart(said.for, said.until, call.now(), timeZone);
    const fields: Fields = { title: said.title, status: 'scheduled', scheduled_for: said.for, scheduled_until: said.until, components };
    const at = updateTime(call.now(), null);
    const slug = slugFor(said.title, options.slug, start, desk);
    const draft = {
      file: updateFile('maintenance', slug, at, fields, said.message),
      slug,
      title: said.title,
      permalink: permalink(desk.settings, 'maintenance', slug, at),
      commitMessage: `Scheduled: ${said.title}`,
      notes: [],
      asked: asks,
    };
    return writeFile(draft, call, desk, world);
  },
});
