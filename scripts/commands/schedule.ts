import type { Fields } from '../../src/lib/content/write-content.ts';
import { maintenanceUpdateSchema } from '../../src/lib/schema/update-file.ts';
import { defineCommand } from '../cli/command.ts';
import { openContent } from '../cli/content.ts';
import { UsageError } from '../cli/errors.ts';
import { momentOf, scheduleDraft } from '../write/draft.ts';
import {
  incidentOptions,
  publishingOptions,
  readComponentFlags,
  readMessage,
  newWindow,
  requireFit,
} from '../write/options.ts';
import { askMaintenance, type NewMaintenance } from '../write/questions.ts';
import { completeText, templateFlag } from '../write/update-text.ts';
import { readRepeat, seriesDraft, windowsOf } from '../write/repeat.ts';
import { writeFile } from '../write/write-file.ts';

const missing = {
  title: '--title is missing. Add what will be done, such as --title "Database upgrade"',
  for: '--for is missing. Add when the window starts, such as --for 2026-12-01T22:00Z',
  until: '--until is missing. Add when the window ends, such as --until 2026-12-02T00:00Z',
  message:
    '--message is missing. Add what customers should know, such as --message "Orders cannot be placed for a few minutes."',
} as const;

function requireAll(given: NewMaintenance): { readonly [K in keyof typeof missing]: string } {
  const need = (name: keyof typeof missing): string => {
    const value = given[name];
    if (value === undefined) throw new UsageError(missing[name]);
    return value;
  };
  return { title: need('title'), for: need('for'), until: need('until'), message: need('message') };
}

export const schedule = defineCommand({
  name: 'schedule',
  summary: 'Announce maintenance',
  details:
    'Writes maintenance/<date>-<title>/<time>.md. The window starts and ends on time, even without another update.',
  args: [],
  options: {
    title: { value: 'TEXT', help: 'what will be done, as a title' },
    for: { value: 'TIME', help: 'when the window starts, with a UTC offset' },
    until: { value: 'TIME', help: 'when it ends' },
    component: { repeatable: true, value: 'ID=STATUS', help: 'what is affected; without =STATUS, under_maintenance' },
    components: { value: 'A,B', help: 'several components at once' },
    message: incidentOptions.message,
    template: incidentOptions.template,
    repeat: {
      value: 'INTERVAL',
      help: 'daily, weekly or monthly, at the same local time in the time zone of the site',
    },
    count: { value: 'N', help: 'how many windows to write with --repeat' },
    slug: { value: 'NAME', help: 'the name in the URL (default: from the title)' },
    ...publishingOptions,
  },
  examples: [
    {
      line: 'npx halfpast schedule --title "Database upgrade" --for 2030-12-01T22:00Z --until 2030-12-02T00:00Z --component checkout --message "Orders cannot be placed for about 40 minutes."',
      says: 'two hours at night',
    },
    {
      line: 'npx halfpast schedule --title "New servers" --for 2030-12-01T23:00+01:00 --until 2030-12-02T01:00+01:00 --components checkout,webhooks=degraded_performance --message "Everything may be slow." --commit',
      says: 'in local time, committed',
    },
    {
      line: 'npx halfpast schedule --title "Weekly upgrade" --for 2030-12-02T02:00Z --until 2030-12-02T03:00Z --repeat weekly --count 6 --message "Orders cannot be placed for a few minutes."',
      says: 'six Mondays, one folder each',
    },
  ],
  run: async (call, context) => {
    const { options } = call;
    const { ask } = context;
    const content = await openContent(call.content, call.now(), context);
    const { timeZone } = content.settings;
    const repeat = readRepeat(options);
    const schema = maintenanceUpdateSchema(timeZone);
    const template = templateFlag(options, 'schedule', content);
    const components = readComponentFlags(options, content, 'under_maintenance') ?? template?.fields.components;
    const flags = {
      title: options.title?.trim() ?? template?.fields.title,
      for: options.for?.trim(),
      until: options.until?.trim(),
    };
    requireFit(
      { title: flags.title, status: 'scheduled', scheduled_for: flags.for, scheduled_until: flags.until },
      schema,
    );
    const text =
      template === null
        ? await readMessage(options.message, context)
        : ask === null
          ? completeText(template, Object.keys(components ?? {}), content)
          : null;
    const given = { ...flags, message: text ?? undefined };
    const isWhole = !Object.values(given).includes(undefined);
    const announcement =
      isWhole || ask === null
        ? { ...given, components }
        : await askMaintenance({ ...given, components }, template, ask, content);
    const all = requireAll(announcement);
    const window = newWindow(all.for, all.until, call.now(), timeZone);
    const fields: Fields = {
      title: all.title,
      status: 'scheduled',
      scheduled_for: all.for,
      scheduled_until: all.until,
      components: announcement.components,
    };
    const asked = ask !== null && !isWhole;
    const moment = momentOf(call, content);
    const update = { fields, message: all.message, asked };
    const draft =
      repeat === null
        ? scheduleDraft(update, window.from, options.slug, moment, content)
        : seriesDraft(update, windowsOf(window, repeat, content), options.slug, moment, content);
    return writeFile(draft, call, content, context);
  },
});
