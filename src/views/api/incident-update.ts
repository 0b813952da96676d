import { z } from 'zod';
import { type Instant, isoTime } from '../../domain/instant.ts';
import { type AffectedComponents, affectedSchema } from './affected-components.ts';
import { idSchema } from './ids.ts';
import { timeSchema } from './times.ts';

/** An update; `status` are the words that it may have. */
export function updateSchema<T extends z.ZodType>(status: T) {
  return z
    .strictObject({
      id: idSchema,
      status,
      body: z.string().describe('The text as it was written: markdown, in which HTML may stand.'),
      incident_id: idSchema.describe('The incident or maintenance that it belongs to.'),
      created_at: timeSchema,
      updated_at: timeSchema.describe('When its text was last changed after it was published; else as created_at.'),
      display_at: timeSchema.describe('The time that the page shows for it.'),
      affected_components: affectedSchema,
      deliver_notifications: z.literal(true).describe('Everybody who follows is told of every update.'),
      custom_tweet: z.null(),
      tweet_id: z.null(),
    })
    .describe('An update.');
}

type Said = { readonly at: Instant; readonly edited: Instant | null; readonly body: string };
type Update<S> = {
  readonly id: string;
  readonly incident: string;
  readonly status: S;
  readonly affected: AffectedComponents;
};

/** An update in Statuspage's form. */
export function apiUpdate<S>({ at, edited, body }: Said, { id, incident, status, affected }: Update<S>) {
  return {
    id,
    status,
    body: body.trim(),
    incident_id: incident,
    created_at: isoTime(at),
    updated_at: isoTime(edited ?? at),
    display_at: isoTime(at),
    affected_components: affected,
    deliver_notifications: true as const,
    custom_tweet: null,
    tweet_id: null,
  };
}
