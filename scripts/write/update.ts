import type { Fields } from '../../src/lib/content/write-content.ts';
import { type Incident, isOpen } from '../../src/lib/domain/incident.ts';
import type { Maintenance } from '../../src/lib/domain/maintenance.ts';
import type { Template, TemplateUse } from '../../src/lib/domain/template.ts';
import { incidentStatuses, maintenanceStatuses } from '../../src/lib/domain/vocabulary.ts';
import { incidentUpdateSchema, maintenanceUpdateSchema } from '../../src/lib/schema/update-file.ts';
import type { ContentFolder } from '../cli/content.ts';
import { UsageError } from '../cli/errors.ts';
import type { Ask, Context } from '../cli/context.ts';
import { incidentHeadline, maintenanceHeadline } from './choose-incident.ts';
import { incidentUpdateDraft, maintenanceUpdateDraft, type Said } from './draft.ts';
import { incidentFields, readMessage, refuseFlags, requireFit, requireWindow, type UpdateCall } from './options.ts';
import {
  askChanges,
  askStatus,
  askTemplate,
  askText,
  finalVerdict,
  templateFlag,
  wholeText,
  withTemplate,
} from './questions.ts';
import { writeFile } from './write-file.ts';

/** What an update is of, as far as questions about it go. */
type Subject<T extends string> = {
  readonly use: TemplateUse;
  readonly headline: string;
  readonly current: T;
  readonly statuses: readonly T[];
  /** What to say when the status is left out though it must not be; null when it may be. */
  readonly statusMissing: string | null;
  /** The ids of what it affects or touches so far. */
  readonly components: readonly string[];
  /** Asks for what else may have changed. */
  readonly askMore: (ask: Ask, fields: Fields) => Promise<Fields>;
};

type Given = { readonly fields: Fields; readonly template: Template | null; readonly message: string | undefined };

const missing = '--message is missing. Type what customers should know, as --message "Payments work again."';

/**
 * What a later update says: as given, with what is missing asked for. With a text and a status that is
 * known nothing is asked. Throws UsageError where there is nobody to ask, Cancelled.
 */
export async function updateSaying<T extends string>(
  given: Given,
  subject: Subject<T>,
  content: ContentFolder,
  context: Context,
): Promise<Said> {
  const { headline, current, statuses, statusMissing, use } = subject;
  const { ask } = context;
  const named = (fields: Fields): readonly string[] => Object.keys(fields.components ?? {});
  const facts = (fields: Fields) => ({
    components: named(fields).length === 0 ? subject.components : named(fields),
    content,
  });
  const fields = withTemplate(given.fields, given.template);
  const message = given.template === null ? await readMessage(given.message, context) : null;
  const needsStatus = fields.status === undefined && statusMissing !== null;
  if (message !== null && !needsStatus)
    return { fields: { ...fields, status: fields.status ?? current }, message, asked: false };
  if (ask === null) {
    if (given.template === null && message === null) throw new UsageError(missing);
    if (needsStatus) throw new UsageError(statusMissing);
    return {
      fields: { ...fields, status: fields.status ?? current },
      message: message ?? (given.template === null ? '' : wholeText(given.template, facts(fields))),
      asked: false,
    };
  }
  ask.say(headline);
  const status = fields.status ?? (await askStatus(ask, current, statuses));
  if (message !== null) return { fields: { ...fields, status }, message, asked: true };
  const template = given.template ?? (await askTemplate(ask, use, String(status), content));
  const whole = await subject.askMore(ask, withTemplate({ ...fields, status }, template));
  return { fields: whole, message: await askText(ask, template, facts(whole)), asked: true };
}

/** An incident that is over: an update that does not say so would say it again, or worse. */
function afterTheEnd({ slug }: Incident): string {
  return `--status is missing, since ${slug} is resolved. Type --status resolved to add to it, or --status investigating, identified or monitoring to open it again`;
}

/** `update` of an incident. Throws UserError. */
export async function updateIncident(
  incident: Incident,
  call: UpdateCall,
  content: ContentFolder,
  context: Context,
): Promise<number> {
  refuseFlags(call, ['for', 'until'], 'an incident');
  const template = templateFlag(call.options, 'update', content);
  const fields = { ...incidentFields(call.options, content), status: call.options.status };
  const current = incident.status;
  requireFit({ ...fields, status: fields.status ?? current }, incidentUpdateSchema(content.settings.timeZone));
  const said = await updateSaying(
    { fields, template, message: call.options.message },
    {
      use: 'update',
      headline: incidentHeadline(incident, content.now),
      current,
      statuses: incidentStatuses,
      statusMissing: isOpen(incident) ? null : afterTheEnd(incident),
      components: Object.keys(incident.components),
      askMore: (ask, so) => askChanges(so, incident, ask, content),
    },
    content,
    context,
  );
  if (said.fields.status !== 'resolved')
    return writeFile(incidentUpdateDraft(incident, said, call.now(), content), call, content, context);
  const verdict = await finalVerdict(incident, said.fields.customer_data as string | undefined, context.ask);
  const whole = { ...said, fields: { ...said.fields, customer_data: verdict } };
  return writeFile(incidentUpdateDraft(incident, whole, call.now(), content), call, content, context);
}

/** `update` of a maintenance. Throws UserError. */
export async function updateMaintenance(
  maintenance: Maintenance,
  call: UpdateCall,
  content: ContentFolder,
  context: Context,
): Promise<number> {
  refuseFlags(call, ['impact', 'customer-data', 'next-update', 'lead', 'comms', 'remedy'], 'a maintenance');
  const { timeZone } = content.settings;
  const template = templateFlag(call.options, 'maintenance', content);
  const { title, components } = incidentFields(call.options, content);
  const fields = {
    title,
    components,
    status: call.options.status,
    scheduled_for: call.options.for?.trim(),
    scheduled_until: call.options.until?.trim(),
  };
  requireFit({ ...fields, status: fields.status ?? maintenance.written }, maintenanceUpdateSchema(timeZone));
  const requireTimes = (status: unknown): void =>
    requireWindow(
      maintenance,
      { from: fields.scheduled_for, until: fields.scheduled_until, status: status as string | undefined },
      content.now,
      timeZone,
    );
  requireTimes(fields.status);
  const said = await updateSaying(
    { fields, template, message: call.options.message },
    {
      use: 'maintenance',
      headline: maintenanceHeadline(maintenance, content.now, content.settings),
      current: maintenance.written,
      statuses: maintenanceStatuses,
      statusMissing: null,
      components: Object.keys(maintenance.components),
      askMore: async (_, so) => {
        // Before the text is typed.
        if (so.status !== maintenance.written) requireTimes(so.status);
        return so;
      },
    },
    content,
    context,
  );
  return writeFile(maintenanceUpdateDraft(maintenance, said, call.now(), content), call, content, context);
}
