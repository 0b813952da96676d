import type { Template, TemplateUse } from '../../src/domain/template.ts';
import { UsageError } from '../cli/errors.ts';
import type { Ask, World } from '../cli/world.ts';
import { askStatus } from './ask-incident.ts';
import type { Desk } from './desk.ts';
import type { Said } from './later-update.ts';
import { readMessage } from './message.ts';
import { askTemplate, askText, wholeText, withTemplate } from './template-text.ts';
import type { Fields } from './update-file.ts';

/** What an update is of, as far as questions about it go. */
export type Subject<T extends string> = {
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
  desk: Desk,
  world: World,
): Promise<Said> {
  const { headline, current, statuses, statusMissing, use } = subject;
  const { ask } = world;
  const named = (fields: Fields): readonly string[] => Object.keys(fields.components ?? {});
  const facts = (fields: Fields) => ({
    components: named(fields).length === 0 ? subject.components : named(fields),
    desk,
  });
  const fields = withTemplate(given.fields, given.template);
  const message = given.template === null ? await readMessage(given.message, world) : null;
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
  const template = given.template ?? (await askTemplate(ask, use, String(status), desk));
  const whole = await subject.askMore(ask, withTemplate({ ...fields, status }, template));
  return { fields: whole, message: await askText(ask, template, facts(whole)), asked: true };
}
