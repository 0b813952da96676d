import { z } from 'zod';
import { type Instant, isoTime, publishedAt } from '../domain/calendar.ts';
import { type Incident, isOpen, reportedAfterwards, type UpdateRecord } from '../domain/incident.ts';
import type { Postmortem } from '../domain/postmortem.ts';
import { allComponents, type Site } from '../domain/site.ts';
import { announcedPostmortem } from '../views/lookup.ts';
import { absolute, paths } from '../views/paths.ts';
import {
  affectedComponents,
  type AffectedComponents,
  affectedSchema,
  componentObjects,
  componentSchema,
} from './components.ts';
import {
  idSchema,
  impactSchema,
  incidentId,
  incidentStatusSchema,
  incidentUpdateId,
  latest,
  pageId,
  postmortemStatus,
  timeOrNull,
  timeSchema,
} from './values.ts';

/** An update. `status` is the schema for its status. */
export function updateSchema<T extends z.ZodType>(status: T) {
  return z
    .strictObject({
      id: idSchema,
      status,
      body: z.string().describe('The text as written: Markdown, which can contain HTML.'),
      incident_id: idSchema.describe('The incident or maintenance that it belongs to.'),
      created_at: timeSchema.describe('When it was published.'),
      updated_at: timeSchema.describe('When its text was last edited; otherwise the same as created_at.'),
      display_at: timeSchema.describe('The time it is about, which the page shows.'),
      affected_components: affectedSchema,
      deliver_notifications: z.literal(true).describe('Always true: every update is sent to all subscribers.'),
      custom_tweet: z.null(),
      tweet_id: z.null(),
    })
    .describe('An update.');
}

type UpdateText = Pick<UpdateRecord<string>, 'at' | 'posted' | 'edited' | 'body'>;
type Update<S> = {
  readonly id: string;
  readonly incident: string;
  readonly status: S;
  readonly affected: AffectedComponents;
};

/** Returns an update in Statuspage's format. */
export function apiUpdate<S>(update: UpdateText, { id, incident, status, affected }: Update<S>) {
  return {
    id,
    status,
    body: update.body.trim(),
    incident_id: incident,
    created_at: isoTime(publishedAt(update)),
    updated_at: isoTime(update.edited ?? publishedAt(update)),
    display_at: isoTime(update.at),
    affected_components: affected,
    deliver_notifications: true as const,
    custom_tweet: null,
    tweet_id: null,
  };
}

const statusSchema = z.enum([...incidentStatusSchema.options, postmortemStatus]);

const incidentUpdateSchema = updateSchema(
  statusSchema.describe('The status at that time; "postmortem" for the text of the postmortem.'),
);

/** Only for incidents whose postmortem was announced. */
const postmortemFields = {
  postmortem_body: z.string().describe('The postmortem as written, in Markdown.').optional(),
  postmortem_ignored: z.literal(false).optional(),
  postmortem_notified_subscribers: z.literal(true).optional(),
  postmortem_notified_twitter: z.literal(false).optional(),
  postmortem_published_at: timeSchema.optional(),
} as const;

/** An incident. `components` is the schema for its components. */
export function incidentOf<T extends z.ZodType>(components: T) {
  return z
    .strictObject({
      id: idSchema.describe('Derived from the name of its folder.'),
      name: z.string(),
      status: statusSchema.describe(
        'Its status now. An update after "resolved" can open it again. "postmortem" once it is resolved and its postmortem was announced.',
      ),
      created_at: timeSchema.describe('The first update.'),
      updated_at: timeSchema.describe('The newest update, the postmortem, or the newest edit of an update.'),
      monitoring_at: timeSchema.nullable().describe('When it last changed to monitoring.'),
      resolved_at: timeSchema
        .nullable()
        .describe('When it ended, as stated in an update or else when it was resolved; null while it is open.'),
      impact: impactSchema,
      shortlink: z.url().describe('Its permalink.'),
      started_at: timeSchema.describe('When customers were first affected, if known.'),
      page_id: idSchema,
      components,
      reminder_intervals: z.null(),
      incident_updates: z.array(incidentUpdateSchema).min(1).describe('Newest first.'),
      ...postmortemFields,
    })
    .describe('An incident.');
}

export const incidentSchema = incidentOf(
  z.array(componentSchema).describe('The components that it mentions, with their current status.'),
);
export type ApiIncident = z.output<typeof incidentSchema>;

function monitoringAt({ updates }: Incident): Instant | null {
  return latest(
    updates.flatMap(({ record }, index) =>
      record.status === 'monitoring' && updates[index - 1]?.record.status !== 'monitoring' ? record.at : [],
    ),
  );
}

function updatesOf(site: Site, { slug, updates }: Incident, postmortem: Postmortem | null) {
  const converted = updates
    .map(({ record, components }, index) => {
      const before = { ...updates[index - 1]?.components, ...reportedAfterwards(record) };
      // A resolved update also lists components that had recovered before.
      const named = record.status === 'resolved' ? Object.keys(before) : Object.keys(record.components ?? {});
      return apiUpdate(record, {
        id: incidentUpdateId(slug, record.id),
        incident: incidentId(slug),
        status: record.status,
        affected: affectedComponents(site, named, before, components),
      });
    })
    .toReversed();
  if (postmortem === null) return converted;
  const at = isoTime(postmortem.published);
  const last = apiUpdate(
    { at: postmortem.published, posted: null, edited: null, body: postmortem.body },
    {
      id: incidentUpdateId(slug, postmortemStatus),
      incident: incidentId(slug),
      status: postmortemStatus,
      affected: null,
    },
  );
  // Notes and reopenings can come after it.
  const later = converted.filter(({ display_at }) => display_at > at);
  return [...later, last, ...converted.slice(later.length)];
}

/** The postmortem's text, which Statuspage also returns outside of the update. */
function postmortemOf(postmortem: Postmortem | null) {
  if (postmortem === null) return {};
  return {
    postmortem_body: postmortem.body.trim(),
    postmortem_ignored: false,
    postmortem_notified_subscribers: true,
    postmortem_notified_twitter: false,
    postmortem_published_at: isoTime(postmortem.published),
  } as const;
}

/** Returns the ids of the components that an incident names, in the order of components.yml. */
export function namedIds(site: Site, states: Readonly<Record<string, unknown>>): string[] {
  return allComponents(site)
    .map(({ id }) => id)
    .filter((id) => Object.hasOwn(states, id));
}

/** Returns an incident in Statuspage's format, with the components that it names. */
export function incidentWith<C>(site: Site, incident: Incident, components: C) {
  const records = incident.updates.map(({ record }) => record);
  const postmortem = announcedPostmortem(site, incident.slug);
  return {
    id: incidentId(incident.slug),
    name: incident.title,
    status: postmortem === null || isOpen(incident) ? incident.status : postmortemStatus,
    created_at: isoTime(publishedAt(incident.updates[0].record)),
    updated_at: isoTime(
      Math.max(postmortem?.published ?? 0, ...records.map((record) => record.edited ?? publishedAt(record))),
    ),
    monitoring_at: timeOrNull(monitoringAt(incident)),
    resolved_at: isOpen(incident) ? null : timeOrNull(incident.resolvedAt),
    impact: incident.impact,
    shortlink: absolute(site.settings, paths.incident(incident.slug)),
    started_at: isoTime(incident.startedAt),
    page_id: pageId(site),
    components,
    reminder_intervals: null,
    incident_updates: updatesOf(site, incident, postmortem),
    ...postmortemOf(postmortem),
  };
}

export function apiIncident(site: Site, incident: Incident): ApiIncident {
  const components = namedIds(site, incident.worstComponents).flatMap((id) => componentObjects(site).get(id) ?? []);
  return incidentWith(site, incident, components);
}
