import type { Fields } from '../../src/lib/content/write-content.ts';
import type { Template } from '../../src/lib/domain/template.ts';
import { incidentStatuses } from '../../src/lib/domain/vocabulary.ts';
import { incidentUpdateSchema } from '../../src/lib/schema/update-file.ts';
import { defineCommand } from '../cli/command.ts';
import { type ContentFolder, openContent } from '../cli/content.ts';
import { UsageError } from '../cli/errors.ts';
import type { Context } from '../cli/context.ts';
import { lessonsOfEarlier } from '../write/earlier-incidents.ts';
import { momentOf, newIncidentSlug, openingDraft, type UpdateText } from '../write/draft.ts';
import {
  answerProblem,
  incidentFields,
  incidentOptions,
  MissingFlag,
  type MissingText,
  readMessage,
  requireFit,
  requireNames,
} from '../write/options.ts';
import { askOpening, isSeriousOpening } from '../write/questions.ts';
import { openWithKey } from '../write/propose.ts';
import { askText, completeText, templateFlag, withTemplate } from '../write/update-text.ts';
import { writeFile } from '../write/write-file.ts';

/** The error for missing options when there's nobody to ask; null if nothing is missing. */
function missingText(fields: Fields, hasText: boolean): MissingText | null {
  if (fields.title === undefined)
    return (name) =>
      `${name('title')} is missing. Add what customers notice, such as ${name('title', '"Checkout errors"')}`;
  if (!hasText)
    return (name) =>
      `${name('message')} is missing. Add what customers should know, such as ${name('message', '"We are looking into it."')}`;
  if (fields.status === 'resolved' && (fields.started ?? fields.ended ?? fields.components) !== undefined) {
    const [from, to] = ['2026-11-22T01:00Z', '2026-11-22T04:00Z'];
    if (fields.started === undefined && fields.ended === undefined)
      return (name) =>
        `${name('started')} and ${name('ended')} are missing. Add when the incident began and when it was over, such as ${name('started', from)} ${name('ended', to)}`;
    if (fields.started === undefined)
      return (name) =>
        `${name('started')} is missing. Add when customers were first affected, such as ${name('started', from)}`;
    if (fields.ended === undefined)
      return (name) => `${name('ended')} is missing. Add when the incident was over, such as ${name('ended', to)}`;
  }
  if (fields.status === 'resolved' && fields.customer_data === undefined && isSeriousOpening(fields))
    return (name) =>
      `${name('customer-data')} is missing, and the incident was serious. Type ${name('customer-data', 'unaffected')} or ${name('customer-data', 'affected')}, or under_review if you don't know yet`;
  if (fields.impact !== undefined || fields.components !== undefined) return null;
  return (name) =>
    `${name('component')} is missing. Add what is affected, such as ${name('component', 'checkout=partial_outage')}, or ${name('impact', 'minor')}`;
}

const componentIds = (fields: Fields): readonly string[] => Object.keys(fields.components ?? {});

type Given = {
  readonly fields: Fields;
  readonly message: string | null;
  readonly template: Template | null;
  readonly slug: string | undefined;
};

/** The problem with a title, reported before more is typed. */
function titleProblem(given: Given, content: ContentFolder): (title: string) => string | null {
  return (title) =>
    answerProblem(() => {
      requireFit({ title, status: 'investigating' }, incidentUpdateSchema(content.settings.timeZone));
      newIncidentSlug(title, given.slug, content.now, content);
    });
}

async function complete(given: Given, content: ContentFolder, context: Context): Promise<UpdateText> {
  const { fields, message, template } = given;
  const { ask } = context;
  const missing = missingText(fields, (message ?? template) !== null);
  const asks = ask !== null && (missing !== null || (message === null && template !== null));
  if (asks) {
    const answers = await askOpening(
      { fields, template },
      ask,
      content,
      titleProblem(given, content),
      message !== null,
    );
    return {
      fields: answers.fields,
      message: message ?? (await askText(ask, answers.template, componentIds(answers.fields), content)),
      asked: true,
    };
  }
  if (missing !== null) throw new MissingFlag(missing);
  const text = message ?? (template === null ? '' : completeText(template, componentIds(fields), content));
  return { fields: { ...fields, status: fields.status ?? 'investigating' }, message: text, asked: false };
}

export const open = defineCommand({
  name: 'open',
  summary: 'Open an incident',
  details:
    'Writes incidents/<date>-<title>/<time>.md. In a terminal, it asks for anything that is missing, and shows the last three incidents of the same components before it writes the file. Unless its status is resolved, the incident stays open until you resolve it.',
  args: [],
  options: {
    ...incidentOptions,
    status: { value: 'STATUS', help: `${incidentStatuses.join(', ')} (default: investigating)` },
    started: { value: 'TIME', help: 'when it started to affect customers, if earlier' },
    slug: { value: 'NAME', help: 'the name in the URL (default: from the title)' },
    key: { value: 'KEY', help: 'the name of an alert; does nothing while an incident with this key is open' },
    propose: { help: 'with --github: open a pull request instead of publishing' },
  },
  examples: [
    {
      line: 'npx halfpast open --title "Checkout errors in Europe" --component checkout=partial_outage --message "Some card payments in Europe are failing. We are looking into it."',
      says: 'a title, a component and a sentence',
    },
    {
      line: 'npx halfpast open --title "Sign-in is slow" --impact minor --customer-data unaffected --lead Dana --comms Priya --next-update 30m --message "Signing in takes up to a minute."',
      says: 'with a lead, a communications lead and the time of the next update',
    },
    {
      line: 'npx halfpast open --title "Checkout was down last night" --status resolved --started 2026-11-16T01:00Z --ended 2026-11-16T04:00Z --component checkout=major_outage --customer-data unaffected --message "Between 01:00 and 04:00 UTC, nobody could place an order."',
      says: 'an incident that is over',
    },
    {
      line: 'npx halfpast open --key api-5xx --title "The API returns errors" --component api=partial_outage --message "We are looking into it."',
      says: 'from a monitor: does nothing while an incident with this key is open',
    },
    {
      line: 'npx halfpast open --title "Messages are late" --component webhooks=degraded_performance --message "Messages are arriving a few minutes late." --dry-run',
      says: 'show the file without writing it',
    },
  ],
  run: async (call, context) => {
    const { options } = call;
    const content = await openContent(call.content, call.now(), context);
    const key = options.key?.trim();
    if (options.propose && options.github === undefined)
      throw new UsageError('--propose needs --github. Add the repository, such as --github example/status');
    if (key !== undefined)
      requireFit({ key, status: 'investigating' }, incidentUpdateSchema(content.settings.timeZone));
    const known = key === undefined ? null : openWithKey(key, content);
    if (known !== null) {
      const note = `Nothing was written: the incident ${known} is open for this alert.`;
      const result = {
        file: null,
        incident: known,
        written: false,
        committed: false,
        pushed: false,
        live: false,
        notes: [note],
      };
      context.stdout(`${call.json ? JSON.stringify(result) : note}\n`);
      return 0;
    }
    const moment = momentOf(call, content);
    const template = templateFlag(options, 'open', content);
    const flags = {
      ...incidentFields(options, content),
      status: options.status,
      started: options.started?.trim(),
      key,
    };
    const fields = withTemplate(flags, template);
    const schema = incidentUpdateSchema(content.settings.timeZone);
    requireFit({ ...fields, status: fields.status ?? 'investigating' }, schema);
    requireNames(fields, context.ask);
    const message = template === null ? await readMessage(options.message, context) : null;
    const update = await complete({ fields, message, template, slug: options.slug }, content, context);
    requireFit(update.fields, schema);
    if (context.ask !== null)
      for (const line of lessonsOfEarlier(componentIds(update.fields), content)) context.ask.say(line);
    return writeFile(openingDraft(update, options.slug, moment, content), call, content, context);
  },
});
