import type { Fields } from '../../src/lib/content/write-content.ts';
import { type Incident, isOpen } from '../../src/lib/domain/incident.ts';
import type { Maintenance } from '../../src/lib/domain/maintenance.ts';
import type { Template, TemplateUse } from '../../src/lib/domain/template.ts';
import { incidentStatuses, maintenanceStatuses } from '../../src/lib/domain/vocabulary.ts';
import { incidentUpdateSchema, maintenanceUpdateSchema } from '../../src/lib/schema/update-file.ts';
import type { Call } from '../cli/command.ts';
import type { ContentFolder } from '../cli/content.ts';
import type { Ask, Context } from '../cli/context.ts';
import { incidentHeadline, maintenanceHeadline } from './choose-incident.ts';
import { incidentUpdateDraft, maintenanceUpdateDraft, momentOf, type UpdateText } from './draft.ts';
import {
  incidentFields,
  incidentFlags,
  type IncidentValues,
  MissingFlag,
  type publishingOptions,
  readMessage,
  refuseFlags,
  requireFit,
  requireNames,
  requireWindow,
  type UpdateCall,
} from './options.ts';
import { askChanges, askStatus, finalVerdict } from './questions.ts';
import { askTemplate, askText, completeText, templateFlag, withTemplate } from './update-text.ts';
import { writeFile } from './write-file.ts';

/** The context for prompts about an update. */
type Subject<T extends string> = {
  readonly use: TemplateUse;
  readonly headline: string;
  readonly current: T;
  readonly statuses: readonly T[];
  /** The error for a missing status; null if the current status is kept. */
  readonly statusMissing: MissingFlag | null;
  /** The ids of the components that are affected so far. */
  readonly components: readonly string[];
  /** Asks what else changed. */
  readonly askMore: (ask: Ask, fields: Fields) => Promise<Fields>;
};

type Given = { readonly fields: Fields; readonly template: Template | null; readonly message: string | undefined };

/**
 * The text and fields of a later update. Asks for what's missing: nothing if there's a text and a status, and only the
 * blanks if there's a template. Throws UsageError without a terminal, Cancelled.
 */
async function completeUpdate<T extends string>(
  given: Given,
  subject: Subject<T>,
  content: ContentFolder,
  context: Context,
): Promise<UpdateText> {
  const { current, statusMissing } = subject;
  const { ask } = context;
  const fields = withTemplate(given.fields, given.template);
  const message = given.template === null ? await readMessage(given.message, context) : null;
  const needsStatus = fields.status === undefined && statusMissing !== null;
  const componentsOf = (fields: Fields): readonly string[] => {
    const named = Object.keys(fields.components ?? {});
    return named.length === 0 ? subject.components : named;
  };
  if (ask === null || (message !== null && !needsStatus)) {
    if (message === null && given.template === null)
      throw new MissingFlag(
        (name) =>
          `${name('message')} is missing. Type what customers should know, such as ${name('message', '"Payments work again."')}`,
      );
    if (needsStatus) throw statusMissing;
    return {
      fields: { ...fields, status: fields.status ?? current },
      message: message ?? (given.template === null ? '' : completeText(given.template, componentsOf(fields), content)),
      asked: false,
    };
  }
  ask.say(subject.headline);
  // As with a text: what isn't given doesn't change.
  if (given.template !== null && !needsStatus)
    return {
      fields: { ...fields, status: fields.status ?? current },
      message: await askText(ask, given.template, componentsOf(fields), content),
      asked: true,
    };
  const status = fields.status ?? (await askStatus(ask, current, subject.statuses));
  if (message !== null) return { fields: { ...fields, status }, message, asked: true };
  const template = given.template ?? (await askTemplate(ask, subject.use, String(status), content));
  const complete = await subject.askMore(ask, withTemplate({ ...fields, status }, template));
  return { fields: complete, message: await askText(ask, template, componentsOf(complete), content), asked: true };
}

/** Writes a later update of an incident. `status` is undefined if it isn't given. Throws UserError. */
export async function postUpdate(
  incident: Incident,
  { use, status }: { readonly use: 'update' | 'resolve'; readonly status: string | undefined },
  call: Call<typeof publishingOptions> & { readonly options: IncidentValues },
  content: ContentFolder,
  context: Context,
): Promise<number> {
  const { slug, status: current } = incident;
  const moment = momentOf(call, content);
  const template = templateFlag(call.options, use, content);
  const fields = { ...incidentFields(call.options, content), status };
  requireFit({ ...fields, status: status ?? current }, incidentUpdateSchema(content.settings.timeZone));
  requireNames(fields, context.ask);
  const update = await completeUpdate(
    { fields, template, message: call.options.message },
    {
      use,
      headline: incidentHeadline(incident, content.now),
      current,
      statuses: incidentStatuses,
      // Neither staying resolved nor reopening the incident is a safe default.
      statusMissing: isOpen(incident)
        ? null
        : new MissingFlag(
            (name) =>
              `${name('status')} is missing: ${slug} is resolved. Type ${name('status', 'resolved')} to add to it, or ${name('status', 'investigating')}, identified or monitoring to reopen it`,
          ),
      components: Object.keys(incident.components),
      askMore: (ask, answers) => askChanges(answers, incident, ask, content),
    },
    content,
    context,
  );
  const { status: next, customer_data: given } = update.fields;
  const verdict = next === 'resolved' ? await finalVerdict(incident, update.fields, context.ask) : given;
  const asked = update.asked || verdict !== given;
  const final = { ...update, fields: { ...update.fields, customer_data: verdict }, asked };
  return writeFile(incidentUpdateDraft(incident, final, moment, content), call, content, context);
}

/** `update` of a maintenance window. Throws UserError. */
export async function updateMaintenance(
  maintenance: Maintenance,
  call: UpdateCall,
  content: ContentFolder,
  context: Context,
): Promise<number> {
  refuseFlags(call, incidentFlags, 'maintenance');
  const moment = momentOf(call, content);
  const { timeZone } = content.settings;
  const { written: current } = maintenance;
  const template = templateFlag(call.options, 'maintenance', content);
  const { title, components } = incidentFields(call.options, content);
  const [from, until] = [call.options.for?.trim(), call.options.until?.trim()];
  const fields = { title, components, status: call.options.status, scheduled_for: from, scheduled_until: until };
  requireFit({ ...fields, status: fields.status ?? current }, maintenanceUpdateSchema(timeZone));
  const checkWindow = (status: unknown): void =>
    requireWindow(
      maintenance,
      { from, until, status: status as string | undefined },
      moment.at ?? content.now,
      timeZone,
    );
  checkWindow(fields.status);
  const update = await completeUpdate(
    { fields, template, message: call.options.message },
    {
      use: 'maintenance',
      headline: maintenanceHeadline(maintenance, content.now, content.settings),
      current,
      statuses: maintenanceStatuses,
      statusMissing: null,
      components: Object.keys(maintenance.components),
      askMore: async (_, answers) => {
        // Fail before the user types the text.
        checkWindow(answers.status);
        return answers;
      },
    },
    content,
    context,
  );
  return writeFile(maintenanceUpdateDraft(maintenance, update, moment, content), call, content, context);
}
